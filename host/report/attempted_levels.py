"""A person's recent attempts, boiled down so that any quiet line can be tried on them at once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from calibration.attempts import AttemptLevels, attempt_levels
from calibration.patterns import Role
from host.detection.attempts import attempts_in
from host.recording.bout_events import AttemptLeftOut
from host.recording.reader import SessionRecording
from host.session.judging import Judging

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from calibration.patterns import Pattern
    from host.chain.stream import FloatArray
    from host.detection.attempts import Attempt
    from host.detection.frame import Frames
    from host.session.opened import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternAttempts:
    """The attempts at one pattern in one session, in order."""

    pattern: str
    levels: tuple[AttemptLevels, ...]


def attempted_levels(
    opened: Opened, going: Callable[[], bool] = lambda: True
) -> tuple[PatternAttempts, ...]:
    """Return what each attempt of a recording reached, by pattern in the order of practice.

    Judged anew as it was judged when it was recorded; what was broken off is left out. A critical
    level is a share of the gentle reference, with the allowances of the pattern taken out. Asked
    between two pieces, `going` may give it up: then there are none.
    """
    kept = _Kept(opened)
    for frames in Judging(opened):
        kept.push(frames)
        if not going():
            return ()
    return kept.by_pattern()


def joined(
    sessions: Sequence[Sequence[PatternAttempts]],
) -> Mapping[str, tuple[AttemptLevels, ...]]:
    """Return the attempts of several sessions by pattern, oldest first."""
    found: dict[str, tuple[AttemptLevels, ...]] = {}
    for session in sessions:
        for one in session:
            found[one.pattern] = (*found.get(one.pattern, ()), *one.levels)
    return found


class _Kept:
    """Keeps the activation of each attempt while a recording is judged."""

    def __init__(self, opened: Opened) -> None:
        self._attempts = attempts_in(opened.cues, opened.stop)
        self._starts = [one.start for one in self._attempts]
        self._rows: list[list[tuple[int, FloatArray]]] = [[] for _ in self._attempts]
        """By attempt: hops since its start, and activation from there on."""
        self._asked: list[Pattern | None] = [None] * len(self._attempts)
        self._hop = 1
        self._opened = opened

    def push(self, frames: Frames) -> None:
        """Take frames, in order."""
        self._hop = frames.hop
        place = bisect_right(self._starts, frames.start) - 1
        if place >= 0 and frames.start < self._attempts[place].stop:
            since = (frames.start - self._starts[place]) // frames.hop
            self._rows[place].append((since, frames.activation))
            self._asked[place] = frames.asked

    def by_pattern(self) -> tuple[PatternAttempts, ...]:
        """Boil down what was kept."""
        found: dict[str, list[AttemptLevels]] = {}
        broken = self._broken()
        for place, attempt in enumerate(self._attempts):
            asked = self._asked[place]
            if asked is not None and place not in broken:
                found.setdefault(attempt.pattern, []).append(self._levels(place, attempt, asked))
        return tuple(
            PatternAttempts(pattern=name, levels=tuple(levels)) for name, levels in found.items()
        )

    def _levels(self, place: int, attempt: Attempt, asked: Pattern) -> AttemptLevels:
        opened = self._opened
        rate_hz, hop = opened.recorded.stream.rate_hz, self._hop
        dwell = max(1, round(opened.watch.thresholds.enter_s * rate_hz / hop))
        begin, end = ((edge - attempt.start) // hop for edge in attempt.hold)
        hold = slice(begin, end)
        return attempt_levels(self._activation(place), self._allowances(asked), dwell, hold)

    def _activation(self, place: int) -> FloatArray:
        """Return an attempt's activation, `(n_hops, n_channels)`; NaN where nothing came."""
        attempt = self._attempts[place]
        hops = -(-(attempt.stop - attempt.start) // self._hop)
        whole = np.full((hops, len(self._opened.watch.montage.sites)), np.nan)
        for since, rows in self._rows[place]:
            part = rows[: hops - since]
            whole[since : since + len(part)] = part
        return whole

    def _allowances(self, asked: Pattern) -> FloatArray:
        """Return the factor on each channel's line, `(n_channels,)`; NaN where it is not judged."""
        sites = self._opened.watch.montage.sites
        return np.array(
            [
                asked.allowance(site.muscle)
                if site.side is self._opened.affected and asked.role(site.muscle) is Role.QUIET
                else np.nan
                for site in sites
            ]
        )

    def _broken(self) -> set[int]:
        """Return the places of attempts that were broken off."""
        recorded = self._opened.recorded
        events = recorded.events if isinstance(recorded, SessionRecording) else ()
        cut = (one.sample for one in events if isinstance(one, AttemptLeftOut))
        return {bisect_right(self._starts, sample) - 1 for sample in cut}
