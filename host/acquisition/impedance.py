"""From the tone that a test current leaves to the impedance of an electrode.

`Z = A / I - 2.2 kΩ`, with the amplitude A of the tone and the current I: as the OpenBCI GUI does
(DataProcessing.pde: `impedance = sqrt(2.0) * data_std_uV * 1.0e-6 / leadOffDrive_amps`, then
`impedance -= series_resistor_ohms`), with 6 nA and the 2.2 kΩ resistor in series on the board. The
GUI divides what the converter let through; here its loss at 31.25 Hz, 7 %, is put back. The
ADS1299's current itself is right to 20 % (SBAS499): an impedance is a hint, not a measurement.
"""

import math
from dataclasses import dataclass

import numpy as np

from host.acquisition.lead_off_tone import Tone
from host.chain.stream import BoolArray

CURRENT_A = 6e-9
SERIES_OHM = 2200.0
_LEAST_SHARE = 0.5
"""With less than this share of the tone on the series resistor alone no current was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impedance:
    """Of one electrode, with the interval that the noise leaves."""

    ohm: float
    """Infinite where the electrode hangs in the air: more than the converter can show."""
    low_ohm: float
    high_ohm: float

    def __post_init__(self) -> None:
        """Refuse what is no impedance: unknown is None, never a number."""
        if not 0.0 <= self.low_ohm <= self.ohm <= self.high_ohm:
            raise ValueError(f"need 0 <= low_ohm <= ohm <= high_ohm, got {self}")

    @property
    def open(self) -> bool:
        """Whether there is no contact at all."""
        return math.isinf(self.ohm)

    @property
    def words(self) -> str:
        """The impedance in kΩ with its interval, as "12 kΩ" or "12 ± 3 kΩ"; or "open"."""
        if self.open:
            return "open"
        half = 0.5 * (self.high_ohm - self.low_ohm) / 1000.0
        doubt = f" ± {half:.0f}" if half >= 0.5 else ""
        return f"{self.ohm / 1000.0:.0f}{doubt} kΩ"


def impedances(tone: Tone, railed: BoolArray, passed: float) -> tuple[Impedance | None, ...]:
    """Return each channel's impedance; None where it cannot be told.

    `railed` says which channels stood at the end of their range, `(n_channels,)`; `passed` is the
    share of the tone that the converter lets through.
    """
    if not 0.0 < passed <= 1.0:
        raise ValueError(f"passed is a share of the tone, got {passed}")
    return tuple(
        _OPEN if bool(off) else _impedance(float(amplitude), float(noise), passed)
        for amplitude, noise, off in zip(tone.amplitude_uv, tone.noise_uv, railed, strict=True)
    )


def _impedance(amplitude_uv: float, noise_uv: float, passed: float) -> Impedance | None:
    if not np.isfinite(amplitude_uv) or not np.isfinite(noise_uv):
        return None
    if amplitude_uv + noise_uv < _LEAST_SHARE * 1e6 * CURRENT_A * SERIES_OHM * passed:
        return None
    low, middle, high = (
        max(1e-6 * volt_uv / (passed * CURRENT_A) - SERIES_OHM, 0.0)
        for volt_uv in (amplitude_uv - noise_uv, amplitude_uv, amplitude_uv + noise_uv)
    )
    return Impedance(ohm=middle, low_ohm=low, high_ohm=high)


_OPEN = Impedance(ohm=math.inf, low_ohm=1e6, high_ohm=math.inf)
