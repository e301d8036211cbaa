"""The Arduino board of this project, as it describes itself: its answer to `Q?!`.

The wire format is in `docs/protocol.md`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

from calibration.saying import Saying, words_of
from host.errors import DeviceError

GREETING = "Quietface"
"""The banner begins with it, and so does the answer to `Q?!`."""
EOT = "$$$"
"""Ends every answer."""
ASK_ALL = "Q?!"
PROTOCOL = 1
"""The page's version that is spoken here."""
RATES_HZ = (250, 500, 1000)
BITS = 12
"""Of a packed sample."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietfaceBoard:
    """What the board says of itself."""

    version: str
    """Of its firmware."""
    board: str
    """`uno`, `nano`, `mega`, `leonardo` or `micro`."""
    link: str
    """`uart`, which carries 349 packets a second, or `usb`."""
    channels: int
    bits: int
    oversampling: int
    """Conversions in the mean that makes one sample."""
    rate_hz: int
    """Samples per second and channel that `b` will start."""
    packed: bool
    plain_best_hz: int
    """Highest rate of this link for this number of channels."""
    packed_best_hz: int
    """The same, packed; 0 where it cannot be packed."""
    front_end: int
    """The number of what is before the converter; 0 where nobody said."""
    gain: float
    """Volts at the input per volt at the skin."""
    reference_uv: float
    """Of the converter."""
    overruns: int
    """Packets dropped since the last start."""
    boot: str
    """Why the chip started: `power`, `button`, `brownout`, `watchdog` or `unknown`."""
    settings: str
    """`factory`, `kept` or `damaged`."""

    def __post_init__(self) -> None:
        """Refuse what no board of ours could be."""
        if not (1 <= self.channels <= 8 and self.bits == BITS and self.oversampling >= 1):
            raise ValueError(f"need 1-8 channels of {BITS} bits, oversampling from 1, got {self}")
        if self.rate_hz not in RATES_HZ or self.plain_best_hz not in RATES_HZ:
            raise ValueError(f"rates are {RATES_HZ}, got {self}")
        if self.packed_best_hz not in (0, *RATES_HZ):
            raise ValueError(f"rates are {RATES_HZ}, got {self}")
        if not (1.0 <= self.gain <= 50_000.0 and 1.0e6 <= self.reference_uv <= 5.5e6):
            raise ValueError(f"need a gain of 1-50000 and 1-5.5 V of reference, got {self}")
        if not (0 <= self.front_end <= 9 and self.overruns >= 0):
            raise ValueError(f"need a front end of 0-9 and overruns from 0, got {self}")

    @property
    def step_uv(self) -> float:
        """One step of a packed sample, in microvolts at the skin."""
        return self.reference_uv / float(2**self.bits) / self.gain

    @property
    def range_uv(self) -> float:
        """Half of what the converter can show, in microvolts at the skin."""
        return self.reference_uv / 2.0 / self.gain

    @classmethod
    def parse(cls, reply: str) -> Self:
        """Read the answer to `Q?!`, the last one of several; DeviceError where it is damaged."""
        words = _words(reply)
        if words.get("protocol") != str(PROTOCOL):
            raise DeviceError(
                Saying(
                    "The board's firmware speaks protocol {}, this program "
                    "{}: flash the firmware that came with it.",
                    words.get("protocol", "?"),
                    PROTOCOL,
                )
            )
        try:
            return cls(
                version=_read(words, "version", str),
                board=_read(words, "board", str),
                link=_read(words, "link", _one_of("uart", "usb")),
                channels=_read(words, "channels", int),
                bits=_read(words, "bits", int),
                oversampling=_read(words, "oversampling", int),
                rate_hz=_read(words, "rate", int),
                packed=_read(words, "packed", _one_of("0", "1")) == "1",
                plain_best_hz=_read(words, "plain_best", int),
                packed_best_hz=_read(words, "packed_best", int),
                front_end=_read(words, "frontend", int),
                gain=_read(words, "gain", int) / 100.0,
                reference_uv=_read(words, "vref", int) * 1000.0,
                overruns=_read(words, "overruns", int),
                boot=_read(words, "boot", str),
                settings=_read(words, "settings", _one_of("factory", "kept", "damaged")),
            )
        except ValueError as error:
            raise DeviceError(
                Saying("The board's description of itself came damaged: {}.", words_of(error))
            ) from error


def is_ours(reply: str) -> bool:
    """Tell whether a banner, or an answer to `Q?!`, is that of our board."""
    return any(line.strip().startswith(GREETING + " ") for line in _lines(reply))


def refusals(reply: str) -> tuple[str, ...]:
    """Return the sentences with which the board refused commands, of all answers in a reply."""
    return tuple(
        answer.strip().removeprefix("Failure:").strip()
        for answer in reply.split(EOT)
        if answer.strip().startswith("Failure")
    )


def _lines(reply: str) -> list[str]:
    return reply.replace(EOT, "\n").splitlines()


def _words(reply: str) -> Mapping[str, str]:
    """Return key and value of the last description in a reply that is whole."""
    if EOT not in reply:
        raise DeviceError(Saying("The board did not finish its answer: try again."))
    answers = [answer.strip() for answer in reply.split(EOT)[:-1]]
    ours = [answer for answer in answers if answer.startswith(GREETING + " ")]
    if not ours:
        raise DeviceError(Saying("What answers is no board with this project's firmware."))
    words: dict[str, str] = {}
    for word in ours[-1].split()[1:]:
        key, equals, value = word.partition("=")
        if not (key and equals and value) or key in words:
            raise DeviceError(
                Saying("The board's description of itself came damaged at {!r}.", word)
            )
        words[key] = value
    return words


def _read(words: Mapping[str, str], key: str, read: Callable[[str], _Value]) -> _Value:
    if key not in words:
        raise ValueError(Saying("{} is missing", key))
    value = words[key]
    if read is int and not (value.isascii() and value.isdecimal()):
        raise ValueError(Saying("{} is {!r}", key, value))
    return read(value)


def _one_of(*known: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in known:
            raise ValueError(Saying("{!r} is none of {}", value, ", ".join(known)))
        return value

    return read
