"""What the attempts of today would have been with a line elsewhere, and where it might lie. No Qt.

Only attempts of this session: levels change whenever electrodes are applied anew (T3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calibration.attempts import AttemptLevels
from calibration.patterns import Role
from calibration.thresholds import as_if, shaping
from calibration.traces import LEAST_KNOWN
from host.feedback.bar_heights import bar_height
from host.feedback.clinic.practising.lines import FINEST, line_now, percent, within
from host.session.plan_proposals import next_line
from host.session.practising.tried import AttemptResult
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from host.clinic.plan import PlannedPattern
    from host.detection.frame import Frame
    from host.feedback.clinic.practising.reached import AttemptReached, Reached
    from host.session.practising.tried import MuscleTried, Tried
    from host.session.practising.worker import PracticeMoment
    from host.session.worker import Scene

SNAP = 0.015
"""A line that is dragged so near to the proposed one, in heights of the board, lies there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """One line over the last attempts at its pattern."""

    code: str = ""
    """The muscle whose line it is; "" for the line of all."""
    said: str = ""
    """How many of them would have stayed quiet, with the line there; empty before the first."""
    proposed: float | None = None
    """Where it might lie next, share of the gentle reference; None to leave it."""

    shares: tuple[tuple[str, float], ...] = ()
    """Of the line of all: the part of it that holds for each quiet muscle, by code."""

    def share(self, code: str) -> float:
        """Return the part of the line that holds for a muscle."""
        return dict(self.shares).get(code, 1.0)

    @property
    def words(self) -> str:
        """What is said of it, with the proposed line."""
        if self.proposed is None:
            return self.said
        return f"{self.said} · {tr('proposed {share}').format(share=percent(self.proposed))}"

    def snapped(self, to: float) -> float:
        """Return the proposed line where `to` is near to it, else `to`."""
        if self.proposed is None or abs(bar_height(to) - bar_height(self.proposed)) > SNAP:
            return to
        return self.proposed

    def passed(self, now: float, to: float) -> float:
        """Return the proposed line where a step from `now` to `to` would pass it, else `to`."""
        if self.proposed is None or not min(now, to) < self.proposed < max(now, to):
            return to
        return self.proposed


def supposed(
    moment: PracticeMoment,
    reached: Reached,
    code: str,
    *,
    planned: PlannedPattern,
    draft: PlannedPattern | None = None,
) -> Supposed:
    """Try the line of a muscle on the last attempts at its pattern (P14, T4).

    They are counted with the line of the `draft`; what is proposed follows from that in force.
    """
    scene, frame = moment.view.scene, moment.view.frame
    if scene is None or frame is None:
        return Supposed(code=code)
    terms = draft or planned
    line, now = (line_now(one, code, frame, scene) for one in (terms, planned))
    done = [*_done(moment, reached, planned.name)]
    if code and frame.asked.role(code) is Role.TARGET:
        strengths = [_strength(one, found, code) for one, found in done]
        return Supposed(code=code, said=_gentle(strengths, line))

    parts = {} if code else _parts(terms, frame, scene)
    levels = [_quietness(one, found, code, parts) for one, found in done]
    floor = max(shaping().finest, _floor(done, reached.rules.floors, code, parts))
    return Supposed(
        code=code,
        said=_quiet(levels, line),
        shares=tuple(parts.items()),
        proposed=_proposed(replace(planned, line=within(now)), levels, floor),
    )


def _done(
    moment: PracticeMoment, reached: Reached, pattern: str
) -> Iterator[tuple[Tried, AttemptReached]]:
    """Return the last attempts at a pattern, oldest first; what was broken off is left out."""
    practice = moment.practice
    own = [
        one
        for one in (*practice.earlier, *practice.attempts)
        if one.pattern == pattern and one.result is not AttemptResult.LEFT_OUT
    ]
    for one in own[-shaping().last_attempts :]:
        found = reached.of(one.start)
        if found is not None:
            yield one, found


def _parts(terms: PlannedPattern, frame: Frame, scene: Scene) -> dict[str, float]:
    """Return which part of the line of all holds for each quiet muscle."""
    return {code: line_now(terms, code, frame, scene) / terms.line for code in frame.asked.quiet}


def _judged(one: Tried, code: str) -> list[MuscleTried]:
    """Return the muscles that an attempt's result depends on; of one line, that muscle."""
    return [m for m in one.muscles if m.judged and (not code or m.muscle == code)]


def _quietness(
    one: Tried, found: AttemptReached, code: str, parts: Mapping[str, float]
) -> AttemptLevels:
    """Boil an attempt down; `parts` of the line hold for muscles, else all of it."""
    judged = _judged(one, code)
    levels = [float(found.along[m.channel]) / parts.get(m.muscle, 1.0) for m in judged]
    known = bool(judged) and all(m.known >= LEAST_KNOWN for m in judged)
    return AttemptLevels(critical=max(levels, default=0.0), known=known)


def _strength(one: Tried, found: AttemptReached, code: str) -> AttemptLevels:
    """Boil an attempt down to the highest level that a leading muscle kept (P8)."""
    leading = [m for m in one.muscles if m.muscle == code]
    levels = [float(found.strong[m.channel]) for m in leading]
    known = all(m.known >= LEAST_KNOWN for m in leading)
    return AttemptLevels(critical=max(levels, default=0.0), known=known)


def _floor(
    done: Iterable[tuple[Tried, AttemptReached]],
    floors: tuple[float, ...],
    code: str,
    parts: Mapping[str, float],
) -> float:
    """Return the noise below which no line may be proposed."""
    judged = [m for one, _ in done for m in _judged(one, code)]
    noise = (floors[m.channel] / parts.get(m.muscle, 1.0) for m in judged if floors)
    return max(noise, default=0.0)


def _proposed(planned: PlannedPattern, levels: list[AttemptLevels], floor: float) -> float | None:
    """Return the next line, no finer than one can be told (P11); None to leave it."""
    found = next_line(planned, levels, floor)
    if found is None:
        return None
    # Upwards: what it was proposed for, that many attempts below it, still holds.
    line = within(math.ceil(found.threshold / FINEST - 1e-6) * FINEST)
    return None if math.isclose(line, planned.line) else line


def _quiet(levels: list[AttemptLevels], line: float) -> str:
    return _counted(levels, line, tr("{good} of the last {known} would have stayed quiet"))


def _gentle(levels: list[AttemptLevels], ceiling: float) -> str:
    return _counted(levels, ceiling, tr("{good} of the last {known} would have been gentle enough"))


def _counted(levels: list[AttemptLevels], line: float, words: str) -> str:
    """Say how many succeed; what is not known is counted apart."""
    if not levels:
        return ""
    judged = as_if(line, levels)
    known = [one for one in judged if one is not None]
    said = words.format(good=sum(known), known=len(known))
    left = len(judged) - len(known)
    return f"{said}, {tr('{left} not known').format(left=left)}" if left else said
