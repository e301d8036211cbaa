"""Which board to open, where, and how patient to be with it."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from calibration.saying import Saying
from host.acquisition.catalog import GAINS, Address, Board, find_board
from host.acquisition.ports import describe_ports
from host.acquisition.quietface_mode import Wish
from host.errors import SettingsError

Wiring = Literal["bipolar", "common reference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """Settings of a live board."""

    board: str
    """A plain name such as `cyton`, BrainFlow's own such as `MUSE_2_BOARD`, or its number."""
    port: str = ""
    address: str = ""
    """IP address, with a port after a colon where one is needed."""
    mac: str = ""
    gain: int = 24
    """Of the Cyton's amplifiers."""
    wish: Wish = Wish()
    """What is asked of our own board: rate, channels, what is before its inputs."""
    wiring: Wiring = "bipolar"
    """Bipolar: both electrodes of a muscle on one channel's two pins. Common reference: each
    channel against SRB2, as a Cyton wakes up."""
    poll_s: float = 0.001
    """How often to look for rows while there are none: a look costs next to nothing."""
    piece_s: float = 0.003
    """Rows are taken in pieces about so long, in whole rows: each costs as much work as one row.
    What the newest row brings waits for nothing; a screen shows a picture every 16 ms."""
    silent_s: float = 0.25
    """Without rows for so long, and for 10 periods, the link is silent."""
    probe_s: float = 1.0
    """After so long without rows the port is looked at; one that is gone is given up."""
    patience_s: float = 3.0
    """After so long the link is given up though its port is there: a radio often comes back by
    itself, and then no sample number is lost."""
    backoff_s: float = 0.5
    """Wait before the first new attempt; doubles with each."""
    longest_backoff_s: float = 8.0
    opening_s: float = 0.2
    """The first rows are held for so long, so that stale ones before them can be dropped."""

    def __post_init__(self) -> None:
        """Refuse a board that does not exist and times that cannot work."""
        find_board(self.board)
        if self.gain not in GAINS:
            raise SettingsError(Saying("a Cyton's gain is one of {}, not {}", GAINS, self.gain))
        if self.wish != Wish() and not self.find().ours:
            raise SettingsError(
                Saying(
                    "rate, channels, front end and reference can be asked of the Arduino board "
                    "only: --board arduino, not {}.",
                    self.board,
                )
            )
        if self.wiring not in ("bipolar", "common reference"):
            raise SettingsError(
                Saying("wiring is 'bipolar' or 'common reference', not {!r}", self.wiring)
            )
        if not 0.0 < self.poll_s <= self.silent_s <= self.probe_s <= self.patience_s:
            raise ValueError(f"need 0 < poll_s <= silent_s <= probe_s <= patience_s, got {self}")
        if not 0.0 <= self.piece_s <= self.silent_s:
            raise ValueError(f"need 0 <= piece_s <= silent_s, got {self}")
        if not 0.0 < self.backoff_s <= self.longest_backoff_s or self.opening_s < 0.0:
            raise ValueError(
                f"need 0 < backoff_s <= longest_backoff_s and opening_s >= 0, got {self}"
            )
        self.split_address()

    def find(self) -> Board:
        """Return what is known of the board."""
        return find_board(self.board)

    def for_electrodes(self, channels: int | None) -> Self:
        """Return them with our own board asked for no more channels: fewer may be faster.

        Any other board, one that was asked for a number already, and None leave them as they are.
        """
        if channels is None or not self.find().ours or self.wish.channels is not None:
            return self
        return replace(self, wish=replace(self.wish, channels=channels))

    def split_address(self) -> tuple[str, int]:
        """Return the IP address and its port, 0 where none is given."""
        host, _, port = self.address.partition(":")
        if port and not port.isdecimal():
            raise SettingsError(
                Saying("an address is like 192.168.4.1 or 192.168.4.1:3000, not {}", self)
            )
        return host, int(port or 0)

    def refuse_missing_address(self) -> None:
        """Refuse a board that cannot be found for want of a port or an address."""
        board = self.find()
        if board.address in (Address.SERIAL, Address.SERIAL_AND_MAC) and not self.port:
            raise SettingsError(
                Saying(
                    "{}: say at which port it is, like --port NAME. The ports now:\n{}",
                    board.title,
                    describe_ports(),
                )
            )
        if board.address is Address.IP and not self.address:
            raise SettingsError(
                Saying("{}: say at which address it is, like --address 192.168.4.1", board.title)
            )
