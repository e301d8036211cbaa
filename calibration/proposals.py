"""The thresholds that a calibration alone proposes, before there are attempts (T4)."""

from dataclasses import dataclass, replace
from math import sqrt

from calibration.channel import REST_QUANTILES, ChannelNumbers
from calibration.thresholds import (
    Proposal,
    Shaping,
    effort_threshold,
    quiet_threshold,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """One channel's thresholds with their reasons, shares of the gentle reference."""

    rest: Proposal
    quiet: Proposal
    effort: Proposal


def proposals(numbers: ChannelNumbers, rules: Shaping) -> Proposals | None:
    """Return what a channel's calibration proposes; None where it lacks rest or reference.

    The rest threshold is the quantile of the displayed level nearest to `rules.rest_quantile`,
    as activation.
    """
    if numbers.reference_uv is None or not numbers.rest_quantiles_uv:
        return None
    share, level_uv = min(
        zip(REST_QUANTILES, numbers.rest_quantiles_uv, strict=True),
        key=lambda pair: abs(pair[0] - rules.rest_quantile),
    )
    noise_uv, rest_uv = numbers.noise_uv or 0.0, numbers.rest_uv or 0.0
    above_uv = sqrt(max(level_uv**2 - noise_uv**2, 0.0)) - rest_uv
    found = max(above_uv, 0.0) / numbers.reference_uv
    said = f"The level stayed below {found:.1%} in {share:.0%} of the time at rest."
    rest = Proposal(threshold=found, reason=said)
    if found < rules.finest:
        said = f"Nothing finer than {rules.finest:.0%} of the reference is judged."
        rest = Proposal(threshold=rules.finest, reason=said, floored=True)
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
