"""The options of `patients` and `plan`."""

import argparse
from datetime import date

from host.cli.shared_options import Commands, add_command


def add_patient_commands(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `patients` and `plan`."""
    _patients(commands)
    _plan(commands)


def _patients(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
List the patients by code, add one, or confirm synkinesis. Nobody practises before a therapist has
confirmed it by name or code, and day."""
    patients = add_command(commands, "patients", "list patients, add one, confirm one", about)
    what = patients.add_subparsers(dest="what", metavar="WHAT", title="what to do (default: list)")
    add_command(what, "list", "list the patients")
    add = add_command(what, "add", "add a patient")
    _code(add)
    add.add_argument(
        "--affected",
        choices=("left", "right"),
        required=True,
        help="affected side, the patient's own",
    )
    _who(add, required=False)
    confirm = add_command(what, "confirm", "confirm that a patient has synkinesis")
    _code(confirm)
    _who(confirm, required=True)
    _day(confirm)


def _plan(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
Print a patient's plan, and what stands in the way of practice today. --enable makes a new version
of it, in which that pattern may be practised."""
    plan = add_command(commands, "plan", "print a patient's plan", about)
    _code(plan)
    plan.add_argument(
        "--montage",
        metavar="NAME|FILE",
        help="the electrodes of a first plan (default: those of the newest profile, else face-8)",
    )
    plan.add_argument(
        "--enable",
        metavar="PATTERN",
        action="append",
        default=[],
        help='a pattern that is right for this patient, such as "pucker"; may be given again',
    )
    _who(plan, required=False)
    _day(plan)


def _code(command: argparse.ArgumentParser) -> None:
    command.add_argument("code", metavar="CODE", help="the patient's code, never a name")


def _who(command: argparse.ArgumentParser, *, required: bool) -> None:
    command.add_argument(
        "--therapist", metavar="CODE", required=required, help="the therapist's name or code"
    )


def _day(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--day", metavar="DATE", type=_date, help="day of the confirmation (default: today)"
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"need a day such as 2026-11-25, got {text!r}") from None
