"""What is said of a quiet line over a person's own recent attempts. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calibration.attempts import AttemptLevels
    from host.clinic.plan import PlannedPattern

SHOWN = 20
"""So many of the last attempts are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One attempt: the level below which no line could lie for it to stay quiet."""

    level: float
    """Share of the gentle reference."""
    quiet: bool | None
    """Whether it would have stayed quiet; None where too little of it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """Recent attempts around a quiet line."""

    line: float = 0.25
    least: float = 0.05
    """The scale: where the slider begins."""
    most: float = 1.5
    dots: tuple[Dot, ...] = ()
    said: str = ""
    proposed: float | None = None
    """Where the line might lie next; None to leave it."""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a scale that shows nothing."""
        if not self.least < self.most:
            raise ValueError(f"need least < most, got {self}")


def line_state(
    planned: PlannedPattern,
    attempts: Sequence[AttemptLevels],
    floor: float,
    *,
    limits: tuple[float, float],
    busy: bool = False,
) -> LineState:
    """Return how a pattern's line lies among the last attempts, and what is proposed (P14, T4).

    `floor` is the finest level that can be told; no line is proposed below it.
    """
    last = tuple(attempts)[-SHOWN:]
    dots = tuple(Dot(level=one.critical, quiet=one.succeeds(planned.line)) for one in last)
    least, most = limits
    if not last:
        said = (
            tr("Looking for attempts in the last sessions …")
            if busy
            else tr("No attempts at it yet: the line is a beginning.")
        )
        return LineState(line=planned.line, least=least, most=most, said=said)
    from host.session.plan_proposals import next_line

    proposal = next_line(planned, attempts, floor)
    return LineState(
        line=planned.line,
        least=least,
        most=most,
        dots=dots,
        said=_counted(dots),
        proposed=None if proposal is None else proposal.threshold,
        reason="" if proposal is None else _proposed(proposal.threshold, proposal.reason),
    )


def _proposed(line: float, reason: str) -> str:
    """Say what would be at the dashed line."""
    return tr("Dashed, at {:.0%}: {}").format(line, reason[:1].lower() + reason[1:])


def _counted(dots: tuple[Dot, ...]) -> str:
    """Say how many would have stayed quiet; what is not known is counted apart."""
    known = [dot for dot in dots if dot.quiet is not None]
    quiet = sum(dot.quiet is True for dot in known)
    said = tr("{} of the last {} attempts would have stayed quiet.").format(quiet, len(known))
    left = len(dots) - len(known)
    return f"{said} {tr('{} are not known.').format(left)}" if left else said
