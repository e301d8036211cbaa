"""Levels as pixels: heights, colours, and hatching where nothing is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.stream import FloatArray
from host.feedback.review.raster import (
    HATCH_PX,
    LEAST_PX,
    MARK_PX,
    Inks,
    Pixels,
    Sides,
    levels,
    mixed,
    packed,
    strip,
    traces,
)

INKS = Inks(ground=(240, 240, 240), hold=(220, 240, 230), hatch=(120, 120, 120), line=(90, 90, 90))
BLUE, ORANGE = packed((90, 160, 200)), packed((200, 100, 30))
ROWS, COLUMNS = 40, 21
GROUND = INKS.under(np.arange(COLUMNS) >= 14)


def sides(level: FloatArray, threshold: float = np.nan, *, ink: np.uint32 = BLUE) -> Sides:
    level = np.atleast_2d(level)
    return Sides(
        level=level,
        threshold=np.full(level.shape, threshold),
        ink=np.full(level.shape, ink),
    )


def drawn(level: float | FloatArray, threshold: float = np.nan) -> Pixels:
    """Return one side."""
    row = np.full(COLUMNS, level) if isinstance(level, float) else level
    picture: Pixels = levels(sides(row, threshold), GROUND, ROWS, INKS)[0]
    return picture


@given(st.floats(0.0, 1.0))
def test_a_level_fills_its_share_and_a_pixel_that_it_half_covers_is_half_coloured(
    level: float,
) -> None:
    column = drawn(level)[:, 0]
    size = max(level * ROWS, LEAST_PX)
    full = int(size)
    assert (column[:full] == BLUE).all()
    assert (column[full + 1 :] == GROUND[0]).all()
    if full < ROWS:
        share = size - full
        assert column[full] == mixed(GROUND[:1], BLUE, share)[0]


def test_quiet_is_not_nothing() -> None:
    assert (drawn(0.0)[:LEAST_PX] == BLUE).all()
    assert (drawn(0.0)[LEAST_PX:] == GROUND).all()
    seen = strip(drawn(0.0)[::-1], drawn(0.0), INKS) == BLUE
    assert seen.any(axis=0).all()


def test_unknown_is_hatched_and_no_level() -> None:
    picture = drawn(np.nan)
    assert not (picture == BLUE).any()
    # A strong line, and its soft edge, in each slant; the rest is ground.
    plain = (picture == GROUND).mean()
    assert plain == pytest.approx((HATCH_PX - 2) / HATCH_PX, abs=0.02)
    known = drawn(np.where(np.arange(COLUMNS) == 7, np.nan, 0.5))
    assert (known[0, :7] == BLUE).all()
    assert not (known[:, 7] == BLUE).any()


def test_the_ground_shows_where_a_movement_was_held() -> None:
    picture = drawn(0.1)
    assert (picture[-1, :14] == packed(INKS.ground)).all()
    assert (picture[-1, 14:] == packed(INKS.hold)).all()


def test_the_line_is_drawn_where_a_muscle_was_judged_and_known() -> None:
    picture = drawn(0.1, threshold=0.5)
    assert (picture[20] == mixed(GROUND, packed(INKS.line), 0.55)).all()
    assert (picture[19] == GROUND).all()
    assert (drawn(0.1)[20] == GROUND).all()
    assert (drawn(np.nan, 0.5)[20] == drawn(np.nan)[20]).all()
    assert drawn(1.0, 1.0)[ROWS - 1, 0] == mixed(np.array([BLUE]), packed(INKS.line), 0.55)[0]


def test_marks_stand_at_the_outer_edge_one_kind_inside_the_other() -> None:
    some = np.zeros((1, COLUMNS), dtype=np.bool_)
    some[0, 3:5] = True
    made = sides(np.full(COLUMNS, 0.2))
    marked = Sides(
        level=made.level,
        threshold=made.threshold,
        ink=made.ink,
        marks=((some, (1, 2, 3)), (some, (4, 5, 6))),
    )
    picture = levels(marked, GROUND, ROWS, INKS)[0]
    outer = picture == packed((1, 2, 3))
    inner = picture == packed((4, 5, 6))
    assert outer[ROWS - MARK_PX :, 3:5].all()
    assert outer.sum() == inner.sum() == 2 * MARK_PX
    assert inner[ROWS - 2 * MARK_PX - 1 : ROWS - MARK_PX - 1, 3:5].all()


def test_a_strip_is_mirrored_about_its_middle_line() -> None:
    side = drawn(0.5)
    picture = strip(side[::-1], side, INKS)
    assert picture.shape == (2 * ROWS, COLUMNS)
    np.testing.assert_array_equal(picture, picture[::-1])
    assert (picture[ROWS - 1 : ROWS + 1] == packed(INKS.line)).all()


def test_a_trace_reaches_from_its_lowest_to_its_highest() -> None:
    low, high = np.full((1, COLUMNS), -0.5), np.full((1, COLUMNS), 0.5)
    (picture,) = traces(low, high, GROUND, ROWS, INKS)
    inked = np.flatnonzero(picture[:, 0] == packed(INKS.line))
    assert inked[0] == pytest.approx((0.5 - 0.23) * ROWS, abs=1.5)
    assert inked[-1] == pytest.approx((0.5 + 0.23) * ROWS, abs=1.5)
    assert (picture[[0, -1]] == GROUND).all()


@given(st.lists(st.floats(-3.0, 3.0), min_size=COLUMNS, max_size=COLUMNS))
def test_a_thin_trace_is_seen_in_every_column_and_meets_its_neighbours(values: list[float]) -> None:
    line = np.array([values])
    (picture,) = traces(line, line, GROUND, ROWS, INKS)
    changed = picture != GROUND
    assert changed.any(axis=0).all()
    for column in range(1, COLUMNS):
        rows, before = (np.flatnonzero(changed[:, at]) for at in (column, column - 1))
        assert rows[0] <= before[-1] + 1
        assert before[0] <= rows[-1] + 1


def test_a_trace_that_was_not_recorded_is_hatched() -> None:
    line = np.zeros((1, COLUMNS))
    line[0, 5:9] = np.nan  # a gap
    (picture,) = traces(line, line, GROUND, ROWS, INKS)
    assert not (picture[:, 5:9] == packed(INKS.line)).any()
    assert (picture[ROWS // 2, [4, 9]] != GROUND[[4, 9]]).all()
    hatched = drawn(np.nan)[:, 5:9]
    np.testing.assert_array_equal(picture[:, 5:9], hatched)


def test_colours_mix_channel_by_channel() -> None:
    under = np.array([packed((0, 100, 200))])
    assert mixed(under, packed((100, 0, 200)), 0.5)[0] == packed((50, 50, 200))
    assert mixed(under, packed((9, 9, 9)), 0.0)[0] == under[0]
    assert packed((255, 255, 255)) == 0xFFFFFFFF
