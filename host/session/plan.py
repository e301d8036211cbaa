"""The gate: who may practise what today, and what stands in the way (P16)."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration.patterns import Pattern
from host.clinic.first_plan import usual
from host.session.plan_terms import asked_in

if TYPE_CHECKING:
    from datetime import date

    from calibration.montage import Montage
    from calibration.profile import Profile
    from host.clinic.patient import Confirmation, Patient
    from host.clinic.plan import Plan, PlannedPattern


class Lack(enum.Enum):
    """What stands in the way of practice."""

    SYNKINESIS = "synkinesis is not confirmed"
    OTHER_PERSON = "the plan is of somebody else"
    OTHER_SIDE = "the plan is for the other side"
    UNSAVED = "the plan was not saved"
    NOTHING_ENABLED = "no pattern is enabled"
    UNKNOWN_PATTERN = "nobody knows the pattern"
    OBSERVED_ONLY = "the pattern is a probe"
    NO_ELECTRODE = "the montage lacks a target muscle"
    NOT_YET = "a confirmation is of a day to come"
    ROLES = "the changed roles contradict each other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One thing that stands in the way, and what to do about it."""

    lack: Lack
    said: str
    """One sentence for the therapist."""
    pattern: str = ""
    """The only pattern that it stops; empty where nothing can be practised."""


def may_practise(
    patient: Patient,
    plan: Plan,
    today: date,
    *,
    montage: Montage,
    known: Mapping[str, Pattern],
) -> tuple[Refusal, ...]:
    """Return everything that stands in the way of practice with these electrodes; () for nothing.

    A refusal with a `pattern` stops that one only; any other stops the session (P16). `known` are
    the patterns of T2 with the therapist's own (`plan_terms.known_patterns`).
    """
    return (*_of_person(patient, plan, today), *_of_patterns(plan, today, montage, known))


def practisable(
    patient: Patient,
    plan: Plan,
    today: date,
    *,
    montage: Montage,
    known: Mapping[str, Pattern],
) -> tuple[PlannedPattern, ...]:
    """Return the patterns that may be practised today, in the plan's order; often all enabled."""
    refusals = may_practise(patient, plan, today, montage=montage, known=known)
    stopped = {one.pattern for one in refusals}
    return () if "" in stopped else tuple(one for one in plan.enabled if one.name not in stopped)


def to_be_told(
    patient: Patient, plan: Plan, today: date, *, montage: Montage, profile: Profile | None
) -> tuple[str, ...]:
    """Return what stops nobody and should be known before practice, one sentence each."""
    return tuple(_told(patient, plan, today, montage, profile))


def _of_person(patient: Patient, plan: Plan, today: date) -> Iterator[Refusal]:
    if plan.person != patient.code:
        yield Refusal(
            lack=Lack.OTHER_PERSON,
            said=f"This plan is of {plan.person}, not of {patient.code}: open the right one.",
        )
    if patient.synkinesis is None:
        yield Refusal(
            lack=Lack.SYNKINESIS,
            said="No therapist has confirmed synkinesis yet: practice is not for people without "
            "it. Confirm it by name and day.",
        )
    elif patient.synkinesis.day > today:
        yield _not_yet("Synkinesis", patient.synkinesis)
    if plan.affected is not patient.affected:
        yield Refusal(
            lack=Lack.OTHER_SIDE,
            said=f"This plan is for the {plan.affected.value} side, and {patient.code} is affected "
            f"on the {patient.affected.value}: check the side, and save the plan for it.",
        )
    if not plan.version:
        yield Refusal(
            lack=Lack.UNSAVED,
            said="This plan was not saved yet: save it, so that the recording can name it.",
        )


def _of_patterns(
    plan: Plan, today: date, montage: Montage, known: Mapping[str, Pattern]
) -> Iterator[Refusal]:
    if not plan.enabled:
        yield Refusal(
            lack=Lack.NOTHING_ENABLED,
            said="No pattern is enabled for this person: a therapist enables each by name and day.",
        )
    for planned in plan.enabled:
        yield from _of_pattern(planned, today, montage, known)


def _of_pattern(
    planned: PlannedPattern, today: date, montage: Montage, known: Mapping[str, Pattern]
) -> Iterator[Refusal]:
    name = planned.name
    if planned.enabled is not None and planned.enabled.day > today:
        yield _not_yet(f"The pattern {name!r}", planned.enabled, pattern=name)
    if name not in known:
        said = f"Nobody knows the pattern {name!r} here: is its file missing?"
        yield Refusal(lack=Lack.UNKNOWN_PATTERN, said=said, pattern=name)
        return
    try:
        asked = asked_in(planned, known)
    except ValueError as error:
        yield Refusal(lack=Lack.ROLES, said=f"The roles of {name!r}: {error}.", pattern=name)
        return
    if asked.probe:
        said = f"The pattern {name!r} is observed, not practised."
        yield Refusal(lack=Lack.OBSERVED_ONLY, said=said, pattern=name)
    if not montage.offers(asked):
        said = (
            f"The pattern {name!r} needs {' and '.join(asked.target)}, which the montage "
            f"{montage.name!r} has no electrode for."
        )
        yield Refusal(lack=Lack.NO_ELECTRODE, said=said, pattern=name)


def _not_yet(what: str, confirmed: Confirmation, pattern: str = "") -> Refusal:
    day = confirmed.day.isoformat()
    said = f"{what} was confirmed for {day}, a day to come: check the date."
    return Refusal(lack=Lack.NOT_YET, said=said, pattern=pattern)


def _told(
    patient: Patient, plan: Plan, today: date, montage: Montage, profile: Profile | None
) -> Iterator[str]:
    if montage.name != plan.montage:
        yield (f"The plan was made for the montage {plan.montage!r}; today it is {montage.name!r}.")
    if profile is None:
        yield (
            "No calibration with these electrodes yet: until there is one, lines are shares of a "
            "guess."
        )
    elif profile.electrodes.date != today.isoformat():
        yield (
            f"The newest calibration is for electrodes applied on {profile.electrodes.date}: check "
            "it again once they are on."
        )
    for given in patient.botulinum[-1:]:
        days = (today - given.day).days
        if 0 <= days <= usual().botulinum_days:
            yield (
                f"Botulinum toxin {days} days ago ({given.words}): levels change for months, "
                "and do not compare with those before."
            )
