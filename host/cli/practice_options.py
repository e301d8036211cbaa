"""The options of `practise`."""

import argparse

from host.cli.leaving_out import add_without
from host.cli.shared_options import Commands, add_board, add_command, add_recording, positive


def add_practise(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `practise`."""
    about = """\
Practise bouts of the patterns of a patient's plan, without a screen: with the simulated patient, or
on a board. Nobody practises without a confirmed plan: see quietface plan CODE."""
    practise = add_command(commands, "practise", "bouts of a patient's plan", about)
    practise.add_argument(
        "--person", metavar="CODE", required=True, help="whose plan, by code and never by name"
    )
    _add_bouts(practise)
    _add_electrodes(practise)
    _add_simulated(practise)
    add_board(practise, required=False)
    add_recording(practise)


def _add_bouts(practise: argparse.ArgumentParser) -> None:
    bouts = practise.add_argument_group("bouts")
    bouts.add_argument(
        "--bout",
        metavar="PATTERN[:MODE]",
        action="append",
        default=[],
        help='a bout, such as "pucker" or "pucker:feel first"; may be given again '
        "(modes: bars, sound, feel first, faded; default: each pattern of the plan, in its mode)",
    )
    bouts.add_argument("--seconds", metavar="N", type=positive, help="end after so long")
    bouts.add_argument(
        "--headless", action="store_true", help="no window: print every attempt, and a summary"
    )


def _add_electrodes(practise: argparse.ArgumentParser) -> None:
    electrodes = practise.add_argument_group("electrodes")
    electrodes.add_argument(
        "--montage", metavar="NAME|FILE", help="as they lie today (default: the plan's)"
    )
    electrodes.add_argument(
        "--profile",
        metavar="FILE|CODE",
        help="judge by this calibration (default: the person's newest with these electrodes)",
    )
    electrodes.add_argument(
        "--electrodes",
        metavar="ID",
        help="the electrodes as they lie now (default: a profile of another day is refused)",
    )
    add_without(electrodes)
    electrodes.add_argument(
        "--mains", choices=("auto", "50", "60", "none"), default="auto", help="mains to remove"
    )


def _add_simulated(practise: argparse.ArgumentParser) -> None:
    simulated = practise.add_argument_group("simulated patient")
    simulated.add_argument(
        "--seed", metavar="N", type=int, default=1, help="another simulated patient (default 1)"
    )
    simulated.add_argument(
        "--live", action="store_true", help="in real time, through a simulated Cyton and BrainFlow"
    )
    simulated.add_argument(
        "--faults", metavar="WORDS", default="", help="what goes wrong on the way (with --live)"
    )
