"""What leaks from muscles that nobody drives is taken off, and makes a measure less sure."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.leakage import unknown_leakage
from calibration.reference import Reference
from host.chain.own_envelope import CrosstalkRemoval
from host.chain.pipeline import ChainSettings
from host.report.measured_leaks import Leaks

DRIVEN = np.array([True, False, False])


def chain() -> ChainSettings:
    """Return a chain in which the first two muscles leak a tenth into the third's electrode."""
    leakage = unknown_leakage(3, 1000.0)
    heard = np.zeros((3, 3), dtype=np.bool_)
    heard[2, :2] = True
    share = np.where(heard, 0.1, np.nan)
    leakage = replace(leakage, heard=heard, share=share, low=0.8 * share, high=1.2 * share)
    return ChainSettings(crosstalk=CrosstalkRemoval(leakage=leakage, gains=(1.0, 1.0, 2.0)))


def reference() -> Reference:
    return Reference(
        rest_uv=np.zeros(3), noise_uv=np.ones(3), gentle_uv=np.full(3, 20.0), calibrated=True
    )


def test_only_what_the_chain_leaves_is_taken_off() -> None:
    leaks = Leaks.of(chain(), 3).beside(DRIVEN)
    assert not leaks.share[:, 0].any()
    powers = np.tile([401.0, 101.0, 5.0], (200, 1))
    heard, sd = leaks.heard(powers, reference())
    # A tenth of the amplitude of 10 uV, which whitening makes twice as large.
    np.testing.assert_allclose(heard[:, 2], 0.01 * 4.0 * 100.0)
    np.testing.assert_allclose(sd[:, 2], 4.0 * 100.0 * 0.01 * (1.44 - 0.64) / 4.0)
    assert not heard[:, :2].any()


def test_a_muscle_at_rest_or_unknown_leaks_nothing() -> None:
    leaks = Leaks.of(chain(), 3).beside(DRIVEN)
    powers = np.tile([401.0, 1.0, 5.0], (200, 1))
    assert not leaks.heard(powers, reference())[0].any()
    powers[:, 1] = np.nan
    assert not leaks.heard(powers, reference())[0].any()


def test_between_driven_muscles_nothing_is_taken_out_so_it_is_here() -> None:
    both = Leaks.of(chain(), 3).beside(np.array([True, False, True]))
    assert both.share[2, 0] == pytest.approx(0.04)


def test_without_a_calibration_nothing_is_known_to_leak() -> None:
    assert not Leaks.of(ChainSettings(), 3).share.any()
