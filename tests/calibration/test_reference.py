"""Activation as a share of the gentle reference (T3)."""

import numpy as np
import pytest

from calibration.reference import GENTLE_UV, Reference, first_guess


def reference(rest: float = 3.0, noise: float = 4.0, gentle: float = 10.0) -> Reference:
    """Return a reference of one channel."""
    return Reference(
        rest_uv=np.array([rest]),
        noise_uv=np.array([noise]),
        gentle_uv=np.array([gentle]),
        calibrated=True,
    )


def test_noise_is_taken_out_as_power_and_never_below_zero() -> None:
    levels = np.array([[5.0], [4.0], [1.0]])
    np.testing.assert_allclose(reference().amplitude_uv(levels), [[3.0], [0.0], [0.0]])


def test_t3_activation_is_what_is_above_rest_as_share_of_the_gentle_reference() -> None:
    rms_uv = np.hypot(4.0, [[3.0], [13.0], [1.0]])
    np.testing.assert_allclose(reference().activation(rms_uv), [[0.0], [1.0], [0.0]], atol=1e-12)


def test_a_reference_is_as_unsure_for_each_channel() -> None:
    assert reference().spread is None
    with pytest.raises(ValueError, match="one spread for each channel"):
        Reference(
            rest_uv=np.ones(2),
            noise_uv=np.ones(2),
            gentle_uv=np.ones(2),
            calibrated=True,
            spread=np.ones(1),
        )


def test_unknown_stays_unknown() -> None:
    assert np.isnan(reference().activation(np.array([[np.nan]]))).all()
    assert np.isnan(first_guess(np.array([np.nan])).activation(np.array([[5.0]]))).all()


def test_t4_a_first_guess_is_a_gentle_20_uv_above_rest_and_not_calibrated() -> None:
    guess = first_guess(np.array([4.0]))
    assert GENTLE_UV == 20.0
    assert not guess.calibrated
    np.testing.assert_allclose(guess.activation(np.array([[24.0]])), [[1.0]])


@pytest.mark.parametrize("bad", [{"gentle": 0.0}, {"noise": -1.0}, {"rest": -1.0}])
def test_references_that_turn_levels_around_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="need gentle > 0"):
        reference(**bad)
