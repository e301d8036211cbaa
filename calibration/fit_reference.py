"""The gentle reference of one channel: which holds count, and what they say together (T3, P8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isnan, pi, sqrt

import numpy as np

from calibration.accepting import Recorded, finding, signal_fault, unsteadiness
from calibration.findings import Fault, Finding
from calibration.fit_rest import Rest
from calibration.saying import Saying
from calibration.segments import Segment, SegmentKind

LEAST_SPREAD = 0.02
"""Holds of one person never repeat better than this, relative."""
ONE_HOLD_SPREAD = 0.25
"""What holds differ by where only one is at hand, so that nothing is known about it."""
OTHERS = 0.5
"""What the scatter of other muscles' holds weighs beside that of a muscle's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One good hold."""

    segment: Segment
    above_uv: float
    """Noise-corrected amplitude above rest."""


def good_holds(
    recorded: Recorded, rests: Sequence[Rest | None], channel: int
) -> tuple[list[Hold], list[Finding]]:
    """Return the holds of a channel's muscle that count, and what is wrong with the others."""
    site, rest = recorded.montage.sites[channel], rests[channel]
    own = _own_holds(recorded, channel)
    name = recorded.montage.named(channel)
    if not site.muscle or rest is None:
        return [], []
    if not own:
        missing = Saying("no gentle hold was recorded")
        return [], [finding(Fault.MISSING, missing, name, None, channel)]
    holds, findings = [], []
    for segment in own:
        fault = signal_fault(recorded, segment, channel)
        fault = fault or answer_fault(recorded, segment, rests, channel)
        fault = fault or _unsteady_fault(recorded, segment, channel)
        if fault is None:
            above_uv = rest.above_uv(recorded.mean_power(segment, channel))
            holds.append(Hold(segment=segment, above_uv=above_uv))
        else:
            findings.append(finding(*fault, name, segment, channel))
    return holds, findings


def reference_numbers(
    holds: Sequence[Hold], others: Sequence[Sequence[Hold]] = ()
) -> tuple[float, float, float] | None:
    """Return the median of the holds with its 95 % interval; None without a hold.

    The interval is that of a t distribution on the logarithm: efforts differ by factors. The
    variance of a median is `pi / 2` that of a mean, less for a few values (1.35 for three). Three
    holds hardly tell by how much they differ; those of the person's `others`, by muscle, tell it
    too, with half their weight, for muscles are not all alike (a moderated variance: Smyth 2004).
    """
    if not holds:
        return None
    from scipy.special import stdtrit

    logs = np.log([hold.above_uv for hold in holds])
    count = len(logs)
    centre = float(np.median(logs))
    own = float(np.sum((logs - np.mean(logs)) ** 2))
    squares, theirs = _scatter(others)
    weighed = count - 1 + OTHERS * theirs
    if weighed < 1.0:
        half = 1.96 * ONE_HOLD_SPREAD
    else:
        spread = max(sqrt((own + OTHERS * squares) / weighed), LEAST_SPREAD)
        # Of a weighted sum (Satterthwaite 1946); both sides are held at once, so they differ alike.
        freedom = weighed**2 / (count - 1 + OTHERS**2 * 2.0 * theirs)
        half = float(stdtrit(freedom, 0.975)) * spread * sqrt(_median_factor(count) / count)
    return exp(centre), exp(centre - half), exp(centre + half)


def _scatter(muscles: Sequence[Sequence[Hold]]) -> tuple[float, float]:
    """Return by how much each muscle's holds differ, as squares and their degrees of freedom."""
    squares, freedom = 0.0, 0
    for holds in muscles:
        if len(holds) > 1:
            logs = np.log([hold.above_uv for hold in holds])
            squares += float(np.sum((logs - np.mean(logs)) ** 2))
            freedom += len(holds) - 1
    return squares, float(freedom)


def _median_factor(count: int) -> float:
    """Return the variance of a normal sample's median over that of its mean."""
    exact = {1: 1.0, 2: 1.0, 3: 1.346, 4: 1.193, 5: 1.434, 6: 1.288}
    return exact.get(count, pi / 2.0)


def answer_fault(
    recorded: Recorded, segment: Segment, rests: Sequence[Rest | None], channel: int
) -> tuple[Fault, str] | None:
    """Return what is wrong with how a muscle answered: another one did, or hardly any."""
    rest = rests[channel]
    if rest is None:
        return Fault.MISSING, Saying("its rest is not known")
    allowed, power = recorded.allowed, recorded.typical_power(segment, channel)
    above = rest.above_uv(power)
    ratio = sqrt(power) / max(rest.level_uv, 1e-12)
    loudest, louder = _loudest_other(recorded, segment, rests, channel)
    if loudest is not None and louder > allowed.louder_ratio * max(above, 0.0):
        near = louder >= allowed.louder_share * _usual_rise(recorded, rests, loudest)
        # A severe synkinesis is louder than the muscle that it comes along with, though not many
        # times; and each of the two leads when it is asked.
        along = louder <= allowed.along_ratio * above
        along = along and _leads(recorded, rests, loudest, channel)
        if (near and not along) or ratio < allowed.weak_ratio:
            other = recorded.montage.named(loudest)
            said = Saying("{} rose by {:.1f} µV, it by {:.1f}", other, louder, max(above, 0.0))
            return Fault.WRONG_MUSCLE, said
    if ratio < allowed.weak_ratio or above <= 0.0:
        return Fault.WEAK, Saying("{:.1f} times its level at rest", ratio)
    if above < allowed.weak_uv:
        return Fault.WEAK, Saying("{:.1f} µV above its level at rest", above)
    return None


def _unsteady_fault(recorded: Recorded, segment: Segment, channel: int) -> tuple[Fault, str] | None:
    spread = unsteadiness(recorded.levels, segment, channel)
    if not isnan(spread) and spread > recorded.allowed.most_unsteady:
        return Fault.UNSTEADY, Saying("the level varied by {:.0%}", spread)
    return None


def _loudest_other(
    recorded: Recorded, segment: Segment, rests: Sequence[Rest | None], channel: int
) -> tuple[int | None, float]:
    """Return which other channel of the same side clearly rose most, and by how much."""
    best, most = None, 0.0
    sites = recorded.montage.sites
    for other, rest in enumerate(rests):
        if other == channel or rest is None or sites[other].side is not sites[channel].side:
            continue
        if signal_fault(recorded, segment, other) is not None:
            continue
        power = recorded.typical_power(segment, other)
        above = rest.above_uv(power)
        if sqrt(power) > recorded.allowed.weak_ratio * rest.level_uv and above > most:
            best, most = other, above
    return best, most


def _usual_rise(
    recorded: Recorded, rests: Sequence[Rest | None], channel: int, of: int | None = None
) -> float:
    """Return the median rise of a muscle (`of`, or its own) in its holds; 0 where it has none."""
    of = channel if of is None else of
    rest = rests[of]
    own = _own_holds(recorded, channel)
    if rest is None or not own:
        return 0.0
    rises = [rest.above_uv(recorded.typical_power(segment, of)) for segment in own]
    rises = [rise for rise in rises if not isnan(rise)]
    return float(np.median(rises)) if rises else 0.0


def _leads(recorded: Recorded, rests: Sequence[Rest | None], leader: int, other: int) -> bool:
    """Tell whether a muscle is the louder of two where it is asked itself."""
    usual = _usual_rise(recorded, rests, leader)
    return usual > _usual_rise(recorded, rests, leader, other)


def _own_holds(recorded: Recorded, channel: int) -> list[Segment]:
    """Return the stretches in which a channel's muscle was asked for."""
    site = recorded.montage.sites[channel]
    return [
        segment
        for segment in recorded.of_kind(SegmentKind.REFERENCE)
        if site.muscle and segment.muscle == site.muscle and segment.side in (None, site.side)
    ]
