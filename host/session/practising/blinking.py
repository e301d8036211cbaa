"""Blinks in the middle of a movement: short, of both eyes at once, and no synkinesis.

`host.detection.blinks` tells a blink by an eye that begins to work. In a hold an eye may work a
little all the time, as healthy faces do; then a blink is seen only by what rises above the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.detection.blinks import EYE, BlinkLimits

if TYPE_CHECKING:
    from calibration.montage import Montage
    from host.detection.frame import Frame

_LIMITS = BlinkLimits()


class EyeRuns:
    """Keeps for how long each eye was beyond its line, run by run."""

    def __init__(self, montage: Montage, hop: int, rate_hz: float) -> None:
        eyes = [column for column, site in enumerate(montage.sites) if site.muscle == EYE]
        self._hop = hop
        # A run ends as late as the level has fallen for some time.
        self._longest = round((_LIMITS.longest_s + _LIMITS.ring_s) * rate_hz)
        self._apart = round(_LIMITS.apart_s * rate_hz)
        self._runs: dict[int, list[tuple[int, int]]] = {column: [] for column in eyes}

    def push(self, frame: Frame) -> None:
        """Take one frame that is scored."""
        start = frame.sample - self._hop
        for column, runs in self._runs.items():
            if not frame.active[column]:
                continue
            if runs and runs[-1][1] == start:
                runs[-1] = runs[-1][0], frame.sample
            else:
                runs.append((start, frame.sample))

    def blinks(self, column: int) -> tuple[tuple[int, int], ...]:
        """Return the runs of an eye that were blinks, in samples; () where it has no other eye."""
        others = [run for other, runs in self._runs.items() if other != column for run in runs]
        return tuple(
            one
            for one in self._runs.get(column, ())
            if self._is_short(one)
            and any(self._is_short(two) and self._together(one, two) for two in others)
        )

    def _is_short(self, run: tuple[int, int]) -> bool:
        return run[1] - run[0] <= self._longest

    def _together(self, one: tuple[int, int], two: tuple[int, int]) -> bool:
        return abs(one[0] - two[0]) <= self._apart
