"""BrainFlow's unmodified boards, against the simulated Cyton and BrainFlow's synthetic board."""

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from host.acquisition.live import BoardSource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.faults import Faults
from host.acquisition.source import Link, LinkState
from host.chain.stream import FloatArray
from host.errors import DeviceError, RateError, SettingsError
from tests.host.acquisition.memory_source import MemorySource, noise

needs_pty = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="this system has no pseudo-terminals for a simulated board"
)
SECONDS = 3.0


def at(board: SimulatedCyton, name: str = "cyton") -> BoardSource:
    """Return the source of a board as it wakes up, which saves a second of channel settings."""
    return BoardSource(BoardSettings(board=name, port=board.port, wiring="common reference"))


def collect(
    source: BoardSource, until: Callable[[], bool], limit_s: float
) -> dict[int, FloatArray]:
    """Read until the condition holds and nothing more comes; return every sample by its index."""
    rows: dict[int, FloatArray] = {}
    stop_s = time.perf_counter() + limit_s
    while time.perf_counter() < stop_s:
        chunk = source.read(0.1)
        if chunk is None:
            if until():
                return rows
            continue
        assert not rows or chunk.start > max(rows)
        rows.update(zip(range(chunk.start, chunk.stop), chunk.data, strict=True))
    pytest.fail(f"not done after {limit_s} s: {source.state}")


@needs_pty
def test_samples_arrive_as_sent_none_lost_and_dated() -> None:
    feed = MemorySource(noise(SECONDS))
    with SimulatedCyton(feed) as board, at(board) as source:
        rows = collect(source, board.finished.is_set, 10.0)
        now_s = time.perf_counter()
        state = source.state
        last_s = source.host_time_s(max(rows))
    assert sorted(rows) == list(range(len(feed.data)))
    received = np.array([rows[index] for index in sorted(rows)])
    np.testing.assert_allclose(received, feed.data, rtol=0, atol=0.01 * feed.stream.step_uv)
    assert (state.lost, state.gaps, state.reconnects) == (0, 0, 0)
    assert state.rate_hz == pytest.approx(250.0, rel=0.005)
    assert now_s - 0.5 < last_s < now_s
    assert source.state.link is Link.ENDED
    assert source.read(0.0) is None


@needs_pty
def test_bipolar_wiring_at_another_gain_keeps_the_microvolts() -> None:
    feed = MemorySource(noise(1.0))
    with SimulatedCyton(feed) as board:
        source = BoardSource(BoardSettings(board="cyton", port=board.port, gain=8))
        with source:
            rows = collect(source, board.finished.is_set, 10.0)
        step_uv = source.stream.step_uv
    assert source.stream.range_uv == 4.5e6 / 8
    received = np.array([rows[index] for index in sorted(rows)])
    np.testing.assert_allclose(received, feed.data, rtol=0, atol=0.51 * step_uv)


@needs_pty
def test_a_daisy_sends_sixteen_channels_in_place() -> None:
    feed = MemorySource(noise(SECONDS, rate_hz=125.0, channels=16), rate_hz=125.0)
    faulty = SimulatedCyton(feed, daisy=True, faults=Faults(loss=0.01), seed=3)
    with faulty as board, at(board, "cyton-daisy") as source:
        rows = collect(source, board.finished.is_set, 10.0)
    # A lost packet of the pair loses the sample; its other half must not be joined to a neighbour.
    assert board.sent.dropped
    assert set(range(len(feed.data))) - set(rows) == set(board.sent.dropped)
    for index, row in rows.items():
        np.testing.assert_allclose(row, feed.data[index], rtol=0, atol=0.01 * feed.stream.step_uv)


@needs_pty
def test_every_gap_of_one_percent_loss_has_its_exact_length_in_bursts_too() -> None:
    feed = MemorySource(noise(SECONDS), lost=frozenset({300, 301, 302}))
    faults = Faults(loss=0.01, burst_s=0.016)
    with SimulatedCyton(feed, faults=faults, seed=1) as board, at(board) as source:
        rows = collect(source, board.finished.is_set, 10.0)
        state = source.state
    missing = set(range(len(feed.data))) - set(rows)
    assert board.sent.dropped
    assert missing == {*board.sent.dropped, 300, 301, 302}
    assert state.lost == len(missing)
    for index, row in rows.items():
        np.testing.assert_array_equal(row, feed.data[index])


@needs_pty
def test_garbled_bytes_leave_every_other_sample_in_its_place() -> None:
    feed = MemorySource(noise(SECONDS))
    faulty = SimulatedCyton(feed, faults=Faults(garble=0.05), seed=2)
    with faulty as board, at(board) as source:
        rows = collect(source, board.finished.is_set, 10.0)
    assert max(rows) < len(feed.data)
    wrong = {i for i, row in rows.items() if np.abs(row - feed.data[i]).max() > 0.01}
    # A damaged byte may be data, which no number tells; a false packet's samples are elsewhere.
    assert wrong <= set(board.sent.garbled)
    missing = set(range(len(feed.data))) - set(rows)
    near = {near for index in board.sent.garbled for near in range(index - 1, index + 4)}
    assert missing <= near


@needs_pty
def test_a_stalled_radio_is_silent_and_goes_on_by_itself() -> None:
    feed = MemorySource(noise(SECONDS))
    faulty = SimulatedCyton(feed, faults=Faults.parse("stall=0.8+1.2"))
    with faulty as board, at(board) as source:
        links, stop = watch(source)
        rows = collect(source, board.finished.is_set, 12.0)
        stop()
        assert source.state.reconnects == 0
    assert Link.SILENT in [seen.link for _, seen in links]
    missing = set(range(len(feed.data))) - set(rows)
    assert missing == set(board.sent.dropped) == set(range(200, 500))


def watch(source: BoardSource) -> tuple[list[tuple[float, LinkState]], Callable[[], None]]:
    """Note from another thread each change of the link and when it was seen."""
    seen: list[tuple[float, LinkState]] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.005):
            state = source.state
            if not seen or seen[-1][1].link is not state.link:
                seen.append((time.perf_counter(), state))

    thread = threading.Thread(target=look)
    thread.start()

    def stop() -> None:
        done.set()
        thread.join()

    return seen, stop


@needs_pty
def test_a_pulled_cable_is_silent_within_300_ms_and_streams_again_once_it_is_back() -> None:
    feed = MemorySource(noise(6.0))
    faulty = SimulatedCyton(feed, faults=Faults.parse("pull=1+0.7"))
    with faulty as board, at(board) as source:
        links, stop = watch(source)
        rows = collect(source, board.finished.is_set, 15.0)
        stop()
        state = source.state
        pulled_s = source.host_time_s(250)
    order = [seen.link for _, seen in links]
    assert order[-4:] == [Link.STREAMING, Link.SILENT, Link.RECONNECTING, Link.STREAMING]
    silent_s = next(seen_s for seen_s, seen in links if seen.link is Link.SILENT)
    assert 0.2 < silent_s - pulled_s < 0.3
    # On the patient's screen stands one calm line, without the port's name.
    for said in {seen.message for _, seen in links} - {""}:
        assert said.startswith("No signal")
        assert len(said) < 80
        assert board.port not in said
    assert (state.reconnects, state.gaps) == (1, 1)
    back = board.sent.starts[1]
    first = min(index for index in rows if index > 251)
    # The board's time went on: so did the index, to within the scatter of the arrivals.
    assert abs(first - back) <= 5
    shift = first - back
    for index in (first, max(rows)):
        np.testing.assert_array_equal(rows[index], feed.data[index - shift])


@needs_pty
def test_a_board_at_twice_its_rate_is_refused_with_both_figures() -> None:
    feed = MemorySource(noise(12.0))
    faults = Faults(packets_per_s=500.0)
    with SimulatedCyton(feed, faults=faults) as board, at(board) as source:
        started_s = time.perf_counter()
        with pytest.raises(RateError, match=r"sends (49\d|50\d)\.\d .* claims 250"):
            collect(source, board.finished.is_set, 8.0)
        assert time.perf_counter() - started_s < 6.0


@needs_pty
def test_a_slow_stop_leaves_no_stale_rows_after_the_next_start() -> None:
    feed = MemorySource(noise(8.0))
    with SimulatedCyton(feed, faults=Faults(slow_stop_s=0.4)) as board:
        with at(board) as source:
            assert source.read(1.0) is not None
        with at(board) as source:
            chunk = source.read(1.0)
    assert chunk is not None
    assert chunk.start == 0
    np.testing.assert_array_equal(chunk.data[0], feed.data[board.sent.starts[1]])


@needs_pty
def test_a_dongle_whose_board_is_off_is_said_to_be_one() -> None:
    feed = MemorySource(noise(60.0))
    with SimulatedCyton(feed, faults=Faults.parse("stall=0.1+50")) as board:
        with at(board):
            # The radio goes out a moment after the first start.
            time.sleep(0.2)
        with pytest.raises(DeviceError, match="switched on"), at(board):
            pass


def test_the_synthetic_board_streams_sixteen_channels() -> None:
    with BoardSource(BoardSettings(board="synthetic")) as source:
        chunk = source.read(2.0)
        assert source.state.link is Link.STREAMING
    assert chunk is not None
    assert chunk.data.shape[1] == len(source.stream.channels) == 16
    np.testing.assert_array_equal(chunk.data, source.stream.on_grid(chunk.data))


def test_a_port_that_is_not_there_is_named_with_those_that_are() -> None:
    source = BoardSource(BoardSettings(board="cyton", port="/dev/ttyNowhere"))
    with pytest.raises(DeviceError, match=r"no port /dev/ttyNowhere.*\n"), source:
        pass


def test_a_cyton_without_a_port_says_what_to_type() -> None:
    source = BoardSource(BoardSettings(board="cyton"))
    with pytest.raises(SettingsError, match="--port"), source:
        pass


def test_the_stream_is_known_before_the_board_is_opened() -> None:
    stream = BoardSource(BoardSettings(board="cyton")).stream
    assert (stream.rate_hz, len(stream.channels), stream.range_uv) == (250.0, 8, 187_500.0)
    assert stream.bandwidth_hz == pytest.approx(65.5)
    stream = BoardSource(BoardSettings(board="ganglion")).stream
    assert stream.range_uv == pytest.approx(15_686.27, abs=0.01)
    assert stream.bandwidth_hz == pytest.approx(52.3, abs=0.1)


def test_a_board_without_emg_channels_is_refused() -> None:
    with pytest.raises(SettingsError, match="no channels that could carry EMG"):
        BoardSource(BoardSettings(board="EMOTIBIT_BOARD"))
