"""Our board, simulated, through BrainFlow's Cyton driver: values, rate, gaps, restarts."""

import time

import numpy as np
import pytest

from host.acquisition.front_end import find_front_end
from host.acquisition.live import BoardSource
from host.acquisition.quietface_mode import Wish
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.quietface_speech import QuietfaceSpeech
from host.acquisition.source import Link
from host.chain.stream import FloatArray
from host.errors import OtherBoardError, SettingsError
from tests.host.acquisition.memory_source import MemorySource, noise

pytestmark = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="this system has no pseudo-terminals for a simulated board"
)
MYOWARE = find_front_end("myoware-2-raw")
STEP_UV = 5e6 / 4096 / 200
MODES = [(500, 8), (1000, 4)]


def small_noise(seconds: float, rate_hz: int, channels: int) -> MemorySource:
    """Return noise that fits 5 V at a gain of 200."""
    rng = np.random.default_rng(11)
    data = rng.normal(0.0, 400.0, (round(seconds * rate_hz), channels))
    return MemorySource(data, rate_hz=float(rate_hz))


def play(
    feed: MemorySource, faults: str = "", seed: int = 0, *, usb: bool = False
) -> SimulatedCyton:
    speech = QuietfaceSpeech(feed_hz=round(feed.stream.rate_hz), usb=usb)
    return SimulatedCyton(feed, speech=speech, faults=Faults.parse(faults), seed=seed)


def at(board: SimulatedCyton, channels: int = 8, rate_hz: int | None = None) -> BoardSource:
    wish = Wish(rate_hz=rate_hz, channels=channels, front_end=MYOWARE)
    return BoardSource(BoardSettings(board="arduino", port=board.port, wish=wish, backoff_s=0.1))


def collect(source: BoardSource, board: SimulatedCyton, limit_s: float) -> dict[int, FloatArray]:
    """Read until all was sent and nothing more comes; return every sample by its index."""
    rows: dict[int, FloatArray] = {}
    stop_s = time.perf_counter() + limit_s
    while time.perf_counter() < stop_s:
        chunk = source.read(0.2)
        if chunk is not None:
            assert not rows or chunk.start > max(rows)
            rows.update(zip(range(chunk.start, chunk.stop), chunk.data, strict=True))
        elif board.finished.is_set():
            return rows
    pytest.fail(f"not done after {limit_s} s: {source.state}")


@pytest.mark.parametrize(("rate_hz", "channels"), MODES)
def test_packed_samples_arrive_as_sent_at_their_rate_within_half_a_step(
    rate_hz: int, channels: int
) -> None:
    feed = small_noise(3.0, rate_hz, channels)
    with play(feed) as board, at(board, channels) as source:
        stream = source.stream
        rows = collect(source, board, 15.0)
        state = source.state
    assert (stream.rate_hz, len(stream.channels)) == (rate_hz, channels)
    assert sorted(rows) == list(range(len(feed.data)))
    received = np.array([rows[index] for index in sorted(rows)])
    np.testing.assert_allclose(received, feed.data, rtol=0, atol=0.501 * STEP_UV)
    assert (state.lost, state.gaps, state.reconnects, state.overruns) == (0, 0, 0, 0)
    assert state.rate_hz == pytest.approx(rate_hz, rel=0.005)


@pytest.mark.parametrize(("rate_hz", "channels"), MODES)
def test_every_gap_has_its_exact_length_in_bursts_too(rate_hz: int, channels: int) -> None:
    feed = small_noise(4.0, rate_hz, channels)
    faults = "loss=2%,burst=16ms,stall=1+0.9"
    with play(feed, faults, seed=1) as board, at(board, channels) as source:
        rows = collect(source, board, 20.0)
        state = source.state
    missing = set(range(len(feed.data))) - set(rows)
    assert board.sent.dropped
    assert missing == set(board.sent.dropped)
    assert state.lost == len(missing)
    for index, row in rows.items():
        np.testing.assert_allclose(row, feed.data[index], rtol=0, atol=0.501 * STEP_UV)


def test_garbled_bytes_leave_every_other_sample_in_its_place() -> None:
    feed = small_noise(4.0, 500, 8)
    with play(feed, "garble=5%", seed=2) as board, at(board) as source:
        rows = collect(source, board, 20.0)
    garbled = set(board.sent.garbled)
    assert max(rows) < len(feed.data)
    wrong = {i for i, row in rows.items() if np.abs(row - feed.data[i]).max() > STEP_UV}
    assert wrong <= garbled
    # A damaged start byte takes the packet after it along.
    near = {near for index in garbled for near in range(index - 2, index + 6)}
    assert set(range(len(feed.data))) - set(rows) <= near


def test_a_board_that_restarts_by_itself_is_opened_and_set_again() -> None:
    feed = small_noise(12.0, 500, 8)
    with play(feed, "reset=1") as board, at(board) as source:
        rows = collect(source, board, 25.0)
        state = source.state
    assert (state.reconnects, state.gaps) == (1, 1)
    assert state.link is not Link.ENDED
    # Its counter began at 0 again; the index went on by the time that has passed.
    back = board.sent.starts[1]
    first = min(index for index in rows if index > 520)
    assert abs(first - back) <= 10
    for index in (first, max(rows)):
        sent = feed.data[index - first + back]
        np.testing.assert_allclose(rows[index], sent, rtol=0, atol=0.501 * STEP_UV)


def test_usb_of_its_own_carries_1000_samples_of_eight_channels() -> None:
    feed = small_noise(2.0, 1000, 8)
    with play(feed, usb=True) as board, at(board) as source:
        rows = collect(source, board, 15.0)
        assert source.stream.rate_hz == 1000.0
        assert source.stream.resolution_uv is None
    received = np.array([rows[index] for index in range(len(feed.data))])
    np.testing.assert_allclose(received, feed.data, rtol=0, atol=0.21)


def test_a_lower_rate_is_plain_and_the_mean_of_what_the_chip_converted() -> None:
    feed = small_noise(2.0, 500, 8)
    with play(feed) as board, at(board, rate_hz=250) as source:
        rows = collect(source, board, 15.0)
    received = np.array([rows[index] for index in sorted(rows)])
    means_uv = feed.data.reshape(-1, 2, 8).mean(axis=1)
    np.testing.assert_allclose(received, means_uv, rtol=0, atol=0.21)


def test_read_as_a_cyton_it_works_and_says_what_would_be_better() -> None:
    feed = small_noise(1.0, 250, 8)
    with play(feed) as board:
        # Bipolar wiring is asked for: the board answers, though it has no such switches.
        source = BoardSource(BoardSettings(board="cyton", port=board.port))
        with source:
            rows = collect(source, board, 15.0)
        said = " ".join(source.state.remarks)
    assert len(rows) == 250
    assert "--board arduino" in said


def test_a_cyton_is_not_taken_for_an_arduino() -> None:
    with (
        SimulatedCyton(MemorySource(noise(0.5))) as board,
        pytest.raises(OtherBoardError, match="--board cyton"),
        at(board),
    ):
        pass


def test_a_rate_that_the_link_cannot_carry_is_refused_when_it_is_opened() -> None:
    with (
        play(small_noise(0.5, 1000, 8)) as board,
        pytest.raises(SettingsError, match="can do 500"),
        at(board, rate_hz=1000),
    ):
        pass


def test_a_cyton_cannot_be_asked_for_a_rate() -> None:
    with pytest.raises(SettingsError, match="--board arduino, not cyton"):
        BoardSettings(board="cyton", wish=Wish(rate_hz=500))
