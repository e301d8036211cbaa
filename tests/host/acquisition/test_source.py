"""What sources have in common: those that connect to nothing, and those that pass one on."""

import math

import numpy as np

from host.acquisition.source import Link, LinkState, PassedOn, Source, Unconnected
from host.chain.stream import Chunk, Stream, channel_names

STREAM = Stream(rate_hz=250.0, channels=channel_names(2))


class Once(Unconnected):
    """One chunk, and a clock that began with the first sample."""

    def __init__(self) -> None:
        self.stream = STREAM
        self.state = LinkState(link=Link.STREAMING)
        self.chunk = Chunk(4, np.ones((3, 2)))

    def close(self) -> None:
        self.state = LinkState(link=Link.ENDED)

    def read(self, timeout_s: float) -> Chunk | None:
        """Return what there is."""
        return self.chunk

    def host_time_s(self, sample: int) -> float:
        """Return the time since the first."""
        return sample / STREAM.rate_hz


def test_a_source_that_is_passed_on_is_the_same_in_everything() -> None:
    inner = Once()
    source: Source = PassedOn(inner)
    with source as entered:
        assert entered is source
        assert (source.stream, source.state) == (STREAM, inner.state)
        assert source.read(0.0) is inner.chunk
        assert source.host_time_s(250) == 1.0
    assert source.state.link is Link.ENDED


def test_a_source_that_connects_to_nothing_is_closed_where_it_is_left() -> None:
    source = Once()
    with source:
        inside = source.state.link
    assert (inside, source.state.link) == (Link.STREAMING, Link.ENDED)


def test_without_a_clock_no_sample_has_a_time() -> None:
    assert math.isnan(Unconnected().host_time_s(3))
