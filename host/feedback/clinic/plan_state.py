"""What the plan page decides: order, roles, touch cues and lengths of a plan. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calibration.muscles import muscle
from calibration.patterns import Pattern, Role
from host.clinic.patient import Confirmation
from host.clinic.plan import FeedbackMode, MuscleLine, MuscleRole, Plan, PlannedPattern
from host.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from calibration.montage import Montage

MODES = {
    FeedbackMode.BARS: mark("Bars"),
    FeedbackMode.SOUND: mark("Sound only"),
    FeedbackMode.FEEL_FIRST: mark("Feel first"),
    FeedbackMode.FADED: mark("Fading bars"),
}
ABOUT_MODES = {
    FeedbackMode.BARS: mark("One bar for each muscle that stays quiet."),
    FeedbackMode.SOUND: mark("A soft tone that fades as muscles relax; eyes may be closed."),
    FeedbackMode.FEEL_FIRST: mark("No bars; then “what moved?”, then the measurement."),
    FeedbackMode.FADED: mark("Bars in some attempts only, and none in the others."),
}
ROLES = {
    Role.TARGET: mark("leads"),
    Role.QUIET: mark("stays quiet"),
    Role.TOLERATED: mark("may move"),
}

NAMED = 5
"""So many muscles are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """How long a bout and its parts are, in seconds (P7, P10, P12)."""

    bout_s: float
    pause_s: float
    rise_s: float
    hold_s: float
    rest_s: float

    @classmethod
    def of(cls, plan: Plan) -> Lengths:
        """Return those of a plan."""
        return cls(
            bout_s=plan.bout_s,
            pause_s=plan.pause_s,
            rise_s=plan.rise_s,
            hold_s=plan.hold_s,
            rest_s=plan.rest_s,
        )

    def on(self, plan: Plan) -> Plan:
        """Return a plan with these; ValueError where a bout has no room for one attempt."""
        return replace(
            plan,
            bout_s=self.bout_s,
            pause_s=self.pause_s,
            rise_s=self.rise_s,
            hold_s=self.hold_s,
            rest_s=self.rest_s,
        )

    @property
    def attempts(self) -> int:
        """How many attempts fit into a bout, where every release is quick."""
        return int(self.bout_s // (self.rise_s + self.hold_s + self.rest_s))


def enabled(planned: PlannedPattern, by: str, day: date, *, on: bool) -> PlannedPattern:
    """Return a pattern that a therapist holds right for this person, or does not (P16).

    One that was enabled before keeps who enabled it.
    """
    if on == (planned.enabled is not None):
        return planned
    return replace(planned, enabled=Confirmation(therapist=by, day=day) if on else None)


def role_of(planned: PlannedPattern, code: str, plain: Pattern) -> Role:
    """Return the role of a muscle in a planned pattern; `plain` is it as in T2."""
    return next((one.role for one in planned.roles if one.muscle == code), plain.role(code))


def with_role(planned: PlannedPattern, code: str, role: Role, plain: Pattern) -> PlannedPattern:
    """Return a planned pattern in which a muscle has this role; that of T2 is no change."""
    kept = tuple(one for one in planned.roles if one.muscle != code)
    if role is not plain.role(code):
        kept = (*kept, MuscleRole(muscle=code, role=role))
    return replace(planned, roles=kept)


def touched(planned: PlannedPattern, plain: Pattern) -> tuple[str, ...]:
    """Return the muscles to touch (P5)."""
    return plain.touch if planned.touch is None else planned.touch


def with_touch(planned: PlannedPattern, code: str, plain: Pattern, *, on: bool) -> PlannedPattern:
    """Return a planned pattern in which a muscle is touched, or is not; as in T2 is no change."""
    others = [one for one in touched(planned, plain) if one != code]
    wanted = (*others, code) if on else tuple(others)
    return replace(planned, touch=None if set(wanted) == set(plain.touch) else wanted)


def with_line_of(planned: PlannedPattern, code: str, line: float | None) -> PlannedPattern:
    """Return a planned pattern in which a muscle has a line of its own; None for that of all."""
    kept = tuple(one for one in planned.lines if one.muscle != code)
    if line is not None:
        kept = (*kept, MuscleLine(muscle=code, line=line))
    return replace(planned, lines=kept)


def with_montage(plan: Plan, montage: Montage, known: Mapping[str, Pattern]) -> Plan:
    """Return a plan for other electrodes: patterns that they can watch too are offered, last."""
    from host.clinic.first_plan import first_plan, offered
    from host.clinic.patient import Patient

    names = {one.name for one in plan.patterns}
    fresh = first_plan(Patient(code=plan.person, affected=plan.affected), montage, known.values())
    added = tuple(one for one in fresh.patterns if one.name not in names)
    able = {one.name for one in offered(montage, known.values())}
    # One that a therapist enabled stays, and the gate says what it lacks.
    kept = tuple(one for one in plan.patterns if one.name in able or one.enabled is not None)
    return replace(plan, montage=montage.name, patterns=(*kept, *added))


def montage_words(montage: Montage) -> str:
    """Name electrodes by what they lie on: "face-4: Eye, Cheek"; many only by how many."""
    plain = (tr(muscle(site.muscle).plain) for site in montage.sites if site.muscle)
    names = tuple(dict.fromkeys(plain))
    if len(names) > NAMED:
        words = tr("{number} muscles, {first} to {last}")
        said = words.format(number=len(names), first=names[0], last=names[-1])
        return f"{montage.name}: {said}"
    return f"{montage.name}: {', '.join(names)}"


def attempts_words(lengths: Lengths) -> str:
    """Say how many attempts a bout has room for; none is ever demanded (P2)."""
    return tr("Room for up to {} calm attempts in a bout.").format(lengths.attempts)
