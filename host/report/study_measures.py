"""The measures of T3 and what crosstalk was found, of one attempt or of all: ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from calibration.measured import OF_REFERENCE, Measured, pooled, unknown
from calibration.muscles import muscle
from calibration.patterns import Role
from host.report.measured_kinds import BOTH, AttemptMeasures, Measure, MeasureRow
from host.report.measured_words import UNKNOWN, ranged
from host.report.outcomes import AttemptOutcome
from host.report.results import Results
from host.translation import mark, told, tr

COLUMNS = (
    mark("Muscle"),
    mark("Role"),
    mark("Level"),
    mark("Of the leading muscle"),
    mark("Began after"),
    mark("Let go after"),
    mark("Left 10 s later"),
    mark("Crosstalk"),
)
NOT_ASKED = "–"
WORTH_S = 0.1
"""Crosstalk of less time than this is not worth a word."""
_CELLS = (
    Measure.ACTIVATION,
    Measure.RATIO,
    Measure.ONSET,
    Measure.RELEASE,
    Measure.REMAINING,
)
_RATIO = COLUMNS.index("Of the leading muscle")
_MAY_BE_NEGATIVE = (Measure.ONSET,)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """One channel that lies on a muscle."""

    channel: int
    affected: bool
    """Whether it is on the side with synkinesis."""
    role: Role | None
    cells: tuple[str, ...]
    """One for each of `COLUMNS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyTable:
    """A table that a window or a terminal can show as it is."""

    title: str
    columns: tuple[str, ...] = COLUMNS
    rows: tuple[StudyRow, ...] = ()
    """Affected side first."""
    notes: tuple[str, ...] = ()
    """Sentences about both sides, selectivity, involvement and crosstalk."""


def study_measures(results: Results, place: int | None = None) -> tuple[StudyTable, ...]:
    """Return a table of one attempt by its place, or one of each pattern, pooled over attempts.

    () in a plain montage, and where nothing was measured.
    """
    if results.montage.plain or not results.measures:
        return ()
    if place is not None:
        outcome = results.attempts[place]
        own = _measures_of(results, outcome)
        name = f"{outcome.attempt.number} · {tr(outcome.attempt.pattern)}"
        return (_table(results, name, [own], [outcome]),) if own is not None else ()
    return tuple(_of_pattern(results, name) for name in _patterns(results))


def study_lines(results: Results, place: int) -> tuple[str, ...]:
    """Return the most telling measures of an attempt: of the affected side, then of both."""
    lines: list[str] = []
    for table in study_measures(results, place):
        quiet = [row for row in table.rows if row.affected and row.role is Role.QUIET]
        said = [(_muscle(results, row.channel).lower(), row.cells[_RATIO]) for row in quiet]
        known = [f"{name} {ratio}" for name, ratio in said if ratio not in (tr(UNKNOWN), NOT_ASKED)]
        if known:
            lines.append(tr("Of the leading muscle's level: {}").format(", ".join(known)))
        lines += table.notes
    return tuple(lines)


def _patterns(results: Results) -> dict[str, None]:
    return dict.fromkeys(one.pattern for one in results.measures)


def _of_pattern(results: Results, name: str) -> StudyTable:
    measures = [one for one in results.measures if one.pattern == name]
    outcomes = [one for one in results.attempts if one.attempt.pattern == name]
    count = tr("1 attempt") if len(measures) == 1 else tr("{} attempts").format(len(measures))
    return _table(results, f"{tr(name)}, {count}", measures, outcomes)


def _measures_of(results: Results, outcome: AttemptOutcome) -> AttemptMeasures | None:
    number = outcome.attempt.number
    return next((one for one in results.measures if one.number == number), None)


def _table(
    results: Results,
    title: str,
    measures: Sequence[AttemptMeasures],
    outcomes: Sequence[AttemptOutcome],
) -> StudyTable:
    rows = [row for one in measures for row in one.rows]
    sites = results.montage.sites
    asked = dict.fromkeys(row.channel for row in rows if row.channel is not None)
    order = sorted(asked, key=lambda column: (sites[column].side is not results.affected, column))
    crosstalk = {column: _crosstalk_s(outcomes, column) for column in order}
    return StudyTable(
        title=title,
        rows=tuple(_row(results, rows, column, crosstalk[column]) for column in order),
        notes=(*_side_notes(results, rows), *_crosstalk_notes(results, crosstalk)),
    )


def _row(results: Results, rows: Sequence[MeasureRow], column: int, crosstalk_s: float) -> StudyRow:
    own = [row for row in rows if row.channel == column]
    role = own[-1].role
    found = (_cell([row for row in own if row.measure is measure]) for measure in _CELLS)
    return StudyRow(
        channel=column,
        affected=results.montage.sites[column].side is results.affected,
        role=role,
        cells=(
            tr(results.montage.named(column)),
            NOT_ASKED if role is None else tr(role.value),
            *found,
            f"{crosstalk_s:.1f} s" if crosstalk_s >= WORTH_S else NOT_ASKED,
        ),
    )


def _cell(rows: Sequence[MeasureRow]) -> str:
    """Return a measure pooled over attempts; a dash where nobody asked for it."""
    if not rows:
        return NOT_ASKED
    least = float("-inf") if rows[0].measure in _MAY_BE_NEGATIVE else 0.0
    return ranged(pooled([row.measured for row in rows]), least=least)


def _side_notes(results: Results, rows: Sequence[MeasureRow]) -> list[str]:
    affected = results.affected.value
    involved = _of_side(rows, Measure.INVOLVEMENT, affected)
    selective = _of_side(rows, Measure.SELECTIVITY, affected)
    notes = []
    if involved.known:
        words, count = tr("On the {} {} {} came along"), ranged(involved, least=0.0)
        notes.append(words.format(tr(affected), count, told(involved.unit)))
    if selective.known:
        notes.append(tr("Selectivity {}, where 1 is best").format(ranged(selective)))
    return [*notes, *_both_notes(rows)]


def _both_notes(rows: Sequence[MeasureRow]) -> list[str]:
    """Say how left and right differ in the muscles that lead (P17)."""
    notes = []
    leading = [row for row in rows if row.side == BOTH and row.role is Role.TARGET]
    for code in dict.fromkeys(row.muscle for row in leading):
        own = [row for row in leading if row.muscle == code]
        parts = [
            f"{tr(word)} {ranged(found)}"
            for word, measure in (
                (mark("onset"), Measure.ONSET_DIFFERENCE),
                (mark("offset"), Measure.OFFSET_DIFFERENCE),
                (mark("level"), Measure.ASYMMETRY),
            )
            if (found := _pooled([row for row in own if row.measure is measure])).known
        ]
        if parts:
            both = tr("{}, left - right: {}")
            notes.append(both.format(tr(muscle(code).plain), ", ".join(parts)))
    return notes


def _of_side(rows: Sequence[MeasureRow], measure: Measure, side: str) -> Measured:
    own = [row for row in rows if row.measure is measure and row.side == side]
    # Counts of another number of muscles are another measure.
    return _pooled([row for row in own if row.measured.unit == own[-1].measured.unit])


def _pooled(rows: Sequence[MeasureRow]) -> Measured:
    return pooled([row.measured for row in rows]) if rows else unknown(OF_REFERENCE, UNKNOWN)


def _crosstalk_s(outcomes: Sequence[AttemptOutcome], column: int) -> float:
    return sum(one.crosstalk_s for out in outcomes for one in out.muscles if one.channel == column)


def _crosstalk_notes(results: Results, crosstalk_s: dict[int, float]) -> list[str]:
    heard = [
        f"{tr(results.montage.named(column))} {seconds:.1f} s"
        for column, seconds in crosstalk_s.items()
        if seconds >= WORTH_S
    ]
    words = tr("Crosstalk suspected, and taken out: {}")
    return [words.format("; ".join(heard))] if heard else []


def _muscle(results: Results, channel: int) -> str:
    return tr(muscle(results.montage.sites[channel].muscle).plain)
