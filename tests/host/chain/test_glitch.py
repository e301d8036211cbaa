"""A garbled sample against muscle: which one is named, and that none is overlooked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.conditioning import Conditioned, Conditioner, Conditioning
from host.chain.filters import MainsRemoval
from host.chain.glitch import GlitchLimits
from host.chain.quality import Flaw
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from tests.host.chain.conditioned_plainly import is_garbled

STREAM = Stream(rate_hz=250.0, channels=channel_names(2))
AS_IT_IS = Conditioning(mains=MainsRemoval(base_hz=()))
"""Without mains to remove the chain looks at the samples themselves, and nothing echoes."""
LIMITS = GlitchLimits()


def rest(rows: int, seed: int = 3) -> FloatArray:
    return np.random.default_rng(seed).normal(0.0, 3.0, (rows, 2))


def garbled_in(data: FloatArray, settings: Conditioning = AS_IT_IS) -> list[tuple[int, int]]:
    """Return row and column of every sample that was taken for garbled."""
    (piece,) = Conditioner(settings, STREAM).push(Chunk(0, data))
    return [
        (row, column) for row, column in np.argwhere(piece.flaws & np.uint8(Flaw.LOST)).tolist()
    ]


def test_several_are_named_each_with_all_its_columns() -> None:
    data = rest(60)
    data[[30, 45]] += 500.0
    data[50, 1] -= 500.0
    assert garbled_in(data) == [(30, 0), (30, 1), (45, 0), (45, 1), (50, 1)]


@pytest.mark.parametrize("base_hz", [(), (50.0,), (50.0, 60.0)])
def test_what_the_mains_removal_makes_of_it_does_not_hide_it(base_hz: tuple[float, ...]) -> None:
    data = rest(400)
    data[300, 0] += 500.0
    assert garbled_in(data, Conditioning(mains=MainsRemoval(base_hz=base_hz))) == [(300, 0)]


def test_its_place_is_taken_by_what_went_before_it() -> None:
    data = rest(60)
    data[30, 0] += 500.0
    held = data.copy()
    held[30, 0] = held[29, 0]
    pieces = [Conditioner(AS_IT_IS, STREAM).push(Chunk(0, one))[0] for one in (data, held)]
    np.testing.assert_array_equal(pieces[0].data, pieces[1].data)


def before_a_gap(data: FloatArray) -> Conditioned:
    """Return what comes out before a gap, up to the last sample."""
    stage = Conditioner(AS_IT_IS, STREAM)
    first = stage.push(Chunk(0, data))
    return (first + stage.push(Chunk(1000, rest(2))))[1]


def test_before_a_gap_nobody_need_vouch_for_the_last_sample() -> None:
    data = rest(60)
    data[59, 0] += 500.0
    assert not garbled_in(data)
    last = before_a_gap(data)
    assert last.start == 59
    assert ((last.flaws & np.uint8(Flaw.LOST)) != 0).tolist() == [[True, False]]
    assert not (before_a_gap(data[:59]).flaws & np.uint8(Flaw.LOST)).any()


@pytest.mark.parametrize(("row", "judged"), [(5, 0), (10, 0), (11, 1)])
def test_the_first_samples_after_a_start_are_not_judged(row: int, judged: int) -> None:
    data = rest(40)
    data[row, 0] += 500.0
    assert garbled_in(data) == [(row, 0)] * judged


def test_a_railed_sample_is_not_called_garbled() -> None:
    data = rest(60)
    data[30, 0] = STREAM.range_uv
    assert not garbled_in(data)


def plainly(data: FloatArray) -> list[tuple[int, int]]:
    """Judge every sample as the module's text says, one by one; the last row waits."""
    found = []
    for column in range(data.shape[1]):
        clean = [float(data[0, column])] * 11
        for row, sample in enumerate(data[:-1, column].tolist()):
            every = [*clean[-11:], sample]
            after = float(data[row + 1, column])
            if row >= 11 and is_garbled(every, after, LIMITS, echo=0.0):
                found.append((row, column))
                clean.append(clean[-1])
            else:
                clean.append(sample)
    return sorted(found)


EVENTS = st.lists(
    st.tuples(st.integers(8, 58), st.integers(0, 1), st.floats(-120.0, 120.0), st.integers(1, 5)),
    max_size=16,
)
"""Row, column and size of what stands out, and for how many samples: the longer are no glitches."""


@pytest.mark.parametrize("loud", [0.1, 1.0, 4.0])
@given(EVENTS, st.integers(0, 50))
def test_none_is_overlooked_and_no_other_is_named(
    loud: float, events: list[tuple[int, int, float, int]], seed: int
) -> None:
    data = loud * rest(60, seed)
    for row, column, size, length in events:
        data[row : row + length, column] += size
    assert garbled_in(data) == plainly(data)


def test_limits_that_would_take_muscle_for_garbled_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="take muscle for garbled"):
        GlitchLimits(level_ratio=2.0)
