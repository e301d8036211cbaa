"""This project's Arduino firmware as its serial port shows it: the Cyton's commands and `Q…!`.

Written after `docs/protocol.md`, not after the firmware: where the two differ one of them is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from host.acquisition.simulated.firmware import EOT, Firmware

LONGEST_Q = 24
"""Characters of a `Q` command; a longer one is no command."""
CONVERSIONS_HZ = 32_000
_ORDER = "01234567"
INPUTS = {"uno": 6, "nano": 8, "mega": 8, "leonardo": 8, "micro": 8}
"""Analogue inputs of each board."""
_NOT_UNDERSTOOD = "Failure: this is not understood, see docs/protocol.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What commands change and the EEPROM can keep; the defaults are the factory's."""

    rate_hz: int = 250
    packed: bool = False
    channels: int = 8
    order: str = _ORDER
    gain_hundredths: int = 20_000
    front_end: int = 0
    reference_mv: int = 5000
    external: bool = False


class QuietfaceFirmware(Firmware):
    """The state of the board, and its replies."""

    def __init__(self, *, board: str = "nano", usb: bool = False, highest_hz: int = 1000) -> None:
        """`highest_hz` is the highest rate that there are samples for."""
        self._board = board
        self._usb = usb
        self._highest_hz = highest_hz
        self._factory = Setting(channels=INPUTS[board])
        self._kept = self.setting = self._factory
        self._settings = "factory"
        self.overruns = 0
        """Packets dropped since the last start."""
        self._settings_of: dict[str, Callable[[str], Setting | str | None]] = {
            "r": self._with_rate,
            "k": self._with_packing,
            "n": self._with_channels,
            "o": self._with_order,
            "g": self._with_gain,
            "f": self._with_front_end,
            "m": self._with_reference,
            "e": self._with_pin,
        }
        super().__init__()
        self._commands |= {"<": self._no_times, ">": self._no_times}

    def _push_one(self, character: str) -> str:
        if self._pending[:1] == "Q" and character not in "vs":
            self._pending += character
            if character != "!" and len(self._pending) < LONGEST_Q:
                return ""
            command, self._pending = self._pending, ""
            return "" if self.streaming else self._obey_q(command[1:-1]) + EOT
        if self._pending[:1] == "Q":
            self._pending = ""
        if not self._pending and character == "Q":
            self._pending = character
            return ""
        return super()._push_one(character)

    def _obey(self, command: str) -> str:
        # While it streams what would change the stream is left undone.
        return "" if self.streaming and command[0] in "d~" else super()._obey(command)

    def _obey_q(self, command: str) -> str:
        """Obey what is between `Q` and `!`."""
        if command == "?":
            return self._describe()
        if command in ("w", "wk"):
            return self._keep(all_of_it=command == "wk")
        if command == "z":
            self._kept = self.setting = self._factory
            self._settings = "factory"
            return "Success: settings=factory"
        kind, value = command[:1], command[1:]
        obey = self._settings_of.get(kind)
        changed = obey(value) if obey and value.isascii() and value.isdecimal() else None
        if changed is None:
            return _NOT_UNDERSTOOD
        if isinstance(changed, str):
            return changed
        self.setting = changed
        return f"Success: {kind}={value}"

    def _with_rate(self, digits: str) -> Setting | str:
        if not self._fits(int(digits), packed=self.setting.packed):
            best_hz = self._best_hz(packed=self.setting.packed)
            return f"Failure: this rate is not possible here, the highest is {best_hz}"
        return replace(self.setting, rate_hz=int(digits))

    def _with_packing(self, digits: str) -> Setting | str | None:
        packed = digits == "1"
        best_hz = self._best_hz(packed=packed)
        if digits not in ("0", "1") or not best_hz:
            return None
        rate_hz = (
            self.setting.rate_hz if self._fits(self.setting.rate_hz, packed=packed) else best_hz
        )
        return replace(self.setting, packed=packed, rate_hz=rate_hz)

    def _with_channels(self, digits: str) -> Setting | None:
        number, setting = int(digits), self.setting
        if not 1 <= number <= INPUTS[self._board]:
            return None
        best_hz = self._best_hz(packed=setting.packed, channels=number)
        return replace(setting, channels=number, rate_hz=min(setting.rate_hz, best_hz))

    def _with_order(self, digits: str) -> Setting | None:
        if len(set(digits)) != len(digits) or not set(digits) <= set(_ORDER):
            return None
        rest = "".join(one for one in _ORDER if one not in digits)
        return replace(self.setting, order=digits + rest)

    def _with_gain(self, digits: str) -> Setting | None:
        if not 100 <= int(digits) <= 5_000_000:
            return None
        return replace(self.setting, gain_hundredths=int(digits))

    def _with_front_end(self, digits: str) -> Setting | None:
        return replace(self.setting, front_end=int(digits)) if len(digits) == 1 else None

    def _with_reference(self, digits: str) -> Setting | None:
        if not 1000 <= int(digits) <= 5500:
            return None
        return replace(self.setting, reference_mv=int(digits))

    def _with_pin(self, digits: str) -> Setting | None:
        return replace(self.setting, external=digits == "1") if digits in ("0", "1") else None

    def _fits(self, rate_hz: int, *, packed: bool) -> bool:
        rates = (500, 1000) if packed else (250, 500, 1000)
        return rate_hz in rates and rate_hz <= self._best_hz(packed=packed)

    def _best_hz(self, *, packed: bool, channels: int | None = None) -> int:
        """Return the highest rate of the link, plain or packed, for a number of channels."""
        few = (channels or self.setting.channels) <= 4
        if packed:
            best_hz = min(1000 if few else 500, self._highest_hz)
            return best_hz if best_hz >= 500 else 0
        return min(1000, self._highest_hz) if self._usb else 250

    def _keep(self, *, all_of_it: bool) -> str:
        kept = self.setting
        if not all_of_it:
            kept = replace(kept, rate_hz=self._factory.rate_hz, packed=False)
        self._kept, self._settings = kept, "kept"
        return "Success: settings=kept"

    def _describe(self) -> str:
        setting = self.setting
        slots = 4 if setting.channels <= 4 else 8
        return (
            f"Quietface version=1.0 protocol=1 board={self._board} "
            f"link={'usb' if self._usb else 'uart'} channels={setting.channels} adc=10 bits=12 "
            f"oversampling={CONVERSIONS_HZ // slots // setting.rate_hz} rate={setting.rate_hz} "
            f"packed={int(setting.packed)} plain_best={self._best_hz(packed=False)} "
            f"packed_best={self._best_hz(packed=True)} frontend={setting.front_end} "
            f"gain={setting.gain_hundredths} vref={setting.reference_mv} "
            f"reference={int(setting.external)} order={setting.order} overruns={self.overruns} "
            f"boot=power settings={self._settings}"
        )

    def _reset(self) -> str:
        self.streaming = False
        self._set_defaults()
        return (
            f"Quietface 1.0 board={self._board} channels={self.setting.channels}\r\n"
            f"Speaks the protocol of the OpenBCI Cyton\r\n{EOT}"
        )

    def _set_defaults(self) -> None:
        super()._set_defaults()
        self.setting = self._kept

    def _start(self) -> str:
        self.overruns = 0 if not self.streaming else self.overruns
        return super()._start()

    def _set_lead_off(self, command: str) -> str:
        del command
        return "Failure: lead-off detection is not available" + EOT

    def _sample_rate(self, digit: str) -> str:
        rate_hz = {"4": 1000, "5": 500, "6": 250}.get(digit)
        if rate_hz is not None and not self.setting.packed and self._fits(rate_hz, packed=False):
            self.setting = replace(self.setting, rate_hz=rate_hz)
        if digit != "~" and digit not in "0123456":
            return "Failure: sample value out of bounds" + EOT
        return f"Success: Sample rate is {self.setting.rate_hz}Hz{EOT}"

    def _no_times(self) -> str:
        return "Failure: there are no time stamps, every packet carries a sample counter" + EOT
