"""A recording as a source: fixed chunks, honest gaps, and real time on an absolute schedule."""

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.replay import Paced, ReplaySource
from host.acquisition.source import Link, Source
from host.chain.stream import Chunk, Stream
from host.recording.foreign.files import ForeignRecording, read_foreign

STREAM = Stream(rate_hz=250.0, channels=("ch1",))


def recording(*runs: tuple[int, int]) -> ForeignRecording:
    """Return a recording of runs (start, stop) whose samples are their own index."""
    return ForeignRecording(
        stream=STREAM,
        runs=tuple(Chunk(a, np.arange(a, b, dtype=np.float64)[:, np.newaxis]) for a, b in runs),
        format="test",
    )


def chunks(source: Source) -> list[Chunk]:
    found = []
    while (chunk := source.read(1.0)) is not None:
        found.append(chunk)
    return found


@dataclass(kw_only=True)
class Clock:
    """A clock that moves when it is waited on, and never otherwise."""

    now_s: float = 100.0
    waits: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now_s

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now_s += seconds


def paced(clock: Clock, *runs: tuple[int, int], speed: float = 1.0) -> Paced:
    source = ReplaySource(recording(*runs))
    return Paced(source, speed=speed, clock=clock, wait=clock.wait)


def test_every_sample_comes_once_in_chunks_of_a_fixed_grid() -> None:
    with ReplaySource(recording((0, 11), (13, 30)), chunk_s=0.02) as source:
        found = chunks(source)
    assert [(chunk.start, chunk.stop) for chunk in found] == [
        (0, 5),
        (5, 10),
        (10, 11),
        (13, 15),
        (15, 20),
        (20, 25),
        (25, 30),
    ]
    for chunk in found:
        np.testing.assert_array_equal(chunk.data[:, 0], np.arange(chunk.start, chunk.stop))


def test_gaps_are_counted_as_they_are_met() -> None:
    with ReplaySource(recording((0, 2), (7, 9), (10, 12))) as source:
        assert source.state.link is Link.STREAMING
        found = [source.read(0.0) for _ in range(2)]
        assert found[1] is not None
        assert (source.state.gaps, source.state.lost) == (1, 5)
        chunks(source)
        assert (source.state.gaps, source.state.lost) == (2, 6)


def test_at_the_end_it_has_ended_for_ever() -> None:
    with ReplaySource(recording((0, 3))) as source:
        chunks(source)
        assert source.read(1.0) is None
        assert source.state.link is Link.ENDED
        assert math.isnan(source.host_time_s(0))


def test_leaving_it_ends_it() -> None:
    with ReplaySource(recording((0, 3))) as source:
        pass
    assert source.state.link is Link.ENDED
    assert source.read(1.0) is None


@given(st.integers(1, 200), st.integers(1, 100), st.integers(1, 200), st.floats(0.001, 0.5))
def test_no_cut_loses_a_sample(first: int, gap: int, second: int, chunk_s: float) -> None:
    whole = recording((0, first), (first + gap, first + gap + second))
    found = chunks(ReplaySource(whole, chunk_s=chunk_s))
    np.testing.assert_array_equal(
        np.concatenate([chunk.data for chunk in found]),
        np.concatenate([run.data for run in whole.runs]),
    )
    assert all(len(chunk) for chunk in found)


@pytest.mark.parametrize("chunk_s", [0.0, -1.0, math.nan, math.inf])
def test_a_chunk_has_a_length(chunk_s: float) -> None:
    with pytest.raises(ValueError, match="chunk_s"):
        ReplaySource(recording((0, 3)), chunk_s=chunk_s)


@pytest.mark.parametrize("speed", [0.0, -1.0, math.nan, math.inf])
def test_time_runs_forwards(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        Paced(ReplaySource(recording((0, 3))), speed=speed)


@pytest.mark.parametrize("speed", [0.25, 1.0, 16.0])
def test_chunks_come_when_their_last_sample_is_due(speed: float) -> None:
    clock = Clock()
    with paced(clock, (0, 500), speed=speed) as source:
        while (chunk := source.read(10.0)) is not None:
            assert clock.now_s == pytest.approx(100.0 + chunk.stop / 250.0 / speed)
            assert source.host_time_s(chunk.start) == 100.0 + chunk.start / (250.0 * speed)
    assert source.state.link is Link.ENDED


def test_a_read_waits_no_longer_than_it_may() -> None:
    clock = Clock()
    with paced(clock, (0, 2), (100, 102)) as source:
        assert source.read(0.005) is None
        assert clock.now_s == pytest.approx(100.005)
        assert source.read(0.005) is not None
        assert source.read(0.0) is None
        assert max(clock.waits) <= 0.005


def test_a_slow_reader_catches_up_without_waiting() -> None:
    clock = Clock()
    with paced(clock, (0, 100)) as source:
        source.read(1.0)
        clock.now_s += 0.2
        clock.waits.clear()
        for _ in range(20):
            source.read(1.0)
        assert not clock.waits


def test_a_long_gap_lasts_as_long_as_it_lasted_and_is_silent() -> None:
    clock = Clock()
    with paced(clock, (0, 2), (502, 504)) as source:
        links = []
        while (chunk := source.read(0.3)) is None or not chunk.start:
            links.append(source.state.link)
        assert links == [Link.STREAMING, *6 * [Link.SILENT]]
        assert chunk.start == 502
        assert clock.now_s == pytest.approx(100.0 + 504 / 250.0)
        links.append(source.state.link)
        assert links[-1] is Link.STREAMING
        assert (source.state.gaps, source.state.lost) == (1, 500)


def test_a_short_gap_is_not_silent() -> None:
    clock = Clock()
    with paced(clock, (0, 2), (62, 64)) as source:
        source.read(1.0)
        assert source.read(0.1) is None
        assert source.state.link is Link.STREAMING


def test_before_the_first_read_no_time_is_known() -> None:
    assert math.isnan(paced(Clock(), (0, 2)).host_time_s(0))


def test_a_real_recording_comes_through_whole(recordings: Path) -> None:
    whole = read_foreign(recordings / "cyton_gui" / "v6.txt")
    with ReplaySource(whole) as source:
        found = chunks(source)
    np.testing.assert_array_equal(
        np.concatenate([chunk.data for chunk in found]), whole.runs[0].data
    )
    assert source.state.lost == 0
