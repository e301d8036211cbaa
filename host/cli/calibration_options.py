"""The options of `calibrate`."""

import argparse
from pathlib import Path

from host.cli.leaving_out import add_without
from host.cli.shared_options import (
    Commands,
    add_board,
    add_command,
    add_placing,
    add_recording,
    positive,
)


def add_calibrate(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `calibrate`."""
    about = """\
Find out what is rest and what is gentle for each muscle of one person, in about four minutes: of
the simulated patient, of a board, or from a recording. What is found wrong is said step by step,
with what to do about it."""
    calibrate = add_command(commands, "calibrate", "find a person's rest and gentle effort", about)
    _whose(calibrate)
    _what(calibrate)
    _from(calibrate)
    _simulated(calibrate)
    add_board(calibrate, required=False)
    add_placing(calibrate)
    add_recording(calibrate)
    calibrate.set_defaults(pattern=None)


def _whose(calibrate: argparse.ArgumentParser) -> None:
    group = calibrate.add_argument_group("whose calibration")
    group.add_argument("--person", metavar="CODE", help="the person's code, never a name")
    group.add_argument("--therapist", metavar="CODE", help="the therapist's code")
    group.add_argument(
        "--electrodes",
        metavar="ID",
        help="what to call this application of electrodes (default: date and time)",
    )


def _what(calibrate: argparse.ArgumentParser) -> None:
    group = calibrate.add_argument_group("what is done")
    group.add_argument(
        "--ramps", action="store_true", help="a slow ramp of each muscle too: how selective it is"
    )
    group.add_argument(
        "--recheck",
        metavar="PROFILE",
        type=Path,
        help="20 s after electrodes were applied anew: carry this profile over, if it still fits",
    )
    add_without(group)
    group.add_argument(
        "--to",
        metavar="FILE",
        type=Path,
        help="where to save the profile (default: quietface/profiles among your data)",
    )
    group.add_argument("--headless", action="store_true", help="no window: print what is found")
    group.add_argument(
        "--theme", choices=("system", "light", "dark"), default="system", help="colours"
    )


def _from(calibrate: argparse.ArgumentParser) -> None:
    group = calibrate.add_argument_group("from a recording")
    group.add_argument(
        "--from",
        dest="recording",
        metavar="RECORDING",
        type=Path,
        help="a recorded calibration, or another program's file with --segments",
    )
    group.add_argument(
        "--segments",
        metavar="FILE",
        type=Path,
        help="CSV with the header kind,start_s,stop_s,muscle,side: what was done when; kinds are "
        "rest, side check, reference, ramp and movement",
    )
    group.add_argument(
        "--rate", metavar="HZ", type=positive, help="rate of a recording that does not tell it"
    )


def _simulated(calibrate: argparse.ArgumentParser) -> None:
    group = calibrate.add_argument_group("the simulated patient")
    group.add_argument(
        "--seed", metavar="N", type=int, default=1, help="another simulated patient (default 1)"
    )
    group.add_argument(
        "--plant",
        metavar="FAULT",
        help="a fault of cables or electrodes, to see what is said: swapped, loose:CH, clipped:CH, "
        "weak:CH or wrong:CH",
    )
    group.add_argument(
        "--live",
        action="store_true",
        help="without a window too in real time, through the simulated Cyton and BrainFlow",
    )
