"""SPARC of a rise (T3; Balasubramanian 2012, 2015)."""

import numpy as np
import pytest

from calibration.measured import Measured
from calibration.measures_smoothness import smoothness, spectral_arc_length
from calibration.traces import FloatArray
from tests.calibration.attempts_drawn import HOP_S, coverage, noisy, ramp_and_hold

RISE = slice(40, 135)


def rough(size: float) -> FloatArray:
    """Return a rise of 1.5 s with a tremor of 3 Hz."""
    level = ramp_and_hold()[RISE]
    moving = (level > 0.0) & (level < 1.0)
    times = np.arange(len(level)) * HOP_S
    wavy: FloatArray = level + size * moving * np.sin(2.0 * np.pi * 3.0 * times)
    return wavy


def test_sparc_is_the_published_example() -> None:
    times = np.arange(-1, 1, 0.01)
    assert spectral_arc_length(np.exp(-5 * times**2), 100.0) == pytest.approx(-1.41403, abs=1e-5)


def test_sparc_does_not_depend_on_size_and_is_lower_for_a_rougher_rise() -> None:
    lengths = [spectral_arc_length(np.diff(rough(size)), 50.0) for size in (0.0, 0.01, 0.06)]
    assert lengths == sorted(lengths, reverse=True)
    assert spectral_arc_length(9.0 * np.diff(rough(0.01)), 50.0) == pytest.approx(lengths[1])


@pytest.mark.parametrize(("size", "attempts"), [(0.0, 300), (0.06, 800)])
def test_t3_smoothness_covers_the_truth(size: float, attempts: int) -> None:
    truth = spectral_arc_length(np.diff(rough(size)), 50.0)

    def once(random: np.random.Generator) -> Measured:
        seed = int(random.integers(1 << 30))
        return smoothness(noisy(rough(size), random, spread=0.0, floor=5e-4), seed)

    # The interval spans two bootstrap intervals, so it is rather too wide.
    assert 0.93 <= coverage(once, truth, attempts) <= 0.99


def test_smoothness_is_unknown_where_noise_would_make_it_up() -> None:
    random = np.random.default_rng(1)
    assert "too noisy" in smoothness(noisy(rough(0.0), random), 1).reason
    quiet = noisy(rough(0.0), random, spread=0.0, floor=5e-4)
    quiet.activation[10] = np.nan
    assert "not known throughout" in smoothness(quiet, 1).reason


def test_the_same_seed_gives_the_same_interval() -> None:
    rise = noisy(rough(0.01), np.random.default_rng(1), spread=0.0, floor=5e-4)
    assert smoothness(rise, 7) == smoothness(rise, 7)
