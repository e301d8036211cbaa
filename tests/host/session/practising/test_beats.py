"""Pieces end at beats, whatever the source gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.source import Link
from host.session.practising.beats import OnBeats
from tests.host.acquisition.memory_source import MemorySource

RAW = np.random.default_rng(3).normal(0.0, 5.0, (300, 2))


@given(st.sets(st.integers(0, 299), max_size=40))
def test_every_sample_comes_once_and_no_piece_reaches_over_a_beat(lost: set[int]) -> None:
    source = OnBeats(MemorySource(RAW, rate_hz=100.0, lost=frozenset(lost)))
    pieces = []
    with source:
        while (piece := source.read(0.0)) is not None:
            pieces.append(piece)
            assert source.state.link is Link.STREAMING
    assert source.state.link is Link.ENDED
    assert all(one.start // 10 == (one.stop - 1) // 10 for one in pieces)
    came = [index for one in pieces for index in range(one.start, one.stop)]
    assert came == [index for index in range(300) if index not in lost]
    rows = np.concatenate([one.data for one in pieces])
    np.testing.assert_array_equal(rows, source.stream.on_grid(RAW)[came])
