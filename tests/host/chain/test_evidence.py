"""The likelihood ratio of two mean powers."""

import numpy as np
from scipy import stats

from host.chain.evidence import log_likelihood_ratio, ratio_bounds


def test_equal_powers_are_no_evidence_and_unequal_ones_are() -> None:
    n, m, freedom = np.array(3), np.array(5), np.array(2.0)
    assert log_likelihood_ratio(np.array(0.0), n, m, freedom) == 0.0
    assert log_likelihood_ratio(np.array(1.0), n, m, freedom) > 0.0


def test_it_is_the_ratio_of_gamma_likelihoods() -> None:
    a, b, n, m, freedom = 3.0, 1.0, 4, 6, 2.5
    mean = (n * a + m * b) / (n + m)

    def likelihood(power: float, blocks: int, level: float) -> float:
        shape = blocks * freedom / 2.0
        return float(stats.gamma.logpdf(power, shape, scale=level / shape))

    two = likelihood(a, n, a) + likelihood(b, m, b)
    one = likelihood(a, n, mean) + likelihood(b, m, mean)
    found = log_likelihood_ratio(
        np.array(np.log(a / b)), np.array(n), np.array(m), np.array(freedom)
    )
    np.testing.assert_allclose(found, two - one)


def test_bounds_are_where_the_evidence_reaches_the_threshold() -> None:
    n, m, freedom = np.array([1, 8]), np.array([3, 8]), np.array([1.0, 4.0])
    low, high = ratio_bounds(n, m, freedom, np.array(9.0))
    for bound in (low, high):
        found = log_likelihood_ratio(np.log(bound), n, m, freedom)
        np.testing.assert_allclose(found, 9.0)
    assert (low < 1.0).all()
    assert (high > 1.0).all()
