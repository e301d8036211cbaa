"""The plain mode, for channels that nobody has calibrated: RMS over a short window, hop by hop.

The window moves on the grid of the global sample index, so a level does not depend on how the
samples arrived. `adaptive` does better.
"""

from dataclasses import dataclass

from calibration.freedom import plain_freedom_hz
from host.chain.hum import HumLimits
from host.chain.metering import Meter, Metered
from host.chain.quality import QualityLimits
from host.chain.stream import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class RmsWindow:
    """Settings of the moving RMS."""

    window_s: float = 0.18
    hop_s: float = 0.004

    def __post_init__(self) -> None:
        """Refuse a window shorter than its hop."""
        if not 0.0 < self.hop_s <= self.window_s <= 2.0:
            raise ValueError(f"need 0 < hop_s <= window_s <= 2, got {self}")


class RmsEnvelope(Metered):
    """Moving RMS of the samples that can be believed."""

    def __init__(
        self, settings: RmsWindow, limits: QualityLimits, hums: HumLimits, stream: Stream
    ) -> None:
        self._made_of = settings, limits, hums, stream
        self.hop = stream.samples(settings.hop_s)
        """Samples per hop."""
        hops = max(1, round(settings.window_s * stream.rate_hz / self.hop))
        freedom = plain_freedom_hz(stream.rate_hz) / stream.rate_hz
        self._meter = Meter(stream, self.hop, hops, limits, hums, freedom_per_sample=freedom)
