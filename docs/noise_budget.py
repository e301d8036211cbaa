"""What a converter, a front end and electrodes can resolve: the tables of hardware.md.

`python docs/noise_budget.py` prints them. All levels are RMS microvolts at the skin. It is an
estimate for choosing parts, not a measurement: `quietface check-board --guided` measures.
"""

import math
from dataclasses import dataclass

from host.acquisition.front_end import find_front_end

CONVERSIONS_HZ = 32_000.0
"""Conversions a second of all slots together (protocol.md, Sampling)."""
ADC_BITS, PACKED_BITS = 10, 12
OWN_NOISE_STEPS = 0.5
"""Noise at the converter that is supposed, in steps RMS: what oversampling needs at the least."""
LOW_HZ, HIGH_HZ = 20.0, 450.0
"""Band of facial EMG (T4), as `quietface check-board` has it."""
MEAN_BANDWIDTH = 0.443
"""-3 dB point of a mean over one sample's period, as a share of the rate."""
FOUR_KT = 4.0 * 1.380649e-23 * 305.0
"""4 k T at the skin's 32 °C, in W/Hz: thermal noise (Nyquist, 1928)."""
SKIN_KOHM = 10.0
"""One prepared electrode of 4 mm, below 10 kΩ (Fridlund & Cacioppo, 1986)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """A front end, and how the board samples it."""

    name: str
    gain: float
    vref_v: float = 5.0
    rate_hz: float
    slots: int
    """4 or 8: how many inputs share the converter."""
    packed: bool = True
    noise_nv: float | None
    """Front end's own noise in nV/√Hz at its input; None where nobody publishes it."""
    series_kohm: float = 0.0
    """Protective resistor in each electrode's lead."""

    def __post_init__(self) -> None:
        """Refuse what the firmware cannot do."""
        if self.slots not in (4, 8) or not self.conversions >= 1.0:
            raise ValueError(f"no such sampling: {self}")
        if not (self.gain >= 1.0 and 1.0 <= self.vref_v <= 5.5):
            raise ValueError(f"no such front end: {self}")

    @property
    def conversions(self) -> float:
        """Conversions in the mean that makes one sample."""
        return CONVERSIONS_HZ / self.slots / self.rate_hz

    @property
    def step_uv(self) -> float:
        """One step of the converter."""
        return self.vref_v * 1e6 / 2**ADC_BITS / self.gain

    @property
    def full_scale_mv(self) -> float:
        """Half of the range: the largest peak."""
        return self.vref_v * 1e3 / 2.0 / self.gain

    @property
    def band_hz(self) -> float:
        """Width of the band that is left of facial EMG at this rate."""
        return min(HIGH_HZ, MEAN_BANDWIDTH * self.rate_hz) - LOW_HZ

    @property
    def converter_uv(self) -> float:
        """Noise of the mean of its conversions, and of packing, within the band.

        A rounding error has 1/√12 of a step RMS (Bennett, 1948); the mean of N weakens it by √N.
        """
        one_steps = math.hypot(1.0 / math.sqrt(12.0), OWN_NOISE_STEPS)
        mean_uv = one_steps * self.step_uv / math.sqrt(self.conversions)
        packed_step_uv = self.step_uv / 2 ** (PACKED_BITS - ADC_BITS)
        packing_uv = packed_step_uv / math.sqrt(12.0) if self.packed else 0.0
        return math.hypot(mean_uv, packing_uv) * math.sqrt(2.0 * self.band_hz / self.rate_hz)

    @property
    def front_end_uv(self) -> float | None:
        """Noise of the front end within the band."""
        return None if self.noise_nv is None else 1e-3 * self.noise_nv * math.sqrt(self.band_hz)

    @property
    def electrodes_uv(self) -> float:
        """Thermal noise of two electrodes with their resistors within the band."""
        return thermal_uv(2.0 * (SKIN_KOHM + self.series_kohm), self.band_hz)

    @property
    def together_uv(self) -> float:
        """All that is known of it; real skin is noisier."""
        return math.hypot(self.converter_uv, self.front_end_uv or 0.0, self.electrodes_uv)


def thermal_uv(kohm: float, band_hz: float) -> float:
    """Return the thermal noise of a resistance."""
    return 1e6 * math.sqrt(FOUR_KT * 1e3 * kohm * band_hz)


def told_uv(noise_uv: float, band_hz: float, seconds: float = 1.0) -> float:
    """Return the least EMG that is told from silence where the noise is known and steady.

    Power over T seconds of band B scatters by 1/√(B T) of itself (Bendat & Piersol): what adds two
    such scatters of power is heard.
    """
    return noise_uv * math.sqrt(2.0 / math.sqrt(band_hz * seconds))


def corner_hz(kohm: float, nf: float) -> float:
    """Return the -3 dB corner of a resistor and a capacitor: 1 / (2 π R C)."""
    return 1e6 / (2.0 * math.pi * kohm * nf)


def rc_share(frequency_hz: float, at_hz: float) -> float:
    """Return what a first-order low-pass of this corner lets through, 0 to 1."""
    return 1.0 / math.hypot(1.0, frequency_hz / at_hz)


def mean_share(frequency_hz: float, rate_hz: float, conversions: float) -> float:
    """Return what a mean of conversions lets through, 0 to 1 (protocol.md, Sampling)."""
    below = conversions * math.sin(math.pi * frequency_hz / rate_hz / conversions)
    if abs(below) < 1e-9:
        return 1.0
    return abs(math.sin(math.pi * frequency_hz / rate_hz) / below)


def folded_hz(frequency_hz: float, rate_hz: float) -> float:
    """Return where a tone is heard after sampling."""
    return abs(frequency_hz - rate_hz * round(frequency_hz / rate_hz))


def neighbour_share(kohm: float, slots: int, sample_pf: float = 14.0) -> float:
    """Return how much of the voltage of the input before it leaks into an input.

    The converter's capacitor (14 pF, ATmega328P data sheet) carries it over once a conversion.
    """
    return sample_pf * 1e-12 * CONVERSIONS_HZ / slots * 1e3 * kohm


PAIR_KOHM, PAIR_GAIN = 51.0, (1.0 + 49.4 / 8.2) * (1.0 + 220.0 / 1.0)
"""Of the drawn front end: protective resistors; INA826 with 8.2 kΩ, then 220 kΩ over 1 kΩ."""
PAIR_NOISE_NV = math.hypot(18.0, 110.0 / (1.0 + 49.4 / 8.2))
"""INA826 data sheet: 18 nV/√Hz at its input, 110 nV/√Hz at its output."""
ANTI_ALIAS = (3.3, 100.0)
"""kΩ and nF before each input."""

_MYOWARE = find_front_end("myoware-2-raw").known_gain()
_AD8232 = find_front_end("ad8232").known_gain()

SETUPS = (
    Setup(name="MyoWare 2.0 RAW, 250 × 8", gain=_MYOWARE, rate_hz=250, slots=8, packed=False,
          noise_nv=None),
    Setup(name="MyoWare 2.0 RAW, 500 × 8", gain=_MYOWARE, rate_hz=500, slots=8, noise_nv=None),
    Setup(name="MyoWare 2.0 RAW, 1000 × 4", gain=_MYOWARE, rate_hz=1000, slots=4, noise_nv=None),
    Setup(name="AD8232 for EMG at 3.2 V, 500 × 8", gain=_AD8232, vref_v=3.2, rate_hz=500, slots=8,
          noise_nv=100.0, series_kohm=180.0),
    Setup(name="gain 2420 (Muscle BioAmp), 500 × 8", gain=2420.0, rate_hz=500, slots=8,
          noise_nv=None),
    Setup(name="differential pair, 500 × 8", gain=PAIR_GAIN, rate_hz=500, slots=8,
          noise_nv=PAIR_NOISE_NV, series_kohm=PAIR_KOHM),
    Setup(name="differential pair, 1000 × 4", gain=PAIR_GAIN, rate_hz=1000, slots=4,
          noise_nv=PAIR_NOISE_NV, series_kohm=PAIR_KOHM),
    Setup(name="differential pair, 1000 × 8 (Leonardo)", gain=PAIR_GAIN, rate_hz=1000, slots=8,
          packed=False, noise_nv=PAIR_NOISE_NV, series_kohm=PAIR_KOHM),
)  # fmt: skip


def budget_table() -> str:
    """Return the noise budget as a table in Markdown."""
    heads = "one step", "largest peak", "converter", "front end", "electrodes", "together"
    lines = [
        f"| front end, samples/s × channels | {' | '.join(heads)} | told from silence in 1 s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in SETUPS:
        front, known = one.front_end_uv, one.noise_nv is not None
        told = told_uv(one.together_uv, one.band_hz)
        lines.append(
            f"| {one.name} | {one.step_uv:.1f} | {one.full_scale_mv:.1f} mV "
            f"| {one.converter_uv:.2f} | {'not published' if front is None else f'{front:.2f}'} "
            f"| {one.electrodes_uv:.2f} | {'' if known else 'over '}{one.together_uv:.2f} "
            f"| {'' if known else 'over '}{told:.1f} |"
        )
    return "\n".join(lines)


def alias_table(rate_hz: float = 500.0, slots: int = 8) -> str:
    """Return what filter and mean let through, as a table in Markdown."""
    at_hz, conversions = corner_hz(*ANTI_ALIAS), CONVERSIONS_HZ / slots / rate_hz
    lines = ["| at the input | RC | mean | both | heard as |", "|---|---|---|---|---|"]
    for tone_hz in (50.0, 100.0, 200.0, 300.0, 700.0, 1200.0, 3800.0):
        rc, mean = rc_share(tone_hz, at_hz), mean_share(tone_hz, rate_hz, conversions)
        lines.append(
            f"| {tone_hz:g} Hz | {rc:.2f} | {mean:.2f} | {rc * mean:.3f} "
            f"| {folded_hz(tone_hz, rate_hz):g} Hz |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(budget_table(), alias_table(), sep="\n\n")
    print(f"\nCorner {corner_hz(*ANTI_ALIAS):.0f} Hz; gain of the pair {PAIR_GAIN:.0f}")
    print(f"From the input before: {neighbour_share(ANTI_ALIAS[0], 8):.2%}")
