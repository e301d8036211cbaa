"""Everything that is shown when two people look back: decided here, painted elsewhere. No Qt."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from host.feedback.clinic.look_back_bout_state import BoutState, bout_state
from host.feedback.clinic.look_back_choice import Choice, Look, attempt_at, bout_at
from host.feedback.clinic.look_back_grid_state import SessionsState
from host.feedback.clinic.look_back_map_state import map_state
from host.feedback.clinic.look_back_sessions_state import day_of, trends_state
from host.feedback.clinic.look_back_words import attempt_lines
from host.session.practising.tried import AttemptResult
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from host.clinic.patient import Botulinum
    from host.feedback.clinic.look_back_found import BoutMade, Findings, SessionFound
    from host.session.practising.tried import Tried


class Kind(enum.Enum):
    """What became of an attempt: each has its own shape."""

    OPEN = "not judged yet"
    QUIET = "stayed quiet"
    ALONG = "came along"
    OTHER = "quiet, and something else"
    NOT_SCORED = "not scored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One attempt, to be chosen."""

    number: int
    kind: Kind | None
    """None for a mere number."""
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackState:
    """The whole page at one moment."""

    look: Look = Look.BOUT
    title: str = ""
    when: str = ""
    """Which day, where it is not today's; what was not calibrated."""
    bouts: tuple[str, ...] = ()
    """Names of the bouts, in order."""
    bout_at: int = 0
    chips: tuple[Chip, ...] = ()
    chip_at: int | None = None
    chosen: tuple[str, ...] = ()
    """Of the chosen attempt: a headline, then what else there is to say."""
    bout: BoutState | None = None
    """None while it is not judged, or where it had no attempt."""
    sessions: SessionsState | None = None
    """What is shown in place of a bout; None while nothing is known."""
    notice: str = ""
    """In place of what is not there yet."""
    doing: str = ""
    """What is being read."""
    left: tuple[str, ...] = ()
    """Recordings that could not be read."""

    @property
    def replays(self) -> bool:
        """Whether an attempt can be replayed."""
        return bool(self.chips)


def look_back_state(
    findings: Findings, choice: Choice, botulinum: Sequence[Botulinum] = ()
) -> LookBackState:
    """Return what is shown of what is known so far."""
    bouts = findings.bouts
    at = bout_at(findings, choice)
    shown = LookBackState(
        look=choice.look,
        bouts=tuple(f"{place} · {tr(one.pattern)}" for place, (_, one) in enumerate(bouts, 1)),
        bout_at=at or 0,
        doing=findings.doing,
        left=findings.left,
    )
    if choice.look is not Look.BOUT:
        return _sessions(shown, findings, botulinum)
    if at is None:
        return replace(shown, title=tr("Look back"), notice=_nothing(findings))
    session, made = bouts[at]
    judged = session.report(made.number)
    tried = {} if judged is None else {one.start: one for one in judged.report.attempts}
    chips = tuple(
        _chip(place, tried.get(one.start), reading=not session.judged)
        for place, one in enumerate(made.attempts, 1)
    )
    chip_at = attempt_at(findings, choice)
    first = next(
        place
        for place, (whose, one) in enumerate(bouts, 1)
        if whose is session and one.pattern == made.pattern
    )
    return replace(
        shown,
        title=f"{tr(made.pattern)[:1].upper()}{tr(made.pattern)[1:]}",
        when=_when(session, made, at + 1, findings),
        chips=chips,
        chip_at=chip_at,
        chosen=_chosen(made, chip_at, tried),
        bout=None if judged is None else bout_state(judged, first, reading=not findings.done),
        notice="" if judged is not None else _not_judged(session, made, findings),
    )


def _sessions(
    shown: LookBackState, findings: Findings, botulinum: Sequence[Botulinum]
) -> LookBackState:
    title = tr(shown.look.value)
    trends = findings.trends
    if trends is None:
        waits = tr("The sessions are still being read.")
        notice = waits if not findings.done else tr("There is no session to compare.")
        return replace(shown, title=title, notice=notice)
    found = map_state(trends) if shown.look is Look.MAP else trends_state(trends, botulinum)
    if not found.grid.rows:
        return replace(shown, title=title, notice=tr("Nothing could be compared yet."))
    return replace(shown, title=title, sessions=found)


def _nothing(findings: Findings) -> str:
    if findings.done:
        return tr("No bout was recorded yet. Once one was practised, it stands here.")
    return tr("One moment.")


def _not_judged(session: SessionFound, made: BoutMade, findings: Findings) -> str:
    if session.judged or not made.attempts:
        return tr("There was no attempt in this bout.")
    if findings.done:
        return tr("This recording could not be judged.")
    return tr("This bout is being judged. Its attempts can be replayed meanwhile.")


def _when(session: SessionFound, made: BoutMade, number: int, findings: Findings) -> str:
    opened = session.opened
    parts = [tr("Bout {}").format(number), tr(made.mode)]
    if not findings.today:
        parts.append(tr("recorded {}").format(day_of(opened.created) or opened.name))
    if opened.reference is None:
        parts.append(tr("not calibrated: levels are a rough guide"))
    return " · ".join(parts)


def _chip(number: int, tried: Tried | None, *, reading: bool) -> Chip:
    kind = Kind.OPEN if reading else Kind.NOT_SCORED
    if tried is not None:
        kind = _kind(tried.result)
    words = tr("Attempt {}: {}")
    lines = () if tried is None else attempt_lines(tried)
    said = lines[0] if lines else tr("not judged yet") if reading else tr("not scored")
    return Chip(number=number, kind=kind, said=words.format(number, said))


def _kind(result: AttemptResult) -> Kind:
    if result is AttemptResult.QUIET:
        return Kind.QUIET
    if result is AttemptResult.ALONG:
        return Kind.ALONG
    return Kind.OTHER if result.scored else Kind.NOT_SCORED


def _chosen(made: BoutMade, place: int | None, tried: dict[int, Tried]) -> tuple[str, ...]:
    if place is None:
        return (tr("Choose an attempt with ← and →; Enter replays it"),) if made.attempts else ()
    one = tried.get(made.attempts[place].start)
    head = tr("Attempt {}").format(place + 1)
    return (head,) if one is None else (head, *attempt_lines(one))
