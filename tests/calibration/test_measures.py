"""Level, ratio, count and asymmetry (T3): known answers, unknown ones, and covering intervals."""

from math import log

import numpy as np
import pytest

from calibration.measured import Measured, normal
from calibration.measures import (
    involvement_count,
    mean_level,
    normalised_activation,
    side_log_ratio,
    synkinesis_ratio,
)
from calibration.measures_symmetry import asymmetry, is_flagged, norms, norms_from_toml
from calibration.traces import FloatArray, Trace, traces
from tests.calibration.attempts_drawn import HOP_S, coverage, noisy

HOLD = 250
STEADY = np.ones(HOLD)
WAVING = 1.0 + 0.2 * np.sin(np.arange(HOLD) / 20.0)


def exact(values: FloatArray, unit: str = "") -> Trace:
    """Return a trace without any error."""
    return Trace(activation=values, sd=np.zeros(len(values)), hop_s=HOP_S, unit=unit)


def lost(share: float) -> Trace:
    """Return a trace of which so much is unknown."""
    values = STEADY.copy()
    values[: round(share * HOLD)] = np.nan
    return exact(values)


def test_t3_normalised_activation_is_what_is_above_rest_as_share_of_the_reference() -> None:
    found = normalised_activation((13.0, 0.0), (3.0, 0.0), (20.0, 0.0))
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)
    assert found.unit == "of the reference"


def test_t3_normalised_activation_covers_the_truth() -> None:
    def once(random: np.random.Generator) -> Measured:
        level, rest = random.normal(9.0, 0.5), random.normal(2.0, 0.2)
        return normalised_activation((level, 0.5), (rest, 0.2), (random.normal(20.0, 2.0), 2.0))

    assert 0.93 <= coverage(once, 7.0 / 20.0) <= 0.97
    assert "reference" in normalised_activation((9.0, 1.0), (2.0, 0.1), (2.0, 1.5)).reason
    assert not normalised_activation((9.0, 1.0), (2.0, 0.1), (float("nan"), 1.5)).known


@pytest.mark.parametrize("level", [0.0, 0.02, 0.3])
@pytest.mark.parametrize("clipped", [False, True])
@pytest.mark.parametrize(("hops", "spread"), [(1, 0.0), (5, 0.0), (1, 0.08)])
def test_t3_mean_level_covers_the_truth_even_if_cut_off_at_zero(
    level: float, *, clipped: bool, hops: int, spread: float
) -> None:
    def once(random: np.random.Generator) -> Measured:
        return mean_level(
            noisy(
                np.full(HOLD, level),
                random,
                clipped=clipped,
                correlated_hops=hops,
                reference_spread=spread,
            )
        )

    assert 0.93 <= coverage(once, level) <= 0.975


@pytest.mark.parametrize("quiet", [0.0, 0.03, 0.3, 0.8])
@pytest.mark.parametrize("spread", [0.0, 0.08])
def test_t3_synkinesis_ratio_covers_the_truth(quiet: float, spread: float) -> None:
    def once(random: np.random.Generator) -> Measured:
        parts = [quiet * STEADY, WAVING]
        return synkinesis_ratio(*(noisy(one, random, reference_spread=spread) for one in parts))

    assert 0.93 <= coverage(once, quiet / float(np.mean(WAVING))) <= 0.97


def test_t3_the_trend_is_the_logarithm_of_affected_over_other_side() -> None:
    def once(random: np.random.Generator) -> Measured:
        ratios = [
            synkinesis_ratio(noisy(share * STEADY, random), noisy(STEADY, random))
            for share in (0.3, 0.1)
        ]
        return side_log_ratio(*ratios)

    assert 0.93 <= coverage(once, log(3.0)) <= 0.97


def test_unknown_is_never_quiet() -> None:
    for measure in (mean_level(lost(0.6)), synkinesis_ratio(lost(0.6), exact(STEADY))):
        assert not measure.known
        assert measure.reason == "the signal is known for only 40% of the time"
    assert mean_level(lost(0.4)).value == 1.0
    assert mean_level(exact(np.empty(0))).reason == "the stretch is empty"


def test_a_target_at_rest_has_no_ratio() -> None:
    ratio = synkinesis_ratio(exact(STEADY), noisy(0.0 * STEADY, np.random.default_rng(1)))
    assert ratio.reason == "the target muscle cannot be told from rest"


def test_t3_involvement_counts_quiet_muscles_above_their_thresholds() -> None:
    parts = [exact(level * STEADY) for level in (0.5, 0.1, 0.3, 0.0)]
    found = involvement_count(parts, [0.2] * 4)
    assert (found.value, found.low, found.high) == (2.0, 2.0, 2.0)
    assert found.unit == "of 4 muscles"


def test_t3_an_involvement_that_cannot_be_told_widens_its_interval() -> None:
    def once(random: np.random.Generator) -> Measured:
        levels = (0.3, 0.202, 0.1, 0.0, 0.198)
        return involvement_count([noisy(one * STEADY, random) for one in levels], [0.2] * 5)

    # A count is whole: its interval covers more often than 95 %.
    assert coverage(once, 2.0) >= 0.93
    assert once(np.random.default_rng(1)).half_width >= 0.5


def test_one_muscle_unknown_makes_the_count_unknown() -> None:
    found = involvement_count([exact(STEADY), lost(0.9)], [0.2, 0.2])
    assert found.reason.startswith("muscle 2 of 2: the signal")
    with pytest.raises(ValueError, match="one threshold per muscle"):
        involvement_count([], [])


@pytest.mark.parametrize(("left", "right"), [(5.0, 5.0), (8.0, 3.0), (1.0, 0.0)])
def test_t3_asymmetry_covers_the_truth(left: float, right: float) -> None:
    def once(random: np.random.Generator) -> Measured:
        return asymmetry(*(noisy(one * STEADY, random, floor=0.3) for one in (left, right)))

    assert 0.93 <= coverage(once, (left - right) / (left + right)) <= 0.97


def test_t3_asymmetry_is_not_flagged_below_the_healthy_mean_plus_1_645_sd() -> None:
    assert norms()["FRO"].limit == pytest.approx(0.109 + 1.645 * 0.101)
    assert norms()["ZYG"].limit == pytest.approx(0.167 + 1.645 * 0.148)
    assert norms()["OOR"].limit == pytest.approx(0.121 + 1.645 * 0.101)
    zyg = norms()["ZYG"]
    assert is_flagged(normal(-0.5, 0.02**2, ""), zyg) is True
    assert is_flagged(normal(0.40, 0.0, ""), zyg) is False
    # Above the limit, but not surely so.
    assert is_flagged(normal(0.45, 0.05**2, ""), zyg) is False
    assert is_flagged(normal(0.9, 0.0, ""), norms().get("PLA")) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs an"),
        ('deviations = 1\n[[asymmetry]]\nmuscle = "XYZ"\nmean = 0.1\nsd = 0.1\nn = 1', "unknown"),
        ('deviations = 1\n[[asymmetry]]\nmuscle = "ZYG"\nmean = "x"\nsd = 0.1\nn = 1', "'mean'"),
        ('deviations = 1\n[[asymmetry]]\nmuscle = "ZYG"\nmean = 2.0\nsd = 0.1\nn = 1', "mean < 1"),
    ],
)
def test_wrong_norms_are_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        norms_from_toml(text, "own.toml")


def test_traces_are_made_by_column_and_cut_by_seconds() -> None:
    both = traces(np.ones((100, 2)), np.zeros((100, 2)), 0.02)
    assert [len(one) for one in both] == [100, 100]
    assert len(both[0].between(0.5, 1.0)) == 25
    with pytest.raises(ValueError, match="not within"):
        both[0].between(1.0, 3.0)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sd": np.zeros(3)}, "must be .n_hops,."),
        ({"hop_s": 0.0}, "hop_s > 0"),
        ({"correlated_hops": 0.5}, "correlated_hops >= 1"),
        ({"sd": np.full(4, -1.0)}, "not negative"),
        ({"activation": np.full(4, np.inf)}, "finite or NaN"),
    ],
)
def test_a_trace_without_shape_time_or_uncertainty_is_refused(
    changed: dict[str, object], said: str
) -> None:
    good: dict[str, object] = {"activation": np.ones(4), "sd": np.zeros(4), "hop_s": 0.02}
    with pytest.raises(ValueError, match=said):
        Trace(**{**good, **changed})  # type: ignore[arg-type]
