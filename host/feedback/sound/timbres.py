"""How each region sounds: one second of each timbre, which repeats without a seam. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from host.chain.stream import FloatArray
from host.feedback.sound.tone_state import Timbre


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """A sustained tone."""

    pitch_hz: int
    """A whole number, so that a second holds whole periods."""
    partials: tuple[float, ...]
    """Amplitude of the tone itself and of its overtones."""

    def __post_init__(self) -> None:
        """Refuse what cannot be heard."""
        if self.pitch_hz < 20 or not self.partials or self.partials[0] <= 0.0:
            raise ValueError(f"need a pitch from 20 Hz on and a first partial, got {self}")


TONES: Mapping[Timbre, Tone] = {
    Timbre.CHIN: Tone(pitch_hz=220, partials=(1.0, 0.5, 0.25, 0.12)),
    Timbre.MOUTH: Tone(pitch_hz=275, partials=(1.0, 0.0, 0.33, 0.0, 0.14)),
    Timbre.CHEEK: Tone(pitch_hz=330, partials=(1.0, 0.35)),
    Timbre.EYE: Tone(pitch_hz=440, partials=(1.0, 0.0, 0.0, 0.18)),
    Timbre.BROW: Tone(pitch_hz=550, partials=(1.0,)),
}
"""From neck to brow like a chord (4 : 5 : 6 : 8 : 10): several at once are not harsh. Each has its
own colour, from reed to flute, so that a region is known without its neighbours beside it. Laptop
loudspeakers carry all of them. Clinical judgement: edit freely."""

BREATH_HZ = (500, 1500)
"""Band of the breath that stands for no signal: between hum and hiss."""
SWELLS = 1
"""Times a second that the breath swells; it sinks to half and never to silence."""


def tables(rate_hz: int) -> Mapping[Timbre, FloatArray]:
    """Return one second of each timbre, `(rate_hz,)`, with a peak of 1."""
    if rate_hz < 8000:
        raise ValueError(f"sound needs at least 8000 samples/s, got {rate_hz}")
    made = {timbre: _tone(tone, rate_hz) for timbre, tone in TONES.items()}
    made[Timbre.NO_SIGNAL] = _breath(rate_hz)
    return {timbre: table / np.abs(table).max() for timbre, table in made.items()}


def _tone(tone: Tone, rate_hz: int) -> FloatArray:
    # Whole numbers first: the angle of a late sample is as exact as that of an early one.
    sample = np.arange(rate_hz)
    result = np.zeros(rate_hz)
    for number, amplitude in enumerate(tone.partials, start=1):
        cycles = tone.pitch_hz * number
        if 2 * cycles < rate_hz:
            result += amplitude * np.sin(2.0 * np.pi * (sample * cycles % rate_hz) / rate_hz)
    return result


def _breath(rate_hz: int) -> FloatArray:
    """Return a noise of the band's cycles, each with a phase of its own, that swells.

    The phases are those of a quadratic in an irrational number: scattered as chance would, and
    the same in every session.
    """
    low, high = BREATH_HZ
    cycles = np.arange(low, high)
    spectrum = np.zeros(rate_hz // 2 + 1, dtype=np.complex128)
    middle, width = (low + high) / 2.0, (high - low) / 2.0
    scattered = np.mod(cycles.astype(np.float64) ** 2 * ((np.sqrt(5.0) - 1.0) / 2.0), 1.0)
    weight = np.cos(np.pi / 2.0 * (cycles - middle) / width) ** 2
    spectrum[cycles] = weight * np.exp(2j * np.pi * scattered)
    swell = 0.75 - 0.25 * np.cos(2.0 * np.pi * SWELLS * np.arange(rate_hz) / rate_hz)
    noise: FloatArray = np.fft.irfft(spectrum, n=rate_hz) * swell
    return noise
