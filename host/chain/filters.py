"""Band-pass and mains removal: their design, and the filter that carries its state."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from host.chain.sections import sections
from host.chain.stream import BoolArray, FloatArray


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


class SosFilter:
    """Second-order sections with the state they carry between chunks, for `channels` columns."""

    def __init__(self, sos: FloatArray, channels: int) -> None:
        self._sos = np.ascontiguousarray(sos)
        self._step = signal.sosfilt_zi(self._sos)[:, :, np.newaxis]
        self.state = np.zeros((len(sos), 2, channels))
        """`(n_sections, 2, n_channels)`; replaced by every push, never written into."""

    def start(self, row: FloatArray, columns: BoolArray) -> None:
        """Begin anew in some columns, as if `row` had stood there for ever: no ringing."""
        fresh = self._step * row
        self.state = np.where(columns, fresh, self.state)

    def push(self, data: FloatArray) -> FloatArray:
        """Filter `(n_samples, n_channels)` and keep the state."""
        if not len(data):
            return data
        filtered, self.state = sections(self._sos, data, self.state)
        return filtered

    def expected(self, output: FloatArray) -> FloatArray:
        """Return the input row that makes the next output row equal to `output`.

        For a band-stop this is the signal as it was plus the mains going on in step: what a
        lost sample most likely was. Each section is `y = b0·x + z0` (direct form II transposed),
        so the cascade is turned around from its last section to its first.
        """
        row = output
        for section, state in zip(self._sos[::-1], self.state[::-1], strict=True):
            row = (row - state[0]) / section[0]
        return row

    @property
    def echo(self) -> float:
        """Second sample of the impulse response over the first: what a spike does to the next."""
        impulse = np.array([1.0, 0.0])
        response = signal.sosfilt(self._sos, impulse)
        return float(response[1] / response[0])


class RewindableFilter(SosFilter):
    """A filter that can take back its newest rows: the last push, and one row before it."""

    def __init__(self, sos: FloatArray, channels: int) -> None:
        super().__init__(sos, channels)
        self._log: list[tuple[FloatArray, FloatArray]] = []

    def start(self, row: FloatArray, columns: BoolArray) -> None:
        """Begin anew; what came before can no longer be taken back."""
        super().start(row, columns)
        self._log = []

    def push(self, data: FloatArray) -> FloatArray:
        """Filter, and remember the way back."""
        if len(data):
            self._log = [*self._log[-1:], (self.state, data)]
        return super().push(data)

    def rewind(self, rows: int) -> None:
        """Take back the newest `rows` rows."""
        while rows:
            self.state, data = self._log.pop()
            keep = max(0, len(data) - rows)
            rows -= len(data) - keep
            self.push(data[:keep])
