"""Faults of electrodes and cables to plant on a simulated patient: one sees what is said."""

import enum
from dataclasses import dataclass, replace
from typing import Self

from calibration.montage import Site
from host.acquisition.simulated.contact import Fault, Loose
from host.acquisition.simulated.settings import PatientSettings

EXAMPLES = "swapped, loose:CH, clipped:CH, weak:CH or wrong:CH"


class Plant(enum.Enum):
    """What can be wrong."""

    SWAPPED = "swapped"
    """Left and right cables are exchanged, all of them."""
    LOOSE = "loose"
    """An electrode hangs in the air."""
    CLIPPED = "clipped"
    """A channel stays at the end of the converter's range."""
    WEAK = "weak"
    """The movement of a channel's muscle is hardly made, in a face that does not blink."""
    WRONG = "wrong"
    """A channel's cable is exchanged with that of the next muscle of its side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One fault, at one channel where it has one."""

    plant: Plant
    channel: int | None = None
    """Column, from 0."""

    def __post_init__(self) -> None:
        """Refuse a place for what has none, and the other way round."""
        if (self.plant is Plant.SWAPPED) is not (self.channel is None):
            raise ValueError(f"a fault is one of {EXAMPLES}, CH a channel's number")

    @classmethod
    def parse(cls, words: str) -> Self:
        """Read `swapped` or `loose:3`, channels counted from 1."""
        name, _, place = words.partition(":")
        known = {plant.value: plant for plant in Plant}
        if name not in known or (place and not (place.isdecimal() and int(place) >= 1)):
            raise ValueError(f"{words!r} is no fault: write {EXAMPLES}, CH a channel's number")
        return cls(plant=known[name], channel=int(place) - 1 if place else None)

    def on(self, settings: PatientSettings) -> PatientSettings:
        """Return the patient with this fault; ValueError where the montage has no such channel."""
        sites = list(settings.electrode_sites)
        if self.channel is None:
            swapped = (
                Site(muscle=site.muscle, side=None if site.side is None else site.side.other)
                for site in sites
            )
            return replace(settings, lying=tuple(swapped))
        if self.channel >= len(sites):
            raise ValueError(f"there is no channel {self.channel + 1}, only 1 to {len(sites)}")
        if self.plant in (Plant.LOOSE, Plant.CLIPPED):
            way = Fault.FLOATS if self.plant is Plant.LOOSE else Fault.RAILS
            off = Loose(channel=self.channel, start_s=0.0, fault=way)
            return replace(settings, loose=(*settings.loose, off))
        if self.plant is Plant.WEAK:
            # In a face that hardly moves, what comes along with a blink would be named instead.
            still = replace(settings.blinks, every_s=0.0)
            return replace(settings, weak=(*settings.weak, sites[self.channel]), blinks=still)
        other = _next_of_its_side(sites, self.channel)
        sites[self.channel], sites[other] = sites[other], sites[self.channel]
        return replace(settings, lying=tuple(sites))


def _next_of_its_side(sites: list[Site], channel: int) -> int:
    """Return the column of another muscle on the same side; the next one, or the first."""
    others = [
        place
        for place, site in enumerate(sites)
        if place != channel and site.muscle and site.side is sites[channel].side
    ]
    if not others:
        raise ValueError(f"channel {channel + 1} has no other muscle on its side to be taken for")
    return next((place for place in others if place > channel), others[0])
