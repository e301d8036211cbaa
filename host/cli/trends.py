"""The command `trends`: what a person's sessions say together."""

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from host.cli.shared_options import Commands, add_command
from host.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from host.report.trends import Trends
    from host.report.trends_session import SessionMeasures

_LEARNER, _STEADY = "learner", "steady"


def add_trends(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    about = """\
What the recorded sessions of a person say together: is a muscle less involved than it was, and can
that be told? Every change has its 95 % interval; only one without 0 is called a change."""
    command = add_command(commands, "trends", "how a person's sessions compare", about)
    whose = command.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", metavar="CODE", help="whose recorded sessions")
    whose.add_argument(
        "--simulated",
        choices=(_LEARNER, _STEADY),
        help="five appointments of a simulated patient who learns, or does not",
    )
    command.add_argument(
        "--seed", metavar="N", type=int, default=1, help="another simulated patient (default 1)"
    )
    group = command.add_argument_group("files")
    group.add_argument("--json", metavar="FILE", type=Path, help="write everything as JSON")
    group.add_argument("--csv", metavar="FILE", type=Path, help="write the table as CSV")


def trends(options: argparse.Namespace) -> int:
    """Print the table and what can be told."""
    _refuse_unwritable(options)
    from host.report.trends_words import trend_lines

    found = _simulated(options) if options.simulated else _of_person(options.person)
    print("\n".join([*trend_lines(found), *_toxin(options.person)]))
    if options.json is not None:
        from host.report.trends_table import trends_json

        _write_json(trends_json(found), options.json)
    if options.csv is not None:
        from host.report.trends_table import write_trends

        write_trends(found, options.csv)
    return 0


def _of_person(code: str) -> "Trends":
    from host.clinic.repository import Clinic
    from host.report.trends import trends_of

    listing = Clinic().sessions(code)
    for sentence in listing.damaged:
        print(f"Left out: {sentence}")
    sessions = _measured([stored.folder for stored in listing.found])
    if not sessions:
        raise SettingsError(f"{code} has no recorded session with attempts yet.")
    newest = sessions[-1].affected
    if others := [one.name for one in sessions if one.affected is not newest]:
        print(f"Left out, for they have another affected side: {', '.join(others)}.")
    return trends_of([one for one in sessions if one.affected is newest])


def _toxin(code: str | None) -> list[str]:
    """Say when botulinum toxin was given: it changes levels whoever learns what."""
    from host.clinic.repository import Clinic
    from host.errors import ClinicError

    if code is None:
        return []
    try:
        given = Clinic().patient(code).botulinum
    except ClinicError:
        return []
    return [f"Botulinum toxin {one.words}: levels change for months after it." for one in given]


def _measured(folders: "Sequence[Path]") -> "list[SessionMeasures]":
    """Return what was measured in these sessions, those without attempts left out.

    What is not kept beside its recording is read, by as many processes as there are cores.
    """
    from host.report.judged_apart import Done, Work, judged_apart
    from host.report.measured_file import recalled

    known = {folder: kept for folder in folders if (kept := recalled(folder)) is not None}
    missing = [Work(folder=folder, bouts=False) for folder in folders if folder not in known]
    for told in judged_apart(missing, at_once=os.cpu_count() or 1):
        if isinstance(told, Done) and told.judged is not None:
            known[told.folder] = told.judged
        elif isinstance(told, Done):
            print(f"Left out: {told.said}")
    measures = [known[folder].measures for folder in folders if folder in known]
    return [one for one in measures if one.attempts]


def _simulated(options: argparse.Namespace) -> "Trends":
    from host.acquisition.simulated.learning import Learner
    from host.report.trends import trends_of
    from host.report.trends_simulated import course_of

    print("Five appointments of a simulated patient, calibrated and judged as real ones are …")
    try:
        learner = Learner(seed=options.seed, falls=0.2 if options.simulated == _LEARNER else 0.0)
    except ValueError as error:
        raise SettingsError(f"--seed: {error}.") from error
    return trends_of(course_of(learner, 5))


def _refuse_unwritable(options: argparse.Namespace) -> None:
    for path in (options.json, options.csv):
        if path is not None and not path.absolute().parent.is_dir():
            raise SettingsError(f"there is no folder {path.absolute().parent} to write into.")


def _write_json(data: object, path: Path) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}.") from error
