"""The thresholds that a calibration alone proposes, before there are attempts (T4)."""

from dataclasses import dataclass, replace
from math import hypot, inf, sqrt

import numpy as np

from calibration.channel import REST_QUANTILES, ChannelNumbers
from calibration.saying import Saying
from calibration.thresholds import (
    Proposal,
    Shaping,
    effort_threshold,
    finest_told,
    quiet_threshold,
    stayed_below,
)

ALIKE = 0.9
"""What was seen at rest and what noise allows estimate the same level; so near, they agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """One channel's thresholds with their reasons, shares of the gentle reference."""

    rest: Proposal
    quiet: Proposal
    effort: Proposal


def proposals(numbers: ChannelNumbers, rules: Shaping) -> Proposals | None:
    """Return what a channel's calibration proposes; None where it lacks rest or reference."""
    rest = _rest(numbers, rules)
    if rest is None:
        return None
    return Proposals(
        rest=rest,
        quiet=quiet_threshold((), rest.threshold, rules),
        effort=effort_threshold(min(numbers.reference_spread, 0.99), rules),
    )


def with_thresholds(numbers: ChannelNumbers, rules: Shaping) -> ChannelNumbers:
    """Return a channel with the thresholds that its calibration proposes, where it can."""
    found = proposals(numbers, rules)
    if found is None:
        return numbers
    return replace(
        numbers,
        rest_threshold=found.rest.threshold,
        quiet_threshold=found.quiet.threshold,
        effort_threshold=found.effort.threshold,
    )


def lifted(numbers: ChannelNumbers, rules: Shaping) -> ChannelNumbers:
    """Return a channel with its thresholds, none of them lower than its noise now allows.

    For thresholds that were found with other electrodes: they are shares of the reference, but
    what can be told from rest depends on how much noise there is today.
    """
    found = proposals(numbers, rules)
    if found is None:
        return numbers
    least = found.rest.threshold
    ceiling = effort_threshold(min(numbers.reference_spread, 0.99), rules)
    return replace(
        numbers,
        rest_threshold=_at_least(numbers.rest_threshold, least),
        quiet_threshold=_at_least(numbers.quiet_threshold, least),
        effort_threshold=_at_least(
            numbers.effort_threshold, ceiling.threshold if ceiling.floored else 0.0
        ),
    )


def _rest(numbers: ChannelNumbers, rules: Shaping) -> Proposal | None:
    """Propose a rest threshold: a quantile of the displayed level at rest, as activation (T4).

    It is never below what can be told from zero: the displayed level of a muscle that is exactly
    at rest scatters about `hypot(noise, rest)`, by as much as it did at rest about its median.
    """
    if numbers.reference_uv is None or not numbers.rest_quantiles_uv:
        return None
    shown_uv = np.interp([0.5, rules.rest_quantile], REST_QUANTILES, numbers.rest_quantiles_uv)
    middle_uv, level_uv = shown_uv.tolist()
    found = _activation(numbers, level_uv)
    least = rules.finest
    if middle_uv > 0.0:
        still_uv = hypot(numbers.noise_uv or 0.0, numbers.rest_uv or 0.0)
        least = max(least, _activation(numbers, still_uv * level_uv / middle_uv))
    higher = max(found, least)
    if found >= ALIKE * least:
        said = stayed_below(higher, rules)
    elif least > rules.finest:
        said = finest_told(least)
    else:
        said = Saying("Nothing finer than {:.0%} of the reference is judged.", rules.finest)
    return Proposal(threshold=higher, reason=said, floored=found < ALIKE * least)


def _activation(numbers: ChannelNumbers, level_uv: float) -> float:
    """Return a displayed level, noise in it, as share of the reference (T3); 0 below rest."""
    noise_uv, rest_uv = numbers.noise_uv or 0.0, numbers.rest_uv or 0.0
    above_uv = sqrt(max(level_uv**2 - noise_uv**2, 0.0)) - rest_uv
    return max(above_uv, 0.0) / (numbers.reference_uv or inf)


def _at_least(threshold: float | None, least: float) -> float | None:
    return None if threshold is None else max(threshold, least)
