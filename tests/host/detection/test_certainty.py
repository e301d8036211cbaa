"""How sure a level is: the chance that it was above a line."""

import numpy as np
import pytest
from scipy import stats

from calibration.reference import Reference
from host.detection.certainty import Certainty, Evidence, reference_at

LEVEL = Evidence(rms_uv=9.0, freedom=30.0, doubt=0.0, rest_uv=2.0, noise_uv=1.0, gentle_uv=20.0)


def test_a_level_at_the_line_is_above_it_in_half_of_the_cases() -> None:
    at_line = (np.sqrt(9.0**2 - 1.0) - 2.0) / 20.0
    assert LEVEL.chance_above(at_line) == pytest.approx(0.5, abs=0.05)


def test_the_chance_is_that_of_many_true_levels_with_such_a_measurement() -> None:
    # Fisher: the true power is the measured one times f over a chi-square variable.
    random = np.random.default_rng(1)
    power = 81.0 * 30.0 / random.chisquare(30.0, 200_000)
    activation = (np.sqrt(np.maximum(power - 1.0, 0.0)) - 2.0) / 20.0
    assert LEVEL.chance_above(0.3) == pytest.approx(np.mean(activation > 0.3), abs=0.005)


def test_what_may_be_crosstalk_counts_against_it_as_in_the_interval() -> None:
    doubted = Evidence(
        rms_uv=9.0, freedom=30.0, doubt=0.2, rest_uv=2.0, noise_uv=1.0, gentle_uv=20.0
    )
    expected = stats.chi2(30).cdf(30 * 81.0 * 0.6 / ((0.3 * 20 + 2.0) ** 2 + 1.0))
    assert doubted.chance_above(0.3) == pytest.approx(expected)


@pytest.mark.parametrize(("freedom", "line"), [(0.0, 0.3), (30.0, np.nan)])
def test_without_degrees_of_freedom_or_a_line_nothing_is_known(freedom: float, line: float) -> None:
    level = Evidence(
        rms_uv=9.0, freedom=freedom, doubt=0.0, rest_uv=2.0, noise_uv=1.0, gentle_uv=20.0
    )
    assert level.chance_above(line) is None


def test_while_rest_is_searched_for_every_row_has_its_own() -> None:
    rows = np.array([[1.0, 2.0], [3.0, 4.0]])
    reference = Reference(rest_uv=rows, noise_uv=0.0 * rows, gentle_uv=rows + 1.0, calibrated=False)
    assert reference_at(reference, 1).rest_uv.tolist() == [3.0, 4.0]
    certainty = Certainty(reference=reference, freedom=10.0 * rows)
    found = certainty.evidence(1, 0, 7.0)
    assert (found.rest_uv, found.gentle_uv, found.freedom) == (3.0, 4.0, 30.0)
