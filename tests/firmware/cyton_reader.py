"""The board as BrainFlow's unmodified Cyton, with nothing of the host between."""

import time
from types import TracebackType
from typing import Self

import numpy as np
from brainflow.board_shim import BoardIds, BoardShim, BrainFlowInputParams

from host.chain.stream import FloatArray, IntArray

COUNT_UV = 4.5e6 / (2**23 - 1) / 24
"""BrainFlow's microvolts per count, at gain 24."""
SLOTS = slice(1, 9)
AUX = slice(13, 19)
"""Rows of BrainFlow's table: bytes 26 to 31 of the packet."""


class CytonReader:
    """A BrainFlow session on a port, streaming while it is entered."""

    def __init__(self, port: str, *commands: str) -> None:
        BoardShim.disable_board_logger()
        parameters = BrainFlowInputParams()
        parameters.serial_port = port
        self._shim = BoardShim(BoardIds.CYTON_BOARD, parameters)
        self._commands = commands
        self.replies: list[str] = []

    def __enter__(self) -> Self:
        self._shim.prepare_session()
        self.replies = [self._shim.config_board(command) for command in self._commands]
        self._shim.start_stream()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shim.release_session()
        # A forgotten BoardShim ends any later session on its port, so let it go here and now.
        del self._shim

    def packets(self, count: int, limit_s: float) -> FloatArray:
        """Wait until so many packets have come and return all of them, `(n_rows, n_packets)`."""
        stop_s = time.perf_counter() + limit_s
        while self._shim.get_board_data_count() < count:
            if time.perf_counter() > stop_s:
                raise TimeoutError(f"{self._shim.get_board_data_count()} of {count} packets came")
            time.sleep(0.01)
        table: FloatArray = self._shim.get_board_data()
        return table


def counters(table: FloatArray) -> IntArray:
    """Return the number of each packet's first sample."""
    aux = table[AUX].astype(np.int64)
    return np.asarray((aux[0] << 24) | (aux[1] << 16) | (aux[2] << 8) | aux[3])


def statuses(table: FloatArray) -> IntArray:
    """Return each packet's status word."""
    aux = table[AUX].astype(np.int64)
    return np.asarray((aux[4] << 8) | aux[5])


def unpacked(table: FloatArray, samples: int) -> FloatArray:
    """Return the 12-bit samples, `(n_samples, 16 // samples)`, as docs/protocol.md says.

    Written anew rather than with the host's decoder, so that each checks the other.
    """
    counts = np.rint(table[SLOTS] / COUNT_UV).astype(np.int64) & 0xFFFFFF
    halves = np.stack([counts >> 12, counts & 0xFFF], axis=1)  # slot, half, packet
    signed = np.where(halves >= 2048, halves - 4096.0, halves).reshape(16, -1)
    return signed.reshape(16 // samples, samples, -1).transpose(2, 1, 0).reshape(-1, 16 // samples)
