"""The command `contact`: a verdict on every electrode, as a table or for programs."""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from host.cli.asking import asked_for
from host.cli.boards import board_settings
from host.cli.shared_options import Commands, add_board, add_command, add_placing, positive
from host.errors import SettingsError

if TYPE_CHECKING:
    from host.acquisition.simulated.planting import Planted
    from host.session.asked import Asked
    from host.session.contacting.building import ContactBuild
    from host.session.contacting.view import ContactView

_SIMULATED = "simulated"


def add_contact(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `contact`."""
    about = """\
Check the contact of every electrode at once: what is wrong, what to do, how loud its rest is, and
its impedance where the board can measure it. Ends once every verdict is steady. The exit status
is 0 where practice may start, else 2."""
    contact = add_command(commands, "contact", "check the contact of every electrode", about)
    group = contact.add_argument_group("what is checked")
    group.add_argument(
        "--no-impedance", action="store_true", help="no test current: only what the signal says"
    )
    group.add_argument(
        "--sides", action="store_true", help="ask for one side after the other too (20 s)"
    )
    group.add_argument(
        "--patience", metavar="S", type=positive, default=20.0, help="wait so long (default 20)"
    )
    group.add_argument(
        "--json", metavar="FILE", type=Path, help="write what was found as JSON; - prints it"
    )
    simulated = contact.add_argument_group("the simulated patient (without --board)")
    simulated.add_argument("--seed", metavar="N", type=int, default=1, help="another one")
    simulated.add_argument(
        "--plant",
        metavar="FAULT",
        help="a fault to see what is said: swapped, loose:CH, clipped:CH",
    )
    simulated.add_argument(
        "--direct", action="store_true", help="leave out the simulated Cyton and BrainFlow"
    )
    add_board(contact, required=False)
    add_placing(contact)
    contact.set_defaults(pattern=None)


def contact(options: argparse.Namespace) -> int:
    """Check the contact once, and tell what was found."""
    real = options.board not in (None, _SIMULATED)
    if real and (options.plant or options.direct):
        raise SettingsError("--plant and --direct are for the simulated patient.")
    to = options.json
    if to is not None and not to.absolute().parent.is_dir():
        raise SettingsError(f"there is no folder {to.absolute().parent} to write into.")
    # In time only where somebody sits there: the simulated patient who is read directly hurries.
    asked = replace(asked_for(options, name="contact"), watched=False, recorded=False)
    build = _build(options, asked, real=real)
    from host.session.contacting.unattended import Wanted, run_once
    from host.session.contacting.view import may_start

    wanted = Wanted(
        impedance=not options.no_impedance, sides=options.sides, patience_s=options.patience
    )
    as_data = to is not None and str(to) == "-"
    stage, view = run_once(build, wanted, _silent if as_data else _Prompting())
    _tell(view, stage.words, to)
    return 2 if may_start(view) else 0


class _Prompting:
    """Prints what the patient is asked, whenever that changes."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, view: "ContactView") -> None:
        said = f"{view.phase.value[:1].upper()}{view.phase.value[1:]} …"
        if view.sides is not None and view.sides.prompt:
            said = f"  {view.sides.prompt}"
        if said != self._said:
            self._said = said
            print(said, flush=True)


def _silent(_view: "ContactView") -> None:
    """Leave the output to the data."""


def _tell(view: "ContactView", words: str, to: Path | None) -> None:
    from host.report.contact_table import contact_json, contact_lines

    text = json.dumps(contact_json(view, words), indent=1, ensure_ascii=False)
    if to is not None and str(to) == "-":
        print(text)
        return
    print("\n".join([f"{words[:1].upper()}{words[1:]}", *contact_lines(view)]))
    if to is not None:
        try:
            to.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise SettingsError(f"{to} cannot be written: {error.strerror}.") from error


def _build(options: argparse.Namespace, asked: "Asked", *, real: bool) -> "ContactBuild":
    from host.session.contacting.building import Checking, board_contact, patient_contact

    if real:
        return board_contact(board_settings(options), asked)
    return patient_contact(asked, Checking(planted=_planted(options.plant)))


def _planted(words: str | None) -> "Planted | None":
    from host.acquisition.simulated.planting import Planted

    try:
        return None if words is None else Planted.parse(words)
    except ValueError as error:
        raise SettingsError(f"--plant: {error}.") from error
