"""Cost of chain and detection per second of signal, in 10 ms chunks."""

import time
from itertools import pairwise

import numpy as np

from benchmarks.calibrated_chain import calibrated_chain
from benchmarks.figures import Figure
from calibration.montage import montages
from calibration.reference import Reference
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.cues import Cue, Phase
from host.detection.monitor import Monitor
from host.detection.watch import Watch

SEEDS = (1,)
CHUNK_S = 0.01
SECONDS = 6
REPEATS = 8


def run() -> list[Figure]:
    """Measure 8 and 16 channels at 250 and 1000 Hz; the goals are for the fastest.

    All are measured in turn, some times over, and the least of each is taken: other programs can
    only add to it, and what they add in one moment does not fall on one case alone.
    """
    cases = [Case(channels, rate_hz) for channels in (8, 16) for rate_hz in (250.0, 1000.0)]
    rounds = [[case.costs() for case in cases] for _ in range(REPEATS)]
    figures = []
    for case, shares in zip(cases, zip(*rounds, strict=True), strict=True):
        least = [min(parts) for parts in zip(*shares, strict=True)]
        for (name, goal), value in zip(case.goals(), least, strict=True):
            figures.append(
                Figure(name=f"{name}, {case.name}", value=value, unit="% core", goal=goal)
            )
    return figures


class Case:
    """One number of channels at one rate."""

    def __init__(self, channels: int, rate_hz: float) -> None:
        self.name = f"{channels} channels, {rate_hz:g} Hz"
        self._stream = Stream(rate_hz=rate_hz, channels=channel_names(channels))
        self._raw = face(self._stream)
        self._montage = montages()[f"face-{channels}"]
        self._calibrated = calibrated_chain(self._montage, rate_hz)

    def goals(self) -> list[tuple[str, float | None]]:
        """Return the names of `costs`, each with its goal."""
        channels = len(self._stream.channels)
        fast = self._stream.rate_hz == 1000.0
        return [
            ("plain chain", 3.0 if fast and channels == 16 else None),
            ("calibrated chain", (2.0 if channels == 8 else 4.0) if fast else None),
            ("plain chain and detection", None),
            ("calibrated chain and detection", None),
        ]

    def costs(self) -> list[float]:
        """Return what they take of a core, in per cent."""
        plain = ChainSettings()
        return [
            self._cost(SignalChain(plain, self._stream)),
            self._cost(self._driven()),
            self._cost(self._monitor(plain)),
            self._cost(self._monitor(self._calibrated)),
        ]

    def _driven(self) -> SignalChain:
        chain = SignalChain(self._calibrated, self._stream)
        chain.drive(np.array([site.muscle == "ZYG" for site in self._montage.sites]), 0)
        return chain

    def _monitor(self, chain: ChainSettings) -> Monitor:
        watch = Watch(montage=self._montage, chain=chain)
        smile = Cue(start=0, pattern="gentle closed smile", phase=Phase.HOLD)
        # With a calibration the reference is known; without, rest is searched for meanwhile.
        reference = None if chain.adaptive is None else self._reference()
        return Monitor(watch, self._stream, (smile,), reference)

    def _reference(self) -> Reference:
        channels = len(self._stream.channels)
        return Reference(
            rest_uv=np.full(channels, 0.5),
            noise_uv=np.full(channels, 3.0),
            gentle_uv=np.full(channels, 20.0),
            calibrated=True,
        )

    def _cost(self, stage: SignalChain | Monitor) -> float:
        step = CHUNK_S * self._stream.rate_hz
        edges = [round(number * step) for number in range(round(SECONDS / CHUNK_S) + 1)]
        began_s = time.process_time()
        for start, stop in pairwise(edges):
            stage.push(Chunk(start, self._raw[start:stop]))
        return 100.0 * (time.process_time() - began_s) / SECONDS


def face(stream: Stream, seconds: int = SECONDS) -> FloatArray:
    """Return hum, offset and noise, with contractions half of the time."""
    rng = np.random.default_rng(SEEDS[0])
    samples = stream.samples(seconds)
    time_s = np.arange(samples)[:, np.newaxis] / stream.rate_hz
    noise = rng.normal(0.0, 3.0, (samples, len(stream.channels)))
    noise[time_s[:, 0] % 2.0 > 1.0] *= 8.0
    return stream.on_grid(4000.0 + 300.0 * np.sin(2 * np.pi * 50.0 * time_s) + noise)
