"""A finger on a muscle (P5): it damps movement and moves electrodes, so nothing there is scored."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from calibration.montage import Montage
from calibration.muscles import muscle
from host.chain.stream import BoolArray

SOMEWHERE = ""
"""In place of a muscle: nobody said which, so it may be any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """From sample `start` on there is a finger on these muscles, of either side, or none any more.

    Nothing in `muscles`: on somewhere, or off everything.
    """

    start: int
    muscles: tuple[str, ...] = ()
    on: bool = True

    def __post_init__(self) -> None:
        """Refuse a touch before the stream, and muscles that nobody knows."""
        if self.start < 0:
            raise ValueError(f"a touch is at a sample of the stream, got {self.start}")
        for code in self.muscles:
            muscle(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finger:
    """From sample `start` on one muscle is scored no more, or again."""

    start: int
    muscle: str
    on: bool


class Fingers:
    """Touches to come, one muscle each; a muscle is scored again some time after the finger left.

    Touches are taken in the order of their samples.
    """

    def __init__(self, touches: Iterable[Touched], after: int) -> None:
        """Wait `after` samples: the windows behind a level still hold what the finger did."""
        self._after = after
        self._touching: frozenset[str] = frozenset()
        """What is touched after the last touch that was taken."""
        self._coming: list[Finger] = []
        for touch in sorted(touches, key=lambda one: one.start):
            self.add(touch)

    def add(self, touch: Touched) -> None:
        """Take a touch in."""
        codes = touch.muscles or ((SOMEWHERE,) if touch.on else tuple(sorted(self._touching)))
        for code in codes:
            if touch.on:
                self._put_on(code, touch.start)
            elif code in self._touching:
                self._touching -= {code}
                self._put(Finger(start=touch.start + self._after, muscle=code, on=False))

    @property
    def next(self) -> int | None:
        """The sample of the next change; None where none is known."""
        return self._coming[0].start if self._coming else None

    def until(self, sample: int) -> list[Finger]:
        """Take out what comes into force up to and at `sample`."""
        count = sum(one.start <= sample for one in self._coming)
        due, self._coming = self._coming[:count], self._coming[count:]
        return due

    def _put_on(self, code: str, start: int) -> None:
        """Put a finger on a muscle; if it has just left, it has not left."""
        self._touching |= {code}
        self._coming = [
            one for one in self._coming if one.on or one.muscle != code or one.start < start
        ]
        self._put(Finger(start=start, muscle=code, on=True))

    def _put(self, finger: Finger) -> None:
        self._coming = sorted([*self._coming, finger], key=lambda one: one.start)


def touched_channels(montage: Montage, muscles: Iterable[str]) -> BoolArray:
    """Return which channels lie under fingers on these muscles, `(n_channels,)`.

    On which side nobody says: both count. A plain channel may be on any muscle.
    """
    found = set(muscles)
    everywhere = SOMEWHERE in found
    return np.array(
        [
            everywhere or (site.muscle in found if site.muscle else bool(found))
            for site in montage.sites
        ]
    )
