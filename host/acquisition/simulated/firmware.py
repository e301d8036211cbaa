"""The Cyton's firmware as its serial port shows it: one character in, a reply out.

Replies are those of firmware 3.1 (OpenBCI, Cyton Board SDK). Nothing is answered while the board
streams, as on the real one, because a reply would land among the packets.
"""

from collections.abc import Callable

import numpy as np

from host.acquisition.simulated.test_signal import TEST_SIGNAL_SET, TEST_SIGNALS, TestSignal
from host.chain.stream import BoolArray, IntArray

EOT = "$$$"
"""Ends every reply."""
GAINS = (1, 2, 4, 6, 8, 12, 24)
"""By the digit of a channel setting."""
DEFAULT_GAIN = 24

_SETTING_CHANNELS = "12345678QWERTYUI"
_OFF = "12345678qwertyui"
_ON = "!@#$%^&*QWERTYUI"
_LENGTHS = {"x": 9, "z": 5, "~": 2, "/": 2}
"""Characters of a command, with the first."""
_DIGITS_ALLOWED = ("01", "0123456", "01234567", "01", "01", "01")
"""Power down, gain, input type, bias, SRB2, SRB1: the middle of `x…X`."""
_MODES = ("default", "debug", "analog", "digital", "marker")


class Firmware:
    """The state that serial commands change, and the replies to them."""

    def __init__(self, *, daisy: bool = False) -> None:
        self._daisy_fitted = daisy
        self._daisy_used = daisy
        self._channels = 16 if daisy else 8
        self._mode = _MODES[0]
        self._pending = ""
        self.signal: TestSignal | None = None
        """What the inputs are joined to in place of the electrodes."""
        self.streaming = False
        """Between `b` and `s`."""
        self.starts = 0
        """How often `b` has started the stream; each start counts its packets from 0."""
        self._set_defaults()
        self._commands: dict[str, Callable[[], str]] = {
            "v": self._reset,
            "V": lambda: "v3.1.2" + EOT,
            "b": self._start,
            "s": self._stop,
            "d": self._defaults,
            "D": lambda: "060110" + EOT,
            "c": self._remove_daisy,
            "C": self._attach_daisy,
            "<": lambda: "Time stamp ON" + EOT,
            ">": lambda: "Time stamp OFF" + EOT,
            "?": self._registers,
        }

    @property
    def gains(self) -> IntArray:
        """Return the gain of each channel, 0 where it is switched off."""
        return self._gains * self._powered

    @property
    def lead_off(self) -> BoolArray:
        """Tell into which pins the test current flows, P and N, `(n_channels, 2)`."""
        return self._lead_off.copy()

    @property
    def daisy(self) -> bool:
        """Tell whether the board sends sixteen channels."""
        return self._daisy_used

    def push(self, commands: bytes) -> bytes:
        """Obey the commands in order and return the replies; a command may come in pieces."""
        return "".join(self._push_one(chr(byte)) for byte in commands).encode("ascii")

    def _push_one(self, character: str) -> str:
        self._pending += character
        if len(self._pending) < _LENGTHS.get(self._pending[0], 1):
            return ""
        command, self._pending = self._pending, ""
        was_streaming = self.streaming
        reply = self._obey(command)
        return "" if was_streaming and command != "v" else reply

    def _obey(self, command: str) -> str:
        kind = command[0]
        if kind in "xz":
            return self._set_channel(command) if kind == "x" else self._set_lead_off(command)
        if kind == "~":
            return self._sample_rate(command[1])
        if kind == "/":
            return self._board_mode(command[1])
        if kind in TEST_SIGNALS:
            self.signal = TEST_SIGNALS[kind]
            return TEST_SIGNAL_SET + EOT
        if kind in self._commands:
            return self._commands[kind]()
        # `Q` to `I` switch on what `q` to `i` switch off, as `!` to `*` do for `1` to `8`.
        for characters, powered in ((_OFF, 0), (_ON, 1)):
            channel = characters.find(kind)
            if 0 <= channel < self._channels:
                self._powered[channel] = powered
        return ""

    def _set_defaults(self) -> None:
        self._gains = np.full(self._channels, DEFAULT_GAIN, dtype=np.int64)
        self._powered = np.ones(self._channels, dtype=np.int64)
        self._lead_off = np.zeros((self._channels, 2), dtype=np.bool_)
        self.signal = None

    def _reset(self) -> str:
        self.streaming = False
        self._daisy_used = self._daisy_fitted
        self._set_defaults()
        daisy = "On Daisy ADS1299 Device ID: 0x3E\r\n" if self._daisy_used else ""
        return (
            "OpenBCI V3 8-16 channel\r\nOn Board ADS1299 Device ID: 0x3E\r\n"
            f"{daisy}LIS3DH Device ID: 0x33\r\nFirmware: v3.1.2\r\n{EOT}"
        )

    def _start(self) -> str:
        if not self.streaming:
            self.streaming = True
            self.starts += 1
        return ""

    def _stop(self) -> str:
        self.streaming = False
        return ""

    def _defaults(self) -> str:
        self._set_defaults()
        return "updating channel settings to default" + EOT

    def _remove_daisy(self) -> str:
        removed, self._daisy_used = self._daisy_used, False
        return "daisy removed" + EOT if removed else ""

    def _attach_daisy(self) -> str:
        if self._daisy_used:
            return "16" + EOT
        self._daisy_used = self._daisy_fitted
        return ("daisy attached16" if self._daisy_used else "no daisy to attach!8") + EOT

    def _registers(self) -> str:
        gains = ", ".join(str(gain) for gain in self.gains)
        return f"Board ADS Registers\r\nGains: {gains}\r\n{EOT}"

    def _sample_rate(self, digit: str) -> str:
        # The radio carries 250 samples per second and no more, whatever is asked for.
        if digit != "~" and digit not in "0123456":
            return "Failure: sample value out of bounds" + EOT
        return "Success: Sample rate is 250Hz" + EOT

    def _board_mode(self, digit: str) -> str:
        if digit != "/":
            if digit not in "01234":
                return "Failure: board mode value out of bounds" + EOT
            self._mode = _MODES[int(digit)]
        return f"Success: {self._mode}{EOT}"

    def _set_channel(self, command: str) -> str:
        channel = _SETTING_CHANNELS.find(command[1])
        if not 0 <= channel < self._channels:
            return "Failure: Invalid channel number" + EOT
        if command[-1] != "X":
            return "Failure: Err: 9th char not X" + EOT
        settings = zip(command[2:8], _DIGITS_ALLOWED, strict=True)
        if any(digit not in allowed for digit, allowed in settings):
            return "Failure: Invalid setting" + EOT
        self._powered[channel] = int(command[2] == "0")
        self._gains[channel] = GAINS[int(command[3])]
        return f"Success: Channel set for {channel + 1}{EOT}"

    def _set_lead_off(self, command: str) -> str:
        channel = _SETTING_CHANNELS.find(command[1])
        if not 0 <= channel < self._channels:
            return "Failure: Err: Invalid channel number" + EOT
        if command[-1] != "Z":
            return "Failure: Err: 5th char not Z" + EOT
        if not set(command[2:4]) <= set("01"):
            return "Failure: Err: Invalid setting" + EOT
        self._lead_off[channel] = [pin == "1" for pin in command[2:4]]
        return f"Success: Lead off set for {channel + 1}{EOT}"
