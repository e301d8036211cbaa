"""A live board through BrainFlow: the only file that imports it.

Every call of BrainFlow is made by the thread that enters, reads and leaves the source, because
some of them hold a lock for seconds. `state` and `host_time_s` may be asked from any thread.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

import numpy as np
from brainflow.board_shim import BoardShim, BrainFlowInputParams
from brainflow.exit_codes import BrainFlowError, BrainFlowExitCodes

from host.acquisition.assembly import Assembly
from host.acquisition.catalog import DAISY_CHANNELS, Board
from host.acquisition.described import layout_of, stream_of
from host.acquisition.lifeline import Lifeline
from host.acquisition.ports import PortIdentity, identify
from host.acquisition.quietface_mode import front_end_of, negotiate
from host.acquisition.quietface_reading import QuietfaceReading
from host.acquisition.reading import PlainReading, Reading
from host.acquisition.settings import BoardSettings
from host.acquisition.source import Link, LinkState
from host.acquisition.troubles import explain
from host.chain.stream import Chunk, FloatArray, Stream
from host.errors import DeviceError, SettingsError

_BUFFER_S = 60.0
"""Rows that BrainFlow keeps while nobody reads."""
# For the patient's screen: what ails a port or a dongle is not for there.
_GONE = "No signal: looking for the board again."
_STILL_GONE = "No signal: looking for the board. Is it switched on and plugged in?"
_CHANGED = "The board came back with another rate or other channels: end the session, start again."
_CANNOT_ASK = "The board is not there now, so it cannot be asked anything."


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
        self._stream = stream_of(
            self._board, self._description, settings.gain, settings.wish.channels
        )
        self._session: _Session | None = None
        self._reading: Reading | None = None
        self._overruns = 0
        self._next_poll_s = 0.0
        self._assembly = Assembly(self._stream, self._board.counting, settings.opening_s)
        # Behind a wire there is no radio that comes back by itself.
        waiting = replace(settings, patience_s=settings.probe_s) if self._board.ours else settings
        self._lifeline = Lifeline(waiting, period_s=1.0 / self._stream.rate_hz)

    @property
    def stream(self) -> Stream:
        """Return rate, channels and grid, as BrainFlow describes the board.

        Our own board is asked for its rate and range: they are known once it was entered.
        """
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
            overruns=self._overruns + (self._reading.overruns if self._reading else 0),
            remarks=self._reading.remarks if self._reading else (),
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

    def ask(self, command: str) -> str:
        """Send a command and return the board's reply, "" where it has none to give.

        A Cyton answers nothing while it streams, so it is stopped for that, which takes one or two
        seconds: its samples are a gap. Only for the thread that reads; DeviceError says in words
        for the user what went wrong.
        """
        if not (command and command.isascii()):
            raise ValueError(f"a command is made of ASCII characters, got {command!r}")
        self._poll(time.perf_counter())
        if self._session is None:
            raise DeviceError(_CANNOT_ASK)
        try:
            reply = self._session.ask(command)
        except DeviceError:
            self._give_up()
            raise
        self._assembly.connect()
        self._lifeline.opened(time.perf_counter(), self._identify())
        return reply

    def tell(self, command: str) -> None:
        """Send a command while the board streams; whether it was obeyed cannot be known."""
        if not (command and command.isascii()):
            raise ValueError(f"a command is made of ASCII characters, got {command!r}")
        if self._session is None:
            raise DeviceError(_CANNOT_ASK)
        self._session.tell(command)

    def _poll(self, now_s: float) -> None:
        """Take the rows there are, or see to the silence."""
        if self._session is None:
            if self._lifeline.attempt_due(now_s):
                self._reopen()
            return
        try:
            table, arrivals_s = self._session.rows()
        except DeviceError:
            self._give_up()
            return
        if len(arrivals_s):
            rows = self._session.reading.samples(table, arrivals_s)
            silent = self._lifeline.judge(now_s)[0] is Link.SILENT
            self._lifeline.rows_came(now_s)
            self._assembly.push(rows.numbers, rows.arrivals_s, rows.data, after_silence=silent)
        elif self._lifeline.hopeless(now_s):
            self._give_up()

    def _open(self) -> None:
        session = _Session(self._settings, self._description, self._stream)
        identity = self._identify()
        with _device_errors(self._settings):
            session.open()
        self._adopt(session)
        self._session = session
        self._assembly.connect()
        self._lifeline.opened(time.perf_counter(), identity)

    def _adopt(self, session: "_Session") -> None:
        """Take over what the board agreed to; after a reconnection it has to be the same."""
        reading, before = session.reading, self._reading
        if reading.stream != self._stream:
            if before is not None:
                session.close()
                raise DeviceError(_CHANGED)
            self._stream = reading.stream
            self._assembly = Assembly(self._stream, self._board.counting, self._settings.opening_s)
        self._overruns += before.overruns if before is not None else 0
        self._reading = reading

    def _identify(self) -> PortIdentity | None:
        return identify(self._settings.port) if self._settings.port else None

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
        self._layout = layout_of(self._board, description)
        self._time_row = description["timestamp_channel"]
        cyton = self._board.brainflow_name == "CYTON_BOARD"
        self.reading: Reading = PlainReading(stream, self._layout, cyton=cyton)
        """What makes samples of this connection's rows."""
        self._shim = BoardShim(self._board.brainflow_id, parameters)
        self._polled_s = time.perf_counter()

    def open(self) -> None:
        """Connect, configure and start the board; leave nothing open on failure."""
        try:
            self._shim.prepare_session()
            self._configure()
            self._shim.start_stream(self._buffer)
        except (BrainFlowError, DeviceError, SettingsError):
            self.close()
            raise
        self._polled_s = time.perf_counter()

    def rows(self) -> tuple[FloatArray, FloatArray]:
        """Return BrainFlow's table since the last look, and arrivals on `perf_counter`'s clock."""
        with _device_errors(self._settings):
            table = self._shim.get_board_data()
        now_s = time.perf_counter()
        to_host_s = now_s - time.time()
        # All of them came since the last look; that also bounds a clock set in between.
        arrivals_s = np.clip(table[self._time_row] + to_host_s, self._polled_s, now_s)
        self._polled_s = now_s
        return table, np.maximum.accumulate(arrivals_s)

    def ask(self, command: str) -> str:
        """Stop, send a command, start again; return the reply."""
        with _device_errors(self._settings):
            self._shim.stop_stream()
            # Packets are still on their way and would stand before the reply: take them first.
            with contextlib.suppress(UnicodeDecodeError):
                self._shim.config_board("")
            reply: str = self._shim.config_board(command)
            self._shim.start_stream(self._buffer)
        self._polled_s = time.perf_counter()
        return reply

    def tell(self, command: str) -> None:
        """Send a command while rows come, and wait for nothing."""
        with _device_errors(self._settings):
            self._shim.config_board(command)

    def close(self) -> None:
        """Let go of the board, whatever state it is in."""
        # A board that is gone cannot be stopped; BrainFlow lets go of it all the same.
        with contextlib.suppress(BrainFlowError):
            self._shim.release_session()

    def _configure(self) -> None:
        """Set gain and wiring of a Cyton's channels; its defaults need no command."""
        settings = self._settings
        if self._board.ours:
            board, mode = negotiate(self._shim.config_board, settings.wish)
            front_end = front_end_of(board, settings.wish)
            self.reading = QuietfaceReading(
                board, mode, front_end, self._layout, channels=settings.wish.channels
            )
            return
        bipolar = settings.wiring == "bipolar"
        if not self._board.settable_gain or (settings.gain == 24 and not bipolar):
            return
        commands = self._board.channel_settings(
            DAISY_CHANNELS[: len(self._layout.channels)], gain=settings.gain, srb2=not bipolar
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
