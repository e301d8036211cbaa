"""What a therapist changes in a plan while a session runs: a new version, and a dated event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from host.clinic.plan import LINES
from host.session.plan_terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calibration.patterns import Pattern
    from host.clinic.plan import Plan, PlannedPattern
    from host.detection.adjustments import Adjustment
    from host.detection.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change: what is to be saved, and what the running session is told."""

    plan: Plan
    """Based on the version that it changes: `Clinic.save_plan` gives it who, when and why."""
    adjustment: Adjustment
    """For `Session.adjust`, which dates it by its next sample; for another pattern, leave it."""
    why: str
    """What was changed, in words, for the version: "pucker: line 25 % → 23 %"."""


def edit(
    plan: Plan, changed: PlannedPattern, known: Mapping[str, Pattern], watch: Watch
) -> Edit | None:
    """Return what follows from other terms of one pattern of the plan; None where none differ.

    `watch` as for `plan_terms.terms_of`. ValueError where the pattern is not in the plan, or where
    the terms could not be judged by: nothing must be saved then.
    """
    before = plan.planned(changed.name)
    if before == changed:
        return None
    return Edit(
        plan=plan.with_pattern(changed),
        adjustment=terms_of(changed, known, watch),
        why=f"{changed.name}: {'; '.join(_differences(before, changed))}",
    )


def _differences(before: PlannedPattern, after: PlannedPattern) -> Iterator[str]:
    if before.line != after.line:
        yield f"line {_share(before.line)} → {_share(after.line)}"
    yield from _lines(before, after)
    if before.ceiling != after.ceiling:
        yield f"ceiling {_ceiling(before.ceiling)} → {_ceiling(after.ceiling)}"
    if before.roles != after.roles:
        roles = ", ".join(f"{one.muscle} {one.role.value}" for one in after.roles)
        yield f"roles {roles or 'as in the table'}"
    if before.touch != after.touch:
        touch = "as in the table" if after.touch is None else " ".join(after.touch) or "none"
        yield f"touch {touch}"
    if before.mode is not after.mode:
        yield f"feedback {before.mode.value} → {after.mode.value}"
    if before.faded_share != after.faded_share:
        yield f"feedback in {_share(before.faded_share)} → {_share(after.faded_share)} of attempts"
    if before.enabled != after.enabled:
        yield "not practised" if after.enabled is None else f"enabled by {after.enabled.words}"


def _lines(before: PlannedPattern, after: PlannedPattern) -> Iterator[str]:
    named = dict.fromkeys(one.muscle for one in (*before.lines, *after.lines))
    for code in named:
        was, now = before.line_of(code), after.line_of(code)
        if was != now:
            yield f"line of {code} {_own(was)} → {_own(now)}"


def _own(line: float | None) -> str:
    return "as all" if line is None else _share(line)


def _ceiling(ceiling: float | None) -> str:
    return "as calibrated" if ceiling is None else _share(ceiling)


def _share(share: float) -> str:
    """Return a share in percent, never finer than one can be told (P11)."""
    return f"{100.0 * share:.3g} %"


def with_line(planned: PlannedPattern, line: float) -> PlannedPattern:
    """Return a pattern with another line for all; muscles with their own keep their proportion.

    None of those leaves the `LINES` between which a line means something.
    """
    least, most = LINES
    by = line / planned.line
    own = tuple(replace(one, line=min(max(one.line * by, least), most)) for one in planned.lines)
    return replace(planned, line=line, lines=own)
