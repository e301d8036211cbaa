"""A plan in the terms of detection: roles, quiet lines, effort ceiling of each pattern."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calibration.patterns import Pattern, Role, patterns
from host.session.terms import ceiling_at, line_at, with_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from host.clinic.plan import Plan, PlannedPattern
    from host.detection.adjustments import Adjustment
    from host.detection.watch import Watch


def known_patterns(own: Iterable[Pattern] = ()) -> Mapping[str, Pattern]:
    """Return the patterns of T2 by name, with the therapist's own beside or in place of them."""
    return {**patterns(), **{one.name: one for one in own}}


def asked_in(planned: PlannedPattern, known: Mapping[str, Pattern]) -> Pattern:
    """Return a pattern with the roles, the touch cue and the muscles' own lines of a plan.

    ValueError where it is not among the `known`, or where no muscle would lead it any more.
    """
    if planned.name not in known:
        raise ValueError(f"nobody knows the pattern {planned.name!r}")
    asked = plain = known[planned.name]
    for one in planned.roles:
        asked = with_role(asked, one.muscle, one.role)
    if plain.target and not asked.target:
        raise ValueError("no muscle leads any more")
    # `with_role` leaves a touch cue on a muscle that leads now; a plan may say another.
    touch = asked.touch if planned.touch is None else planned.touch
    factors = tuple(
        (one.muscle, one.line / planned.line)
        for one in planned.lines
        if asked.role(one.muscle) is Role.QUIET
    )
    return replace(asked, touch=touch, factors=factors)


def terms_of(planned: PlannedPattern, known: Mapping[str, Pattern], watch: Watch) -> Adjustment:
    """Return what changes in a running session when this pattern begins.

    `watch` is that of the session without a plan: with a profile, its ceiling is the one that the
    calibration proposes. The session dates the change by its next sample.
    """
    from host.detection.adjustments import Adjustment

    return Adjustment(
        start=0,
        thresholds=line_at(watch.thresholds, planned.line),
        effort=ceiling_at(watch.effort, planned.ceiling) or watch.effort,
        patterns=(asked_in(planned, known),),
    )


def watch_of(
    plan: Plan, planned: PlannedPattern, known: Mapping[str, Pattern], watch: Watch
) -> Watch:
    """Return how a session begins that starts with this pattern; all of the plan are known to it.

    `watch` is that without a plan, as for `terms_of`.
    """
    first = terms_of(planned, known, watch)
    changed = {one.name: one for one in watch.patterns}
    for one in plan.enabled:
        if one.name in known:
            changed[one.name] = asked_in(one, known)
    changed |= {one.name: one for one in first.patterns}
    return replace(
        watch,
        thresholds=first.thresholds or watch.thresholds,
        effort=first.effort or watch.effort,
        patterns=tuple(changed.values()),
    )
