"""Full-speed replay of 16 x 1000 Hz through chain and detection."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import chain
from benchmarks.calibrated_chain import calibrated_chain
from benchmarks.figures import Figure
from calibration.montage import Montage, montages, plain_montage
from calibration.reference import Reference
from host.acquisition.simulated.patient import PatientSettings, SimulatedPatient
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.cues import Cue
from host.detection.monitor import Monitor
from host.detection.watch import Watch

SEEDS = chain.SEEDS
CHANNELS, RATE_HZ = 16, 1000.0
SECONDS = 60
CHUNK_S = 4.0
REPEATS = 8
GOAL_MS = 5.0
"""Of work per second of signal: 200 times as fast as it was recorded."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recorded:
    """A signal to be replayed."""

    name: str
    montage: Montage
    stream: Stream
    data: FloatArray
    """uV, `(n_samples, n_channels)`."""
    cues: Sequence[Cue] = ()

    def cost_ms(self, *, calibrated: bool) -> float:
        """Return what one second of signal takes, from a new monitor to its last frame."""
        chain = calibrated_chain(self.montage, RATE_HZ) if calibrated else ChainSettings()
        reference = _reference() if calibrated else None
        began_s = time.process_time()
        monitor = Monitor(
            Watch(montage=self.montage, chain=chain), self.stream, self.cues, reference
        )
        step = round(CHUNK_S * self.stream.rate_hz)
        for start in range(0, len(self.data), step):
            monitor.advance(Chunk(start, self.data[start : start + step]))
        monitor.finish()
        return 1e3 * (time.process_time() - began_s) * self.stream.rate_hz / len(self.data)


def run() -> list[Figure]:
    """Measure the simulated patient, and contractions of all channels half of the time.

    All are measured in turn, some times over, and the least of each is taken: other programs can
    only add to it.
    """
    cases = [(signal, known) for signal in (_patient(), _face()) for known in (True, False)]
    rounds = [[signal.cost_ms(calibrated=known) for signal, known in cases] for _ in range(REPEATS)]
    figures = []
    for (signal, known), costs in zip(cases, zip(*rounds, strict=True), strict=True):
        name = f"{signal.name}, {'calibrated' if known else 'not calibrated'}"
        least_ms = min(costs)
        figures += [
            Figure(name=f"{name}: cost of one second", value=least_ms, unit="ms", goal=GOAL_MS),
            Figure(name=f"{name}: speed", value=1e3 / least_ms, unit="x real"),
        ]
    return figures


def _patient() -> Recorded:
    montage = montages()["face-16"]
    patient = SimulatedPatient(PatientSettings(seed=SEEDS[0], rate_hz=RATE_HZ, montage=montage))
    samples = patient.stream.samples(SECONDS)
    return Recorded(
        name="patient",
        montage=montage,
        stream=patient.stream,
        data=patient.read(samples).data,
        cues=patient.cues_until(samples),
    )


def _face() -> Recorded:
    stream = Stream(rate_hz=RATE_HZ, channels=channel_names(CHANNELS))
    return Recorded(
        name="all channels at work",
        montage=plain_montage(CHANNELS),
        stream=stream,
        data=chain.face(stream, SECONDS),
    )


def _reference() -> Reference:
    return Reference(
        rest_uv=np.full(CHANNELS, 0.5),
        noise_uv=np.full(CHANNELS, 0.5),
        gentle_uv=np.full(CHANNELS, 15.0),
        calibrated=True,
    )
