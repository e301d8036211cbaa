"""Commands to a board between its samples, through BrainFlow."""

import time

import pytest

from host.acquisition.live import BoardSource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.faults import Faults
from host.acquisition.source import Link
from host.errors import DeviceError
from tests.host.acquisition.memory_source import MemorySource, noise
from tests.host.acquisition.test_board import at, needs_pty


def read_for(source: BoardSource, seconds: float) -> list[tuple[int, int]]:
    """Return the spans of the chunks that came."""
    until_s, spans = time.perf_counter() + seconds, []
    while time.perf_counter() < until_s:
        chunk = source.read(0.05)
        if chunk is not None:
            spans.append((chunk.start, chunk.stop))
    return spans


@needs_pty
def test_a_cyton_answers_between_its_samples_and_streams_on_in_time() -> None:
    feed = MemorySource(noise(12.0))
    # Packets that are still on their way stand before the reply, as with a dongle.
    with SimulatedCyton(feed, faults=Faults(slow_stop_s=0.1)) as board, at(board) as source:
        assert read_for(source, 0.6)
        assert source.ask("V") == "v3.1.2$$$"
        assert source.ask("z110Z") == "Success: Lead off set for 1$$$"
        spans = read_for(source, 0.6)
        state = source.state
    assert state.link is Link.STREAMING
    assert (state.reconnects, state.gaps) == (0, 1)
    # The board's time went on while it was asked, and so did the index.
    assert abs(spans[-1][0] - board.sent.starts[-1] - 0.6 * 250) < 60


@needs_pty
def test_what_needs_no_answer_is_told_while_it_streams() -> None:
    feed = MemorySource(noise(2.0))
    with SimulatedCyton(feed) as board, at(board) as source:
        assert read_for(source, 0.4)
        source.tell("x1030110X")
        read_for(source, 0.4)
        assert source.state.gaps == 0


@needs_pty
def test_a_board_that_is_gone_cannot_be_asked_and_says_so() -> None:
    feed = MemorySource(noise(60.0))
    with (
        SimulatedCyton(feed, faults=Faults.parse("pull=0.3+50")) as board,
        at(board) as source,
    ):
        until_s = time.perf_counter() + 6.0
        while source.state.link is not Link.RECONNECTING and time.perf_counter() < until_s:
            source.read(0.1)
        with pytest.raises(DeviceError, match="not there now"):
            source.ask("V")


def test_nothing_but_ascii_is_a_command() -> None:
    source = BoardSource(BoardSettings(board="synthetic"))
    with pytest.raises(ValueError, match="ASCII"):
        source.ask("")
    with pytest.raises(ValueError, match="ASCII"):
        source.tell("é")
