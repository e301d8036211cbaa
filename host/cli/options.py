"""The options of the command line, and their help."""

import argparse
from pathlib import Path

from host.cli.calibration_options import add_calibrate
from host.cli.checking import add_check_board
from host.cli.contacting import add_contact
from host.cli.emulating import add_emulate, add_faults
from host.cli.patient_options import add_patient_commands
from host.cli.practice_options import add_practise
from host.cli.recording_options import add_recording_commands
from host.cli.shared_options import (
    Commands,
    add_board,
    add_command,
    add_judging,
    add_output,
    add_recording,
    positive,
)
from host.cli.trends import add_trends

_ABOUT = """\
Quietface measures how quiet the unhelpful muscles of a face stay while it moves.
Research software for supervised use, not a medical device."""

_EXAMPLES = """\
examples:
  quietface demo                                  a simulated patient, through BrainFlow, live
  quietface demo --from OpenBCI-RAW.txt           a real recording through the same bars
  quietface demo --headless --json summary.json   without a screen: summary and picture
  quietface devices                               what is plugged in, and what to type for it
  quietface run --board cyton --port /dev/ttyUSB0 --montage face-8 --affected right
  quietface check-board --port COM3               what answers there, and how well it measures
  quietface contact --board cyton --port COM3     the contact of every electrode, impedance too
  quietface calibrate                             the simulated patient's profile: rest and gentle
  quietface emulate --faults loss=1%              a Cyton in software, for any BrainFlow program
  quietface emulate --as arduino                  our Arduino board in software
  quietface review last                           look at the last session again
  quietface replay last --line 0.4                and judge it with another line
  quietface import OpenBCI-RAW.txt --to DIR       take a recording of another program over
  quietface export last --bids DIR                for other programs
  quietface patients add P01 --affected right     a patient, by code
  quietface plan P01                              what P01 practises, and what is in the way
  quietface practise --person P01 --headless      bouts of that plan, with the simulated patient
  quietface trends --person P01                   what P01's sessions say together

`quietface COMMAND --help` tells the options of a command."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="quietface",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="store_true", help="print the version and leave")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _demo(commands)
    _run(commands)
    add_command(commands, "devices", "list serial ports and the boards that can be used")
    add_contact(commands)
    add_calibrate(commands)
    add_emulate(commands)
    add_check_board(commands)
    add_recording_commands(commands)
    add_patient_commands(commands)
    add_practise(commands)
    add_trends(commands)
    return top


def _demo(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
Watch relaxation bars without hardware. A simulated patient with synkinesis streams through a
simulated Cyton and BrainFlow, as a real one would; --from plays a recording instead."""
    demo = add_command(
        commands, "demo", "live bars of a simulated patient, or of a recording", about
    )
    source = demo.add_argument_group("what is shown")
    source.add_argument(
        "--from",
        dest="recording",
        metavar="RECORDING",
        type=Path,
        help="a file of the OpenBCI GUI (text, v3 to v6), of BrainFlow, or a CSV with a header",
    )
    source.add_argument(
        "--rate", metavar="HZ", type=positive, help="rate of a recording that does not tell it"
    )
    source.add_argument(
        "--seed", metavar="N", type=int, default=1, help="another simulated patient (default 1)"
    )
    source.add_argument(
        "--direct", action="store_true", help="leave out the simulated Cyton and BrainFlow"
    )
    add_faults(source)
    add_judging(demo)
    add_output(demo)
    add_recording(demo)


def _run(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
Live bars of a board. The patient and everything that touches the patient run on batteries:
see hardware.md."""
    run = add_command(commands, "run", "live bars of a board", about)
    add_board(run, required=True)
    add_judging(run)
    whose = run.add_argument_group("whose session")
    whose.add_argument("--person", metavar="CODE", help="refuse a profile of anybody else")
    whose.add_argument(
        "--electrodes",
        metavar="ID",
        help="the electrodes as they lie now (default: a profile of another day is refused)",
    )
    add_output(run)
    add_recording(run)
