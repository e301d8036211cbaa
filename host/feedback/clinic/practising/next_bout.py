"""What the board shows between bouts: the terms on which the next one will be judged. No Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.session.plan_terms import asked_in, known_patterns

if TYPE_CHECKING:
    from host.clinic.plan import Plan, PlannedPattern
    from host.feedback.clinic.practising.memory import Memory
    from host.session.practising.view import PracticeView
    from host.session.practising.worker import PracticeMoment


def planned_now(plan: Plan | None, view: PracticeView, memory: Memory) -> PlannedPattern | None:
    """Return the pattern whose lines are on the board: the bout's; between bouts the chosen."""
    if plan is None:
        return None
    name = (memory.chosen if view.phase.between else "") or view.pattern
    return next((one for one in plan.patterns if one.name == name), None)


def as_judged(moment: PracticeMoment, planned: PlannedPattern | None) -> PracticeMoment:
    """Return a moment with the roles, allowances and ceiling of the bout that is shown.

    Between bouts the session judges by rest alone, where every muscle is to be quiet; whoever reads
    a line there wants to know the one of the next bout.
    """
    frame, scene = moment.view.frame, moment.view.scene
    if frame is None or scene is None or planned is None or not moment.practice.phase.between:
        return moment
    known = known_patterns(scene.own_patterns)
    if planned.name not in known:
        return moment
    next_one = replace(frame, asked=asked_in(planned, known), effort=scene.effort)
    return replace(moment, view=replace(moment.view, frame=next_one))
