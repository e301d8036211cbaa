"""A connection to a board through BrainFlow: the only file that imports it.

Every call is made by one thread, because some of them hold a lock for seconds.
"""

import contextlib
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from brainflow.board_shim import BoardShim, BrainFlowInputParams
from brainflow.exit_codes import BrainFlowError, BrainFlowExitCodes

from calibration.saying import Saying
from host.acquisition.catalog import DAISY_CHANNELS, Board
from host.acquisition.described import layout_of
from host.acquisition.quietface_mode import front_end_of, negotiate
from host.acquisition.quietface_reading import QuietfaceReading
from host.acquisition.reading import PlainReading, Reading
from host.acquisition.settings import BoardSettings
from host.acquisition.troubles import explain
from host.chain.stream import FloatArray, Stream
from host.errors import DeviceError, SettingsError

_BUFFER_S = 60.0
"""Rows that BrainFlow keeps while nobody reads."""


def describe(board: Board) -> dict[str, Any]:
    """Return how BrainFlow describes a board; from now on it writes nothing of its own.

    SettingsError where BrainFlow on this system does not know it.
    """
    BoardShim.disable_board_logger()
    try:
        description: dict[str, Any] = BoardShim.get_board_descr(board.brainflow_id)
    except BrainFlowError as error:
        raise SettingsError(
            Saying("BrainFlow on this system does not know {}", board.title)
        ) from error
    return description


class Connection:
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
        self._nothing = np.empty((description["num_rows"], 0)), np.empty(0)

    def open(self) -> None:
        """Connect, configure and start the board; leave nothing open on failure."""
        try:
            with _device_errors(self._settings):
                self._shim.prepare_session()
                self._configure()
                self._shim.start_stream(self._buffer)
        except (DeviceError, SettingsError):
            self.close()
            raise
        self._polled_s = time.perf_counter()

    def rows(self) -> tuple[FloatArray, FloatArray]:
        """Return BrainFlow's table since the last look, and arrivals on `perf_counter`'s clock."""
        looked_s = time.perf_counter()
        with _device_errors(self._settings):
            # It counts what is there by itself: nearly always there is something.
            table = self._shim.get_board_data()
        if not table.shape[1]:
            self._polled_s = looked_s
            return self._nothing
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
            raise DeviceError(
                Saying("{} refused its channel settings: {}", self._board.title, reply.strip())
            )


@contextlib.contextmanager
def _device_errors(settings: BoardSettings) -> Iterator[None]:
    try:
        yield
    except BrainFlowError as error:
        code = BrainFlowExitCodes(error.exit_code).name
        raise DeviceError(explain(code, board=settings.find(), port=settings.port)) from error
