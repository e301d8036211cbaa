"""A line through sessions: known answers, honest intervals, and what cannot be told."""

from math import inf, log

import numpy as np
import pytest

from calibration.measured import Measured, normal
from host.report.trends_line import (
    Line,
    Point,
    Verdict,
    between_sessions,
    line_through,
    placement_spread,
    verdict_of,
)

SLOPE = log(0.8)


def points(values: list[float], variance: float = 0.01, group: str = "") -> list[Point]:
    return [
        Point(session=place, value=value, variance=variance, group=group)
        for place, value in enumerate(values)
    ]


def drawn(random: np.random.Generator, slope: float, *, groups: int = 3, sessions: int = 5) -> Line:
    """Return a line through groups whose sessions scatter together, and each for itself."""
    day = 0.1 * random.standard_normal(sessions)
    made = []
    for group in range(groups):
        own = 0.05 * random.standard_normal(sessions)
        seen = 0.05 * random.standard_normal(sessions)
        values = slope * np.arange(sessions) + day + own + seen + group
        made += points(values.tolist(), 0.0025, str(group))
    return line_through(made)


def test_points_on_a_line_give_its_slope_and_only_their_own_uncertainty() -> None:
    line = line_through(points([SLOPE * place for place in range(5)]))
    assert line.slope.value == pytest.approx(SLOPE)
    # t with three degrees of freedom; the variance of a slope is 0.01 over a sum of squares, 10.
    assert line.slope.half_width == pytest.approx(3.182446 * (0.01 / 10.0) ** 0.5, rel=1e-5)
    assert (line.between, line.verdict, line.slope.n) == (0.0, Verdict.FALLS, 5)


def test_points_without_scatter_of_their_own_give_the_interval_of_least_squares() -> None:
    values = [0.0, 0.3, -0.1, 0.4, 0.2]
    line = line_through(points(values, variance=0.0))
    places = np.arange(5.0)
    fit = np.polynomial.Polynomial.fit(places, values, 1, domain=[-1, 1], window=[-1, 1])
    left = np.array(values) - fit(places)
    error = (left @ left / 3.0 / 10.0) ** 0.5
    assert line.slope.value == pytest.approx(fit.coef[1])
    assert line.slope.half_width == pytest.approx(3.182446 * error, rel=1e-3)
    assert line.between == pytest.approx((left @ left / 3.0) ** 0.5, rel=1e-3)


def test_p11_from_three_sessions_on_something_can_be_told() -> None:
    two = line_through(points([0.0, -1.0]))
    assert not two.slope.known
    assert "three sessions" in two.slope.reason
    assert two.verdict is Verdict.OPEN
    assert not line_through([]).slope.known
    assert line_through(points([0.0, -1.0, -2.0], 1e-6)).verdict is Verdict.FALLS


def test_groups_have_levels_of_their_own_and_one_slope() -> None:
    low = points([SLOPE * place for place in range(5)], group="smile")
    high = points([3.0 + SLOPE * place for place in (0, 1, 2, 3, 4)], group="pucker")
    line = line_through([*low, *high[1:4]])
    assert line.slope.value == pytest.approx(SLOPE)
    assert line.slope.half_width < line_through(low).slope.half_width


def test_a_pattern_of_one_session_says_nothing_of_a_change() -> None:
    alone = [Point(session=2, value=50.0, variance=0.01, group="frown")]
    smile = points([SLOPE * place for place in range(5)], group="smile")
    assert line_through([*smile, *alone]) == line_through(smile)
    three = [Point(session=place, value=0.0, variance=0.01, group=str(place)) for place in range(3)]
    assert not line_through(three).slope.known


def test_p11_intervals_cover_the_slope_as_often_as_they_say() -> None:
    random = np.random.default_rng(5)
    for slope in (0.0, SLOPE):
        slopes = [drawn(random, slope).slope for _ in range(200)]
        missed = np.mean([not one.low <= slope <= one.high for one in slopes])
        # 5 %, and two standard errors of 200.
        assert missed < 0.08


def test_a_fall_of_a_fifth_is_found_in_five_sessions() -> None:
    random = np.random.default_rng(6)
    found = [drawn(random, SLOPE).verdict for _ in range(100)]
    assert found.count(Verdict.FALLS) > 90
    assert Verdict.RISES not in found


def test_two_sessions_are_compared_with_what_new_electrodes_do() -> None:
    later, earlier = normal(-0.5, 0.01, "ln"), normal(0.0, 0.01, "ln")
    change = between_sessions(later, earlier, spread=0.2)
    assert change.value == pytest.approx(-0.5)
    assert change.half_width == pytest.approx(1.96 * (0.02 + 0.08) ** 0.5, rel=1e-3)
    assert between_sessions(later, earlier, spread=0.0).half_width < change.half_width
    shipped = between_sessions(later, earlier)
    assert shipped == between_sessions(later, earlier, spread=placement_spread())
    assert 0.0 < placement_spread() < 1.0


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.5, -0.1, Verdict.FALLS),
        (0.1, 0.5, Verdict.RISES),
        (-0.5, 0.0, Verdict.OPEN),
        (-inf, 0.5, Verdict.OPEN),
    ],
)
def test_only_an_interval_without_zero_is_a_change(
    low: float, high: float, verdict: Verdict
) -> None:
    middle = max(low, -9.0) / 2 + high / 2
    assert verdict_of(Measured(value=middle, low=low, high=high, unit="ln")) is verdict


def test_points_that_no_session_can_say_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        Point(session=0, value=inf, variance=0.0)
    with pytest.raises(ValueError, match="variance"):
        Point(session=0, value=0.0, variance=-1.0)
