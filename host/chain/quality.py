"""Whether a channel can be believed: sample by sample, then window by window."""

import enum
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from host.chain.stream import BoolArray, FloatArray, IntArray, Stream

CodeArray: TypeAlias = NDArray[np.uint8]

COARSE_FLAT_S = 1.0
"""The same as `QualityLimits.flat_s` for a converter of a few thousand steps: a muscle at rest may
stay within one of them for a while, and is not dead for that."""


class Flaw(enum.IntFlag):
    """What can be wrong with one sample."""

    LOST = 1
    """Never came, or came garbled: what stands there is a guess."""
    RAILED = 2
    FLAT = 4
    ARTEFACT = 8
    SETTLING = 16
    HUMMING = 32
    """So much mains all of a sudden that the electrode must be off."""


def mark(flaws: CodeArray, where: BoolArray, flaw: Flaw) -> None:
    """Add a flaw to some samples, in place."""
    if np.count_nonzero(where):
        flaws |= np.where(where, np.uint8(flaw), np.uint8(0))


class Quality(enum.IntEnum):
    """The state of a channel over the window of a level; the larger, the less is known."""

    GOOD = 0
    MAINS = 1
    """So much hum that its removal may leave a rest: usable, and worth a look at the electrode."""
    SETTLING = 2
    ARTEFACT = 3
    GAP = 4
    LOOSE = 5
    """It hums like an electrode in the air."""
    FLAT = 6
    RAILED = 7
    LEFT_OUT = 8
    """The therapist left the channel out: whatever it shows, nothing is known of its muscle."""

    @property
    def usable(self) -> bool:
        """Whether a level may be shown and scored."""
        return self <= Quality.MAINS


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityLimits:
    """Settings: when a channel is not to be believed."""

    rail_share: float = 0.995
    """A sample beyond this share of the range is railed."""
    flat_s: float = 0.04
    """No electrode gives the same 24-bit value for so long (and at least ten times)."""
    settle_s: float = 1.0
    """After a start: until the band-stops have let go of 50 dB of hum."""
    artefact_uv: float = 1500.0
    """Beyond any facial EMG in the band (T4: forceful 50–300 µV RMS)."""
    artefact_hold_s: float = 0.5
    valid_share: float = 0.5
    """A level needs so much of its window."""
    hum_uv: float = 2000.0
    """RMS of mains from which on 1 % of it is as large as a gentle contraction."""

    def __post_init__(self) -> None:
        """Refuse limits that no signal, or every signal, would pass."""
        if not (0 < self.rail_share <= 1 and 0 < self.valid_share <= 1):
            raise ValueError(f"shares lie in (0, 1], got {self}")
        times = (self.flat_s, self.settle_s, self.artefact_hold_s)
        if min(*times, self.artefact_uv, self.hum_uv) <= 0:
            raise ValueError(f"times and levels must be positive, got {self}")


class Screen:
    """Finds railed and flat samples in the raw signal, whatever the cut."""

    def __init__(self, limits: QualityLimits, stream: Stream) -> None:
        channels = len(stream.channels)
        self._rail_uv = limits.rail_share * stream.range_uv
        coarse = stream.resolution_uv is not None
        self._flat_run = max(10, stream.samples(COARSE_FLAT_S if coarse else limits.flat_s))
        self._last = np.full(channels, np.nan)
        self._run = np.zeros(channels, dtype=np.int64)
        self._running = False
        """Whether the last row was in a run, in any channel."""

    def push(self, data: FloatArray) -> CodeArray:
        """Return the flaws of `(n_samples, n_channels)` consecutive raw samples."""
        flaws = np.zeros(data.shape, dtype=np.uint8, order="F")
        if not len(data):
            return flaws
        size = np.abs(data)
        if size.max() >= self._rail_uv:
            mark(flaws, size >= self._rail_uv, Flaw.RAILED)
        same = np.empty_like(data, dtype=np.bool_)
        np.equal(data[0], self._last, out=same[0])
        np.equal(data[1:], data[:-1], out=same[1:])
        self._last = data[-1].copy()
        self._count(same, flaws)
        return flaws

    def _count(self, same: BoolArray, flaws: CodeArray) -> None:
        """Count how long each channel has stood still, and mark where that is too long.

        Now and then two samples are equal by chance: only where there are enough of them in a
        channel are all lengths worth their cost. Else the last rows tell how long the last run is.
        """
        if not (self._running or np.count_nonzero(same)):
            return
        if (self._run + same.sum(axis=0) >= self._flat_run).any():
            lengths = run_lengths(same, self._run)
            mark(flaws, lengths >= self._flat_run, Flaw.FLAT)
        elif np.count_nonzero(same[-1]):
            lengths = run_lengths(same[-self._flat_run :], self._run)
        else:
            lengths = np.zeros((1, same.shape[1]), dtype=np.int64)
        self._run = lengths[-1].copy()
        self._running = bool(np.count_nonzero(self._run))


def run_lengths(marks: BoolArray, before: IntArray) -> IntArray:
    """Return how many marks without a break end with each row, `(n_rows, n_channels)`.

    `before` is how many came just before the first row, `(n_channels,)`.
    """
    number = np.arange(1, len(marks) + 1)[:, np.newaxis]
    # As if the last break before the first row had been at row -before, counted from 1.
    lengths: IntArray = number - np.maximum.accumulate(np.where(marks, -before, number), axis=0)
    return lengths


class Hold:
    """Carries a mark on for a number of samples: settling, or the wake of an artefact."""

    def __init__(self, samples: int, channels: int) -> None:
        self._samples = samples
        self._since = np.full(channels, samples, dtype=np.int64)
        self.idle = True
        """Whether no mark is being carried on."""

    def push(self, marks: BoolArray) -> BoolArray:
        """Return where the last mark is less than `samples` ago, `(n_samples, n_channels)`."""
        if not len(marks) or (self.idle and not np.count_nonzero(marks)):
            return marks
        number = np.arange(1, len(marks) + 1)[:, np.newaxis]
        last = np.maximum.accumulate(np.where(marks, number, 0), axis=0)
        since = np.where(last > 0, number - last, number + self._since)
        self._since = np.minimum(since[-1], self._samples)
        self.idle = bool((self._since >= self._samples).all())
        held: BoolArray = since < self._samples
        return held
