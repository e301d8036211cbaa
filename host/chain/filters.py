"""Band-pass and mains removal: their design, and the filter that carries its state."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from host.chain.compiled.library import numbers
from host.chain.compiled.structures import SectionsDesign, filled
from host.chain.stream import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class BandPass:
    """Settings of the Butterworth band-pass (T4: 15–25 to 400–500 Hz)."""

    low_hz: float = 20.0
    high_hz: float = 450.0
    high_share: float = 0.45
    """The upper edge is at most this share of the rate."""
    order: int = 4

    def __post_init__(self) -> None:
        """Refuse edges that leave no band."""
        if not 0.0 < self.low_hz < self.high_hz:
            raise ValueError(f"need 0 < low_hz < high_hz, got {self}")
        if not 0.0 < self.high_share < 0.5:
            raise ValueError(f"need 0 < high_share < 0.5, got {self.high_share}")
        if not 1 <= self.order <= 8:
            raise ValueError(f"order must be 1 to 8, got {self.order}")

    def upper_hz(self, rate_hz: float) -> float:
        """Return the upper edge at this rate; ValueError when nothing is left above `low_hz`."""
        upper = min(self.high_hz, self.high_share * rate_hz)
        if upper <= self.low_hz:
            raise ValueError(f"at {rate_hz:g} Hz nothing is left above {self.low_hz:g} Hz")
        return upper


@dataclass(frozen=True, slots=True, kw_only=True)
class MainsRemoval:
    """Settings of the band-stops at the mains frequency and its harmonics."""

    base_hz: tuple[float, ...] = (50.0, 60.0)
    """Mains frequencies to remove; both, where it is not known in which country we are."""
    half_width_hz: float = 2.0
    """Wide enough that mains 0.05 Hz off its frequency is still taken down by 60 dB."""

    def __post_init__(self) -> None:
        """Refuse frequencies that are no mains, and band-stops that would meet."""
        if not all(45.0 <= base <= 65.0 for base in self.base_hz):
            raise ValueError(f"mains frequencies lie between 45 and 65 Hz, got {self.base_hz}")
        if not 0.1 <= self.half_width_hz <= 4.0:
            raise ValueError(f"half_width_hz must be 0.1 to 4, got {self.half_width_hz}")

    def centres_hz(self, upper_hz: float) -> tuple[float, ...]:
        """Return all harmonics whose band-stop begins below `upper_hz`."""
        top = upper_hz + self.half_width_hz
        return tuple(
            sorted({k * base for base in self.base_hz for k in range(1, int(top / base) + 1)})
        )


def design_band_pass(settings: BandPass, rate_hz: float) -> FloatArray:
    """Return second-order sections, `(n_sections, 6)`."""
    edges = (settings.low_hz, settings.upper_hz(rate_hz))
    return signal.butter(settings.order, edges, "bandpass", fs=rate_hz, output="sos")


def design_mains_removal(settings: MainsRemoval, rate_hz: float, upper_hz: float) -> FloatArray:
    """Return second-order sections, `(n_sections, 6)`: two for each frequency, gain 1 at 0 Hz."""
    width = settings.half_width_hz
    stops = [
        signal.butter(2, _edges_hz(centre, width, rate_hz), "bandstop", fs=rate_hz, output="sos")
        for centre in settings.centres_hz(upper_hz)
        if centre + 2 * width < rate_hz / 2
    ]
    return np.concatenate(stops) if stops else np.array([[1.0, 0, 0, 1.0, 0, 0]])


def _edges_hz(centre_hz: float, width_hz: float, rate_hz: float) -> tuple[float, float]:
    """Return edges of a band-stop whose zero lies exactly at its centre.

    The zero is at the geometric mean of the edges, after the bilinear transform's tangent.
    """
    low_hz = centre_hz - width_hz
    middle, low = np.tan(np.pi * np.array([centre_hz, low_hz]) / rate_hz)
    return low_hz, float(rate_hz / np.pi * np.arctan(middle**2 / low))


class Sections:
    """Second-order sections as the compiled loop takes them: direct form II transposed."""

    def __init__(self, sos: FloatArray) -> None:
        self._sos = numbers(sos)
        step = numbers(signal.sosfilt_zi(self._sos))
        self.design = filled(SectionsDesign, sections=self._sos, step=step, count=len(sos))

    @property
    def echo(self) -> float:
        """Second sample of the impulse response over the first: what a spike does to the next."""
        response = signal.sosfilt(self._sos, np.array([1.0, 0.0]))
        return float(response[1] / response[0])
