"""The moving RMS on its grid of hops."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from calibration.freedom import plain_freedom_hz
from host.chain.amplitude import Levels
from host.chain.conditioning import Conditioned
from host.chain.hum import HumLimits
from host.chain.plain import RmsEnvelope, RmsWindow
from host.chain.quality import CodeArray, Flaw, Quality, QualityLimits
from host.chain.stream import FloatArray, Stream, channel_names
from tests.cuts import cuts

STREAM = Stream(rate_hz=250.0, channels=channel_names(1))
SETTINGS = RmsWindow(window_s=0.08, hop_s=0.008)
"""Windows of 10 hops of 2 samples."""
DATA = np.random.default_rng(6).normal(0.0, 10.0, (300, 1))
SOUND = np.zeros((300, 1), dtype=np.uint8)


def levels_of(
    data: FloatArray, flaws: CodeArray, cut_points: list[int] | None = None, start: int = 0
) -> list[Levels]:
    """Run a fresh stage over consecutive samples."""
    stage = RmsEnvelope(SETTINGS, QualityLimits(), HumLimits(), STREAM)
    bounds = [0, *(cut_points or []), len(data)]
    hum = np.zeros_like(data)
    return [
        stage.push(Conditioned(start + a, data[a:b], flaws[a:b], hum[a:b]))
        for a, b in pairwise(bounds)
    ]


def test_a_sine_has_the_rms_of_its_amplitude_over_root_two() -> None:
    sine = 30.0 * np.sin(2 * np.pi * 62.5 * np.arange(300) / 250.0)[:, np.newaxis]
    (levels,) = levels_of(sine, SOUND)
    np.testing.assert_allclose(levels.rms_uv[10:], 30.0 / np.sqrt(2.0), rtol=1e-9)


def test_hops_lie_on_the_grid_of_the_global_sample_index() -> None:
    (levels,) = levels_of(DATA, SOUND, start=1001)
    assert (levels.first, levels.hop, len(levels)) == (501, 2, 149)


def test_a_window_without_enough_samples_is_unknown_not_quiet() -> None:
    flaws = SOUND.copy()
    flaws[100:112] = Flaw.LOST
    (levels,) = levels_of(DATA, flaws)
    lost = levels.quality[:, 0] == Quality.GAP
    # More than half of 20 samples are missing while at least 11 of the 12 are in the window.
    assert list(np.flatnonzero(lost[10:]) + 10) == [55, 56, 57, 58, 59]
    assert np.isnan(levels.rms_uv[lost]).all()
    assert levels.lost.sum() == 12


def test_lost_samples_do_not_pull_a_level_down() -> None:
    held = np.full((300, 1), 10.0)
    flaws = SOUND.copy()
    held[100:105], flaws[100:105] = 0.0, Flaw.LOST
    (levels,) = levels_of(held, flaws)
    np.testing.assert_array_equal(levels.rms_uv[10:], 10.0)


@pytest.mark.parametrize(
    ("flaw", "quality"),
    [
        (Flaw.RAILED, Quality.RAILED),
        (Flaw.HUMMING, Quality.LOOSE),
        (Flaw.FLAT, Quality.FLAT),
        (Flaw.ARTEFACT, Quality.ARTEFACT),
        (Flaw.SETTLING, Quality.SETTLING),
    ],
)
def test_one_such_sample_makes_the_whole_window_unknown(flaw: Flaw, quality: Quality) -> None:
    flaws = SOUND.copy()
    flaws[100] = flaw
    (levels,) = levels_of(DATA, flaws)
    assert list(np.flatnonzero(levels.quality[10:] == quality) + 10) == list(range(50, 60))
    assert np.isnan(levels.rms_uv[50:60]).all()


def test_strong_hum_is_told_and_the_level_stays_usable() -> None:
    stage = RmsEnvelope(SETTINGS, QualityLimits(), HumLimits(), STREAM)
    levels = stage.push(Conditioned(0, DATA, SOUND, np.full((300, 1), 2500.0)))
    assert (levels.quality[10:] == Quality.MAINS).all()
    assert not np.isnan(levels.rms_uv[10:]).any()


def test_freedom_counts_the_samples_that_are_good() -> None:
    flaws = SOUND.copy()
    flaws[100:104] = Flaw.LOST
    (levels,) = levels_of(DATA, flaws)
    assert levels.freedom is not None
    per_sample = plain_freedom_hz(250.0) / 250.0
    np.testing.assert_allclose(
        levels.freedom[[49, 51, 59, 61], 0], per_sample * np.array([20, 16, 16, 20])
    )


def test_a_hop_has_its_own_power_and_none_where_no_sample_is_good() -> None:
    flaws = SOUND.copy()
    flaws[[100, 101, 103]] = Flaw.LOST
    (levels,) = levels_of(DATA, flaws)
    assert levels.hop_power_uv2 is not None
    expected = (DATA**2).reshape(-1, 2).mean(axis=1)
    expected[50], expected[51] = np.nan, DATA[102, 0] ** 2
    np.testing.assert_allclose(levels.hop_power_uv2[10:, 0], expected[10:])


def test_a_jump_of_the_index_begins_a_new_window() -> None:
    stage = RmsEnvelope(SETTINGS, QualityLimits(), HumLimits(), STREAM)
    hum = np.zeros_like(DATA)
    stage.push(Conditioned(0, DATA, SOUND, hum))
    later = stage.push(Conditioned(1000, DATA, SOUND, hum))
    assert later.first == 500
    assert (later.quality[:4] == Quality.GAP).all()


@given(cuts(300))
def test_levels_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    flaws = np.where(np.random.default_rng(7).random((300, 1)) < 0.1, Flaw.LOST, 0).astype(np.uint8)
    (whole,) = levels_of(DATA, flaws)
    pieces = levels_of(DATA, flaws, cut_points)
    for name in ("rms_uv", "quality", "lost", "freedom", "hop_power_uv2"):
        joined = np.concatenate([getattr(levels, name) for levels in pieces])
        np.testing.assert_array_equal(joined, getattr(whole, name))


@pytest.mark.parametrize("bad", [{"hop_s": 0.0}, {"window_s": 0.001}, {"window_s": 3.0}])
def test_a_window_that_cannot_be_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="hop_s <= window_s"):
        RmsWindow(**bad)
