"""Cost of chain and detection per second of signal, in 10 ms chunks."""

import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np

from benchmarks.figures import Figure
from calibration.montage import plain_montage
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.monitor import Monitor, Watch

SEEDS = (1,)
CHUNK_S = 0.01
SECONDS = 6
REPEATS = 5


def run() -> list[Figure]:
    """Measure 8 and 16 channels at 250 and 1000 Hz; the goal is for the largest."""
    figures = []
    for channels in (8, 16):
        for rate_hz in (250.0, 1000.0):
            stream = Stream(rate_hz=rate_hz, channels=channel_names(channels))
            raw = face(stream)
            name = f"{channels} channels, {rate_hz:g} Hz"
            goal = 3.0 if (channels, rate_hz) == (16, 1000.0) else None
            chain = least(stream, raw, partial(SignalChain, ChainSettings(), stream))
            figures.append(Figure(name=f"chain, {name}", value=chain, unit="% core", goal=goal))
            watch = Watch(montage=plain_montage(channels))
            whole = least(stream, raw, partial(Monitor, watch, stream))
            figures.append(Figure(name=f"chain and detection, {name}", value=whole, unit="% core"))
    return figures


def face(stream: Stream) -> FloatArray:
    """Return hum, offset and noise, with contractions half of the time."""
    rng = np.random.default_rng(SEEDS[0])
    samples = stream.samples(SECONDS)
    time_s = np.arange(samples)[:, np.newaxis] / stream.rate_hz
    noise = rng.normal(0.0, 3.0, (samples, len(stream.channels)))
    noise[time_s[:, 0] % 2.0 > 1.0] *= 8.0
    return stream.on_grid(4000.0 + 300.0 * np.sin(2 * np.pi * 50.0 * time_s) + noise)


def least(stream: Stream, raw: FloatArray, make: Callable[[], SignalChain | Monitor]) -> float:
    """Return the least share of a core of some runs: other programs can only add to it."""
    step = CHUNK_S * stream.rate_hz
    edges = [round(number * step) for number in range(round(SECONDS / CHUNK_S) + 1)]
    shares = []
    for _ in range(REPEATS):
        push = make().push
        began_s = time.process_time()
        for start, stop in pairwise(edges):
            push(Chunk(start, raw[start:stop]))
        shares.append((time.process_time() - began_s) / SECONDS)
    return 100.0 * min(shares)
