"""Put what is known of every channel together into what is shown of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

from calibration.montage import Montage
from host.acquisition.impedance import Impedance
from host.acquisition.lead_off_pins import Leg
from host.acquisition.source import Link, LinkState
from host.session.contacting.exclusion import Exclusion
from host.session.contacting.judging import Judged
from host.session.contacting.sides import SideView
from host.session.contacting.verdicts import (
    ADVICE,
    FAIR_IMPEDANCE,
    HIGH_IMPEDANCE,
    ContactLimits,
    Verdict,
)
from host.session.contacting.view import ChannelContact

Impedances = Mapping[Leg, Sequence[Impedance | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known at one moment."""

    montage: Montage
    limits: ContactLimits
    judged: tuple[Judged, ...]
    link: LinkState
    impedances: Impedances
    sides: SideView | None
    exclusions: Mapping[int, Exclusion]


def contacts(known: Known) -> tuple[ChannelContact, ...]:
    """Return what is to be shown of each channel."""
    return tuple(_contact(known, channel) for channel in range(len(known.montage.sites)))


def _contact(known: Known, channel: int) -> ChannelContact:
    site, judged = known.montage.sites[channel], known.judged[channel]
    positive = _of(known.impedances, Leg.P, channel)
    negative = _of(known.impedances, Leg.N, channel)
    shown = ChannelContact(
        channel=channel,
        name=known.montage.named(channel),
        muscle=site.muscle,
        side=site.side,
        verdict=judged.verdict,
        advice=ADVICE[judged.verdict],
        steady=judged.steady,
        rest_uv=None if isnan(judged.rest_uv) else judged.rest_uv,
        positive=positive,
        negative=negative,
        excluded=known.exclusions.get(channel),
    )
    if known.link.link is not Link.STREAMING:
        advice = known.link.message or ADVICE[Verdict.UNKNOWN]
        return replace(shown, verdict=Verdict.UNKNOWN, advice=advice, steady=False, rest_uv=None)
    return _by_sides(_by_impedance(shown, known.limits), known.sides)


def _by_impedance(shown: ChannelContact, limits: ContactLimits) -> ChannelContact:
    """Call a channel loose that looks well while an electrode hardly touches."""
    if not shown.verdict.usable:
        return shown
    there = [one for one in (shown.positive, shown.negative) if one is not None]
    highest = max((one.ohm for one in there), default=0.0)
    if highest >= limits.loose_ohm:
        return replace(shown, verdict=Verdict.LOOSE, advice=HIGH_IMPEDANCE)
    if highest >= limits.fair_ohm and not shown.advice:
        return replace(shown, advice=FAIR_IMPEDANCE)
    return shown


def _by_sides(shown: ChannelContact, sides: SideView | None) -> ChannelContact:
    if sides is None or not sides.swapped or shown.side is None or not shown.verdict.usable:
        return shown
    return replace(shown, verdict=Verdict.SWAPPED, advice=ADVICE[Verdict.SWAPPED])


def _of(impedances: Impedances, leg: Leg, channel: int) -> Impedance | None:
    found = impedances.get(leg)
    return None if found is None else found[channel]
