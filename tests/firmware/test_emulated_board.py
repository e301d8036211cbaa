"""The real program on an emulated ATmega328P and ATmega2560, through BrainFlow, end to end."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from host.acquisition.live import BoardSource
from host.acquisition.settings import BoardSettings
from host.chain.stream import Chunk
from tests.firmware.cyton_reader import CytonReader, counters, statuses, unpacked
from tests.firmware.emulated import EmulatedBoard, needs_emulator
from tests.firmware.tones import PACKED_STEP_UV, STEP_UV, amplitudes_uv, expected_uv, play

pytestmark = needs_emulator

boards = pytest.mark.parametrize("chip", ["nano", "mega"])
SECONDS = 2.0
DROPPED = 0x0FFF
WATCHDOG, PACKED, TEST = 0x8000, 0x4000, 0x2000


def source_of(board: EmulatedBoard, name: str = "cyton") -> BoardSource:
    """Return the board as a source that soon looks after a silence."""
    settings = BoardSettings(
        board=name,
        port=board.port,
        wiring="common reference" if name == "cyton" else "bipolar",
        probe_s=0.5,
        patience_s=1.5,
        backoff_s=0.1,
    )
    return BoardSource(settings)


def collect(source: BoardSource, until: Callable[[list[Chunk]], bool]) -> list[Chunk]:
    """Read until the condition holds for what came; 20 s are plenty."""
    chunks: list[Chunk] = []
    stop_s = time.perf_counter() + 20.0
    while not until(chunks):
        if time.perf_counter() > stop_s:
            raise TimeoutError(str(source.state))
        chunk = source.read(0.1)
        if chunk is not None and len(chunk.data):
            chunks.append(chunk)
    return chunks


def samples(chunks: list[Chunk]) -> int:
    return sum(len(chunk.data) for chunk in chunks)


@boards
def test_plain_each_tone_is_on_its_channel_within_a_step_and_nothing_is_lost(chip: str) -> None:
    with EmulatedBoard(chip) as board:
        play(board)
        with source_of(board) as source:
            chunks = collect(source, lambda came: samples(came) >= SECONDS * 250)
            state = source.state
    data_uv = np.vstack([chunk.data for chunk in chunks])
    error_uv = np.abs(amplitudes_uv(data_uv, 250.0) - expected_uv(8, 250.0, 8))
    assert error_uv.max() < STEP_UV
    assert chunks[-1].stop - chunks[0].start == len(data_uv)
    assert (state.lost, state.gaps, state.reconnects) == (0, 0, 0)


@boards
@pytest.mark.parametrize(("rate_hz", "channels"), [(500, 8), (1000, 4)])
def test_packed_each_tone_is_on_its_channel_within_a_step_and_nothing_is_lost(
    chip: str, rate_hz: int, channels: int
) -> None:
    per_packet = rate_hz // 250
    commands = (f"Qk0!Qn{channels}!Qk1!Qr{rate_hz}!",)
    with EmulatedBoard(chip) as board:
        play(board)
        with CytonReader(board.port, *commands) as reader:
            table = reader.packets(round(SECONDS * 250), 20.0)
    assert f"packed=1 rate={rate_hz}$$$" in reader.replies[0]
    assert set(np.diff(counters(table))) == {per_packet}
    assert set(statuses(table)) == {PACKED}
    data_uv = unpacked(table, per_packet)[:, :channels] * PACKED_STEP_UV
    error_uv = np.abs(amplitudes_uv(data_uv, rate_hz) - expected_uv(channels, rate_hz, channels))
    assert error_uv.max() < STEP_UV


def test_the_host_asks_for_the_best_rate_and_reads_microvolts_at_the_skin() -> None:
    with EmulatedBoard() as board:
        play(board)
        with source_of(board, "arduino") as source:
            chunks = collect(source, lambda came: samples(came) >= SECONDS * 500)
            rate_hz, state = source.stream.rate_hz, source.state
    data_uv = np.vstack([chunk.data for chunk in chunks])
    assert rate_hz == 500.0
    error_uv = np.abs(amplitudes_uv(data_uv, rate_hz) - expected_uv(8, rate_hz, 8))
    assert error_uv.max() < STEP_UV
    assert (state.lost, state.gaps) == (0, 0)


@boards
def test_a_starved_line_loses_whole_packets_and_every_one_of_them_is_counted(chip: str) -> None:
    with EmulatedBoard(chip) as board, CytonReader(board.port) as reader:
        before = reader.packets(50, 10.0)
        board.starve(1.5)
        after = reader.packets(100, 10.0)
    table = np.hstack([before, after])
    lost = int(np.sum(np.diff(counters(table)) - 1))
    # 1.5 s, less the packets that fit the board's memory, give or take a slow byte.
    assert 350 <= lost <= 385
    assert statuses(table)[-1] & DROPPED == lost
    steps = np.diff(table[0]).astype(int) % 256
    np.testing.assert_array_equal(steps, np.diff(counters(table)) % 256)


def test_a_gap_has_its_exact_length_for_the_session() -> None:
    with EmulatedBoard() as board:
        play(board)
        with source_of(board) as source:
            chunks = collect(source, lambda came: samples(came) >= 400)
            board.starve(0.4)
            chunks += collect(source, lambda came: samples(came) >= 400)
            state = source.state
    start = chunks[0].start
    data_uv = np.full((chunks[-1].stop - start, 8), np.nan)
    for chunk in chunks:
        data_uv[chunk.start - start : chunk.stop - start] = chunk.data
    known = ~np.isnan(data_uv[:, 0])
    assert state.lost == np.sum(~known)
    assert 70 <= state.lost <= 110
    # A gap of a wrong length would shift the tones after it against those before.
    error_uv = np.abs(amplitudes_uv(data_uv, 250.0, known) - expected_uv(8, 250.0, 8))
    assert error_uv.max() < STEP_UV


def test_a_reset_in_mid_stream_is_recovered() -> None:
    with EmulatedBoard() as board, source_of(board) as source:
        collect(source, lambda came: samples(came) >= 100)
        board.reset()
        chunks = collect(source, lambda came: bool(came) and source.state.reconnects >= 1)
        chunks += collect(source, lambda came: samples(came) >= 100)
        state = source.state
    assert state.reconnects >= 1
    assert chunks[-1].stop > 200


def test_the_watchdog_restarts_a_chip_that_hangs_and_its_packets_say_so() -> None:
    with EmulatedBoard() as board:
        with CytonReader(board.port) as reader:
            assert not np.any(statuses(reader.packets(50, 10.0)) & WATCHDOG)
            board.hang()
            board.live(1.0)
        with CytonReader(board.port, "Q?!") as reader:
            assert "boot=watchdog" in reader.replies[0]
            assert np.all(statuses(reader.packets(50, 10.0)) & WATCHDOG)


@boards
def test_the_self_test_signal_is_a_square_of_its_amplitude(chip: str) -> None:
    with EmulatedBoard(chip) as board, CytonReader(board.port, "-") as reader:
        table = reader.packets(400, 15.0)
    assert reader.replies == ["Success: Configured internal test signal.$$$"]
    assert np.all(statuses(table) & TEST)
    upper = counters(table) // 128 % 2 == 0
    expected_uv_now = np.where(upper, 1875.0, -1875.0)
    for channel in range(1, 9):
        np.testing.assert_allclose(table[channel], expected_uv_now, atol=0.3)


def test_settings_survive_a_reset_in_the_emulated_eeprom() -> None:
    with EmulatedBoard() as board:
        with CytonReader(board.port, "Qg20100!Qo76543210!Qw!") as reader:
            assert reader.replies[0].endswith("Success: settings=kept$$$")
        board.reset()
        with CytonReader(board.port, "Q?!") as reader:
            assert "gain=20100" in reader.replies[0]
            assert "order=76543210" in reader.replies[0]
            assert "settings=kept" in reader.replies[0]


def test_a_railed_input_is_full_scale() -> None:
    with EmulatedBoard() as board:
        board.volts(0, 5000.0)
        board.volts(1, 0.0)
        board.volts(2, 4970.0)
        with CytonReader(board.port) as reader:
            table = reader.packets(100, 10.0)
    assert np.all(table[1] > 187_499.0)
    assert np.all(table[2] < -187_499.0)
    # The emulated ADC has 1023 steps in its range rather than 1024: one more step of error.
    np.testing.assert_allclose(table[3], 2_470_000.0 / 200.0, atol=2.0 * STEP_UV)
