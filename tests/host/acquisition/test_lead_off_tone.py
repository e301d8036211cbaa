"""The tone of a test current, found in blocks: known answers, mains, movement, gaps."""

import math

import numpy as np
import pytest

from host.acquisition.lead_off_tone import TONE_HZ, ToneFit, find_tone, sinc3_gain
from host.chain.stream import FloatArray, IntArray

RATE_HZ = 250.0
SAMPLES: IntArray = np.arange(1000, 1500)


def wave(amplitude_uv: float, hz: float = TONE_HZ, phase: float = 0.7) -> FloatArray:
    """Return a sine over `SAMPLES`, one channel."""
    whole: FloatArray = amplitude_uv * np.sin(2.0 * np.pi * hz * SAMPLES / RATE_HZ + phase)
    return whole[:, None]


def found(data_uv: FloatArray, samples: IntArray = SAMPLES) -> tuple[float, float]:
    """Return amplitude and noise of the first channel."""
    tone = find_tone(ToneFit(), samples, data_uv, RATE_HZ)
    return float(tone.amplitude_uv[0]), float(tone.noise_uv[0])


def test_a_tone_alone_is_found_exactly_whatever_its_phase() -> None:
    for phase in (0.0, 1.0, 2.5, 5.0):
        amplitude, noise = found(wave(120.0, phase=phase))
        assert amplitude == pytest.approx(120.0, rel=1e-6)
        assert noise < 1e-6


def test_offset_drift_and_mains_far_larger_than_the_tone_do_not_move_it() -> None:
    within = (SAMPLES - SAMPLES[0])[:, None] / RATE_HZ
    mains = wave(3000.0, hz=49.98) + wave(600.0, hz=3 * 49.98) + wave(300.0, hz=5 * 49.98)
    amplitude, noise = found(wave(60.0) + 15_000.0 + 200.0 * within + mains)
    assert amplitude == pytest.approx(60.0, abs=max(3.0, noise))


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_holds_the_truth_under_gentle_emg(seed: int) -> None:
    emg = np.random.default_rng(seed).normal(0.0, 20.0, (len(SAMPLES), 1))
    amplitude, noise = found(wave(100.0) + emg)
    assert abs(amplitude - 100.0) <= noise
    assert 0.5 < noise < 20.0


def test_a_blink_in_one_block_does_not_count() -> None:
    blink = np.zeros((len(SAMPLES), 1))
    blink[200:260, 0] = 800.0 * np.hanning(60)
    amplitude, _ = found(wave(100.0) + blink)
    assert amplitude == pytest.approx(100.0, rel=0.05)


def test_lost_samples_leave_the_rest_in_phase() -> None:
    kept = np.ones(len(SAMPLES), dtype=np.bool_)
    kept[[3, 50, 51, 170, 300]] = False
    amplitude, _ = found(wave(100.0)[kept], SAMPLES[kept])
    assert amplitude == pytest.approx(100.0, rel=1e-3)


def test_too_little_signal_is_unknown_and_no_number() -> None:
    amplitude, noise = found(wave(100.0)[:200], SAMPLES[:200])
    assert math.isnan(amplitude)
    assert math.isnan(noise)


def test_the_converter_passes_what_its_data_sheet_says_at_an_eighth_of_its_rate() -> None:
    assert sinc3_gain(31.25, 250.0) == pytest.approx(0.925, abs=0.001)
    assert sinc3_gain(65.5, 250.0) == pytest.approx(math.sqrt(0.5), abs=0.005)


def test_settings_that_could_not_tell_the_tone_from_mains_are_refused() -> None:
    with pytest.raises(ValueError, match="block_s"):
        ToneFit(block_s=0.05)
    with pytest.raises(ValueError, match="3 blocks"):
        ToneFit(least_blocks=1)
