"""Corrected and uncorrected levels beside each other, and crosstalk as a finding."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from host.chain.own_levels import OwnLevelMeter, OwnLevels, OwnWindow
from host.chain.quality import CodeArray, Flaw
from host.chain.separation import Separated
from host.chain.stream import FloatArray, Stream, channel_names
from tests.cuts import cuts

STREAM = Stream(rate_hz=1000.0, channels=channel_names(2))
HOP = 4
RNG = np.random.default_rng(2)
NOISE = RNG.normal(0.0, 1.0, (1200, 2))


def piece(
    own: FloatArray, leak: FloatArray, own_flaws: CodeArray | None = None, start: int = 0
) -> Separated:
    """Return what a separator would give."""
    sound = np.zeros(own.shape, dtype=np.uint8)
    flaws = sound if own_flaws is None else own_flaws
    doubt = np.full((len(own) // HOP, own.shape[1]), 0.01)
    return Separated(start, own, own + leak, sound, flaws, sound.astype(np.float64), doubt)


def levels(own: FloatArray, leak: FloatArray, own_flaws: CodeArray | None = None) -> OwnLevels:
    """Measure all at once, with the noise known."""
    meter = OwnLevelMeter(OwnWindow(), HOP, STREAM, np.ones(2))
    return meter.push(piece(own, leak, own_flaws))


def test_levels_are_those_of_signal_and_noise() -> None:
    square = np.where(np.arange(1200) % 2, 5.0, -5.0)[:, np.newaxis] * np.ones(2)
    found = levels(square, np.zeros_like(square))
    np.testing.assert_allclose(found.own_rms_uv[100:], 5.0)
    np.testing.assert_allclose(found.own_uv[100:], np.sqrt(24.0))
    assert not found.explained[100:].any()
    assert (found.low_uv[100:] < found.own_uv[100:]).all()
    assert (found.high_uv[100:] > found.own_uv[100:]).all()


def test_a_leak_is_suspected_where_the_muscle_itself_is_quiet() -> None:
    leak = RNG.normal(0.0, 20.0, (1200, 2)) * [1.0, 0.0]
    found = levels(NOISE, leak)
    assert found.suspected[100:, 0].all()
    assert not found.suspected[:, 1].any()
    assert (found.explained[100:, 0] > 0.98).all()
    assert (found.own_uv[100:] < 1.0).all()
    assert (found.total_rms_uv[100:, 0] > 15.0).all()


def test_a_leak_beside_a_louder_muscle_is_not_the_explanation() -> None:
    own = RNG.normal(0.0, 40.0, (1200, 2))
    assert not levels(own, RNG.normal(0.0, 20.0, (1200, 2))).suspected.any()


def test_a_finding_stands_until_the_share_has_clearly_fallen() -> None:
    own = 10.0 * np.ones((1200, 1)) * [1.0, 1.0]
    # Shares of 60 %, then 40 %: between the two limits.
    leak = np.where(np.arange(1200)[:, np.newaxis] < 600, 5.8, 2.9) * [1.0, 0.5]
    assert levels(own, leak).suspected[-1, 0]
    assert not levels(own, leak[::-1]).suspected[100, 0]


def test_too_few_samples_are_unknown_and_not_suspected() -> None:
    flaws = np.zeros((1200, 2), dtype=np.uint8)
    flaws[400:700, 0] = Flaw.LOST
    found = levels(NOISE, RNG.normal(0.0, 20.0, (1200, 2)), flaws)
    unknown = np.isnan(found.own_uv[:, 0])
    assert unknown[160]
    assert np.isnan(found.low_uv[unknown, 0]).all()
    assert np.isnan(found.explained[unknown, 0]).all()
    assert not found.suspected[unknown, 0].any()
    assert not np.isnan(found.total_rms_uv[62:]).any()
    assert not np.isnan(found.own_uv[62:, 1]).any()


@given(cuts(300))
def test_levels_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    rng = np.random.default_rng(6)
    leak = rng.normal(0.0, 1.0, (1200, 2))
    flaws = np.where(rng.random((1200, 2)) < 0.1, Flaw.LOST, 0).astype(np.uint8)
    whole = levels(NOISE, leak, flaws)
    meter = OwnLevelMeter(OwnWindow(), HOP, STREAM, np.ones(2))
    parts = []
    for a, b in pairwise([0, *cut_points, 300]):
        rows = slice(HOP * a, HOP * b)
        parts.append(meter.push(piece(NOISE[rows], leak[rows], flaws[rows], HOP * a)))
    for name in ("own_rms_uv", "total_rms_uv", "low_uv", "high_uv", "explained", "suspected"):
        joined = np.concatenate([getattr(part, name) for part in parts])
        np.testing.assert_array_equal(joined, getattr(whole, name), err_msg=name)


def test_a_jump_begins_new_windows() -> None:
    meter = OwnLevelMeter(OwnWindow(), HOP, STREAM)
    meter.push(piece(NOISE, NOISE))
    later = meter.push(piece(NOISE, NOISE, start=4000))
    assert later.first == 1000
    assert np.isnan(later.own_uv[:30]).all()


@pytest.mark.parametrize("bad", [{"window_s": 0.01}, {"suspect_share": 0.0}, {"suspect_uv": 0.0}])
def test_settings_that_cannot_be_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"window_s|shares"):
        OwnWindow(**bad)


def test_the_noise_of_other_channels_is_refused() -> None:
    with pytest.raises(ValueError, match="noise of 2 channels"):
        OwnLevelMeter(OwnWindow(), HOP, STREAM, np.ones(3))
