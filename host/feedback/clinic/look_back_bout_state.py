"""One bout as both people read it: a row for each muscle, cards below. Decided here, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration.patterns import Role
from host.feedback.clinic import look_back_words as words
from host.feedback.clinic.look_back_cells import (
    ChangeCell,
    LetGo,
    Sign,
    StripState,
    change_cell,
    let_go_of,
    open_words,
    sign_of,
    strip_of,
)
from host.report.trends_line import Verdict
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from host.feedback.clinic.look_back_found import BoutJudged
    from host.report.bout_change import BoutChange
    from host.report.bout_course import BoutCourse
    from host.report.bout_report import BoutMuscle, BoutReport


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutRow:
    """One muscle of the affected side."""

    name: str
    sign: Sign
    said: str
    """What it did: "came along in 3 of 4"."""
    when: str
    """Against the leading muscle; often empty."""
    strip: StripState | None
    let_go: tuple[LetGo, ...]
    """The affected side first."""
    first: ChangeCell
    """Since the first bout of this pattern today."""
    last: ChangeCell
    """Since the last session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """A few lines under a title."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutState:
    """One bout."""

    head: tuple[str, ...]
    rows: tuple[BoutRow, ...]
    phases: tuple[float, float, float]
    """Widths of rise, hold and letting go; they sum to 1."""
    first: ChangeCell
    """All muscles that should be quiet, together, since the first bout."""
    last: ChangeCell
    cards: tuple[CardState, ...]
    first_title: str = ""
    """Which bout the first one was."""
    legend: str = ""
    """Which side the rows are, and which the thin line."""
    affected: str = ""
    """Word for the affected side."""

    @property
    def compares_first(self) -> bool:
        """Whether there is anything to say since the first bout."""
        return any(one.verdict is not None for one in self._since_first)

    @property
    def compares_last(self) -> bool:
        """Whether there is anything to say since the last session."""
        return any(one.verdict is not None for one in self._since_last)

    @property
    def note(self) -> str:
        """What the sign of an open change means; empty where there is none."""
        cells = (*self._since_first, *self._since_last)
        return open_words() if any(one.verdict is Verdict.OPEN for one in cells) else ""

    @property
    def _since_first(self) -> tuple[ChangeCell, ...]:
        return (self.first, *(row.first for row in self.rows))

    @property
    def _since_last(self) -> tuple[ChangeCell, ...]:
        return (self.last, *(row.last for row in self.rows))


def bout_state(found: BoutJudged, first: int = 1, *, reading: bool) -> BoutState:
    """Return what is shown of a bout; while `reading`, an earlier session may still be found.

    `first` is the number of the first bout of its pattern, as it is shown.
    """
    report, course = found.report, found.course
    changes = {one.muscle: one for one in report.changes}
    leading = [one.muscle for one in report.muscles if one.role is Role.TARGET]
    rows = tuple(
        _row(one, report, course, changes.get(one.muscle), reading=reading)
        for one in _shown(report)
    )
    both = changes.get("")
    return BoutState(
        head=words.head_lines(report),
        rows=rows,
        phases=_phases(course),
        first=_first(both),
        last=_last(both, reading=reading),
        cards=(
            CardState(
                title=tr("Left and right"),
                lines=words.sides_lines(report.sides, tuple(dict.fromkeys(leading))),
            ),
            CardState(title=tr("Felt and measured"), lines=words.felt_lines(report.felt)),
            CardState(title=tr("At rest again"), lines=words.rest_lines(report.muscles)),
            CardState(title=tr("Left out"), lines=words.left_lines(report.left_out)),
        ),
        first_title=tr("Since bout {}").format(first),
        legend=_capital(
            tr("{} side; thin line: {}").format(
                tr(report.affected.value), tr(report.affected.other.value)
            )
        ),
        affected=tr(report.affected.value),
    )


def _shown(report: BoutReport) -> list[BoutMuscle]:
    """Return the muscles of the affected side: the leading ones, then from forehead to neck."""
    own = [one for one in report.muscles if one.side is report.affected]
    return sorted(own, key=lambda one: one.role is not Role.TARGET)


def _row(
    one: BoutMuscle,
    report: BoutReport,
    course: BoutCourse | None,
    change: BoutChange | None,
    *,
    reading: bool,
) -> BoutRow:
    sign = sign_of(one, report)
    other = next(
        (x for x in report.muscles if x.muscle == one.muscle and x.side is not one.side), None
    )
    compared = change if one.judged else None
    return BoutRow(
        name=words.plain(one.muscle),
        sign=sign,
        said=_said(one, sign),
        when="" if one.role is Role.TARGET else words.when_words(one),
        strip=None if course is None else strip_of(one, other, course),
        let_go=tuple(let_go_of(x) for x in (one, other) if x is not None),
        first=_first(compared),
        last=_last(compared, reading=reading),
    )


def _said(one: BoutMuscle, sign: Sign) -> str:
    told = {
        Sign.QUIET: tr("stayed quiet"),
        Sign.ALONG: tr("came along, {} of {}").format(one.along, one.known),
        Sign.LEADS: tr("leads"),
        Sign.BESIDE: tr("may come along"),
        Sign.UNKNOWN: tr("not known"),
    }
    return told[sign]


def _phases(course: BoutCourse | None) -> tuple[float, float, float]:
    lengths = (2.0, 5.0, 4.0) if course is None else course.seconds
    whole = sum(lengths)
    rise, hold, let_go = (length / whole for length in lengths)
    return rise, hold, let_go


def _first(change: BoutChange | None) -> ChangeCell:
    return change_cell(None if change is None else change.since_first, tr("the first bout"))


def _last(change: BoutChange | None, *, reading: bool) -> ChangeCell:
    none = tr("still reading …") if reading else tr("nothing earlier")
    return change_cell(None if change is None else change.since_last, none)


def row_words(row: BoutRow, affected: str) -> str:
    """Say a row for screen readers."""
    parts: list[str] = [f"{row.name}, {affected}: {row.said}"]
    parts += [row.when] if row.when else []
    parts += [f"{tr('let go')} {one.side}: {one.said}" for one in row.let_go]
    for cell, since in ((row.first, tr("since the first bout")), (row.last, tr("since last time"))):
        if cell.verdict is not None:
            parts.append(f"{since}: {cell.said} {cell.numbers}")
    return "; ".join(parts)


def spoken(state: BoutState) -> str:
    """Say a whole bout for screen readers."""
    lines: Sequence[str] = [*state.head, *(f"{row_words(x, state.affected)}." for x in state.rows)]
    return " ".join(lines)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
