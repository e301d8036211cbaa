"""A recording at a glance: the same however it was cut, and nothing unknown looks quiet."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.chain.quality import Quality
from host.chain.stream import BoolArray, FloatArray
from host.report.outline import Glance, Outline
from tests.cuts import cuts
from tests.host.report.frames import HOP, RATE_HZ, frames

HOPS = 300
STOP = HOPS * HOP + 1
PER_BIN = 2


def levels(seed: int = 1, *, unknown: float = 0.05, gap: tuple[int, int] = (0, 0)) -> FloatArray:
    """Return `(HOPS, 2)` levels, some of them unknown; those in the gap are never pushed."""
    rng = np.random.default_rng(seed)
    made = rng.uniform(0.0, 2.0, (HOPS, 2))
    made[rng.uniform(size=(HOPS, 2)) < unknown] = np.nan
    made[gap[0] : gap[1]] = np.inf
    return made


def outlined(made: FloatArray, points: list[int], gap: tuple[int, int] = (0, 0)) -> Outline:
    outline = Outline(STOP, 2, HOP, RATE_HZ)
    edges = sorted({0, *points, *gap, HOPS})
    for begin, end in pairwise(edges):
        if not gap[0] <= begin < gap[1]:
            part = made[begin:end]
            terms = [0.25, np.nan] if begin < 100 else [np.nan, 0.4]
            outline.push(frames(begin, part, active=part > 1.9, threshold=terms))
    return outline


def same(one: Glance, other: Glance) -> None:
    for name in Glance.__slots__:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


@settings(deadline=None)
@given(
    points=cuts(HOPS),
    columns=st.integers(1, 700),
    part=st.tuples(st.integers(0, STOP - 2), st.integers(1, STOP)),
)
def test_it_does_not_depend_on_how_the_frames_were_cut(
    points: list[int], columns: int, part: tuple[int, int]
) -> None:
    made, gap = levels(gap=(141, 190)), (141, 190)
    start, stop = part[0], min(part[0] + part[1], STOP)
    whole = outlined(made, [100], gap).glance(start, stop, columns)
    same(outlined(made, [100, *points], gap).glance(start, stop, columns), whole)


@settings(deadline=None)
@given(
    seed=st.integers(0, 1000),
    gap=st.tuples(st.integers(1, HOPS - 1), st.integers(0, 80)),
    columns=st.integers(1, 300),
    view=st.tuples(st.floats(-0.2, 1.0), st.floats(0.01, 1.2)),
)
def test_no_column_shows_a_level_where_a_bin_is_unknown(
    seed: int, gap: tuple[int, int], columns: int, view: tuple[float, float]
) -> None:
    missing = gap[0], min(gap[0] + gap[1], HOPS)
    made = levels(seed, gap=missing)
    outline = outlined(made, [100], missing)
    start, stop = view[0] * STOP, (view[0] + view[1]) * STOP
    glance = outline.glance(start, stop, columns)
    known = np.isfinite(made)
    bins: BoolArray = np.logical_and.reduce(known.reshape(-1, PER_BIN, 2), axis=1)
    loud = np.where(known, made, 0.0).reshape(-1, PER_BIN, 2).max(axis=1)
    edges = np.linspace(start, stop, columns + 1) / outline.bin
    for column, (left, right) in enumerate(pairwise(edges)):
        first, after = int(np.floor(left)), int(np.ceil(right))
        inside = bins[max(first, 0) : max(after, 0)]
        shown = ~np.isnan(glance.activation[column])
        if left < 0 or left >= len(bins):
            assert not shown.any()
            continue
        assert not (shown & ~inside.all(axis=0)).any()
        largest = loud[max(first, 0) : after].max(axis=0).astype(np.float32)
        assert (glance.activation[column][shown] >= largest[shown]).all()
        # What is not shown has a reason.
        assert ((glance.quality[column] > Quality.MAINS) == ~shown).all()


def test_a_glance_from_near_is_the_largest_of_each_bin() -> None:
    made = levels(unknown=0.0)
    glance = outlined(made, []).glance(0, STOP - 1, HOPS // PER_BIN)
    wanted = made.reshape(-1, PER_BIN, 2).max(axis=1)
    np.testing.assert_array_equal(glance.activation, wanted.astype(np.float32))
    np.testing.assert_array_equal(glance.active, wanted > 1.9)


def test_a_glance_from_afar_widens_a_spike_by_less_than_a_column() -> None:
    made = np.full((HOPS, 2), 0.1)
    made[157] = 1.5
    glance = outlined(made, []).glance(0, STOP - 1, 4)
    assert glance.activation[2].tolist() == [1.5, 1.5]
    assert (glance.activation[[0, 3]] < 0.2).all()


def test_a_column_narrower_than_a_bin_repeats_it() -> None:
    glance = outlined(levels(unknown=0.0), []).glance(40, 48, 8)
    assert len(np.unique(glance.activation[:4, 0])) == 1
    assert glance.activation[0, 0] != glance.activation[7, 0]


def test_the_line_of_a_column_is_the_one_in_force() -> None:
    glance = outlined(levels(), [100]).glance(0, STOP - 1, 30)
    np.testing.assert_array_equal(glance.threshold[:10], [[0.25, np.nan]] * 10)
    np.testing.assert_array_equal(glance.threshold[10:], [[np.nan, 0.4]] * 20)


def test_what_is_not_judged_yet_is_unknown_and_grows() -> None:
    outline = Outline(STOP, 2, HOP, RATE_HZ)
    assert outline.judged == 0
    assert np.isnan(outline.glance(0, STOP, 20).activation).all()
    outline.push(frames(0, np.full((151, 2), 0.1)))
    assert outline.judged == 302
    # Half of a bin has been judged: it is not known yet.
    known = ~np.isnan(outline.glance(0, STOP - 1, HOPS // PER_BIN).activation[:, 0])
    assert known.tolist() == [True] * 75 + [False] * 75


@pytest.mark.parametrize("stop", [1, 2, 3, 7, 250])
def test_the_shortest_recordings_have_an_outline(stop: int) -> None:
    outline = Outline(stop, 1, HOP, RATE_HZ)
    hops = (stop - 1) // HOP
    if hops:
        outline.push(frames(0, np.full((hops, 1), 0.5)))
    glance = outline.glance(0, stop, 1)
    assert np.isnan(glance.activation).all() == (hops == 0)


def test_two_hours_of_16_channels_take_less_than_100_mb() -> None:
    outline = Outline(2 * 3600 * 1000, 16, 4, 1000.0)
    arrays = [part for bins in outline._grids for part in (bins.level, bins.active, bins.quality)]
    assert sum(part.nbytes for part in arrays) + outline._terms.nbytes < 60e6
