"""Runs of sound samples for calibration."""

import numpy as np

from host.chain.conditioning import Conditioned
from host.chain.delay import chain_delay
from host.chain.pipeline import ChainSettings
from host.chain.quality import Flaw
from host.chain.sound import condition, sound_runs
from host.chain.stream import Chunk, FloatArray, Stream

STREAM = Stream(rate_hz=250.0, channels=("ch1",), bandwidth_hz=65.0)


def piece(start: int, values: FloatArray, flawed: list[int]) -> Conditioned:
    flaws = np.zeros((len(values), 1), dtype=np.uint8)
    flaws[flawed] = Flaw.LOST
    return Conditioned(start, values[:, np.newaxis], flaws, 0.0 * values[:, np.newaxis])


def test_runs_go_on_across_pieces_and_end_at_flaws_and_gaps() -> None:
    values = np.arange(30.0)
    pieces = [piece(0, values[:10], []), piece(10, values[10:20], [5]), piece(22, values[22:], [])]
    runs = sound_runs(pieces, 0, 3, 28)
    assert [(run[0], run[-1]) for run in runs] == [(3, 14), (16, 19), (22, 27)]


def test_conditioning_gives_the_samples_of_the_emg_band() -> None:
    data = STREAM.on_grid(np.random.default_rng(1).normal(100.0, 5.0, (600, 1)))
    pieces = condition(ChainSettings(), STREAM, [Chunk(0, data[:100]), Chunk(100, data[100:])])
    (run,) = sound_runs(pieces, 0, 250, 600)
    assert len(run) == 349
    assert abs(run.mean()) < 1.0


def test_the_delay_has_a_part_for_each_stage() -> None:
    delay = chain_delay(ChainSettings(), STREAM)
    assert delay.converter_ms == 6.0
    assert delay.ahead_ms == 4.0
    assert delay.window_ms == 90.0
    assert delay.total_ms == 100.0 + delay.filters_ms
