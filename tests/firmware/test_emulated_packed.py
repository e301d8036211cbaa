"""The real program on an emulated chip, packed, as a session reads it, and its own check."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from host.acquisition.front_end import find_front_end
from host.acquisition.live import BoardSource
from host.acquisition.quietface_mode import Wish, keep
from host.acquisition.settings import BoardSettings
from host.chain.stream import Chunk, FloatArray
from host.session.board_verdicts import Verdict
from host.session.checking_board import Checks, check_board
from tests.firmware.emulated import EmulatedBoard, needs_emulator

pytestmark = needs_emulator

MODES = pytest.mark.parametrize(("rate_hz", "channels"), [(500, 8), (1000, 4)])
GAIN = 200.0
STEP_UV = 5e6 / 1024 / GAIN
"""One step of a single conversion, at the skin."""


def source_of(board: EmulatedBoard, channels: int) -> BoardSource:
    wish = Wish(channels=channels, front_end=find_front_end("myoware-2-raw"))
    return BoardSource(BoardSettings(board="arduino", port=board.port, wish=wish, backoff_s=0.1))


def collect(source: BoardSource, enough: Callable[[list[Chunk]], bool]) -> list[Chunk]:
    """Read until there is enough; 25 s are plenty."""
    chunks: list[Chunk] = []
    stop_s = time.perf_counter() + 25.0
    while not enough(chunks):
        if time.perf_counter() > stop_s:
            raise TimeoutError(str(source.state))
        chunk = source.read(0.1)
        if chunk is not None and len(chunk):
            chunks.append(chunk)
    return chunks


def received(chunks: list[Chunk]) -> int:
    return sum(len(chunk) for chunk in chunks)


def placed(chunks: list[Chunk]) -> FloatArray:
    """Return all samples at their index, NaN where none came."""
    data_uv = np.full((chunks[-1].stop, chunks[0].data.shape[1]), np.nan)
    for chunk in chunks:
        data_uv[chunk.start : chunk.stop] = chunk.data
    return data_uv


def tone_error_uv(data_uv: FloatArray, rate_hz: float, hz: float, amplitude_uv: float) -> float:
    """Return by how much a fitted sine of known frequency is off, gaps left out."""
    known = ~np.isnan(data_uv)
    phase = 2.0 * np.pi * hz * np.flatnonzero(known) / rate_hz
    parts = np.column_stack([np.cos(phase), np.sin(phase), np.ones(len(phase))])
    fitted, *_ = np.linalg.lstsq(parts, data_uv[known], rcond=None)
    # The chip's mean over the whole period weakens a tone.
    weakened_uv = amplitude_uv * np.sinc(hz / rate_hz)
    return abs(float(np.hypot(*fitted[:2])) - float(weakened_uv))


@MODES
def test_packed_tones_are_right_on_every_channel_before_and_after_an_exact_gap(
    rate_hz: int, channels: int
) -> None:
    tones_hz = [21.0 + 7.0 * channel for channel in range(channels)]
    with EmulatedBoard() as board:
        for channel, hz in enumerate(tones_hz):
            board.tone(channel, hz, 100.0 + 50.0 * channel)
        with source_of(board, channels) as source:
            chunks = collect(source, lambda came: received(came) >= rate_hz)
            board.starve(0.5)
            chunks += collect(source, lambda came: received(came) >= rate_hz)
            stream, state = source.stream, source.state
    data_uv = placed(chunks)
    assert (stream.rate_hz, len(stream.channels)) == (rate_hz, channels)
    # Half a second, less what fits the chip's memory; the session and the chip count the same.
    missing = int(np.isnan(data_uv[:, 0]).sum())
    assert state.lost == missing == state.overruns * (rate_hz // 250)
    assert 0.3 * rate_hz < missing < 0.6 * rate_hz
    # A gap of a wrong length would put the tones after it out of phase with those before.
    for channel, hz in enumerate(tones_hz):
        amplitude_uv = (100.0 + 50.0 * channel) * 1000.0 / GAIN
        assert tone_error_uv(data_uv[:, channel], rate_hz, hz, amplitude_uv) < STEP_UV


def test_a_reset_in_mid_stream_is_recovered_packed_as_before() -> None:
    with EmulatedBoard() as board, source_of(board, 4) as source:
        collect(source, lambda came: received(came) >= 400)
        board.reset()
        chunks = collect(source, lambda came: bool(came) and source.state.reconnects == 1)
        chunks += collect(source, lambda came: received(came) >= 400)
        state = source.state
    assert (state.reconnects, state.gaps) == (1, 1)
    assert source.stream.rate_hz == 1000.0
    assert chunks[-1].stop > 1800


def test_the_board_keeps_its_front_end_and_is_in_order_by_its_own_check() -> None:
    with EmulatedBoard() as board:
        for channel in range(8):
            board.tone(channel, 30.0, 200.0)
        with source_of(board, 8) as source:
            kept = keep(source.ask)
            report = check_board(source, Checks(seconds=2.0, joins_inside=False))
    assert (kept.settings, kept.front_end, kept.gain) == ("kept", 1, 200.0)
    verdicts = {finding.subject: finding.verdict for finding in report.findings}
    assert verdicts["loss"] is Verdict.GOOD, report.findings
    assert verdicts["inputs"] is Verdict.GOOD
    assert verdicts["test signal"] is Verdict.GOOD
    assert report.verdict is not Verdict.BAD
    assert "500 samples/s of 8 channels, packed" in report.remarks[0]
