"""The options of the commands for recordings."""

import argparse
from pathlib import Path

from host.cli.shared_options import Commands, add_command, add_judging, add_output, positive


def add_recording_commands(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `replay`, `review`, `import`, `export`, `repair` and `sessions`."""
    _replay(commands)
    _review(commands)
    _import(commands)
    _export(commands)
    _repair(commands)


def _replay(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
Play a recording through the very same bars. Without a screen it is judged as fast as it goes. With
another line, ceiling or role it says what would have changed in each attempt, and why."""
    replay = add_command(commands, "replay", "play a recording through the bars", about)
    _recording(replay)
    replay.add_argument(
        "--speed",
        metavar="N",
        type=_speed,
        default=1.0,
        help="0.25 to 16 times as fast as it was (default 1)",
    )
    group = replay.add_argument_group("what if")
    group.add_argument(
        "--line", metavar="SHARE", type=positive, help="quiet muscles stay below this share"
    )
    group.add_argument(
        "--ceiling", metavar="SHARE", type=positive, help='above this share it says "softer"'
    )
    group.add_argument(
        "--gentle", metavar="UV", type=positive, help="a gentle contraction is so many microvolts"
    )
    group.add_argument(
        "--quiet", metavar="MUSCLE", action="append", default=[], help="ask it to be quiet, as ZYG"
    )
    group.add_argument(
        "--tolerate", metavar="MUSCLE", action="append", default=[], help="do not judge it, as OOC"
    )
    group.add_argument(
        "--save", action="store_true", help="keep these results as a revision beside the session"
    )
    add_judging(replay)
    add_output(replay)


def _review(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
Look at a whole recording: levels of both sides, patterns, what came along, notes. Space plays,
arrows go from attempt to attempt, the wheel zooms."""
    review = add_command(commands, "review", "look at a whole recording", about)
    _recording(review)
    add_judging(review)
    group = review.add_argument_group("screen and files")
    group.add_argument("--headless", action="store_true", help="no window: write a picture")
    group.add_argument("--picture", metavar="FILE", type=Path, help="write a picture, and leave")
    group.add_argument(
        "--theme", choices=("system", "light", "dark"), default="system", help="colours"
    )


def _import(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
Take a recording of another program over as a session: the same samples, and everything that was
found about it. The file itself stays as it is."""
    take = add_command(commands, "import", "take a recording of another program over", about)
    _recording(take)
    take.add_argument("--to", metavar="DIR", type=Path, required=True, help="folder of sessions")
    add_judging(take)


def _export(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
Write a recording for other programs: BIDS (BDF+ with its sidecars), or its results as tables."""
    export = add_command(commands, "export", "write a recording for other programs", about)
    _recording(export)
    group = export.add_argument_group("what is written")
    group.add_argument("--bids", metavar="DIR", type=Path, help="a BIDS dataset, new or not")
    group.add_argument("--subject", metavar="CODE", default="01", help="a code, never a name")
    group.add_argument("--session", metavar="LABEL", default="", help="label of the session")
    group.add_argument("--task", metavar="NAME", default="retraining", help="label of the task")
    group.add_argument("--csv", metavar="DIR", type=Path, help="attempts, episodes, levels as CSV")
    group.add_argument("--parquet", metavar="DIR", type=Path, help="the same as Parquet")
    add_judging(export)


def _repair(commands: "Commands[argparse.ArgumentParser]") -> None:
    about = """\
Close recordings that a crash or a power cut left open. Every whole record is kept, and nothing is
deleted. A session that begins does the same by itself."""
    repair = add_command(commands, "repair", "close recordings that a crash left open", about)
    sessions = add_command(commands, "sessions", "list the recorded sessions")
    for command in (repair, sessions):
        command.add_argument(
            "folder",
            metavar="DIR",
            type=Path,
            nargs="?",
            help="folder of sessions (default: the program's own)",
        )


def _recording(command: argparse.ArgumentParser) -> None:
    """Add the recording, and how to read one that does not say it."""
    command.add_argument(
        "recording",
        metavar="REC",
        type=Path,
        help="a session's folder or name, `last`, or a file of another program",
    )
    command.add_argument(
        "--rate", metavar="HZ", type=positive, help="rate of a recording that does not tell it"
    )
    command.add_argument(
        "--mapping",
        metavar="FILE",
        type=Path,
        help="TOML that says what the columns of a CSV are",
    )


def _speed(text: str) -> float:
    speed = positive(text)
    if not 0.25 <= speed <= 16.0:
        raise argparse.ArgumentTypeError(f"a speed is 0.25 to 16, got {text!r}")
    return speed
