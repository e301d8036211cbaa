"""What cannot be believed for what it is, or for what went before it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.conditioning import Conditioner, Conditioning
from host.chain.filters import MainsRemoval
from host.chain.quality import CodeArray, Flaw, QualityLimits
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from tests.cuts import chunks, cuts

STREAM = Stream(rate_hz=250.0, channels=channel_names(2))
AS_IT_IS = Conditioning(mains=MainsRemoval(base_hz=()))


def rest(rows: int = 1001) -> FloatArray:
    """Return a still face; its last row only waits."""
    return np.random.default_rng(11).normal(0.0, 5.0, (rows, 2))


def flaws_of(raw: FloatArray, settings: Conditioning = AS_IT_IS) -> CodeArray:
    (piece,) = Conditioner(settings, STREAM).push(Chunk(0, raw))
    return piece.flaws


def rows_with(flaws: CodeArray, flaw: Flaw, channel: int = 0) -> list[int]:
    found: list[int] = np.flatnonzero(flaws[:, channel] & np.uint8(flaw)).tolist()
    return found


def test_a_start_takes_a_second_to_settle() -> None:
    assert rows_with(flaws_of(rest()), Flaw.SETTLING) == list(range(250))


def test_so_does_a_channel_that_was_railed_and_it_alone() -> None:
    raw = rest()
    raw[400:410, 1] = -STREAM.range_uv
    flaws = flaws_of(raw)
    assert rows_with(flaws, Flaw.SETTLING, channel=1)[250:] == list(range(400, 410 + 250))
    assert not flaws[250:, 0].any()


def test_railed_samples_are_found_one_by_one() -> None:
    raw = rest()
    raw[300:303, 0], raw[500, 0] = 0.996 * STREAM.range_uv, -0.996 * STREAM.range_uv
    raw[600, 0] = 0.994 * STREAM.range_uv
    assert rows_with(flaws_of(raw), Flaw.RAILED) == [300, 301, 302, 500]


@pytest.mark.parametrize(("equal", "flat"), [(10, 0), (11, 1), (40, 30)])
def test_a_value_that_stands_still_is_flat_after_ten_samples(equal: int, flat: int) -> None:
    raw = rest()
    raw[300 : 300 + equal, 0] = 7.0
    assert rows_with(flaws_of(raw), Flaw.FLAT) == list(range(310, 310 + flat))


def test_a_coarse_converter_may_stand_still_for_a_while() -> None:
    coarse = Stream(rate_hz=500.0, channels=("ch1",), range_uv=12_500.0, resolution_uv=6.1)
    raw = np.repeat([[6.1], [0.0]], [10, 700], axis=0)
    (piece,) = Conditioner(AS_IT_IS, coarse).push(Chunk(0, raw))
    # Half a second within one step is rest; a whole one is a dead input.
    assert rows_with(piece.flaws, Flaw.FLAT)[0] == 510


@given(st.integers(0, 2**32 - 1), cuts(300))
def test_equal_neighbours_by_chance_hide_no_flat_stretch(seed: int, cut_points: list[int]) -> None:
    rng = np.random.default_rng(seed)
    raw = rng.integers(0, 3, (301, 2)).astype(np.float64)
    for column, length in enumerate((10, 40)):
        begin = rng.integers(0, 300 - length)
        raw[begin : begin + length + 1, column] = 2.0
    stage = Conditioner(AS_IT_IS, STREAM)
    pieces = [piece for chunk in chunks(raw, cut_points) for piece in stage.push(chunk)]
    found = np.concatenate([piece.flaws for piece in pieces]) & np.uint8(Flaw.FLAT)
    plainly = [
        [row >= 10 and len(set(raw[row - 10 : row + 1, column])) == 1 for column in range(2)]
        for row in range(300)
    ]
    assert (found != 0).tolist() == plainly


def test_too_much_for_a_face_leaves_a_wake_of_half_a_second_and_ends_it() -> None:
    raw = rest()
    raw[400:402, 0] = [-9000.0, 9000.0]
    wake = rows_with(flaws_of(raw), Flaw.ARTEFACT)
    (piece,) = Conditioner(AS_IT_IS, STREAM).push(Chunk(0, raw))
    loud = np.flatnonzero(np.abs(piece.data[:, 0]) > 1500.0)
    assert loud[0] in (400, 401)
    assert wake == list(range(loud[0], loud[-1] + 125))
    assert not piece.flaws[250:, 1].any()


def test_what_is_flawed_anyway_is_no_artefact() -> None:
    raw = rest()
    raw[400:600, 0] = STREAM.range_uv
    assert not rows_with(flaws_of(raw), Flaw.ARTEFACT)


def test_marks_last_as_long_as_the_limits_say() -> None:
    limits = QualityLimits(settle_s=0.1, artefact_hold_s=0.02, artefact_uv=100.0)
    settings = Conditioning(mains=MainsRemoval(base_hz=()), quality=limits)
    raw = rest()
    raw[400:402, 0] = [-900.0, 900.0]
    (piece,) = Conditioner(settings, STREAM).push(Chunk(0, raw))
    assert rows_with(piece.flaws, Flaw.SETTLING) == list(range(25))
    loud = np.flatnonzero(np.abs(piece.data[:, 0]) > 100.0)
    assert rows_with(piece.flaws, Flaw.ARTEFACT) == list(range(loud[0], loud[-1] + 5))


def test_what_was_given_is_not_written_into() -> None:
    raw = rest()
    raw[300:400, 0] = STREAM.range_uv
    raw.flags.writeable = False
    flaws_of(raw)
