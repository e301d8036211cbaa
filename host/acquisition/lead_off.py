"""The impedance of every electrode of a Cyton, by the test current of its ADS1299.

`z(CHANNEL, P, N)Z` lets 6 nA at 31.25 Hz flow into a channel's P pin, its N pin, or both (OpenBCI,
Cyton Board SDK). The current of each pin goes through its own electrode and back through the bias
electrode, whose voltage all channels have in common and so do not see: all P electrodes are
measured at once, then all N electrodes. The GUI measures one electrode after another, at a click
each, because its gain and wiring change for it; here both stay as they are in the session.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from calibration.saying import Saying, words_of
from host.acquisition.impedance import Impedance, impedances
from host.acquisition.lead_off_pins import Leg, commands, legs_of, passed_share
from host.acquisition.lead_off_tone import ToneFit, find_tone
from host.acquisition.settings import BoardSettings
from host.acquisition.source import Link, LinkState
from host.chain.stream import BoolArray, Chunk, Stream
from host.errors import DeviceError, RateError
from host.translation import mark

CANNOT = mark("Impedance cannot be measured on this board.")
_LOST = mark("The board was lost while impedance was measured. Measure again once it is back.")
_NOT_OFF = Saying(
    "The board did not confirm that its test current is off. Switch the board off and on again."
)
_DONE = re.compile(r"Lead off set for (\d+)")
_RAILED_SHARE = 0.2
_SCATTER_S = 0.25
"""What was taken before a command was asked is at least a second older than its answer."""


class Askable(Protocol):
    """A board that answers between its samples: `BoardSource`."""

    @property
    def stream(self) -> Stream:
        """Rate, channels and grid."""

    @property
    def state(self) -> LinkState:
        """The newest state of the link."""

    def ask(self, command: str) -> str:
        """Send a command and return the reply; DeviceError where the board is lost."""

    def host_time_s(self, sample: int) -> float:
        """Return when `sample` was taken, on `time.perf_counter`'s clock; NaN where unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOffSettings:
    """How long each pin is measured."""

    settle_s: float = 0.3
    """After the current was switched on."""
    measure_s: float = 2.0
    fit: ToneFit = ToneFit()

    def __post_init__(self) -> None:
        """Refuse a measurement of which nothing could be said."""
        if not (self.settle_s >= 0.0 and self.measure_s >= self.fit.least_blocks * 0.2):
            raise ValueError(f"a measurement lasts long enough for its blocks, got {self}")


class LeadOff:
    """One measurement of all electrodes, driven by the thread that reads the board.

    `begin`, then `push` every chunk while it is `running`; `restore` whatever happens.
    """

    def __init__(
        self,
        board: Askable,
        known: BoardSettings,
        settings: LeadOffSettings | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._board, self._settings = board, settings or LeadOffSettings()
        self._clock, self._driven_s, self._off_s = clock, 0.0, 0.0
        self._legs = legs_of(known)
        stream = board.stream
        self._channels = len(stream.channels)
        self._passed = passed_share(known.find(), stream.rate_hz, self._settings.fit)
        self._rail_uv = 0.99 * stream.range_uv
        self._turn = 0
        self._chunks: list[Chunk] = []
        self._start: int | None = None
        self._reconnects = 0
        self._obeyed: set[int] = set()
        self._found: dict[Leg, tuple[Impedance | None, ...]] = {}
        self._on = False
        self.running = False
        """Whether it goes on: what is pushed meanwhile carries the tone, and is no EMG."""
        self.why = "" if self._legs else CANNOT
        """Why there is no result, or only a part of one."""

    @property
    def able(self) -> bool:
        """Whether this board can be measured, as far as is known."""
        return bool(self._legs) and self.why != CANNOT

    @property
    def found(self) -> Mapping[Leg, tuple[Impedance | None, ...]]:
        """The impedances so far, by channel; None where they cannot be told."""
        return self._found

    @property
    def progress(self) -> float:
        """How much of it is done, 0 to 1."""
        whole = max(len(self._legs), 1)
        inside = 0.0
        if self._chunks and self._start is not None:
            inside = (self._chunks[-1].stop - self._start) / self._needed
        return min((self._turn + min(inside, 1.0)) / whole, 1.0)

    def begin(self) -> None:
        """Let the current flow into the first pins."""
        if not self._legs or self.running:
            return
        self._turn, self._found, self.why = 0, {}, ""
        self._reconnects = self._board.state.reconnects
        self.running = True
        self._drive()

    def push(self, chunk: Chunk | None) -> None:
        """Take samples, or None where none came; go on to the next pins when there are enough."""
        if not self.running:
            return
        state = self._board.state
        if state.link is Link.RECONNECTING or state.reconnects != self._reconnects:
            # Opening the board anew puts its defaults in force: no current flows any more.
            self._on = False
            self._fail(_LOST)
            return
        if chunk is None or not len(chunk):
            return
        if self._board.host_time_s(chunk.start) < self._driven_s - _SCATTER_S:
            return  # taken before the current flowed, and read only now
        if self._start is None:
            self._start = chunk.start
        self._chunks.append(chunk)
        if chunk.stop - self._start >= self._needed:
            self._conclude()

    def clean(self, chunk: Chunk) -> bool:
        """Tell whether a chunk carries no tone: some are read only after the current is off."""
        early = self._board.host_time_s(chunk.start) < self._off_s - _SCATTER_S
        return not (self.running or early)

    def restore(self) -> None:
        """Let no current flow any more; DeviceError where the board does not confirm it."""
        if not self._on:
            return
        self._on = False
        done: set[int] = set()
        for _ in range(2):
            done |= self._ask(None)
            self._off_s = self._clock()
            if len(done) == self._channels:
                return
        raise DeviceError(_NOT_OFF)

    @property
    def _needed(self) -> int:
        settings, stream = self._settings, self._board.stream
        return stream.samples(settings.settle_s) + stream.samples(settings.measure_s)

    def _drive(self) -> None:
        """Switch the current to the pins whose turn it is."""
        self._chunks, self._start = [], None
        leg = self._legs[self._turn]
        self._on = True
        try:
            self._obeyed = self._ask(leg)
            if len(self._obeyed) < self._channels:
                self._obeyed |= self._ask(leg)
        except RateError:
            raise
        except DeviceError as error:
            self._on = False
            self._fail(words_of(error))
            return
        self._driven_s = self._clock()
        if not self._obeyed:
            self._on = False
            self._fail(CANNOT)

    def _conclude(self) -> None:
        """Judge what was heard of these pins, and turn to the next ones."""
        self._found[self._legs[self._turn]] = self._judged()
        self._turn += 1
        if self._turn < len(self._legs):
            self._drive()
            return
        self.running = False
        self._chunks = []
        self.restore()

    def _judged(self) -> tuple[Impedance | None, ...]:
        stream = self._board.stream
        samples = np.concatenate([np.arange(chunk.start, chunk.stop) for chunk in self._chunks])
        data_uv = np.concatenate([chunk.data for chunk in self._chunks])
        first = (self._start or 0) + stream.samples(self._settings.settle_s)
        settled = samples >= first
        samples, data_uv = samples[settled], data_uv[settled]
        tone = find_tone(self._settings.fit, samples, data_uv, stream.rate_hz)
        railed: BoolArray = (np.abs(data_uv) >= self._rail_uv).mean(axis=0) > _RAILED_SHARE
        told = impedances(tone, railed, self._passed)
        return tuple(one if channel in self._obeyed else None for channel, one in enumerate(told))

    def _ask(self, leg: Leg | None) -> set[int]:
        """Return the columns of the channels that say they have obeyed."""
        reply = self._board.ask(commands(self._channels, leg))
        return {int(number) - 1 for number in _DONE.findall(reply)} & set(range(self._channels))

    def _fail(self, why: str) -> None:
        self.running, self.why = False, why
        self._chunks = []
