"""Synthesis of the sound: voices in, stereo samples out. No Qt, no clock.

Phases and swells are fixed by the global index of the sample, and gains are smoothed by a filter
with carried state: the sound does not depend on how it is cut into pieces, to the last bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, exp, pi, sin

import numpy as np
import numpy.typing as npt
from scipy import signal

from calibration.muscles import Side
from host.chain.stream import FloatArray, IntArray
from host.feedback.sound.timbres import tables
from host.feedback.sound.tone_state import Timbre, Voice

Samples = npt.NDArray[np.float32]
"""`(n_samples, 2)`: left ear, right ear; full scale is 1."""

STEVENS = 0.6
"""Perceived loudness grows as this power of sound pressure (Stevens, 1957)."""
PEAK = 0.5
"""No sample is larger, whatever sounds together."""
SILENCE = 1e-5
"""Gains below this (100 dB under full scale) are silence, exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SynthSettings:
    """How voices become sound."""

    rate_hz: int = 48000
    smoothing_s: float = 0.01
    """Time constant of each of the two smoothings that a gain goes through: attack and decay take
    about 0.04 s from end to end, 0.02 s of delay on average, and nothing clicks."""
    pan: float = 0.6
    """How far a side's voice is from the middle: 0 not at all, 1 in one ear only."""

    def __post_init__(self) -> None:
        """Refuse a sound that clicks or drags, and a side outside the ears."""
        if not 0.002 <= self.smoothing_s <= 0.1:
            raise ValueError(f"smoothing_s must be 0.002 to 0.1, got {self.smoothing_s}")
        if not 0.0 <= self.pan <= 1.0:
            raise ValueError(f"pan must be 0 to 1, got {self.pan}")


class Synth:
    """Makes the sound of voices, one piece after another."""

    def __init__(self, settings: SynthSettings | None = None) -> None:
        self.settings = settings or SynthSettings()
        made = tables(self.settings.rate_hz)
        self._order = [(timbre, side) for timbre in Timbre for side in Side]
        self._tables = np.stack([made[timbre] for timbre, _ in self._order])
        self._ears = np.array([ears(side, self.settings.pan) for _, side in self._order])
        # However many sound together, no ear gets more than the peak.
        self._full = PEAK / float(self._ears.sum(axis=0).max())
        self._sos = smoother(self.settings)
        self._state = np.zeros((len(self._sos), len(self._order), 2))
        self._next = 0

    def push(self, voices: Sequence[Voice], n_samples: int, volume: float = 1.0) -> Samples:
        """Return the next samples, on the way to these voices; without any, to silence.

        `volume` is that of everything, as perceived, 0 (muted) to 1.
        """
        if n_samples < 0 or not 0.0 <= volume <= 1.0:
            raise ValueError(f"need samples >= 0 and volume 0 to 1, got {n_samples}, {volume}")
        if not n_samples:
            return np.zeros((0, 2), dtype=np.float32)
        index = np.arange(self._next, self._next + n_samples) % self.settings.rate_hz
        self._next = int(index[-1]) + 1
        wanted = self._gains(voices, volume)
        # What neither sounds nor fades adds nothing: most of the time that is nearly all.
        slots = np.flatnonzero((wanted > 0.0) | self._state.any(axis=(0, 2)))
        gains = self._smoothed(wanted[slots], slots, n_samples)
        return self._mixed(gains * self._tables[slots[:, np.newaxis], index], slots)

    def _smoothed(self, wanted: FloatArray, slots: IntArray, n_samples: int) -> FloatArray:
        """Return the gains of some slots on their way, `(n_slots, n_samples)`."""
        if not len(slots):
            return np.zeros((0, n_samples))
        steady = np.repeat(wanted[:, np.newaxis], n_samples, axis=1)
        gains, state = signal.sosfilt(self._sos, steady, zi=self._state[:, slots])
        # What is left of a gain long gone costs time and cannot be heard; it is too small to
        # change any later sum, so that it does not matter when it is dropped.
        self._state[:, slots] = np.where(np.abs(state) < 1e-30, 0.0, state)
        return np.where(gains < SILENCE, 0.0, gains)

    def _gains(self, voices: Sequence[Voice], volume: float) -> FloatArray:
        """Return the gain of each slot, `(n_slots,)`."""
        gains = np.zeros(len(self._order))
        for voice in voices:
            place = self._order.index((voice.timbre, voice.side))
            gains[place] = max(gains[place], self._full * pressure(volume * voice.loudness))
        return gains

    def _mixed(self, sounds: FloatArray, slots: IntArray) -> Samples:
        """Add the slots, one after another: a matrix product may add in another order."""
        result = np.zeros((sounds.shape[1], 2))
        for sound, slot in zip(sounds, slots, strict=True):
            result += sound[:, np.newaxis] * self._ears[slot]
        # The gains keep to the peak; only rounding could pass it.
        return np.clip(result, -PEAK, PEAK).astype(np.float32)


def pressure(loudness: float) -> float:
    """Return the share of full sound pressure that is perceived as this loud."""
    return float(loudness ** (1.0 / STEVENS))


def ears(side: Side, pan: float) -> tuple[float, float]:
    """Return the gains of the left and the right ear, of equal power wherever the voice is."""
    angle = pi / 4.0 * (1.0 + (pan if side is Side.RIGHT else -pan))
    return cos(angle), sin(angle)


def smoother(settings: SynthSettings) -> FloatArray:
    """Return two equal one-pole low-passes as one section, `(1, 6)`, with a gain of 1.

    Its impulse response is nowhere negative: a smoothed gain lies between those it comes from, so
    the bound on the sum of gains holds at every sample. Neither the gain nor its slope jumps.
    """
    kept = exp(-1.0 / (settings.smoothing_s * settings.rate_hz))
    return np.array([[(1.0 - kept) ** 2, 0.0, 0.0, 1.0, -2.0 * kept, kept**2]])
