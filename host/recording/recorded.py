"""What every recording offers, ours or another program's: stretches of samples, read on demand."""

from dataclasses import dataclass
from typing import Protocol

from host.chain.stream import FloatArray, Stream


@dataclass(frozen=True, slots=True)
class Span:
    """A continuous stretch of samples, half-open."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        """Refuse a stretch without samples."""
        if not 0 <= self.start < self.stop:
            raise ValueError(f"need 0 <= start < stop, got {self}")

    def __len__(self) -> int:
        return self.stop - self.start


class Recorded(Protocol):
    """A recording as its reader sees it; nothing is decoded before it is asked for."""

    @property
    def stream(self) -> Stream:
        """Rate, channels and grid."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Continuous stretches in order; between two of them lies a gap."""

    def samples(self, start: int, stop: int) -> FloatArray:
        """Return `(stop - start, n_channels)` microvolts on the grid, from within one span."""
