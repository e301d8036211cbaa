"""Faults of a link, on demand: lost and garbled packets, bursts, a stall, a pulled cable."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from host.acquisition.simulated.protocol import PACKET_BYTES, ByteArray
from host.chain.stream import BoolArray, FloatArray, IntArray

EXAMPLE = "loss=1%,garble=0.1%,stall=5+2,pull=10+3,burst=16ms,slow-stop=0.3,rate=500,reset=7"
"""Every fault in words, for help texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A stretch of time, in seconds since the board first streamed."""

    start_s: float
    length_s: float

    def __post_init__(self) -> None:
        """Refuse a stretch that cannot happen."""
        if not (self.start_s >= 0.0 and self.length_s > 0.0):
            raise ValueError(f"an outage needs start >= 0 and length > 0, got {self}")

    @property
    def stop_s(self) -> float:
        """Return when it is over."""
        return self.start_s + self.length_s

    def __contains__(self, time_s: float) -> bool:
        return self.start_s <= time_s < self.stop_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What goes wrong between the board and the port."""

    loss: float = 0.0
    """Share of packets that never come."""
    garble: float = 0.0
    """Share of packets in which one byte is replaced by another."""
    burst_s: float = 0.0
    """Bytes are handed over only every so often, as an FTDI chip does every 16 ms."""
    stalls: tuple[Outage, ...] = ()
    """The radio is out: the board counts on, and the packets of that time never come."""
    pulls: tuple[Outage, ...] = ()
    """The cable is out: the port vanishes, and comes back with a board that must be started."""
    resets_s: tuple[float, ...] = ()
    """When the chip starts anew, in seconds since the board first streamed: it stops sending."""
    slow_stop_s: float = 0.0
    """How long the board goes on sending after it was told to stop."""
    packets_per_s: float | None = None
    """Packets really sent per second, where that is not the 250 that a Cyton claims."""

    def __post_init__(self) -> None:
        """Refuse faults that no link has."""
        for name, share in (("loss", self.loss), ("garble", self.garble)):
            if not 0.0 <= share <= 1.0:
                raise ValueError(f"{name} is a share of packets from 0 to 1, got {share}")
        if not (0.0 <= self.burst_s <= 1.0 and 0.0 <= self.slow_stop_s <= 60.0):
            raise ValueError(f"need burst_s within 0..1 and slow_stop_s within 0..60, got {self}")
        if any(reset_s < 0.0 for reset_s in self.resets_s):
            raise ValueError(f"a reset cannot come before the start, got {self.resets_s}")
        if self.packets_per_s is not None and not 1.0 <= self.packets_per_s <= 4000.0:
            raise ValueError(f"need 1 to 4000 packets per second, got {self.packets_per_s}")

    @classmethod
    def parse(cls, words: str) -> Self:
        """Read faults from words such as `loss=1%,stall=5+2,burst=16ms`; none gives no faults."""
        faults: dict[str, float] = {}
        outages: dict[str, list[Outage]] = {"stall": [], "pull": []}
        resets_s: list[float] = []
        for word in filter(None, (word.strip() for word in words.split(","))):
            name, _, value = word.partition("=")
            if name in outages:
                outages[name].append(_outage(word, value))
            elif name == "reset":
                resets_s.append(_number(word, value, {"s": 1.0, "": 1.0}))
            elif name in _UNITS:
                faults[name] = _number(word, value, _UNITS[name])
            else:
                known = ", ".join((*_UNITS, *outages, "reset"))
                raise ValueError(f"there is no fault {name!r}; there are {known}: {EXAMPLE}")
        return cls(
            loss=faults.get("loss", 0.0),
            garble=faults.get("garble", 0.0),
            burst_s=faults.get("burst", 0.0),
            stalls=tuple(outages["stall"]),
            pulls=tuple(outages["pull"]),
            resets_s=tuple(resets_s),
            slow_stop_s=faults.get("slow-stop", 0.0),
            packets_per_s=faults.get("rate"),
        )

    def lost(self, times_s: FloatArray, chances: FloatArray) -> BoolArray:
        """Tell which packets never come: by chance, `(n,)` from 0 to 1, or because of a stall."""
        gone = chances < self.loss
        for stall in self.stalls:
            gone |= (times_s >= stall.start_s) & (times_s < stall.stop_s)
        return gone

    def garbled(self, packets: ByteArray, chances: FloatArray) -> tuple[ByteArray, IntArray]:
        """Return the packets with some bytes replaced, and which packets those are.

        `chances` from 0 to 1, `(n, 3)`, say whether, which byte, and by what.
        """
        hit = np.flatnonzero(chances[:, 0] < self.garble)
        damaged = packets.copy()
        place = (PACKET_BYTES * chances[hit, 1]).astype(np.int64)
        # 1 to 255 on top of the true byte, modulo 256: always another byte.
        damaged[hit, place] += (1.0 + 255.0 * chances[hit, 2]).astype(np.uint8)
        return damaged, hit

    def silenced(self, time_s: float) -> bool:
        """Tell whether the radio is out."""
        return any(time_s in stall for stall in self.stalls)

    def unplugged(self, time_s: float) -> bool:
        """Tell whether the cable is out."""
        return any(time_s in pull for pull in self.pulls)


_UNITS = {
    "loss": {"%": 0.01, "": 1.0},
    "garble": {"%": 0.01, "": 1.0},
    "burst": {"ms": 0.001, "s": 1.0, "": 1.0},
    "slow-stop": {"ms": 0.001, "s": 1.0, "": 1.0},
    "rate": {"": 1.0},
}
"""The units that each fault's number may carry, and what they are worth; the empty one last."""


def _number(word: str, value: str, units: dict[str, float]) -> float:
    unit = next(unit for unit in units if value.endswith(unit))
    try:
        return float(value.removesuffix(unit)) * units[unit]
    except ValueError:
        raise ValueError(f"{word!r} is not a number; write faults as {EXAMPLE}") from None


def _outage(word: str, value: str) -> Outage:
    start, _, length = value.partition("+")
    try:
        start_s, length_s = float(start), float(length)
    except ValueError:
        raise ValueError(
            f"{word!r} is not START+LENGTH in seconds; write faults as {EXAMPLE}"
        ) from None
    return Outage(start_s=start_s, length_s=length_s)
