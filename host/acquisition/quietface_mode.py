"""How our board is to send: the best rate that its link can carry, and the commands for it."""

from collections.abc import Callable
from dataclasses import dataclass

from calibration.saying import Saying
from host.acquisition.front_end import FrontEnd, find_front_end
from host.acquisition.quietface_board import ASK_ALL, QuietfaceBoard, is_ours, refusals
from host.errors import DeviceError, OtherBoardError, SettingsError

Ask = Callable[[str], str]
"""Sends commands to a board that does not stream, and returns its answers."""

FRONT_END_NUMBERS = {
    "myoware-2-raw": 1,
    "bioamp-exg-pill": 2,
    "ad8232": 3,
    "differential-pair": 4,
    "ad8232-emg": 5,
}
"""As the board keeps them (docs/protocol.md, `Qf`); 0 for any other."""
KEEP = "Qw!"
"""Has the board keep channels, gain, front end and reference; its rate is asked for anew."""
PACKETS_HZ = 250
"""Packed packets per second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of the board; None for the best it can, or for what it has kept."""

    rate_hz: int | None = None
    channels: int | None = None
    front_end: FrontEnd | None = None
    reference_v: float | None = None
    """The converter's reference as measured, in volts."""

    def __post_init__(self) -> None:
        """Refuse what no board of ours can do."""
        if self.reference_v is not None and not 1.0 <= self.reference_v <= 5.5:
            raise SettingsError(
                Saying("the converter's reference is 1 to 5.5 V, not {:g} V.", self.reference_v)
            )
        if self.channels is not None and not 1 <= self.channels <= 8:
            raise SettingsError(
                Saying("the board has up to 8 channels, {} are too many.", self.channels)
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A rate, and whether two samples share a slot."""

    rate_hz: int
    packed: bool

    @property
    def samples_per_packet(self) -> int:
        """Samples of each channel in a packet."""
        return self.rate_hz // PACKETS_HZ if self.packed else 1

    @property
    def commands(self) -> str:
        """What to ask the board for; the rate comes last, because packing may change it."""
        return f"Qk{int(self.packed)}!Qr{self.rate_hz}!"


def choose_mode(board: QuietfaceBoard, rate_hz: int | None = None) -> Mode:
    """Choose the mode for a rate, or for the best one that the link can carry.

    At equal rates plain is better: its steps are finer.
    """
    best_hz = max(board.plain_best_hz, board.packed_best_hz)
    wanted_hz = best_hz if rate_hz is None else rate_hz
    if wanted_hz <= board.plain_best_hz:
        return Mode(rate_hz=wanted_hz, packed=False)
    if wanted_hz <= board.packed_best_hz:
        return Mode(rate_hz=wanted_hz, packed=True)
    raise SettingsError(_too_much(board.channels, wanted_hz, best_hz))


def _too_much(channels: int, wanted_hz: int, best_hz: int) -> Saying:
    if best_hz < 1000:
        return Saying(
            "{} channels at {} samples a second are more than this board's link carries: "
            "it can do {}, or 1000 with 4 channels.",
            channels,
            wanted_hz,
            best_hz,
        )
    return Saying(
        "{} channels at {} samples a second are more than this board's link carries: it can do {}.",
        channels,
        wanted_hz,
        best_hz,
    )


def negotiate(ask: Ask, wish: Wish) -> tuple[QuietfaceBoard, Mode]:
    """Set the board as wished; return what it says of itself then, and how it will send.

    Nothing is kept in the board: after a reset it is as before. DeviceError where it is no board of
    ours or refuses; SettingsError where its link cannot carry what was asked for.
    """
    board = _describe(ask, "")
    setting = _setting(board, wish)
    if wish.channels not in (None, board.channels):
        # The best rates depend on it.
        board, setting = _describe(ask, setting), ""
    mode = choose_mode(board, wish.rate_hz)
    board = _describe(ask, setting + mode.commands)
    if (board.rate_hz, board.packed) != (mode.rate_hz, mode.packed):
        raise DeviceError(
            Saying(
                "The board was asked for {} samples a second and is set to "
                "{}: unplug it, plug it in again, and try once more.",
                mode.rate_hz,
                board.rate_hz,
            )
        )
    return board, mode


def keep(ask: Ask) -> QuietfaceBoard:
    """Have the board keep how it is set, rate and packing excepted; return what it says then.

    DeviceError where its EEPROM did not keep it.
    """
    board = _describe(ask, KEEP)
    if board.settings != "kept":
        raise DeviceError(
            Saying("The board did not keep its settings: its EEPROM may be worn out.")
        )
    return board


def _setting(board: QuietfaceBoard, wish: Wish) -> str:
    """Return the commands for channels, front end and reference."""
    commands = ""
    if wish.channels not in (None, board.channels):
        commands += f"Qn{wish.channels}!"
    if wish.front_end is not None:
        number = FRONT_END_NUMBERS.get(wish.front_end.name, 0)
        commands += f"Qf{number}!Qg{round(100 * wish.front_end.known_gain())}!"
    if wish.reference_v is not None:
        commands += f"Qm{round(1000 * wish.reference_v)}!"
    return commands


def _describe(ask: Ask, commands: str) -> QuietfaceBoard:
    """Send commands, if any, and ask for everything."""
    reply = ask(commands + ASK_ALL)
    for refusal in refusals(reply):
        raise DeviceError(Saying("The board refuses: {}", refusal))
    if not is_ours(reply):
        raise OtherBoardError(
            Saying(
                "What answers is no board with this project's firmware. A Cyton is opened with "
                "--board cyton; an Arduino has to be flashed first (hardware.md)."
            )
        )
    return QuietfaceBoard.parse(reply)


def front_end_of(board: QuietfaceBoard, wish: Wish) -> FrontEnd:
    """Return the front end that was named, or that the board has kept."""
    if wish.front_end is not None:
        return wish.front_end
    for name, number in FRONT_END_NUMBERS.items():
        if board.front_end == number:
            return find_front_end(name, board.gain)
    return find_front_end("gain", board.gain)
