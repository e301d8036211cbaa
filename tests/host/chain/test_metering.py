"""Windows of hops against what plain NumPy makes of all their samples."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.amplitude import Levels
from host.chain.conditioning import Conditioned
from host.chain.hum import HumLimits
from host.chain.metering import Meter, joined
from host.chain.quality import Flaw, Quality, QualityLimits
from host.chain.stream import Stream, channel_names
from tests.cuts import cuts
from tests.host.chain.levels_plainly import qualities, rms_of, whole_hops, windows

LIMITS, HUMS = QualityLimits(), HumLimits()
FLAWS = [Flaw.LOST, Flaw.RAILED, Flaw.FLAT, Flaw.ARTEFACT, Flaw.SETTLING, Flaw.HUMMING]


def meter(channels: int, hop: int, hops: int) -> Meter:
    stream = Stream(rate_hz=250.0, channels=channel_names(channels))
    return Meter(stream, hop, hops, LIMITS, HUMS, freedom_per_sample=0.5)


def recorded(seed: int, channels: int, start: int, rows: int = 300) -> Conditioned:
    """Return a piece in which hum and flaws come and go."""
    rng = np.random.default_rng(seed)
    data = rng.normal(0.0, 10.0, (rows, channels))
    flaws = np.zeros((rows, channels), dtype=np.uint8)
    hum = rng.normal(0.0, 1.0, (rows, channels)) * rng.choice([10.0, 50.0, 90.0], channels)
    for _ in range(int(rng.integers(0, 5))):
        begin, channel = int(rng.integers(0, rows)), int(rng.integers(0, channels))
        inside = slice(begin, begin + int(rng.integers(1, 60)))
        flaws[inside, channel] |= np.uint8(rng.choice([int(flaw) for flaw in FLAWS]))
        hum[inside, int(rng.integers(0, channels))] *= rng.choice([1.0, 20.0, 100.0])
    return Conditioned(start, data, flaws, hum)


@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 6),
    st.sampled_from([(1, 1), (1, 45), (2, 10), (4, 7), (9, 3), (4, 64)]),
    st.integers(0, 40),
)
def test_every_window_is_judged_by_all_its_samples(
    seed: int, channels: int, window: tuple[int, int], start: int
) -> None:
    hop, hops = window
    piece = recorded(seed, channels, start)
    levels = meter(channels, hop, hops).push(piece)
    first, inside = whole_hops(piece, hop)
    data, flaws, hum = piece.data[inside], piece.flaws[inside], piece.hum[inside]
    assert levels.first == first
    expected = qualities(flaws, hum, hop, hops, limits=LIMITS, hums=HUMS)
    np.testing.assert_array_equal(levels.quality, expected)
    rms_uv = np.where(expected <= Quality.MAINS, rms_of(data, flaws, hop, hops), np.nan)
    np.testing.assert_allclose(levels.rms_uv, rms_uv, rtol=1e-12)
    lost = (flaws & np.uint8(Flaw.LOST)).reshape(-1, hop, channels)
    np.testing.assert_array_equal(levels.lost, lost.sum(axis=1, dtype=np.int64))
    good = [np.sum(flaws[one] == 0, axis=0) for one in windows(len(data), hop, hops)]
    np.testing.assert_array_equal(levels.freedom, 0.5 * np.array(good))


@given(cuts(300), st.integers(0, 2**32 - 1))
def test_levels_do_not_depend_on_the_cut(cut_points: list[int], seed: int) -> None:
    whole = recorded(seed, 5, 3)
    once, cut = meter(5, 4, 45), meter(5, 4, 45)
    parts = [
        cut.push(Conditioned(3 + a, whole.data[a:b], whole.flaws[a:b], whole.hum[a:b]))
        for a, b in pairwise([0, *cut_points, 300])
    ]
    same(joined(parts), once.push(whole))


def same(one: Levels, other: Levels) -> None:
    for name in ("first", "rms_uv", "quality", "lost", "freedom", "hop_power_uv2"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_a_piece_longer_than_the_loop_takes_at_once_is_joined() -> None:
    whole = recorded(5, 3, 2, rows=5000)
    once, cut = meter(3, 4, 45), meter(3, 4, 45)
    parts = [
        cut.push(Conditioned(2 + a, whole.data[a:b], whole.flaws[a:b], whole.hum[a:b]))
        for a, b in pairwise(range(0, 5001, 100))
    ]
    levels = once.push(whole)
    assert len(levels) == 1249
    same(levels, joined(parts))


def test_after_a_jump_of_the_index_nothing_is_left_of_what_came_before() -> None:
    used, fresh = meter(4, 4, 10), meter(4, 4, 10)
    used.push(recorded(1, 4, 0))
    later = recorded(2, 4, 1001)
    same(used.push(later), fresh.push(later))


def test_a_piece_that_completes_no_hop_gives_no_levels() -> None:
    piece = recorded(1, 2, 5, rows=2)
    levels = meter(2, 4, 10).push(piece)
    assert (levels.first, levels.rms_uv.shape, levels.quality.shape) == (2, (0, 2), (0, 2))


@pytest.mark.parametrize("name", ["data", "hum", "flaws"])
def test_pieces_of_another_shape_are_refused(name: str) -> None:
    whole = Conditioned(0, np.zeros((8, 2)), np.zeros((8, 2), np.uint8), np.zeros((8, 2)))
    piece = replace(whole, **{name: getattr(whole, name)[:, :1].copy()})
    with pytest.raises(ValueError, match="need 2 channels"):
        meter(2, 4, 10).push(piece)


def test_rows_that_do_not_lie_side_by_side_are_refused() -> None:
    data = np.zeros((8, 2), order="F")
    with pytest.raises(ValueError, match="one behind the other"):
        meter(2, 4, 10).push(Conditioned(0, data, np.zeros((8, 2), np.uint8), data))
