"""What the chain costs with the adaptive window, live and in a replay."""

import time

from benchmarks.chain import face
from benchmarks.figures import Figure
from calibration.channel_model import ChannelModel
from calibration.freedom import Freedom
from host.chain.adaptive import AdaptiveWindow
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.stream import Chunk, FloatArray, Stream, channel_names

CHANNELS, RATE_HZ, SECONDS, REPEATS = 16, 1000.0, 6, 8
TAPS = 64
LIVE_S, REPLAY_S = 0.01, 4.0


def costs() -> list[Figure]:
    """Measure both chains in turn, and take the least: other programs can only add to it."""
    stream = Stream(rate_hz=RATE_HZ, channels=channel_names(CHANNELS))
    raw_uv = face(stream, SECONDS)
    chains = {"plain": ChainSettings(), "adaptive": ChainSettings(adaptive=_window())}
    cases = [(name, chunk_s) for name in chains for chunk_s in (LIVE_S, REPLAY_S)]
    rounds = [
        [_cost_ms(SignalChain(chains[name], stream), raw_uv, chunk_s) for name, chunk_s in cases]
        for _ in range(REPEATS)
    ]
    least_ms = dict(zip(cases, map(min, zip(*rounds, strict=True)), strict=True))
    figures = []
    for name in chains:
        live, replay = least_ms[name, LIVE_S] / 10.0, least_ms[name, REPLAY_S]
        what = f"{name} chain, {CHANNELS} channels, {RATE_HZ:g} Hz: "
        figures += [
            Figure(name=what + "live, 10 ms chunks", value=live, unit="% core", goal=4.0),
            Figure(name=what + "replay of 1 s", value=replay, unit="ms", goal=5.0),
        ]
    return figures


def _window() -> AdaptiveWindow:
    """Return a window whose filters are as long as whitening makes them."""
    white = Freedom(short_hz=800.0, long_hz=800.0)
    taps = (1.0, *(0.01 for _ in range(TAPS - 1)))
    model = ChannelModel(taps=taps, noise_uv=3.0, rest=white, active=white)
    return AdaptiveWindow(channels=(model,) * CHANNELS)


def _cost_ms(chain: SignalChain, raw_uv: FloatArray, chunk_s: float) -> float:
    """Return what one second of signal takes."""
    step = round(chunk_s * RATE_HZ)
    began_s = time.process_time()
    for start in range(0, len(raw_uv), step):
        chain.push(Chunk(start, raw_uv[start : start + step]))
    return 1e3 * (time.process_time() - began_s) / SECONDS
