"""The impedance of a simulated patient's electrodes, and the tone that a test current leaves."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from host.acquisition.impedance import CURRENT_A, SERIES_OHM
from host.acquisition.lead_off_tone import TONE_HZ, sinc3_gain
from host.acquisition.simulated.contact import Fault, Loose
from host.acquisition.simulated.protocol import PACKETS_PER_S
from host.acquisition.simulated.seeding import Purpose, generator
from host.acquisition.simulated.settings import PatientSettings
from host.chain.stream import BoolArray, FloatArray, IntArray, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """How well the skin was prepared; clinical judgement, to be edited."""

    least_ohm: float = 5e3
    most_ohm: float = 50e3
    """Electrodes draw their impedance between these, evenly in its logarithm."""
    loose_ohm: float = 600e3
    """Of an electrode that hardly touches."""
    open_ohm: float = 1e9
    """Of one that hangs in the air."""

    def __post_init__(self) -> None:
        """Refuse skins in the wrong order."""
        if not 0.0 < self.least_ohm <= self.most_ohm < self.loose_ohm < self.open_ohm:
            raise ValueError(f"need least <= most < loose < open, got {self}")


class Skin:
    """What each electrode's impedance is, and what a lead-off current makes of it."""

    def __init__(
        self,
        stream: Stream,
        *,
        seed: int,
        loose: Sequence[Loose] = (),
        prepared: Prepared | None = None,
    ) -> None:
        self._prepared = prepared or Prepared()
        self._stream, self._loose = stream, tuple(loose)
        span = np.log(self._prepared.most_ohm / self._prepared.least_ohm)
        drawn = generator(seed, Purpose.SKIN).random((len(stream.channels), 2))
        self.contact_ohm: FloatArray = self._prepared.least_ohm * np.exp(span * drawn)
        """Of each channel's P and N electrode as they were applied, `(n_channels, 2)`."""
        # A Daisy's firmware sends the mean of two samples of the converter.
        mean_of = round(PACKETS_PER_S / stream.rate_hz) == 2
        half = math.cos(math.pi * TONE_HZ / PACKETS_PER_S) if mean_of else 1.0
        self._passed = sinc3_gain(TONE_HZ, PACKETS_PER_S) * half

    def ohm(self, samples: IntArray) -> FloatArray:
        """Return the impedance of P and N electrodes at these samples, `(n, n_channels, 2)`.

        A loose channel has its P electrode off.
        """
        whole = np.broadcast_to(self.contact_ohm, (len(samples), *self.contact_ohm.shape)).copy()
        times_s = samples / self._stream.rate_hz
        for loose in self._loose:
            off = (times_s >= loose.start_s) & (times_s < loose.stop_s)
            floats = loose.fault is Fault.FLOATS
            prepared = self._prepared
            whole[off, loose.channel, 0] = prepared.loose_ohm if floats else prepared.open_ohm
        return whole

    def added_to(self, data_uv: FloatArray, samples: IntArray, driven: BoolArray) -> FloatArray:
        """Return a board's samples, `(n, board's channels)`, with what the current adds."""
        if not driven.any():
            return data_uv
        tone_uv = self.tone(samples, driven)
        beyond = data_uv.shape[1] - tone_uv.shape[1]
        added: FloatArray = data_uv + np.pad(tone_uv, ((0, 0), (0, beyond)))
        return added

    def tone(self, samples: IntArray, driven: BoolArray) -> FloatArray:
        """Return microvolts that the current adds, `(n, n_channels)`.

        `driven` says into which pins it flows, `(n_channels, 2)`; the rest of a board is ignored.
        """
        pins = driven[: len(self.contact_ohm)]
        peak_uv = 1e6 * CURRENT_A * self._passed * (self.ohm(samples) + SERIES_OHM)
        turns = (samples * (TONE_HZ / self._stream.rate_hz)) % 1.0
        wave: FloatArray = np.sin(2.0 * np.pi * turns)[:, None] * np.sum(peak_uv * pins, axis=2)
        return wave


def skin_of(settings: PatientSettings) -> Skin:
    """Return the skin under a simulated patient's electrodes."""
    return Skin(settings.stream, seed=settings.seed, loose=settings.loose)
