"""The boards by name: how each is reached, and the range of its converter.

Known without BrainFlow, so that a help text or a settings page costs nothing.
"""

import difflib
import enum
from dataclasses import dataclass

from calibration.saying import Saying
from host.acquisition.brainflow_boards import BRAINFLOW_BOARDS
from host.errors import SettingsError


class Address(enum.Enum):
    """What a board has to be told to be reached."""

    NONE = "nothing"
    SERIAL = "port"
    SERIAL_AND_MAC = "port, and mac where there are several"
    MAC = "mac, where there are several"
    IP = "address"
    ANY = "whatever of port, mac and address BrainFlow asks for"


_NEEDS = {
    Address.NONE: "",
    Address.SERIAL: "--port PORT",
    Address.SERIAL_AND_MAC: "--port PORT; --mac MAC where there are several",
    Address.MAC: "--mac MAC where there are several",
    Address.IP: "--address IP",
    Address.ANY: "see BrainFlow's own page on it",
}
"""The options of the command line that a board needs."""


class Counting(enum.Enum):
    """How a board numbers its rows."""

    ROWS = "not known"
    """Each row is taken for the next sample; only a silence shows a loss."""
    MODULO_256 = "modulo 256"
    BY_TWO = "modulo 256, by two"
    PAIRS = "two rows to a number"
    COUNTER_32 = "each sample, modulo 2^32"


ADS1299_REFERENCE_UV = 4.5e6
GAINS = (1, 2, 4, 6, 8, 12, 24)
"""What an ADS1299 can be set to."""
DAISY_CHANNELS = "12345678QWERTYUI"
"""The Cyton's channels and the Daisy's, as commands name them."""
GANGLION_RANGE_UV = 1.2e6 / (1.5 * 51)
"""Of the MCP3912 behind the Ganglion's amplifier, as BrainFlow scales it."""
UNKNOWN_RANGE_UV = 187_500.0
"""For boards whose converter is not known here: the ADS1299's at gain 24, the commonest by far."""
ADS1299_BANDWIDTH = 0.262
"""-3 dB bandwidth as a share of the rate (ADS1299 data sheet, table of data rates)."""
DAISY_BANDWIDTH = 0.368
"""The same at 250 Hz, then the mean of two samples that the firmware sends: 46 Hz at 125 Hz."""
SINC3_BANDWIDTH = 0.2616
"""-3 dB of the third-order sinc in the MCP3912."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What has to be known of a board before it is opened."""

    name: str
    """As it is typed."""
    brainflow_name: str
    brainflow_id: int
    title: str
    address: Address = Address.ANY
    settable_gain: bool = False
    """Whether it takes the Cyton's channel settings `x…X`."""
    counting: Counting = Counting.ROWS
    fixed_range_uv: float = UNKNOWN_RANGE_UV
    bandwidth: float | None = None
    """-3 dB bandwidth as a share of the rate, where the converter is known."""
    ours: bool = False
    """Whether it is this project's own, which is asked for its rate and channels (`Q?!`)."""

    def range_uv(self, gain: int) -> float:
        """Return the largest magnitude the converter can give at a gain."""
        return ADS1299_REFERENCE_UV / gain if self.settable_gain else self.fixed_range_uv

    def channel_settings(self, channels: str, *, gain: int, srb2: bool) -> str:
        """Return the Cyton's commands `x…X`: normal input with bias, SRB2 on or off, SRB1 off."""
        return "".join(f"x{name}0{GAINS.index(gain)}01{int(srb2)}0X" for name in channels)


_NAMED = (
    ("synthetic", "SYNTHETIC_BOARD", "BrainFlow's synthetic board", Address.NONE),
    ("cyton", "CYTON_BOARD", "OpenBCI Cyton, 8 channels", Address.SERIAL),
    ("cyton-daisy", "CYTON_DAISY_BOARD", "OpenBCI Cyton with Daisy, 16 channels", Address.SERIAL),
    ("cyton-wifi", "CYTON_WIFI_BOARD", "OpenBCI Cyton with WiFi shield", Address.IP),
    (
        "cyton-daisy-wifi",
        "CYTON_DAISY_WIFI_BOARD",
        "OpenBCI Cyton with Daisy and WiFi shield",
        Address.IP,
    ),
    ("ganglion", "GANGLION_NATIVE_BOARD", "OpenBCI Ganglion, 4 channels", Address.MAC),
    (
        "ganglion-dongle",
        "GANGLION_BOARD",
        "OpenBCI Ganglion by its BLED112 dongle",
        Address.SERIAL_AND_MAC,
    ),
    ("ganglion-wifi", "GANGLION_WIFI_BOARD", "OpenBCI Ganglion with WiFi shield", Address.IP),
    ("callibri", "CALLIBRI_EMG_BOARD", "Callibri EMG, 1 channel", Address.ANY),
    ("gforce", "GFORCE_PRO_BOARD", "gForcePro armband, 8 channels", Address.NONE),
    ("muse-2", "MUSE_2_BOARD", "Muse 2, 4 channels", Address.MAC),
    ("knight", "NEUROPAWN_KNIGHT_BOARD", "NeuroPawn Knight, 8 channels", Address.SERIAL),
    ("freeeeg32", "FREEEEG32_BOARD", "FreeEEG32, 32 channels", Address.SERIAL),
)
"""Plain names."""


_COUNTING = {
    "SYNTHETIC_BOARD": Counting.MODULO_256,
    "CYTON_BOARD": Counting.MODULO_256,
    "CYTON_WIFI_BOARD": Counting.MODULO_256,
    # By radio BrainFlow joins a Daisy's halves and keeps the even packet's number; by WiFi both
    # halves carry the same one.
    "CYTON_DAISY_BOARD": Counting.BY_TWO,
    "CYTON_DAISY_WIFI_BOARD": Counting.MODULO_256,
    "GANGLION_BOARD": Counting.PAIRS,
    "GANGLION_NATIVE_BOARD": Counting.PAIRS,
}


def _board(name: str, brainflow_name: str, title: str, address: Address) -> Board:
    cyton = brainflow_name.startswith("CYTON")
    ganglion = brainflow_name.startswith("GANGLION")
    return Board(
        name=name,
        brainflow_name=brainflow_name,
        brainflow_id=BRAINFLOW_BOARDS[brainflow_name],
        title=title,
        address=address,
        settable_gain=cyton,
        counting=_COUNTING.get(brainflow_name, Counting.ROWS),
        fixed_range_uv=GANGLION_RANGE_UV if ganglion else UNKNOWN_RANGE_UV,
        bandwidth=_bandwidth(brainflow_name),
    )


def _bandwidth(brainflow_name: str) -> float | None:
    """Return the share of the rate that a board's converter passes, where it is known."""
    if brainflow_name == "CYTON_DAISY_BOARD":
        return DAISY_BANDWIDTH
    if brainflow_name.startswith("CYTON"):
        return ADS1299_BANDWIDTH
    return SINC3_BANDWIDTH if brainflow_name.startswith("GANGLION") else None


ARDUINO = Board(
    name="arduino",
    brainflow_name="CYTON_BOARD",
    brainflow_id=BRAINFLOW_BOARDS["CYTON_BOARD"],
    title="Arduino with Quietface firmware, up to 8 channels at 500 or 1000 Hz",
    address=Address.SERIAL,
    counting=Counting.COUNTER_32,
    ours=True,
)
"""This project's own board; BrainFlow takes it for a Cyton."""

BOARDS = (*(_board(*entry) for entry in _NAMED), ARDUINO)
"""The boards with a plain name, for lists and help texts."""


def find_board(name: str) -> Board:
    """Return the board of a plain name, of BrainFlow's own name in any case, or of its number."""
    wanted = name.strip()
    for board in BOARDS:
        if wanted.lower() == board.name or wanted.upper() == board.brainflow_name:
            return board
        if wanted == str(board.brainflow_id):
            return board
    for brainflow_name, number in BRAINFLOW_BOARDS.items():
        if wanted.upper() in (brainflow_name, str(number)):
            return _board(brainflow_name.lower(), brainflow_name, brainflow_name, Address.ANY)
    raise SettingsError(Saying("There is no board {!r}. {}", name, _near(wanted)))


def describe_boards() -> str:
    """Return one line per board with a plain name: what to type, what it is, what it needs."""
    width = max(len(board.name) for board in BOARDS)
    titles = max(len(board.title) for board in BOARDS)
    lines = [
        f"{board.name:<{width}}  {board.title:<{titles}}  {_NEEDS[board.address]}".rstrip()
        for board in BOARDS
    ]
    others = "Any other of BrainFlow's boards goes by its own name or number, like MUSE_S_BOARD."
    return "\n".join(["Boards (--board NAME):", *lines, others])


def _near(wanted: str) -> str:
    names = [board.name for board in BOARDS]
    near = difflib.get_close_matches(wanted.lower(), names, n=3, cutoff=0.5)
    near += difflib.get_close_matches(wanted.upper(), BRAINFLOW_BOARDS, n=2, cutoff=0.7)
    if near:
        return Saying("Did you mean {}?", " or ".join(near))
    own = ", ".join(names)
    return Saying("There are {}, and BrainFlow's own such as MUSE_S_BOARD.", own)
