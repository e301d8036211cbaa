"""Options that several commands share."""

import argparse
import math
from pathlib import Path

Commands = argparse._SubParsersAction  # noqa: SLF001  argparse has no public name for it


def add_command(
    commands: "Commands[argparse.ArgumentParser]", name: str, text: str, about: str = ""
) -> argparse.ArgumentParser:
    """Add a command; `about` says more than the line in the list."""
    return commands.add_parser(
        name,
        help=text,
        description=about or text[0].upper() + text[1:] + ".",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_judging(command: argparse.ArgumentParser) -> None:
    """Add what is said about electrodes and movement."""
    group = add_placing(command)
    group.add_argument(
        "--pattern", metavar="NAME", help='movement, such as "gentle closed smile" (default: rest)'
    )
    group.add_argument(
        "--profile",
        metavar="FILE|CODE",
        help="judge by this calibration: a file, or a person's code for the newest of that person",
    )


def add_placing(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Add what is said about electrodes."""
    group = command.add_argument_group("electrodes and movement")
    group.add_argument(
        "--montage",
        metavar="NAME|FILE",
        help="which channel lies on which muscle: face-4, face-8, face-8-brow, face-8-chin, "
        "face-16, face-16-dao, or a TOML file; without it channels have numbers only",
    )
    group.add_argument(
        "--affected", choices=("left", "right"), help="affected side, the patient's own"
    )
    group.add_argument(
        "--mains",
        choices=("auto", "50", "60", "none"),
        default="auto",
        help="mains frequency to remove (default: whichever is heard in the first second)",
    )
    return group


def add_board(command: argparse.ArgumentParser, *, required: bool) -> None:
    """Add which board, and how it is wired."""
    board = command.add_argument_group("board")
    board.add_argument(
        "--board",
        metavar="NAME",
        required=required,
        help="cyton, cyton-daisy, ganglion, arduino, synthetic, … or BrainFlow's own name",
    )
    board.add_argument("--port", help="serial port, such as /dev/ttyUSB0 or COM3")
    board.add_argument("--address", metavar="IP[:PORT]", help="address of a board on the network")
    board.add_argument("--mac", help="Bluetooth address of a board")
    board.add_argument(
        "--gain", metavar="N", type=int, help="amplifier gain of a Cyton (default 24)"
    )
    board.add_argument(
        "--wiring",
        choices=("bipolar", "common"),
        default="bipolar",
        help="bipolar: each channel has a pair of electrodes (default); "
        "common: one electrode against the board's reference pin",
    )

    _add_arduino(command)


def _add_arduino(command: argparse.ArgumentParser) -> None:
    """Add what only our own board is asked for."""
    group = command.add_argument_group("Arduino board")
    group.add_argument(
        "--front-end",
        metavar="NAME",
        help="what is before its inputs: myoware-2-raw, bioamp-exg-pill, ad8232, … or gain for any "
        "other (default: what the board has kept); quietface devices lists them",
    )
    group.add_argument(
        "--front-end-gain",
        metavar="N",
        type=positive,
        help="volts at its input per volt at the skin, where that is not published, or measured",
    )
    group.add_argument(
        "--reference",
        metavar="VOLTS",
        type=positive,
        help="its converter's reference as measured, mostly the 5 V pin (default: what the board "
        "has kept)",
    )
    group.add_argument(
        "--board-rate",
        type=int,
        choices=(250, 500, 1000),
        help="samples a second and channel (default: the most that its link carries)",
    )


def add_recording(command: argparse.ArgumentParser) -> None:
    """Add where the session is recorded; that it is, need not be said."""
    group = command.add_argument_group("recording")
    group.add_argument(
        "--record-to",
        metavar="DIR",
        type=Path,
        help="folder of sessions (default: quietface/sessions among your data)",
    )
    group.add_argument("--no-recording", action="store_true", help="do not record this session")


def add_output(command: argparse.ArgumentParser) -> None:
    """Add where results go."""
    group = command.add_argument_group("screen and files")
    group.add_argument(
        "--headless", action="store_true", help="no window: print a summary, write a picture"
    )
    group.add_argument("--seconds", metavar="N", type=positive, help="end after so long")
    group.add_argument("--json", metavar="FILE", type=Path, help="write the summary as JSON")
    group.add_argument(
        "--levels", metavar="FILE", type=Path, help="write levels as CSV, ten rows a second"
    )
    group.add_argument(
        "--picture",
        metavar="FILE",
        type=Path,
        default=Path("quietface.png"),
        help="picture of the patient's window (default quietface.png; headless only)",
    )
    group.add_argument(
        "--theme",
        choices=("system", "light", "dark"),
        default="system",
        help="colours of the window",
    )


def positive(text: str) -> float:
    """Read a number above 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise argparse.ArgumentTypeError(f"need a number above 0, got {text!r}")
    return value
