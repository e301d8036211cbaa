"""What a simulated board sends, in parcels: encoded ahead, and damaged on the way."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.feeding import Feeding
from host.acquisition.simulated.seeding import Purpose, chances
from host.acquisition.simulated.speech import Speech
from host.acquisition.source import Source
from host.chain.stream import FloatArray, IntArray

_AHEAD_S = 0.1
"""So much is encoded ahead; a gain that is changed while streaming takes effect after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """The packets of one unit, as the link leaves them."""

    unit: int
    """Its place in the feed."""
    samples: int
    """How many of the feed's samples are in it."""
    packets: bytes
    incomplete: bool
    damaged: bool


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

    def note(self, parcel: Parcel, *, taken: bool) -> None:
        """Count a parcel that was due, which the port has `taken` or not."""
        samples = range(parcel.unit * parcel.samples, (parcel.unit + 1) * parcel.samples)
        if parcel.incomplete or not taken:
            self.dropped.extend(samples)
            return
        self.samples += len(samples)
        if parcel.damaged:
            self.garbled.extend(samples)


class Packing:
    """Takes samples from a feed, and gives them as parcels when they are due.

    A unit is what the board sends at once: a packet, a Daisy's two, or several samples packed.
    """

    def __init__(self, feed: Source, speech: Speech, faults: Faults, *, seed: int) -> None:
        """Lose and damage packets as `faults` say, by chance from `seed`."""
        self._speech = speech
        self._faults = faults
        self._seed = seed
        self._feed_hz = feed.stream.rate_hz
        self._feeding = Feeding(feed, channels=speech.channels)
        self._ready: deque[Parcel] = deque()
        self.settle()

    def settle(self) -> None:
        """Take over how the board is set: units per second, and samples in each."""
        packets_per_s = self._faults.packets_per_s or self._speech.packets_per_s
        self.unit_hz = packets_per_s / self._speech.packets_per_unit
        """Units in a second, as they are really sent."""
        true_hz = self._speech.packets_per_s / self._speech.packets_per_unit
        self.per_unit = round(self._feed_hz / true_hz)
        """The feed's samples in a unit."""
        self._first = self._prepared = 0

    def begin(self, first: int) -> None:
        """Begin with this unit; what was encoded of the one before is never sent."""
        self._first = first
        self._ready.clear()

    def due(self, stop: int) -> list[Parcel]:
        """Return the parcels before unit `stop` that were not given yet."""
        if not self._ready or self._ready[-1].unit < stop:
            self._prepare(stop)
        parcels = []
        while self._ready and self._ready[0].unit < stop:
            parcels.append(self._ready.popleft())
        return parcels

    def pass_over(self, elapsed_s: float) -> None:
        """Let the feed's time go on while nothing is sent.

        To catch up later would take long, and seem like a stall.
        """
        self._feeding.take(0, int(elapsed_s * self._feed_hz))

    @property
    def over(self) -> bool:
        """Whether the feed is at its end, and all of it was given."""
        return self._feeding.exhausted and not self._ready

    def _prepare(self, stop: int) -> None:
        """Encode what is due, and some units more: one by one that would cost ten times more."""
        start = self._ready[-1].unit + 1 if self._ready else max(self._prepared, self._first)
        self._prepared = stop + round(_AHEAD_S * self.unit_hz)
        size, per_unit = self.per_unit, self._speech.packets_per_unit
        samples, data_uv = self._feeding.take(start * size, self._prepared * size)
        units, data_uv = _whole_units(samples, data_uv, size)
        encoded = self._speech.encode(units, self._first, data_uv)
        places = (units[:, None] * per_unit + np.arange(per_unit)).ravel()
        fates = chances(self._seed, Purpose.LINK, places, 4)
        packets, hit = self._faults.garbled(encoded, fates[:, :3])
        times_s = np.repeat(units, per_unit) / self.unit_hz
        gone = self._faults.lost(times_s, fates[:, 3])
        damaged = np.zeros(len(packets), dtype=np.bool_)
        damaged[hit] = True
        for place, unit in enumerate(units.tolist()):
            own = slice(place * per_unit, (place + 1) * per_unit)
            self._ready.append(
                Parcel(
                    unit=unit,
                    samples=size,
                    packets=packets[own][~gone[own]].tobytes(),
                    incomplete=bool(gone[own].any()),
                    damaged=bool(damaged[own].any()),
                )
            )


def _whole_units(samples: IntArray, data_uv: FloatArray, size: int) -> tuple[IntArray, FloatArray]:
    """Return the units of which no sample is missing, and their samples."""
    if size == 1:
        return samples, data_uv
    units, counts = np.unique(samples // size, return_counts=True)
    units = units[counts == size]
    return units, data_uv[np.isin(samples // size, units)]
