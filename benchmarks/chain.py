"""Cost of chain and detection per second of signal, in 10 ms chunks."""

import time
from itertools import pairwise

import numpy as np

from benchmarks.figures import Figure
from calibration.montage import plain_montage
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.monitor import Monitor
from host.detection.watch import Watch

SEEDS = (1,)
CHUNK_S = 0.01
SECONDS = 6
REPEATS = 8


def run() -> list[Figure]:
    """Measure 8 and 16 channels at 250 and 1000 Hz; the goal is for the largest.

    All are measured in turn, some times over, and the least of each is taken: other programs can
    only add to it, and what they add in one moment does not fall on one case alone.
    """
    cases = [Case(channels, rate_hz) for channels in (8, 16) for rate_hz in (250.0, 1000.0)]
    rounds = [[(case.chain(), case.whole()) for case in cases] for _ in range(REPEATS)]
    figures = []
    for case, shares in zip(cases, zip(*rounds, strict=True), strict=True):
        chain, whole = (min(parts) for parts in zip(*shares, strict=True))
        goal = 3.0 if case is cases[-1] else None
        figures += [
            Figure(name=f"chain, {case.name}", value=chain, unit="% core", goal=goal),
            Figure(name=f"chain and detection, {case.name}", value=whole, unit="% core"),
        ]
    return figures


class Case:
    """One number of channels at one rate."""

    def __init__(self, channels: int, rate_hz: float) -> None:
        self.name = f"{channels} channels, {rate_hz:g} Hz"
        self._stream = Stream(rate_hz=rate_hz, channels=channel_names(channels))
        self._raw = face(self._stream)

    def chain(self) -> float:
        """Return what the chain takes of a core, in per cent."""
        return self._cost(SignalChain(ChainSettings(), self._stream))

    def whole(self) -> float:
        """Return what chain and detection take."""
        watch = Watch(montage=plain_montage(len(self._stream.channels)))
        return self._cost(Monitor(watch, self._stream))

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
