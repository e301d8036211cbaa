"""The command `practise`: bouts of a patient's plan, told attempt by attempt."""

import argparse
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from host.cli.asking import asked_for, montage_named, repair_first
from host.cli.boards import board_settings
from host.cli.leaving_out import left_out
from host.cli.practice_words import attempt_line, bout_lines
from host.errors import SettingsError

if TYPE_CHECKING:
    from host.clinic.plan import Plan
    from host.clinic.repository import Clinic
    from host.session.asked import Asked
    from host.session.contacting.exclusion import Exclusion
    from host.session.practising.building import Appointed
    from host.session.practising.unattended import BoutWish


def practise(options: argparse.Namespace) -> int:
    """Practise without a screen; print each attempt once it is judged, and each bout at the end."""
    from host.clinic.repository import Clinic
    from host.session.practising.building import practice_session
    from host.session.practising.unattended import practise_unattended

    if not options.headless:
        raise SettingsError(
            "practice in windows begins with `quietface`, where the patient is chosen; "
            "give --headless to do without."
        )
    clinic = Clinic()
    board = None if options.board is None else board_settings(options)
    appointed = _appointed(clinic, options)
    asked = _asked(clinic, appointed, options)
    _refuse_uncalibrated(asked, appointed)
    build = practice_session(asked, appointed, board=board)
    wishes = _wishes(appointed, options)
    for sentence in repair_first(options.record_to) if asked.recorded else ():
        print(sentence, flush=True)
    stage = practise_unattended(
        build, wishes, say=lambda tried: print(attempt_line(tried), flush=True)
    )
    for line in bout_lines(stage.practice.attempts):
        print(line)
    for remark in stage.remarks:
        print(f"  {remark}")
    state = stage.session.recording
    if state.message:
        print(state.message)
    elif state.folder is not None:
        print(f"Recorded in {state.folder}")
    return 0


def _appointed(clinic: "Clinic", options: argparse.Namespace) -> "Appointed":
    """Return who practises by which plan; SettingsError where there is none (P16)."""
    from host.session.practising.building import Appointed

    patient = clinic.patient(options.person)
    plan = clinic.plan(patient.code)
    if plan is None:
        raise SettingsError(
            f"{patient.code} has no plan yet: a therapist makes one, with "
            f"quietface plan {patient.code} --enable PATTERN --therapist CODE."
        )
    return Appointed(
        patient=patient, plan=plan, today=_today(), exclusions=_exclusions(plan, options)
    )


def _refuse_uncalibrated(asked: "Asked", appointed: "Appointed") -> None:
    """Refuse muscles without a reference before a board is opened, unless they are left out."""
    from calibration.profile import ProfileError, read_profile
    from host.session.contacting.exclusion import columns
    from host.session.uncalibrated import not_calibrated, uncalibrated_words

    if asked.profile is None:
        return
    try:
        profile = read_profile(asked.profile)
    except ProfileError as error:
        raise SettingsError(str(error)) from error
    montage = profile.montage
    found = not_calibrated(montage, profile.reference(), columns(appointed.exclusions))
    if found:
        options = " ".join(f'--without "{montage.named(column)}"' for column in found)
        raise SettingsError(f"{uncalibrated_words(montage, found)} That is {options}.")


def _exclusions(plan: "Plan", options: argparse.Namespace) -> "tuple[Exclusion, ...]":
    """Return what the therapist goes without, as a contact check would have written it down."""
    if not options.without:
        return ()
    return left_out(montage_named(options.montage or plan.montage), options.without)


def _asked(clinic: "Clinic", appointed: "Appointed", options: argparse.Namespace) -> "Asked":
    """Return what the options ask for, with the newest calibration of these electrodes."""
    from host.session.own_tables import known_montages

    options.affected = options.pattern = None
    in_time = options.live or options.board is not None
    asked = replace(
        asked_for(options, name="practice"),
        watched=in_time,
        through_board=options.live,
        person=appointed.plan.person,
        day="" if options.board is None else _today().isoformat(),
    )
    if asked.profile is not None:
        return asked
    montage = asked.montage or known_montages().get(appointed.plan.montage)
    newest = clinic.newest_profile(appointed.plan.person, montage)
    return asked if newest is None else replace(asked, profile=newest.path)


def _wishes(appointed: "Appointed", options: argparse.Namespace) -> "tuple[BoutWish, ...]":
    """Return the bouts that were asked for; each enabled pattern of the plan, where none was."""
    from host.clinic.plan import FeedbackMode
    from host.session.practising.unattended import BoutWish

    if not options.bout:
        return tuple(BoutWish(pattern=one.name) for one in appointed.plan.enabled)
    wishes = []
    for words in options.bout:
        pattern, _, mode = words.partition(":")
        try:
            wishes.append(
                BoutWish(pattern=pattern, mode=FeedbackMode(mode.strip()) if mode else None)
            )
        except ValueError as error:
            modes = ", ".join(one.value for one in FeedbackMode)
            raise SettingsError(f"{mode!r} is no mode of feedback; there are {modes}.") from error
    return tuple(wishes)


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()
