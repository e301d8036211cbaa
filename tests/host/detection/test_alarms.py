"""How high the power at rest rises by chance."""

import numpy as np
import pytest

from host.detection.alarms import chance_ratio, crossings
from tests.host.detection.rest import rest


@pytest.mark.parametrize(("hops", "freedom"), [(1, 4.0), (3, 2.0), (12, 12.0), (12, 48.0)])
def test_crossings_are_as_many_as_in_a_long_rest(hops: int, freedom: float) -> None:
    powers = rest(1_000_000, freedom=freedom / hops)[:, 0]
    means = np.convolve(powers, np.full(hops, 1.0 / hops), "valid")
    ratio = chance_ratio(hops, freedom, 1e-3)
    count = np.count_nonzero((means[1:] >= ratio) & (means[:-1] < ratio))
    assert count / len(means) == pytest.approx(1e-3, rel=0.1)


def test_fewer_alarms_and_fewer_degrees_of_freedom_need_a_higher_threshold() -> None:
    base = chance_ratio(12, 48.0, 1e-6)
    assert chance_ratio(12, 48.0, 1e-8) > base
    assert chance_ratio(12, 12.0, 1e-6) > base
    assert chance_ratio(48, 192.0, 1e-6) < base


def test_the_threshold_is_where_crossings_are_as_rare_as_asked() -> None:
    assert crossings(chance_ratio(12, 9.6, 1e-7), 12, 9.6) == pytest.approx(1e-7, rel=1e-3)


@pytest.mark.parametrize("bad", [(0, 1.0, 0.1), (3, 0.0, 0.1), (3, 1.0, 0.0), (3, 1.0, 1.0)])
def test_windows_and_rates_that_are_none_are_refused(bad: tuple[int, float, float]) -> None:
    with pytest.raises(ValueError, match="no threshold"):
        chance_ratio(*bad)
