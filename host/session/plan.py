"""The gate: who may practise what today, and what stands in the way (P16)."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration.muscles import muscle
from calibration.patterns import Pattern
from host.clinic.first_plan import usual
from host.session.plan_terms import asked_in
from host.translation import in_a_row, told_error, tr

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
            said=tr("This plan is of {}, not of {}: open the right one.").format(
                plan.person, patient.code
            ),
        )
    if patient.synkinesis is None:
        yield Refusal(
            lack=Lack.SYNKINESIS,
            said=tr(
                "No therapist has confirmed synkinesis yet: practice is not for people without it. "
                "Confirm it by name and day."
            ),
        )
    elif patient.synkinesis.day > today:
        yield _not_yet(tr("Synkinesis"), patient.synkinesis)
    if plan.affected is not patient.affected:
        yield Refusal(
            lack=Lack.OTHER_SIDE,
            said=tr(
                "This plan is for the {} side, and {} is affected on the {}: check the side, and "
                "save the plan for it."
            ).format(tr(plan.affected.value), patient.code, tr(patient.affected.value)),
        )
    if not plan.version:
        yield Refusal(
            lack=Lack.UNSAVED,
            said=tr("This plan was not saved yet: save it, so that the recording can name it."),
        )


def _of_patterns(
    plan: Plan, today: date, montage: Montage, known: Mapping[str, Pattern]
) -> Iterator[Refusal]:
    if not plan.enabled:
        yield Refusal(
            lack=Lack.NOTHING_ENABLED,
            said=tr(
                "No pattern is enabled for this person: a therapist enables each by name and day."
            ),
        )
    for planned in plan.enabled:
        yield from _of_pattern(planned, today, montage, known)


def _of_pattern(
    planned: PlannedPattern, today: date, montage: Montage, known: Mapping[str, Pattern]
) -> Iterator[Refusal]:
    name = planned.name
    if planned.enabled is not None and planned.enabled.day > today:
        what = tr("The pattern {!r}").format(name)
        yield _not_yet(what, planned.enabled, pattern=name)
    if name not in known:
        said = tr("Nobody knows the pattern {!r} here: is its file missing?").format(name)
        yield Refusal(lack=Lack.UNKNOWN_PATTERN, said=said, pattern=name)
        return
    try:
        asked = asked_in(planned, known)
    except ValueError as error:
        said = tr("The roles of {!r}: {}.").format(name, told_error(error))
        yield Refusal(lack=Lack.ROLES, said=said, pattern=name)
        return
    if asked.probe:
        said = tr("The pattern {!r} is observed, not practised.").format(name)
        yield Refusal(lack=Lack.OBSERVED_ONLY, said=said, pattern=name)
    if not montage.offers(asked):
        words = tr("The pattern {!r} needs {}, which the montage {!r} has no electrode for.")
        targets = in_a_row([tr(muscle(code).plain) for code in asked.target])
        said = words.format(name, targets, montage.name)
        yield Refusal(lack=Lack.NO_ELECTRODE, said=said, pattern=name)


def _not_yet(what: str, confirmed: Confirmation, pattern: str = "") -> Refusal:
    day = confirmed.day.isoformat()
    said = tr("{} was confirmed for {}, a day to come: check the date.").format(what, day)
    return Refusal(lack=Lack.NOT_YET, said=said, pattern=pattern)


def _told(
    patient: Patient, plan: Plan, today: date, montage: Montage, profile: Profile | None
) -> Iterator[str]:
    if montage.name != plan.montage:
        words = tr("The plan was made for the montage {!r}; today it is {!r}.")
        yield words.format(plan.montage, montage.name)
    if profile is None:
        yield tr(
            "No calibration with these electrodes yet: until there is one, lines are shares of a "
            "guess."
        )
    elif profile.electrodes.date != today.isoformat():
        yield tr(
            "The newest calibration is for electrodes applied on {}: check it again once they are "
            "on."
        ).format(profile.electrodes.date)
    for given in patient.botulinum[-1:]:
        days = (today - given.day).days
        if 0 <= days <= usual().botulinum_days:
            yield tr(
                "Botulinum toxin {} days ago ({}): levels change for months, and do not compare "
                "with those before."
            ).format(days, given.words)
