"""Silence, giving up and trying again, by a clock made of numbers."""

from pathlib import Path

import pytest

from host.acquisition.lifeline import Lifeline
from host.acquisition.ports import identify
from host.acquisition.settings import BoardSettings
from host.acquisition.source import Link

SYNTHETIC = BoardSettings(board="synthetic")


def streaming(settings: BoardSettings = SYNTHETIC) -> Lifeline:
    """Return the lifeline of a board whose last rows came at 10 s."""
    lifeline = Lifeline(settings, period_s=0.004)
    lifeline.opened(9.0, identify(settings.port) if settings.port else None)
    lifeline.rows_came(10.0)
    return lifeline


def test_a_board_is_silent_after_250_ms_whether_or_not_anybody_reads() -> None:
    lifeline = streaming()
    assert lifeline.judge(10.24)[0] is Link.STREAMING
    assert lifeline.judge(10.26) == (Link.SILENT, "No signal: nothing comes from the board.")


def test_how_long_nothing_came_is_counted_over_attempts_that_fail() -> None:
    lifeline = streaming()
    assert lifeline.silent_s(10.2) == 0.0
    assert lifeline.silent_s(11.0) == pytest.approx(1.0)
    lifeline.given_up(13.0, "gone")
    lifeline.opened(15.0, None)
    assert lifeline.silent_s(16.0) == pytest.approx(6.0)
    lifeline.rows_came(17.0)
    assert lifeline.silent_s(17.1) == 0.0
    lifeline.end()
    assert lifeline.silent_s(30.0) == 0.0


def test_a_board_that_never_sent_has_not_fallen_silent() -> None:
    lifeline = Lifeline(SYNTHETIC, period_s=0.004)
    lifeline.opened(9.0, None)
    assert lifeline.silent_s(12.0) == 0.0


def test_a_slow_board_is_silent_after_ten_periods() -> None:
    lifeline = Lifeline(SYNTHETIC, period_s=0.05)
    lifeline.rows_came(10.0)
    assert lifeline.judge(10.45)[0] is Link.STREAMING
    assert lifeline.judge(10.55)[0] is Link.SILENT


def test_a_port_that_is_gone_is_given_up_after_a_second(tmp_path: Path) -> None:
    port = tmp_path / "port"
    port.touch()
    lifeline = streaming(BoardSettings(board="cyton", port=str(port)))
    assert not lifeline.hopeless(11.5)
    port.unlink()
    assert not lifeline.hopeless(10.9)
    assert lifeline.hopeless(11.1)


def test_a_port_that_is_there_gets_three_seconds(tmp_path: Path) -> None:
    port = tmp_path / "port"
    port.touch()
    lifeline = streaming(BoardSettings(board="cyton", port=str(port)))
    assert not lifeline.hopeless(12.9)
    assert lifeline.hopeless(13.1)


def test_attempts_wait_half_a_second_and_then_twice_as_long_up_to_eight() -> None:
    lifeline = streaming()
    lifeline.given_up(20.0, "gone")
    assert lifeline.judge(20.0) == (Link.RECONNECTING, "gone")
    assert not lifeline.attempt_due(20.4)
    waits, now_s = [], 20.5
    for _ in range(6):
        assert lifeline.attempt_due(now_s)
        lifeline.failed(now_s, "still gone")
        wait_s = next(wait for wait in (1, 2, 4, 8, 16) if lifeline.attempt_due(now_s + wait))
        waits.append(wait_s)
        now_s += wait_s
    assert waits == [1, 2, 4, 8, 8, 8]


def test_no_attempt_is_made_while_the_port_is_away(tmp_path: Path) -> None:
    port = tmp_path / "port"
    lifeline = streaming(BoardSettings(board="cyton", port=str(port)))
    lifeline.given_up(20.0, "gone")
    assert not lifeline.attempt_due(30.0)
    port.touch()
    assert lifeline.attempt_due(30.3)


def test_rows_after_a_reconnection_count_it() -> None:
    lifeline = streaming()
    lifeline.given_up(20.0, "gone")
    lifeline.opened(22.0, None)
    assert lifeline.judge(22.0)[0] is Link.RECONNECTING
    lifeline.rows_came(22.1)
    assert lifeline.judge(22.1) == (Link.STREAMING, "")
    assert lifeline.reconnects == 1


def test_a_closed_source_has_ended() -> None:
    lifeline = streaming()
    lifeline.end()
    assert lifeline.ended
    assert lifeline.judge(99.0)[0] is Link.ENDED


def test_impatience_beyond_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="probe_s <= patience_s"):
        BoardSettings(board="synthetic", patience_s=0.5)
