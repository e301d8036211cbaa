"""Co-contraction in three families (T3): shape, amount, time."""

import numpy as np
import pytest

from calibration.measured import Measured
from calibration.measures_overlap import falconer_winter, overlap, time_share
from calibration.traces import FloatArray, Trace
from tests.calibration.attempts_drawn import HOP_S, coverage, noisy

HOLD = 250
A = 1.0 + 0.2 * np.sin(np.arange(HOLD) / 20.0)
SHAPE = 1.0 + 0.2 * np.sin(np.arange(HOLD) / 15.0)


def exact(values: FloatArray) -> Trace:
    """Return a trace without any error."""
    return Trace(activation=values, sd=np.zeros(len(values)), hop_s=HOP_S)


def test_t3_known_answers() -> None:
    one, half = exact(np.ones(HOLD)), exact(np.full(HOLD, 0.5))
    assert falconer_winter(one, one).value == pytest.approx(1.0)
    assert falconer_winter(one, half).value == pytest.approx(2.0 * 0.5 / 1.5)
    assert overlap(one, half).value == pytest.approx(0.5)
    steps = exact(np.repeat([0.0, 1.0], [200, 50]))
    assert time_share(one, steps, 0.2, 0.2).value == pytest.approx(0.2)


@pytest.mark.parametrize("level", [0.0, 0.1, 0.5, 0.95])
@pytest.mark.parametrize(("hops", "clipped"), [(1, False), (5, True)])
def test_t3_shape_and_amount_cover_the_truth(level: float, *, hops: int, clipped: bool) -> None:
    b = level * SHAPE

    def drawn(random: np.random.Generator) -> list[Trace]:
        return [noisy(one, random, correlated_hops=hops, clipped=clipped) for one in (A, b)]

    shape = 2.0 * float(np.sum(np.minimum(A, b)) / np.sum(A + b))
    amount = float(np.mean(np.minimum(A, b)))
    assert 0.93 <= coverage(lambda random: falconer_winter(*drawn(random)), shape) <= 0.975
    assert 0.93 <= coverage(lambda random: overlap(*drawn(random)), amount) <= 0.975


@pytest.mark.parametrize("share", [0.03, 0.2, 0.6])
def test_t3_time_share_covers_how_often_both_are_active(share: float) -> None:
    def once(random: np.random.Generator) -> Measured:
        b = np.where(random.random(HOLD) < share, 0.8, 0.01)
        parts = [noisy(one, random, spread=0.01, floor=0.01) for one in (A, b)]
        return time_share(parts[0], parts[1], 0.2, 0.2)

    assert 0.93 <= coverage(once, share) <= 0.97


def test_unknown_stays_unknown() -> None:
    gone = A.copy()
    gone[:200] = np.nan
    for measure in (falconer_winter, overlap):
        assert "known for only 20%" in measure(exact(A), exact(gone)).reason
    assert not time_share(exact(A), exact(gone), 0.1, 0.1).known
    random = np.random.default_rng(1)
    silent = [noisy(np.zeros(HOLD), random) for _ in range(2)]
    assert falconer_winter(*silent).reason == "neither muscle can be told from rest"


def test_traces_of_other_hops_are_refused() -> None:
    with pytest.raises(ValueError, match="same hops"):
        overlap(exact(A), exact(A[:10]))
