"""Selectivity from a slow ramp (T3; Schieber 1991)."""

import numpy as np
import pytest

from calibration.measures_ramp import selectivity
from calibration.traces import Trace
from tests.calibration.attempts_drawn import HOP_S, coverage, noisy

RAMP = np.clip(np.arange(400) * HOP_S / 8.0 * 1.2, 0.0, 1.2)


def test_t3_known_answers() -> None:
    def exact(share: float) -> Trace:
        return Trace(activation=share * RAMP, sd=np.zeros(len(RAMP)), hop_s=HOP_S)

    assert selectivity([exact(0.0)] * 3, exact(1.0)).value == pytest.approx(1.0)
    assert selectivity([exact(0.4), exact(-0.2)], exact(1.0)).value == pytest.approx(0.7)


@pytest.mark.parametrize("shares", [(0.3, 0.1, 0.0), (0.0,) * 6, (0.9, 0.4)])
@pytest.mark.parametrize(("hops", "spread"), [(1, 0.0), (5, 0.0), (1, 0.08)])
def test_t3_selectivity_covers_the_truth(
    shares: tuple[float, ...], hops: int, spread: float
) -> None:
    def draw(level: float, random: np.random.Generator) -> Trace:
        return noisy(level * RAMP, random, correlated_hops=hops, reference_spread=spread)

    covered = coverage(
        lambda random: selectivity([draw(one, random) for one in shares], draw(1.0, random)),
        1.0 - sum(shares) / len(shares),
    )
    assert 0.93 <= covered <= 0.97


def test_without_a_ramp_or_quiet_muscles_there_is_no_selectivity() -> None:
    flat = noisy(np.ones(200), np.random.default_rng(1))
    assert "did not rise" in selectivity([flat], flat).reason
    with pytest.raises(ValueError, match="at least one"):
        selectivity([], flat)
