"""A simulated board in another process: it sends, does as it is asked, and ends with its block."""

import multiprocessing
from functools import partial
from time import perf_counter

import pytest

from benchmarks.board_apart import BoardApart
from host.acquisition.live import BoardSource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.script import Step
from tests.benchmarks.obedient_source import (
    ASKED_UV,
    CALLED_OFF_UV,
    QUIET_UV,
    RATE_HZ,
    ObedientSource,
)
from tests.host.acquisition.test_board import needs_pty

SECONDS = 1.5
PATIENCE_S = 20.0
SMILE = Step(pattern="gentle closed smile")


def read_until(source: BoardSource, level_uv: float) -> int:
    """Read until a level comes; return the sample up to which it has been read."""
    until_s = perf_counter() + PATIENCE_S
    while perf_counter() < until_s:
        chunk = source.read(0.1)
        if chunk is not None and abs(chunk.data[-1, 0] - level_uv) < 0.5:
            return chunk.stop
    pytest.fail(f"{level_uv} uV never came: {source.state}")


@needs_pty
def test_what_is_asked_of_the_board_is_what_comes_through_brainflow_and_then_it_ends() -> None:
    with BoardApart(partial(ObedientSource, SECONDS)) as board:
        settings = BoardSettings(board="cyton", port=board.settings.port, wiring="common reference")
        with BoardSource(settings) as source:
            assert board.stream.rate_hz == source.stream.rate_hz == RATE_HZ
            finished = [board.finished]
            read_until(source, QUIET_UV)
            board.ask(SMILE)
            read_until(source, ASKED_UV)
            board.ask(SMILE, 150)
            read_until(source, ASKED_UV + 150.0)
            board.call_off()
            reached = read_until(source, CALLED_OFF_UV)
            assert reached < SECONDS * RATE_HZ
            until_s = perf_counter() + PATIENCE_S
            while not board.finished and perf_counter() < until_s:
                source.read(0.1)
            finished.append(board.finished)
        assert multiprocessing.active_children()
    assert finished == [False, True]
    assert multiprocessing.active_children() == []


def test_a_daisy_has_twice_the_channels_at_half_the_rate() -> None:
    board = BoardApart(partial(ObedientSource, SECONDS), daisy=True)
    assert board.settings.board == "cyton-daisy"
    assert (board.stream.rate_hz, len(board.stream.channels)) == (125.0, 16)
