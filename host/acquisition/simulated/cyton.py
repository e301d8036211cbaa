"""A board that speaks the Cyton's protocol, played by a thread behind a pseudo-terminal.

It obeys the serial protocol in real time, on an absolute schedule, and sends whatever source it is
given: BrainFlow's CYTON_BOARD and CYTON_DAISY_BOARD open its port as they would a dongle's. Which
board it is, is its `Speech`.
"""

import threading
import time
from types import TracebackType
from typing import Self

from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.firmware import EOT
from host.acquisition.simulated.packing import Packing, Sent
from host.acquisition.simulated.pty_port import PtyPort
from host.acquisition.simulated.speech import CytonSpeech, Speech
from host.acquisition.source import Source
from host.errors import HostError

_NO_FAULTS = Faults()
_LONGEST_PAUSE_S = 0.02
"""A plug or the end of a simulation is noticed at least this often."""
_RADIO_OUT = ("Failure: Communications timeout - Device failed to poll Host" + EOT).encode("ascii")
"""What the dongle answers when it cannot reach the board."""


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
        self._port = PtyPort()
        self._packing = Packing(feed, self._speech, faults, seed=seed)
        self._next = 0
        """The unit that is due next."""
        self._epoch_s: float | None = None
        self._resets_s = sorted(faults.resets_s)
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

    def _start(self) -> None:
        packing = self._packing
        packing.settle()
        if self._epoch_s is None:
            self._epoch_s, self._next = time.perf_counter(), 0
        else:
            self._next = int(self._elapsed_s() * packing.unit_hz) + 1
        packing.begin(self._next)
        self.sent.starts.append(self._next * packing.per_unit)

    def _sending(self) -> bool:
        return self._speech.streaming or self._elapsed_s() < self._sending_until_s

    def _pause_s(self) -> float:
        """Return how long nothing is due."""
        if not self._sending():
            return _LONGEST_PAUSE_S
        due_s = self._handed_over_s(self._next / self._packing.unit_hz + self._faults.burst_s)
        return min(due_s - self._elapsed_s(), _LONGEST_PAUSE_S)

    def _handed_over_s(self, time_s: float) -> float:
        """Return until when bytes have left the chip, whose timer fires every burst."""
        burst_s = self._faults.burst_s
        return time_s // burst_s * burst_s if burst_s else time_s

    def _send_due(self) -> None:
        """Write what the link lets through; a Daisy's two packets of a sample go together."""
        packing, elapsed_s = self._packing, self._elapsed_s()
        if not self._sending():
            packing.pass_over(elapsed_s)
            return
        due = int(self._handed_over_s(elapsed_s) * packing.unit_hz) + 1
        if due <= self._next:
            return
        self._next = due
        parcels = packing.due(due)
        taken = self._port.write(b"".join(parcel.packets for parcel in parcels))
        for parcel in parcels:
            self.sent.note(parcel, taken=taken)
        if packing.over:
            self.finished.set()
