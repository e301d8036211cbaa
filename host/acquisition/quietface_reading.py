"""Our board's packets: 32-bit sample numbers, its own losses, and packed samples taken apart.

The wire format is in `docs/protocol.md`.
"""

import numpy as np

from host.acquisition.continuity import Continuity
from host.acquisition.front_end import FrontEnd
from host.acquisition.packed import SLOTS, at_the_skin, unpack
from host.acquisition.quietface_board import QuietfaceBoard
from host.acquisition.quietface_mode import Mode
from host.acquisition.reading import OUR_END_BYTE, Layout, Samples
from host.chain.stream import BoolArray, FloatArray, IntArray, Stream, channel_names

MEAN_BANDWIDTH = 0.443
"""-3 dB of a mean over the whole sample period, as a share of the rate: sinc(0.443) = 0.707."""
PLAIN_RANGE_UV = 187_500.0
"""What a plain packet says where the converter is railed, whatever the gain."""
DROPPED_MOST = 0x0FFF
"""The count of dropped packets stays there."""
REST_UV = 2.0
"""A converter's step beyond this tells no muscle at rest: T4, 1 to 3 µV RMS."""
_TEST, _PACKED = 1 << 13, 1 << 14


def stream_of(
    board: QuietfaceBoard, mode: Mode, front_end: FrontEnd, channels: int | None = None
) -> Stream:
    """Return what is true of every sample that the board sends in a mode.

    The stream is as wide as was asked for, or as a packet: inputs that the board does not have, or
    leaves out, stay at 0.
    """
    bandwidth_hz = MEAN_BANDWIDTH * mode.rate_hz
    if front_end.high_hz is not None:
        bandwidth_hz = min(bandwidth_hz, front_end.high_hz)
    return Stream(
        rate_hz=float(mode.rate_hz),
        channels=channel_names(channels or SLOTS),
        range_uv=board.range_uv if mode.packed else PLAIN_RANGE_UV,
        bandwidth_hz=bandwidth_hz,
        resolution_uv=board.step_uv if mode.packed else None,
    )


class QuietfaceReading:
    """Samples of one connection to our board, told from false packets by both of its counters."""

    def __init__(
        self,
        board: QuietfaceBoard,
        mode: Mode,
        front_end: FrontEnd,
        layout: Layout,
        *,
        channels: int | None = None,
    ) -> None:
        if len(layout.others) < 7 or len(layout.channels) < 8:
            raise ValueError(f"need 8 slots, the end byte and 6 auxiliary bytes, got {layout}")
        self.stream = stream_of(board, mode, front_end, channels)
        self._board, self._mode, self._front_end = board, mode, front_end
        self._layout = layout
        self._continuity = Continuity(
            rate_hz=float(mode.rate_hz), per_packet=mode.samples_per_packet
        )
        self._open: tuple[FloatArray, FloatArray] | None = None
        """The table and arrivals from a packet on that only the next one can judge."""
        self._tested = False
        self._dropped = [0, 0]
        """Packets that the board dropped before its last start, and since."""

    @property
    def overruns(self) -> int:
        """Packets that the board itself dropped."""
        return sum(self._dropped)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say how the board sends, and what is wrong or coarse about it."""
        said = [_sent(self._board, self._mode, self._front_end), *warnings(self._board)]
        if self._front_end.remark:
            said.append(self._front_end.remark)
        step_uv = self._board.step_uv
        if self._mode.packed and step_uv > REST_UV:
            said.append(
                f"One step of its converter is {step_uv:.1f} µV at the skin: a muscle at rest "
                "(1 to 3 µV) moves it only with more gain before it."
            )
        if self._tested:
            said.append("For a while the board sent its test signal, not the electrodes.")
        if self.overruns:
            most = "at least " if self.overruns >= DROPPED_MOST else ""
            said.append(
                f"The board itself dropped {most}{self.overruns} packets: its link is slow."
            )
        return tuple(said)

    def samples(self, table: FloatArray, arrivals_s: FloatArray) -> Samples:
        """Decode packets; those that are not sound get no number.

        One that only the next can judge is decoded together with that one.
        """
        if self._open is not None:
            table = np.hstack([self._open[0], table])
            arrivals_s = np.concatenate([self._open[1], arrivals_s])
        counter, status, sound = self._numbered(table)
        judged = self._continuity.judge(counter[sound].tolist(), arrivals_s[sound].tolist())
        places = np.flatnonzero(sound)
        stop = len(sound) if len(judged) == len(places) else int(places[-1])
        self._open = None if stop == len(sound) else (table[:, stop:], arrivals_s[stop:])
        sound[places[: len(judged)]] = judged
        self._note(status[:stop][sound[:stop]])
        numbers = np.where(sound, counter, np.nan)[:stop]
        return self._decoded(table[:, :stop], arrivals_s[:stop], numbers)

    def _numbered(self, table: FloatArray) -> tuple[IntArray, IntArray, BoolArray]:
        """Return each packet's sample number and status, and whether it is whole and agrees."""
        others = table[list(self._layout.others[:7])]
        sound = _whole(others)
        aux = np.where(sound, others[1:], 0.0).astype(np.int64)
        counter = np.asarray((aux[0] << 24) | (aux[1] << 16) | (aux[2] << 8) | aux[3])
        status = np.asarray((aux[4] << 8) | aux[5])
        sound &= _in_step(counter, table[self._layout.number], self._mode.samples_per_packet)
        sound &= ((status & _PACKED) != 0) == self._mode.packed
        return counter, status, sound

    def _decoded(
        self,
        table: FloatArray,
        arrivals_s: FloatArray,
        numbered: FloatArray,
    ) -> Samples:
        """Make samples of packets, `numbered` by their first sample or NaN."""
        per_packet = self._mode.samples_per_packet
        numbers = np.repeat(numbered, per_packet) + np.tile(np.arange(per_packet), len(numbered))
        return Samples(numbers, np.repeat(arrivals_s, per_packet), self._data(table))

    def _data(self, table: FloatArray) -> FloatArray:
        """Return microvolts at the skin, `(n_samples, n_channels)`."""
        slots_uv, there = table[list(self._layout.channels[:SLOTS])].T, self._board.channels
        if self._mode.packed:
            per_packet, board = self._mode.samples_per_packet, self._board
            steps = unpack(slots_uv, samples=per_packet, channels=there)
            data_uv = at_the_skin(steps, step_uv=board.step_uv, range_uv=self.stream.range_uv)
        else:
            data_uv = slots_uv[:, :there]
        wide_uv = np.zeros((len(data_uv), len(self.stream.channels)))
        wide_uv[:, :there] = data_uv[:, : wide_uv.shape[1]]
        return wide_uv

    def _note(self, status: IntArray) -> None:
        if len(status):
            dropped = status & DROPPED_MOST
            # Each start counts from 0 again.
            again = np.flatnonzero(np.diff(dropped, prepend=self._dropped[1]) < 0)
            if len(again):
                before = int(dropped[again[0] - 1]) if again[0] else self._dropped[1]
                self._dropped[0] += before
            self._dropped[1] = int(dropped[-1])
            self._tested |= bool((status & _TEST).any())


def warnings(board: QuietfaceBoard) -> tuple[str, ...]:
    """Say what the board reports to be wrong."""
    said = []
    if board.boot == "brownout":
        said.append("The board's supply had failed before it started: is its battery charged?")
    if board.boot == "watchdog":
        said.append("The board had hung and restarted itself.")
    if board.settings == "damaged":
        said.append("The board's kept settings were damaged: it uses those of the factory.")
    if board.front_end == 0 and board.settings == "factory":
        said.append(
            f"Nobody told what is before the board's inputs (--front-end): a gain of "
            f"{board.gain:g} is assumed for every microvolt shown."
        )
    return tuple(said)


def _sent(board: QuietfaceBoard, mode: Mode, front_end: FrontEnd) -> str:
    packed = ", packed" if mode.packed else ""
    return (
        f"Quietface board {board.version} ({board.board}): {mode.rate_hz} samples/s of "
        f"{board.channels} channels{packed}; {front_end.title}, gain {board.gain:g}."
    )


def _whole(others: FloatArray) -> BoolArray:
    """Tell which packets end like ours, with six bytes before that."""
    aux = others[1:]
    is_byte = (aux >= 0) & (aux <= 255) & (aux == np.floor(aux))
    return np.asarray((others[0] == OUR_END_BYTE) & is_byte.all(axis=0))


def _in_step(counter: IntArray, sequence: FloatArray, per_packet: int) -> BoolArray:
    """Tell where the 32-bit sample number and the packet's own, modulo 256, say the same."""
    agree = (counter // per_packet) % 256 == sequence
    return np.asarray(agree & (counter % per_packet == 0))
