"""What the reading of recorded practice has found so far: data that is handed between threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from host.detection.attempts import Attempt
    from host.feedback.clinic.look_back_checkpoints import Checkpoints
    from host.report.bout_course import BoutCourse
    from host.report.bout_report import BoutReport
    from host.report.trends import Trends
    from host.session.opened import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutMade:
    """A bout as the recording itself tells of it, before anything is judged."""

    number: int
    pattern: str
    mode: str
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoutJudged:
    """A bout that was judged."""

    report: BoutReport
    course: BoutCourse | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SessionFound:
    """One recorded session of practice."""

    folder: Path
    opened: Opened
    checkpoints: Checkpoints
    made: tuple[BoutMade, ...]
    judged: tuple[BoutJudged, ...] = ()
    """Empty until all of it was judged."""

    def report(self, number: int) -> BoutJudged | None:
        """Return a bout by its number; None where it is not judged, or had no attempt."""
        return next((one for one in self.judged if one.report.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Findings:
    """All that is known so far."""

    sessions: tuple[SessionFound, ...] = ()
    """Those that are looked back on: of this appointment, else the last one; in order of time."""
    today: bool = True
    """Whether they are of this appointment."""
    trends: Trends | None = None
    doing: str = ""
    """What goes on, in words; empty once all is read."""
    left: tuple[str, ...] = field(default=())
    """Sentences about recordings that could not be read."""

    @property
    def bouts(self) -> tuple[tuple[SessionFound, BoutMade], ...]:
        """Return all bouts, in order of time."""
        return tuple((session, one) for session in self.sessions for one in session.made)

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return not self.doing


def made_in(opened: Opened, bouts: Sequence[tuple[int, int, str, str]]) -> tuple[BoutMade, ...]:
    """Return the bouts of a recording with their attempts.

    `bouts` are where each begins, its number, pattern and mode.
    """
    from host.detection.attempts import attempts_in

    attempts = attempts_in(opened.cues, opened.stop)
    stops = [*(begin for begin, *_ in bouts[1:]), opened.stop]
    return tuple(
        BoutMade(
            number=number,
            pattern=pattern,
            mode=mode,
            attempts=tuple(one for one in attempts if begin <= one.start < stop),
        )
        for (begin, number, pattern, mode), stop in zip(bouts, stops, strict=True)
    )
