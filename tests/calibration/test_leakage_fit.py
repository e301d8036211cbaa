"""Leakage fitted from reference contractions in which other muscles come along."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.leakage import UNKNOWN_SD, Leakage, findings, neighbours, unknown_leakage
from calibration.leakage_fit import Contraction, LeakageFit, fit_leakage
from calibration.montage import Montage, Site, plain_montage
from calibration.muscles import Side
from tests.calibration.mixtures import KERNEL, RATE_HZ, contraction, mixed, muscles_at_work

AMOUNTS = np.array([[0.0, 0.3, 0.0], [0.2, 0.0, 0.1], [0.0, 0.25, 0.0]])
REST = np.random.default_rng(9).normal(0.0, 1.0, (4000, 3))


def fitted(along: float, seed: int = 1) -> Leakage:
    """Fit three muscles, each at 100 uV on purpose while the others come along."""
    parts = []
    for source in range(3):
        levels = tuple(100.0 if column == source else 100.0 * along for column in range(3))
        parts.append(contraction(source, levels, AMOUNTS, seed=10 * seed + source))
    return fit_leakage(parts, rest_uv=REST, rate_hz=RATE_HZ)


@pytest.mark.parametrize("along", [0.02, 0.3, 0.5])
def test_taps_are_found_however_much_the_other_muscles_come_along(along: float) -> None:
    taps = fitted(along).taps
    expected = AMOUNTS[:, :, np.newaxis] * KERNEL
    np.testing.assert_allclose(taps, expected, atol=0.03)


def test_shares_lie_in_their_intervals() -> None:
    source = muscles_at_work((100.0,))
    gain = np.std(np.convolve(source[:, 0], KERNEL, "same")) / np.std(source)
    truth, off = gain * AMOUNTS, ~np.eye(3, dtype=np.bool_)
    inside = []
    for seed in range(12):
        leakage = fitted(0.3, seed)
        # The interval is the estimate's; the spectrum that turns taps into a share varies too.
        inside.append((leakage.low <= truth + 0.003) & (truth - 0.003 <= leakage.high))
    assert np.mean([part[off] for part in inside]) >= 0.9


def test_a_late_leak_is_found_where_the_lags_reach_that_far() -> None:
    late = np.zeros(9)
    late[8] = 1.0
    data = mixed(muscles_at_work((1.0, 100.0, 1.0)), AMOUNTS, late)
    part = Contraction(source=1, data_uv=data, valid=np.ones(data.shape, dtype=np.bool_))
    near, far = (
        fit_leakage([part], rest_uv=REST, rate_hz=RATE_HZ, settings=LeakageFit(reach_s=reach_s))
        for reach_s in (0.002, 0.004)
    )
    assert near.share[0, 1] < 0.15
    assert far.share[0, 1] == pytest.approx(0.3, abs=0.01)


def test_what_does_not_leak_is_not_heard() -> None:
    leakage = fitted(0.3)
    assert leakage.low[0, 2] == 0.0
    assert leakage.high[0, 2] < 0.05
    assert leakage.heard[0, 1]


def test_what_cannot_leak_is_left_out() -> None:
    parts = [contraction(1, (5.0, 100.0, 5.0), AMOUNTS)]
    allowed = np.zeros((3, 3), dtype=np.bool_)
    allowed[0, 1] = True
    leakage = fit_leakage(parts, rest_uv=REST, rate_hz=RATE_HZ, allowed=allowed)
    np.testing.assert_array_equal(leakage.heard, allowed)
    assert not leakage.taps_sd[~allowed].any()
    assert not leakage.taps[2, 1].any()


def test_garbled_stretches_are_left_out() -> None:
    part = contraction(1, (5.0, 100.0, 5.0), AMOUNTS)
    data, valid = part.data_uv.copy(), part.valid.copy()
    data[1000:1400, 0], valid[1000:1400, 0] = 5e4, False
    broken = Contraction(source=1, data_uv=data, valid=valid)
    leakage = fit_leakage([broken], rest_uv=REST, rate_hz=RATE_HZ)
    np.testing.assert_allclose(leakage.taps[0, 1], 0.3 * KERNEL, atol=0.03)


def test_a_channel_that_is_off_leaves_the_others_to_be_fitted() -> None:
    part = contraction(1, (5.0, 100.0, 5.0), AMOUNTS)
    data, valid = part.data_uv.copy(), part.valid.copy()
    data[:, 2], valid[:, 2] = 187_500.0, False
    leakage = fit_leakage(
        [Contraction(source=1, data_uv=data, valid=valid)], rest_uv=REST, rate_hz=RATE_HZ
    )
    np.testing.assert_allclose(leakage.taps[0, 1], 0.3 * KERNEL, atol=0.03)
    assert np.isnan(leakage.share[2, 1])
    assert leakage.heard[2, 1]
    assert (leakage.taps_sd[2, 1] == UNKNOWN_SD).all()


def test_of_a_muscle_that_was_not_contracted_nothing_is_known() -> None:
    parts = [contraction(1, (5.0, 100.0, 5.0), AMOUNTS)]
    leakage = fit_leakage(parts, rest_uv=REST, rate_hz=RATE_HZ)
    assert np.isnan(leakage.share[:, [0, 2]]).all()
    assert leakage.heard[1, [0, 2]].all()
    assert (leakage.taps_sd[1, [0, 2]] == UNKNOWN_SD).all()
    assert not leakage.taps[:, [0, 2]].any()


def test_findings_say_who_hears_whom_the_loudest_first() -> None:
    sites = tuple(Site(muscle=code, side=Side.RIGHT) for code in ("OOC", "ZYG", "PLA"))
    said = findings(fitted(0.3), Montage(name="three", sites=sites))
    assert said[0].startswith("The electrode “Eye, right” hears “Cheek, right”: ")
    assert said[0].endswith("; this is taken out.")
    assert len(said) == 4


def test_without_a_montage_channels_are_named_by_number() -> None:
    said = findings(fitted(0.3), plain_montage(3))
    assert said[0].startswith("The electrode “Channel 1” hears “Channel 2”: ")


def test_large_leaks_ask_for_another_place() -> None:
    leakage = fitted(0.3)
    loud = replace(leakage, share=leakage.share + 0.5)
    assert "further apart" in findings(loud, plain_montage(3))[0]


def test_neighbours_are_on_one_side() -> None:
    sites = (Site(muscle="OOC", side=Side.LEFT), Site(muscle="ZYG", side=Side.LEFT))
    other = (Site(muscle="OOC", side=Side.RIGHT), Site())
    pairs = neighbours(Montage(name="four", sites=sites + other))
    np.testing.assert_array_equal(pairs[0], [False, True, False, True])


def test_before_a_calibration_anything_may_leak_and_nothing_is_said() -> None:
    leakage = unknown_leakage(3, RATE_HZ)
    assert leakage.heard.sum() == 6
    assert findings(leakage, plain_montage(3)) == ()


def test_too_short_a_contraction_is_refused() -> None:
    data = mixed(muscles_at_work((1.0, 100.0, 1.0), seconds=1.5), AMOUNTS)
    part = Contraction(source=1, data_uv=data, valid=np.ones(data.shape, dtype=np.bool_))
    with pytest.raises(ValueError, match=r"at least 2.0 s"):
        fit_leakage([part], rest_uv=REST, rate_hz=RATE_HZ)


def test_a_hold_of_two_muscles_tells_of_both_and_is_counted_once() -> None:
    data = mixed(muscles_at_work((20.0, 20.0, 1.0), seconds=20.0), AMOUNTS)
    valid = np.ones(data.shape, dtype=np.bool_)
    once = [Contraction(source=0, also=(1,), data_uv=data, valid=valid)]
    twice = [Contraction(source=at, data_uv=data, valid=valid) for at in (0, 1)]
    one, other = (fit_leakage(parts, rest_uv=REST, rate_hz=RATE_HZ) for parts in (once, twice))
    np.testing.assert_allclose(one.share, other.share, atol=0.02)
    width, narrow = (found.high - found.low for found in (one, other))
    known = np.isfinite(width) & (one.low > 0.02)
    assert known.any()
    np.testing.assert_allclose(width[known] / narrow[known], np.sqrt(2.0), rtol=0.1)


def test_a_muscle_without_a_channel_is_refused() -> None:
    with pytest.raises(ValueError, match="no channel 3"):
        Contraction(source=3, data_uv=REST, valid=np.ones(REST.shape, dtype=np.bool_))


def test_leakage_into_its_own_electrode_is_refused() -> None:
    leakage = unknown_leakage(2, RATE_HZ)
    with pytest.raises(ValueError, match="own electrode"):
        replace(leakage, heard=np.ones((2, 2), dtype=np.bool_))
    with pytest.raises(ValueError, match="2 channels"):
        replace(leakage, taps=np.zeros((3, 3, 5)))


@pytest.mark.parametrize(
    "bad", [{"block_s": 0.01}, {"rounds": 0}, {"heard": 1.0}, {"reach_s": 1.0}]
)
def test_a_fit_that_cannot_be_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="need"):
        LeakageFit(**bad)  # type: ignore[arg-type]
