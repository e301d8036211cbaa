"""Whether a channel can be believed: sample by sample, then window by window."""

import enum
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from host.chain.stream import BoolArray, IntArray, Stream

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


USABLE = np.uint8(Quality.MAINS)
"""As a number: NumPy takes its time to compare arrays with an enumeration."""


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

    def flat_run(self, stream: Stream) -> int:
        """Return how many equal samples in a row say that nothing is alive."""
        coarse = stream.resolution_uv is not None
        return max(10, stream.samples(COARSE_FLAT_S if coarse else self.flat_s))


def run_lengths(marks: BoolArray, before: IntArray) -> IntArray:
    """Return how many marks without a break end with each row, `(n_rows, n_channels)`.

    `before` is how many came just before the first row, `(n_channels,)`.
    """
    number = np.arange(1, len(marks) + 1)[:, np.newaxis]
    # As if the last break before the first row had been at row -before, counted from 1.
    lengths: IntArray = number - np.maximum.accumulate(np.where(marks, -before, number), axis=0)
    return lengths
