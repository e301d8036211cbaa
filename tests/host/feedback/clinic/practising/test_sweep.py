"""Raw traces: columns come once, gaps stay gaps, and only what is new is painted."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from host.acquisition.source import Link
from host.chain.stream import Chunk, FloatArray
from host.feedback.clinic.practising.sweep import AHEAD, Lanes, SweepView
from host.feedback.clinic.practising.sweep_state import (
    SCALES_UV,
    Columns,
    Sweep,
    scale_beside,
    scale_for,
)
from host.feedback.clinic.practising.tapping import Tap, Tapped
from host.feedback.lettering import sized
from host.feedback.picture import picture
from host.feedback.theme import DARK, LIGHT
from tests.cuts import chunks, cuts
from tests.host.session.test_session import Board

RATE_HZ = 250.0
TOTAL = 300
RAW = np.random.default_rng(5).normal(0.0, 20.0, (TOTAL, 2))


def swept(pieces: Iterable[Chunk], width: int = 500) -> list[Columns]:
    sweep = Sweep(2, RATE_HZ, width)
    found = [sweep.push(chunk) for chunk in pieces]
    return [one for one in found if one is not None]


@given(cuts(TOTAL))
def test_columns_come_once_and_in_order_however_the_stream_is_cut(cut_points: list[int]) -> None:
    found = swept(chunks(RAW, cut_points))
    numbers = [one.first + at for one in found for at in range(one.low.shape[1])]
    assert numbers == list(range(TOTAL // Sweep(2, RATE_HZ, 500).per_column))


def test_a_column_holds_the_lowest_and_the_highest_of_its_samples() -> None:
    data = np.zeros((10, 2))
    data[3], data[4] = 7.0, -7.0
    (columns,) = swept([Chunk(0, data)])
    assert (columns.high - columns.low)[0].tolist() == pytest.approx([14.0, 0.0])


def test_an_electrodes_offset_is_not_drawn_and_hum_is() -> None:
    time_s = np.arange(TOTAL) / RATE_HZ
    data = 5000.0 + 30.0 * np.sin(2 * np.pi * 50.0 * time_s)[:, np.newaxis] + np.zeros((1, 2))
    columns = swept([Chunk(a, data[a : a + 25]) for a in range(0, TOTAL, 25)])
    high = max(float(one.high.max()) for one in columns)
    assert 25.0 < high < 35.0


def test_unknown_is_never_quiet_a_gap_is_drawn_as_one() -> None:
    ones = np.ones((20, 2))
    before, after = swept([Chunk(0, ones), Chunk(60, ones)])
    assert not np.isnan(before.low).any()
    assert np.isnan(after.low).sum() == 2 * 8  # 40 samples in columns of five
    assert after.first == before.first + before.low.shape[1]


def test_an_endless_gap_costs_no_more_than_a_sweep() -> None:
    sweep = Sweep(2, RATE_HZ, 100)
    sweep.push(Chunk(0, RAW[:50]))
    columns = sweep.push(Chunk(10_000_000, RAW[:50]))
    assert columns is not None
    assert columns.low.shape[1] <= 110
    assert columns.first + columns.low.shape[1] == 10_000_050 // sweep.per_column


@given(st.floats(1.0, 4000.0))
def test_the_scale_has_room_for_what_was_drawn(size_uv: float) -> None:
    low, high = np.full((2, 9), -size_uv), np.full((2, 9), size_uv)
    assert scale_for(low, high) >= min(size_uv, SCALES_UV[-1])


def test_nothing_drawn_has_the_usual_scale_and_keys_stay_in_the_table() -> None:
    nothing: FloatArray = np.full((2, 3), np.nan)
    assert scale_for(nothing, nothing) in SCALES_UV
    assert scale_beside(SCALES_UV[0], -1) == SCALES_UV[0]
    assert scale_beside(SCALES_UV[0], 2) == SCALES_UV[2]


def test_a_sweep_without_width_is_refused() -> None:
    with pytest.raises(ValueError, match="width"):
        Sweep(2, RATE_HZ, 0)


def shown(qtbot: QtBot) -> SweepView:
    made = SweepView(LIGHT)
    qtbot.addWidget(made)
    made.setFont(sized(made.font(), 14))
    made.resize(600, 200)
    made.show()
    made.begin(Lanes(names=("Eye, left", "Eye, right"), rate_hz=RATE_HZ))
    return made


def ink(view: SweepView) -> FloatArray:
    """Return how much is drawn in each column of the field."""
    image = picture(view)
    rows = range(170)
    return np.array(
        [
            sum(image.pixelColor(x, y).lightness() < 120 for y in rows)
            for x in range(120, image.width())
        ],
        dtype=np.float64,
    )


def test_traces_are_drawn_up_to_the_newest_column_and_no_farther(qtbot: QtBot) -> None:
    made = shown(qtbot)
    assert not ink(made).any()
    made.push([Chunk(0, RAW)])
    drawn = np.flatnonzero(ink(made))
    assert len(drawn) > 10
    last = drawn[-1]
    assert not ink(made)[last + 1 : last + AHEAD].any()


def test_keys_make_traces_larger_or_smaller(qtbot: QtBot) -> None:
    made = shown(qtbot)
    before = made.scale_uv
    made.enlarge(1)
    assert made.scale_uv < before
    made.enlarge(-2)
    assert made.scale_uv > before
    made.use_theme(DARK)
    assert picture(made).pixelColor(400, 100).lightness() < 80


def test_a_tap_passes_everything_on_and_keeps_what_nobody_has_seen() -> None:
    board, tap = Board(0.08), Tap()
    with Tapped(board, tap) as source:
        passed = [source.read(0.0) for _ in range(3)]
        assert source.state.link is Link.SILENT
    assert board.closed
    assert tap.stream == board.stream
    assert [one.start for one in tap.take()] == [0, 10]
    assert tap.take() == []
    assert [one and one.start for one in passed] == [0, 10, None]
