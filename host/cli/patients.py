"""The commands `patients` and `plan`: who practises, what, and what stands in the way."""

import argparse
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from host.errors import SettingsError
from host.translation import mark

if TYPE_CHECKING:
    from calibration.montage import Montage
    from host.clinic.patient import Confirmation, Patient
    from host.clinic.plan import Plan, PlannedPattern
    from host.clinic.repository import Clinic

_UNKNOWN = "unnamed"
_FIRST_MONTAGE = "face-8"


def patients(options: argparse.Namespace) -> int:
    """List the patients, add one, or confirm that one has synkinesis."""
    from host.clinic.repository import Clinic

    clinic = Clinic()
    if options.what == "add":
        return _add(clinic, options)
    if options.what == "confirm":
        return _confirm(clinic, options)
    return _list(clinic)


def plan(options: argparse.Namespace) -> int:
    """Print a patient's plan, and what stands in the way of practice today."""
    from host.clinic.first_plan import first_plan
    from host.clinic.repository import Clinic
    from host.session.own_tables import own_patterns
    from host.session.plan_terms import known_patterns

    clinic = Clinic()
    patient = clinic.patient(options.code)
    known = known_patterns(own_patterns())
    found = clinic.plan(patient.code)
    montage = _montage(clinic, patient.code, found, options.montage)
    current = found or first_plan(patient, montage, known.values())
    if options.enable:
        current = _enabled(clinic, current, options)
    _tell_plan(current)
    _tell_gate(clinic, patient, current, montage)
    return 0


def _list(clinic: "Clinic") -> int:
    listing = clinic.patients()
    count = len(listing.found)
    print(f"{count} patient{'s' * (count != 1)}")
    for one in listing.found:
        sure = one.synkinesis.words if one.synkinesis else "not confirmed"
        print(f"  {one.code:20} {one.affected.value:6} synkinesis: {sure}")
    for sentence in listing.damaged:
        print(f"  {sentence}")
    return 0


def _add(clinic: "Clinic", options: argparse.Namespace) -> int:
    from calibration.muscles import Side
    from host.clinic.codes import checked_code
    from host.clinic.patient import Patient

    code = checked_code(options.code, mark("patient"))
    new = Patient(code=code, affected=Side(options.affected))
    clinic.add(new, by=_who(options))
    print(f"{code} is added, affected on the {options.affected}.")
    print(f"Confirm synkinesis: quietface patients confirm {code} --therapist CODE")
    return 0


def _confirm(clinic: "Clinic", options: argparse.Namespace) -> int:
    sure = _confirmation(options)
    patient = replace(clinic.patient(options.code), synkinesis=sure)
    clinic.save(patient, by=sure.therapist, why="synkinesis confirmed")
    print(f"Synkinesis of {patient.code}: confirmed by {sure.words}.")
    return 0


def _confirmation(options: argparse.Namespace) -> "Confirmation":
    from host.clinic.patient import Confirmation

    try:
        return Confirmation(therapist=_who(options), day=options.day or _today())
    except ValueError as error:
        raise SettingsError(f"{error}.") from error


def _enabled(clinic: "Clinic", current: "Plan", options: argparse.Namespace) -> "Plan":
    """Save the plan with these patterns enabled."""
    if not options.therapist:
        raise SettingsError("who enables a pattern? Give --therapist, by name or code.")
    sure = _confirmation(options)
    for name in options.enable:
        try:
            planned = current.planned(name)
        except ValueError as error:
            there = ", ".join(one.name for one in current.patterns)
            raise SettingsError(f"{error}; there are: {there}.") from error
        current = current.with_pattern(replace(planned, enabled=sure))
    why = f"enabled: {', '.join(options.enable)}"
    return clinic.save_plan(current, by=sure.therapist, why=why)


def _montage(clinic: "Clinic", code: str, found: "Plan | None", wanted: str | None) -> "Montage":
    """Return the electrodes that were asked for, the plan's, the newest profile's, or eight."""
    from host.cli.asking import montage_named

    name = wanted or (found.montage if found else None)
    if name is None:
        newest = clinic.newest_profile(code)
        if newest is not None:
            return newest.profile.montage
    return montage_named(name or _FIRST_MONTAGE)


def _tell_plan(current: "Plan") -> None:
    edition = current.edition
    made = (
        f"version {edition.number}, {edition.saved[:10]} by {edition.by}"
        if edition.number
        else "a first plan, not saved yet"
    )
    print(f"Plan of {current.person}, {current.affected.value} side, {current.montage}: {made}")
    print(
        f"  bouts of {current.bout_s:g} s, {current.pause_s:g} s between them; rise "
        f"{current.rise_s:g} s, hold {current.hold_s:g} s, rest at least {current.rest_s:g} s"
    )
    for place, planned in enumerate(current.patterns, start=1):
        print(f"  {place:2}  {_row(planned)}")


def _row(planned: "PlannedPattern") -> str:
    ceiling = "as calibrated" if planned.ceiling is None else f"{planned.ceiling:.0%}"
    enabled = planned.enabled.words if planned.enabled else "not enabled"
    return (
        f"{planned.name:22} {planned.mode.value:10}  line {planned.line:4.0%}  "
        f"ceiling {ceiling:13}  {enabled}"
    )


def _tell_gate(clinic: "Clinic", patient: "Patient", current: "Plan", montage: "Montage") -> None:
    """Print what stands in the way of practice today, and what should be known before it."""
    from host.session.own_tables import own_patterns
    from host.session.plan import may_practise, to_be_told
    from host.session.plan_terms import known_patterns

    known, today = known_patterns(own_patterns()), _today()
    refusals = may_practise(patient, current, today, montage=montage, known=known)
    newest = clinic.newest_profile(patient.code, montage)
    profile = None if newest is None else newest.profile
    print("In the way of practice:" if refusals else "Nothing is in the way of practice.")
    for refusal in refusals:
        print(f"  {refusal.said}")
    for sentence in to_be_told(patient, current, today, montage=montage, profile=profile):
        print(f"Note: {sentence}")


def _who(options: argparse.Namespace) -> str:
    return options.therapist or _UNKNOWN


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()
