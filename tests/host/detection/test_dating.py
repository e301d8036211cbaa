"""When activity began and ended, from the powers around it."""

import numpy as np
import pytest

from host.detection import dating
from host.detection.recent import Recent
from tests.host.detection.rest import rest


@pytest.mark.parametrize("active", [1, 5, 30, 40])
def test_the_change_is_found_at_its_hop(active: int) -> None:
    ratios = np.ones(40)
    ratios[-active:] = 9.0
    assert dating.newest(ratios) == active
    assert dating.oldest(ratios[::-1]) == active


def test_it_is_found_within_a_hop_or_two_in_real_scatter() -> None:
    ratios = rest(40 * 400).reshape(400, 40)
    ratios[:, -15:] *= 4.0
    errors = np.array([dating.newest(one) - 15 for one in ratios])
    assert abs(float(np.mean(errors))) < 0.5
    assert float(np.mean(np.abs(errors) <= 2)) > 0.9


def test_unknown_powers_count_as_rest() -> None:
    ratios = np.full(40, np.nan)
    ratios[-6:] = 9.0
    assert dating.newest(ratios) == 6


def test_at_rest_throughout_one_hop_is_taken_all_the_same() -> None:
    assert dating.newest(np.ones(40)) == dating.oldest(np.full(40, 0.5)) == 1


def test_the_last_rows_are_put_together_from_their_pieces() -> None:
    recent = Recent(5)
    for piece in np.split(np.arange(20.0)[:, np.newaxis], [3, 4, 11]):
        recent.add(piece)
    assert recent.last(14)[:, 0].tolist() == list(range(6, 20))
    recent.clear()
    recent.add(np.zeros((2, 1)))
    assert np.isnan(recent.last(5)[:3]).all()
    assert recent.last(5)[3:, 0].tolist() == [0.0, 0.0]
