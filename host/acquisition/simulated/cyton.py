"""A board that speaks the Cyton's protocol, played by a thread behind a pseudo-terminal.

It obeys the serial protocol in real time, on an absolute schedule, and sends whatever source it is
given: BrainFlow's CYTON_BOARD and CYTON_DAISY_BOARD open its port as they would a dongle's. Which
board it is, is its `Speech`.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import numpy as np

from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.feeding import Feeding
from host.acquisition.simulated.firmware import EOT
from host.acquisition.simulated.pty_port import PtyPort
from host.acquisition.simulated.speech import CytonSpeech, Speech
from host.acquisition.source import Source
from host.chain.stream import FloatArray, IntArray
from host.errors import HostError

_NO_FAULTS = Faults()
_LONGEST_PAUSE_S = 0.02
"""A plug or the end of a simulation is noticed at least this often."""
_AHEAD_S = 0.1
"""So much is encoded ahead; a gain that is changed while streaming takes effect after it."""
_RADIO_OUT = ("Failure: Communications timeout - Device failed to poll Host" + EOT).encode("ascii")
"""What the dongle answers when it cannot reach the board."""


@dataclass(slots=True)
class Sent:
    """What has left the board; indices are the feed's samples, counted from its first."""

    samples: int = 0
    """Samples written to the port in all their packets, damaged ones included."""
    dropped: list[int] = field(default_factory=list)
    """Samples of which a packet was lost on the way, or found nobody to read it."""
    garbled: list[int] = field(default_factory=list)
    """Samples in one of whose packets a byte was replaced."""
    starts: list[int] = field(default_factory=list)
    """The first sample after each `b`."""


class SimulatedCyton:
    """A board that sends `feed`, from its first sample on, when it is first started.

    The feed's time goes on while the board is stopped, stalled or unplugged: what falls due in the
    meantime is never sent. Fewer channels than the board's are filled up with 0 uV.
    """

    def __init__(
        self,
        feed: Source,
        *,
        daisy: bool = False,
        speech: Speech | None = None,
        faults: Faults = _NO_FAULTS,
        seed: int = 0,
    ) -> None:
        """Play a Cyton, or the board whose `speech` is given."""
        self._speech = speech or CytonSpeech(daisy=daisy)
        self._speech.refuse_misfit(feed.stream)
        self._feed = feed
        self._faults = faults
        self._rng = np.random.default_rng(seed)
        self._port = PtyPort()
        self._feeding = Feeding(feed, channels=self._speech.channels)
        self._settle()
        self._epoch_s: float | None = None
        self._resets_s = sorted(faults.resets_s)
        self._ready: deque[_Parcel] = deque()
        self._sending_until_s = 0.0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulated Cyton", daemon=True)
        self._error: HostError | None = None
        self.finished = threading.Event()
        """Set once the feed is at its end and all of it was sent."""
        self.sent = Sent()
        """What has been sent so far."""

    @property
    def port(self) -> str:
        """Return the serial port's path: the same after a pulled cable is back."""
        return self._port.path

    @property
    def plugged(self) -> bool:
        """Tell whether the port exists at this moment."""
        return self._port.plugged

    def __enter__(self) -> Self:
        self._port.__enter__()
        self._feed.__enter__()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._thread.join()
        self._feed.__exit__(kind, error, trace)
        self._port.__exit__(kind, error, trace)
        if self._error is not None and error is None:
            raise self._error

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                self._handle_cable()
                self._handle_resets()
                if not self._port.plugged:
                    self._closing.wait(_LONGEST_PAUSE_S)
                    continue
                self._obey(self._port.wait(self._pause_s()))
                self._send_due()
        except HostError as error:
            self._error = error
            self.finished.set()

    def _elapsed_s(self) -> float:
        """Return seconds since the board was first started; negative before."""
        return -1.0 if self._epoch_s is None else time.perf_counter() - self._epoch_s

    def _handle_cable(self) -> None:
        out = self._faults.unplugged(self._elapsed_s())
        if out and self._port.plugged:
            self._port.unplug()
            self._speech.wake_up()
            self._sending_until_s = 0.0
        elif not out and not self._port.plugged:
            self._port.plug()

    def _handle_resets(self) -> None:
        """Start the chip anew where that is due; it greets, and waits to be started."""
        if self._resets_s and self._elapsed_s() >= self._resets_s[0]:
            del self._resets_s[0]
            self._speech.wake_up()
            self._sending_until_s = 0.0
            self._port.write(self._speech.push(b"v"))

    def _obey(self, commands: bytes) -> None:
        if not commands:
            return
        if self._faults.silenced(self._elapsed_s()):
            self._port.write(_RADIO_OUT)
            return
        if b"v" in commands:
            # A port that is opened anew is empty, and `v` is what is sent on opening it.
            self._port.discard()
            self._sending_until_s = 0.0
        starts, was_streaming = self._speech.starts, self._speech.streaming
        reply = self._speech.push(commands)
        if self._speech.starts != starts:
            self._start()
        if was_streaming and not self._speech.streaming and b"v" not in commands:
            self._sending_until_s = self._elapsed_s() + self._faults.slow_stop_s
        if reply:
            self._port.write(reply)

    def _settle(self) -> None:
        """Take over how the board is set: units per second, and samples in each."""
        packets_per_s = self._faults.packets_per_s or self._speech.packets_per_s
        self._unit_hz = packets_per_s / self._speech.packets_per_unit
        true_hz = self._speech.packets_per_s / self._speech.packets_per_unit
        self._per_unit = round(self._feed.stream.rate_hz / true_hz)
        self._next = self._first = self._prepared = 0

    def _start(self) -> None:
        self._settle()
        if self._epoch_s is None:
            self._epoch_s = time.perf_counter()
        else:
            self._next = int(self._elapsed_s() * self._unit_hz) + 1
        self._first = self._next
        self._ready.clear()
        self.sent.starts.append(self._first * self._per_unit)

    def _sending(self) -> bool:
        return self._speech.streaming or self._elapsed_s() < self._sending_until_s

    def _pause_s(self) -> float:
        """Return how long nothing is due."""
        if not self._sending():
            return _LONGEST_PAUSE_S
        due_s = self._handed_over_s(self._next / self._unit_hz + self._faults.burst_s)
        return min(due_s - self._elapsed_s(), _LONGEST_PAUSE_S)

    def _handed_over_s(self, time_s: float) -> float:
        """Return until when bytes have left the chip, whose timer fires every burst."""
        burst_s = self._faults.burst_s
        return time_s // burst_s * burst_s if burst_s else time_s

    def _send_due(self) -> None:
        if not self._sending():
            # The feed's time goes on; to catch up later would take long, and seem like a stall.
            self._feeding.take(0, int(self._elapsed_s() * self._feed.stream.rate_hz))
            return
        due = int(self._handed_over_s(self._elapsed_s()) * self._unit_hz) + 1
        if due <= self._next:
            return
        self._next = due
        if not self._ready or self._ready[-1].unit < due:
            self._prepare(due)
        parcels = []
        while self._ready and self._ready[0].unit < due:
            parcels.append(self._ready.popleft())
        self._send(parcels)
        if self._feeding.exhausted and not self._ready:
            self.finished.set()

    def _prepare(self, due: int) -> None:
        """Encode what is due, and some units more: one by one that would cost ten times more."""
        start = self._ready[-1].unit + 1 if self._ready else max(self._prepared, self._first)
        self._prepared = due + round(_AHEAD_S * self._unit_hz)
        size, per_unit = self._per_unit, self._speech.packets_per_unit
        samples, data_uv = self._feeding.take(start * size, self._prepared * size)
        units, data_uv = _whole_units(samples, data_uv, size)
        encoded = self._speech.encode(units, self._first, data_uv)
        packets, hit = self._faults.garbled(encoded, self._rng)
        times_s = np.repeat(units, per_unit) / self._unit_hz
        gone = self._faults.lost(times_s, self._rng)
        damaged = np.zeros(len(packets), dtype=np.bool_)
        damaged[hit] = True
        for place, unit in enumerate(units.tolist()):
            own = slice(place * per_unit, (place + 1) * per_unit)
            self._ready.append(
                _Parcel(
                    unit=unit,
                    packets=packets[own][~gone[own]].tobytes(),
                    incomplete=bool(gone[own].any()),
                    damaged=bool(damaged[own].any()),
                )
            )

    def _send(self, parcels: list["_Parcel"]) -> None:
        """Write what the link lets through; a Daisy's two packets of a sample go together."""
        taken = self._port.write(b"".join(parcel.packets for parcel in parcels))
        for parcel in parcels:
            samples = range(parcel.unit * self._per_unit, (parcel.unit + 1) * self._per_unit)
            if parcel.incomplete or not taken:
                self.sent.dropped.extend(samples)
                continue
            self.sent.samples += len(samples)
            if parcel.damaged:
                self.sent.garbled.extend(samples)


def _whole_units(samples: IntArray, data_uv: FloatArray, size: int) -> tuple[IntArray, FloatArray]:
    """Return the units of which no sample is missing, and their samples."""
    if size == 1:
        return samples, data_uv
    units, counts = np.unique(samples // size, return_counts=True)
    units = units[counts == size]
    return units, data_uv[np.isin(samples // size, units)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parcel:
    """The packets of one unit, as the link leaves them."""

    unit: int
    packets: bytes
    incomplete: bool
    damaged: bool
