"""A live board through BrainFlow: the only file that imports it.

Every call of BrainFlow is made by the thread that enters, reads and leaves the source, because
some of them hold a lock for seconds. `state` and `host_time_s` may be asked from any thread.
"""

import contextlib
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import numpy as np
from brainflow.board_shim import BoardShim, BrainFlowInputParams
from brainflow.exit_codes import BrainFlowError, BrainFlowExitCodes

from host.acquisition.assembly import Assembly
from host.acquisition.catalog import DAISY_CHANNELS, Board
from host.acquisition.lifeline import Lifeline
from host.acquisition.ports import identify
from host.acquisition.settings import BoardSettings
from host.acquisition.source import Link, LinkState
from host.acquisition.troubles import explain
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.errors import DeviceError, SettingsError

_BUFFER_S = 60.0
"""Rows that BrainFlow keeps while nobody reads."""
# For the patient's screen: what ails a port or a dongle is not for there.
_GONE = "No signal: looking for the board again."
_STILL_GONE = "No signal: looking for the board. Is it switched on and plugged in?"


@contextlib.contextmanager
def _device_errors(settings: BoardSettings) -> Iterator[None]:
    try:
        yield
    except BrainFlowError as error:
        code = BrainFlowExitCodes(error.exit_code).name
        raise DeviceError(explain(code, board=settings.find(), port=settings.port)) from error


class BoardSource:
    """A board as a source: it is entered, read and left by one thread.

    A silent board is given up and opened again by itself, for as long as it takes; the session
    sees no chunks meanwhile, and afterwards a gap as long as the silence.
    """

    def __init__(self, settings: BoardSettings) -> None:
        BoardShim.disable_board_logger()
        self._settings = settings
        self._board = settings.find()
        self._description = _describe(self._board)
        self._stream = _stream(self._board, self._description, settings.gain)
        self._session: _Session | None = None
        self._next_poll_s = 0.0
        self._assembly = Assembly(self._stream, self._board.counting, settings.opening_s)
        self._lifeline = Lifeline(settings, period_s=1.0 / self._stream.rate_hz)

    @property
    def stream(self) -> Stream:
        """Return rate, channels and grid, as BrainFlow describes the board."""
        return self._stream

    @property
    def state(self) -> LinkState:
        """Return the state of the link at this moment, whether or not anybody reads."""
        link, message = self._lifeline.judge(time.perf_counter())
        return LinkState(
            link=link,
            message=message,
            lost=self._assembly.lost,
            gaps=self._assembly.gaps,
            reconnects=self._lifeline.reconnects,
            rate_hz=self._assembly.rate_hz,
        )

    def host_time_s(self, sample: int) -> float:
        """Return when `sample` was taken, on `time.perf_counter`'s clock; NaN where unknown."""
        return self._assembly.time_of(sample)

    def __enter__(self) -> Self:
        self._settings.refuse_missing_address()
        self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        self._lifeline.end()

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next samples, or None when none came within `timeout_s`.

        It takes longer only while a lost board is opened again. RateError is raised for a board
        whose rate is not what it claims.
        """
        deadline_s = time.perf_counter() + timeout_s
        while not self._lifeline.ended:
            chunk = self._assembly.next_chunk()
            if chunk is not None:
                return chunk
            now_s = time.perf_counter()
            if now_s >= self._next_poll_s:
                self._poll(now_s)
                self._next_poll_s = now_s + self._settings.poll_s
            elif now_s < deadline_s:
                time.sleep(min(self._next_poll_s, deadline_s) - now_s)
            else:
                break
        return None

    def _poll(self, now_s: float) -> None:
        """Take the rows there are, or see to the silence."""
        if self._session is None:
            if self._lifeline.attempt_due(now_s):
                self._reopen()
            return
        try:
            numbers, arrivals_s, data = self._session.rows()
        except DeviceError:
            self._give_up()
            return
        if len(numbers):
            silent = self._lifeline.judge(now_s)[0] is Link.SILENT
            self._lifeline.rows_came(now_s)
            self._assembly.push(numbers, arrivals_s, data, after_silence=silent)
        elif self._lifeline.hopeless(now_s):
            self._give_up()

    def _open(self) -> None:
        session = _Session(self._settings, self._description, self._stream)
        identity = identify(self._settings.port) if self._settings.port else None
        with _device_errors(self._settings):
            session.open()
        self._session = session
        self._assembly.connect()
        self._lifeline.opened(time.perf_counter(), identity)

    def _reopen(self) -> None:
        try:
            self._open()
        except DeviceError:
            self._lifeline.failed(time.perf_counter(), _STILL_GONE)

    def _give_up(self) -> None:
        self._close()
        self._lifeline.given_up(time.perf_counter(), _GONE)

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


class _Session:
    """One connection to the board, from `prepare_session` to `release_session`."""

    def __init__(
        self, settings: BoardSettings, description: dict[str, Any], stream: Stream
    ) -> None:
        parameters = BrainFlowInputParams()
        parameters.serial_port = settings.port
        parameters.mac_address = settings.mac
        parameters.ip_address, parameters.ip_port = settings.split_address()
        self._settings = settings
        self._board = settings.find()
        self._buffer = round(_BUFFER_S * stream.rate_hz)
        self._channels = _emg_rows(self._board, description)
        self._number_row = description["package_num_channel"]
        self._time_row = description["timestamp_channel"]
        self._shim = BoardShim(self._board.brainflow_id, parameters)
        self._polled_s = time.perf_counter()

    def open(self) -> None:
        """Connect, configure and start the board; leave nothing open on failure."""
        try:
            self._shim.prepare_session()
            self._configure()
            self._shim.start_stream(self._buffer)
        except (BrainFlowError, DeviceError):
            self.close()
            raise
        self._polled_s = time.perf_counter()

    def rows(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the new rows: package numbers, arrivals on `perf_counter`'s clock, microvolts."""
        with _device_errors(self._settings):
            table = self._shim.get_board_data()
        now_s = time.perf_counter()
        to_host_s = now_s - time.time()
        # All of them came since the last look; that also bounds a clock set in between.
        arrivals_s = np.clip(table[self._time_row] + to_host_s, self._polled_s, now_s)
        self._polled_s = now_s
        data = table[self._channels].T
        return table[self._number_row], np.maximum.accumulate(arrivals_s), data

    def close(self) -> None:
        """Let go of the board, whatever state it is in."""
        # A board that is gone cannot be stopped; BrainFlow lets go of it all the same.
        with contextlib.suppress(BrainFlowError):
            self._shim.release_session()

    def _configure(self) -> None:
        """Set gain and wiring of a Cyton's channels; its defaults need no command."""
        settings = self._settings
        bipolar = settings.wiring == "bipolar"
        if not self._board.settable_gain or (settings.gain == 24 and not bipolar):
            return
        commands = self._board.channel_settings(
            DAISY_CHANNELS[: len(self._channels)], gain=settings.gain, srb2=not bipolar
        )
        reply = self._shim.config_board(commands)
        if reply and "Failure" in reply:
            raise DeviceError(f"{self._board.title} refused its channel settings: {reply.strip()}")


def _describe(board: Board) -> dict[str, Any]:
    try:
        description: dict[str, Any] = BoardShim.get_board_descr(board.brainflow_id)
    except BrainFlowError as error:
        raise SettingsError(f"BrainFlow on this system does not know {board.title}") from error
    return description


def _emg_rows(board: Board, description: dict[str, Any]) -> list[int]:
    """Return the rows with EMG; boards without a word on it wire their EEG channels the same."""
    rows: list[int] = description.get("emg_channels") or description.get("eeg_channels") or []
    if not rows:
        raise SettingsError(f"{board.title} has no channels that could carry EMG")
    return rows


def _stream(board: Board, description: dict[str, Any], gain: int) -> Stream:
    rate_hz = float(description["sampling_rate"])
    try:
        return Stream(
            rate_hz=rate_hz,
            channels=channel_names(len(_emg_rows(board, description))),
            range_uv=board.range_uv(gain),
            bandwidth_hz=board.bandwidth * rate_hz if board.bandwidth else None,
        )
    except ValueError as error:
        raise SettingsError(f"{board.title} cannot be used: {error}") from error
