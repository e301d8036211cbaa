"""A live board as a source, which is looked for again when it is lost.

It is entered, read and left by one thread, which makes every call of BrainFlow. `state` and
`host_time_s` may be asked from any.
"""

import math
import time
from dataclasses import replace
from types import TracebackType
from typing import Self

from calibration.saying import Saying
from host.acquisition.assembly import Assembly
from host.acquisition.board import Connection, describe
from host.acquisition.described import stream_of
from host.acquisition.lifeline import Lifeline
from host.acquisition.ports import PortIdentity, identify
from host.acquisition.reading import Reading
from host.acquisition.settings import BoardSettings
from host.acquisition.source import Link, LinkState
from host.chain.stream import Chunk, Stream
from host.errors import DeviceError
from host.translation import mark

# For the patient's screen: what ails a port or a dongle is not for there.
_GONE = mark("No signal: looking for the board again.")
_STILL_GONE = mark("No signal: looking for the board. Is it switched on and plugged in?")
_CHANGED = Saying(
    "The board came back with another rate or other channels: end the session, start again."
)
_ROUNDING = 1e-9
_CANNOT_ASK = Saying("The board is not there now, so it cannot be asked anything.")


class BoardSource:
    """A board as a source: it is entered, read and left by one thread.

    A silent board is given up and opened again by itself, for as long as it takes; the session
    sees no chunks meanwhile, and afterwards a gap as long as the silence.
    """

    def __init__(self, settings: BoardSettings) -> None:
        self._settings = settings
        self._board = settings.find()
        self._description = describe(self._board)
        self._stream = stream_of(
            self._board, self._description, settings.gain, settings.wish.channels
        )
        self._connection: Connection | None = None
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
        now_s = time.perf_counter()
        link, message = self._lifeline.judge(now_s)
        return LinkState(
            link=link,
            message=message,
            lost=self._assembly.lost,
            gaps=self._assembly.gaps,
            reconnects=self._lifeline.reconnects,
            silent_s=self._lifeline.silent_s(now_s),
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
                self._next_poll_s = self._poll(now_s)
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
        if self._connection is None:
            raise DeviceError(_CANNOT_ASK)
        try:
            reply = self._connection.ask(command)
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
        if self._connection is None:
            raise DeviceError(_CANNOT_ASK)
        self._connection.tell(command)

    def _poll(self, now_s: float) -> float:
        """Take the rows there are, or see to the silence; return when to look again."""
        soon_s = now_s + self._settings.poll_s
        if self._connection is None:
            if self._lifeline.attempt_due(now_s):
                self._reopen()
            return soon_s
        try:
            table, arrivals_s = self._connection.rows()
        except DeviceError:
            self._give_up()
            return soon_s
        if len(arrivals_s):
            rows = self._connection.reading.samples(table, arrivals_s)
            silent = self._lifeline.judge(now_s)[0] is Link.SILENT
            self._lifeline.rows_came(now_s)
            self._assembly.push(rows.numbers, rows.arrivals_s, rows.data, after_silence=silent)
            return float(arrivals_s[-1]) + self._piece_s()
        if self._lifeline.hopeless(now_s):
            self._give_up()
        return soon_s

    def _piece_s(self) -> float:
        """Return for how long rows come until there is a piece of them."""
        rate_hz = self._stream.rate_hz
        return math.ceil(self._settings.piece_s * rate_hz - _ROUNDING) / rate_hz

    def _open(self) -> None:
        connection = Connection(self._settings, self._description, self._stream)
        identity = self._identify()
        connection.open()
        self._adopt(connection)
        self._connection = connection
        self._assembly.connect()
        self._lifeline.opened(time.perf_counter(), identity)

    def _adopt(self, connection: Connection) -> None:
        """Take over what the board agreed to; after a reconnection it has to be the same."""
        reading, before = connection.reading, self._reading
        if reading.stream != self._stream:
            if before is not None:
                connection.close()
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
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
