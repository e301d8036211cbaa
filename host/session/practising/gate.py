"""What the next attempt waits for, and what an attempt under way has lost (P12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from host.chain.quality import Quality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calibration.montage import Montage
    from calibration.patterns import Pattern
    from host.chain.quality import CodeArray
    from host.chain.stream import BoolArray, IntArray
    from host.detection.frame import Frame


class ReleaseWatch:
    """Knows which channels count, and which of them work still or are not known.

    It says why `Frame.may_go_on` does not hold yet. Unknown is never released; a muscle under a
    finger is not known either, and still is not lost (P5).
    """

    def __init__(self, montage: Montage, excluded: Iterable[int], dwell: int = 0) -> None:
        """`dwell`: for so many samples a muscle must be at rest before it counts as released."""
        channels = len(montage.sites)
        self._dwell = dwell
        self._montage, self._excluded = montage, tuple(excluded)
        self._asked: Pattern | None = None
        self._needed: BoolArray = np.zeros(channels, dtype=np.bool_)
        self._released = np.zeros(channels, dtype=np.bool_)
        self._known = np.zeros(channels, dtype=np.bool_)
        self._counted_on = np.zeros(channels, dtype=np.bool_)
        self._missing_since = np.full(channels, -1, dtype=np.int64)
        self._bad_since = np.full(channels, -1, dtype=np.int64)
        self._missing = True
        """Whether anything was missing in the newest frame, or nothing came yet."""
        self._known_since = np.full(channels, -1, dtype=np.int64)
        self._moving = np.zeros(channels, dtype=np.bool_)
        self._nameless = np.zeros(channels, dtype=np.bool_)
        """Channels with a level of which nobody knows what it means."""
        self._quality: CodeArray = np.zeros(channels, dtype=np.uint8)
        self._newest = 0
        self._held = False
        """Whether anything that counts is not released: what is has nothing to be told of."""

    def push(self, frame: Frame) -> None:
        """Take one frame; frames come in order."""
        if frame.asked is not self._asked:
            from host.detection.terms import counted

            self._asked = frame.asked
            self._needed = counted(frame.asked, self._montage, self._excluded)
        self._known = ~np.isnan(frame.activation)
        self._released, self._moving = frame.released & self._known, frame.moving
        self._held = bool((self._needed > self._released).any())
        if frame.sample - self._newest > self._dwell:  # nothing came for a while
            self._known_since[:], self._missing = -1, True
        self._quality, self._newest = frame.quality, frame.sample
        if self._known.all() and not self._missing:
            self._nameless = ~self._known
            return
        self._nameless = uncalibrated(frame)
        self._known_since = _since(self._known_since, self._known, frame.sample)
        missing, bad = ~self._known & ~frame.touched, frame.quality > Quality.SETTLING
        self._missing_since = _since(self._missing_since, missing, frame.sample)
        self._bad_since = _since(self._bad_since, missing & bad, frame.sample)
        self._missing = bool(missing.any())

    @property
    def open(self) -> bool:
        """Whether all that counts is released and known; never where nothing counts."""
        return not self._held and bool(self._needed.any())

    @property
    def working(self) -> tuple[int, ...]:
        """Channels that count, are known, and are not released yet though they could be."""
        if not self._held:
            return ()
        return _columns(self._needed & self._known & ~self._released & ~self._brief)

    @property
    def settling(self) -> tuple[int, ...]:
        """Channels that count, do not move, and are not known for long enough to be released."""
        return _columns(self._needed & self._brief) if self._held else ()

    @property
    def _brief(self) -> BoolArray:
        """Which channels are known for less than their rest must last, and show no movement."""
        new = self._newest - self._known_since < self._dwell
        brief: BoolArray = self._known & ~self._released & ~self._moving & new
        return brief

    @property
    def unknown(self) -> tuple[int, ...]:
        """Channels that count and are not known."""
        return _columns(self._needed & ~self._known) if self._held else ()

    @property
    def uncalibrated(self) -> tuple[int, ...]:
        """Channels that count, have a good signal, and no reference: no wait makes them known."""
        return _columns(self._needed & self._nameless) if self._held else ()

    def bad(self, samples: int) -> dict[int, Quality]:
        """Return the channels that count and have had no usable signal for so long, and why."""
        if not self._missing:
            return {}
        since = self._bad_since
        long = self._needed & (since >= 0) & (self._newest - since >= samples)
        return {column: Quality(int(self._quality[column])) for column in _columns(long)}

    def begin(self) -> None:
        """Count on what is known now: an attempt begins."""
        self._counted_on = self._needed & self._known

    def lost(self, samples: int) -> tuple[int, ...]:
        """Return the channels an attempt counted on that have been unknown for so long."""
        if not self._missing:
            return ()
        since = self._missing_since
        return _columns(self._counted_on & (since >= 0) & (self._newest - since >= samples))


def uncalibrated(frame: Frame) -> BoolArray:
    """Return the channels whose level means nothing, for the calibration gave them no reference.

    A first guess has one for all of them, as soon as it has found rest.
    """
    nameless: BoolArray = np.isnan(frame.activation) & np.isfinite(frame.rms_uv) & ~frame.touched
    return nameless if frame.calibrated else np.zeros_like(nameless)


def _since(before: IntArray, marks: BoolArray, sample: int) -> IntArray:
    """Return since when each mark has stood without a break; -1 where it does not."""
    since: IntArray = np.where(marks, np.where(before < 0, sample, before), -1)
    return since


def _columns(marks: BoolArray) -> tuple[int, ...]:
    return tuple(marks.nonzero()[0].tolist())
