"""`quietface check-board`: what answers at a port, and how well it measures."""

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from host.cli.boards import board_settings
from host.cli.shared_options import Commands, add_board, add_command, positive
from host.errors import OtherBoardError, SettingsError

if TYPE_CHECKING:
    from host.acquisition.live import BoardSource
    from host.acquisition.settings import BoardSettings
    from host.session.board_verdicts import Finding
    from host.session.checking_board import BoardReport, Checks

_ABOUT = """\
Check a board before anybody sits down: does it answer, at which rate, what is lost on the way, does
its test signal come through, how loud is its noise. Works on a Cyton and on the Arduino board. The
exit status is 0 where the board can be used, else 2."""
_LOOKING = "Looking at {board} for {seconds:g} s …"


def add_check_board(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command's options."""
    check = add_command(commands, "check-board", "check a board's rate, losses and noise", _ABOUT)
    group = check.add_argument_group("what is checked")
    group.add_argument(
        "--seconds",
        metavar="N",
        type=positive,
        default=10.0,
        help="watch the link so long (default 10)",
    )
    group.add_argument(
        "--guided",
        action="store_true",
        help="ask for the clips to be joined, and measure the noise of everything",
    )
    group.add_argument(
        "--keep",
        action="store_true",
        help="have the Arduino board keep --front-end, --front-end-gain and --reference: it then "
        "needs them no more, after power was off too",
    )
    group.add_argument(
        "--json", metavar="FILE", type=Path, help="write what was found as JSON; - prints it"
    )
    add_board(check, required=False)


def check_board(options: argparse.Namespace) -> int:
    """Check the board at a port, and say what was found."""
    to, as_data = options.json, str(options.json) == "-"
    if to is not None and not to.absolute().parent.is_dir():
        raise SettingsError(f"there is no folder {to.absolute().parent} to write into.")
    if options.guided and (as_data or not sys.stdin.isatty()):
        raise SettingsError("--guided asks questions: it needs a terminal, and no --json -.")
    if options.keep and not any((options.front_end, options.front_end_gain, options.reference)):
        raise SettingsError(
            "--keep has the board keep what is said: give --front-end NAME, --front-end-gain N or "
            "--reference VOLTS too."
        )
    from host.session.board_verdicts import Verdict
    from host.session.checking_board import check_board as checked

    with ExitStack() as stack:
        source, settings = _opened(options, stack)
        if options.keep and not settings.find().ours:
            raise SettingsError(f"{settings.find().title} keeps no settings: leave --keep out.")
        if options.keep:
            kept = _kept(source, settings)
            if not as_data:
                print(kept, flush=True)
        if not as_data:
            title = settings.find().title
            print(_LOOKING.format(board=title, seconds=options.seconds), flush=True)
        report = checked(source, _checks(options, settings), _silent if as_data else _say)
    _tell(report, settings, to)
    return 2 if report.verdict is Verdict.BAD else 0


def _opened(options: argparse.Namespace, stack: ExitStack) -> "tuple[BoardSource, BoardSettings]":
    """Open the board that was named; else ours, or a Cyton where that is what answers."""
    from host.acquisition.live import BoardSource

    named = options.board
    options.board = named or "arduino"
    settings = board_settings(options)
    try:
        return stack.enter_context(BoardSource(settings)), settings
    except OtherBoardError:
        if named is not None:
            raise
    from host.acquisition.quietface_mode import Wish

    cyton = replace(settings, board="cyton", wish=Wish())
    return stack.enter_context(BoardSource(cyton)), cyton


def _kept(source: "BoardSource", settings: "BoardSettings") -> str:
    """Have the board keep how it is set; return what that is, in a sentence."""
    from host.acquisition.quietface_mode import front_end_of, keep

    board = keep(source.ask)
    front_end = front_end_of(board, settings.wish)
    return (
        f"Kept in the board: {front_end.title}, gain {board.gain:g}, reference "
        f"{board.reference_uv / 1e6:g} V."
    )


def _checks(options: argparse.Namespace, settings: "BoardSettings") -> "Checks":
    from host.session.checking_board import Checks

    board = settings.find()
    try:
        return Checks(
            seconds=options.seconds,
            obeys_cyton=board.settable_gain or board.ours,
            joins_inside=not board.ours,
            help_asked=_asked if options.guided else None,
        )
    except ValueError as error:
        raise SettingsError(f"--seconds: {error}.") from error


def _asked(what: str) -> bool:
    answer = input(f"\n{what}\nThen press Enter; type s and Enter to leave it out: ")
    return not answer.strip().lower().startswith("s")


def _say(finding: "Finding") -> None:
    print(f"{finding.subject:<12}  {finding.verdict.value:<12}  {finding.sentence}", flush=True)


def _silent(_finding: "Finding") -> None:
    """Leave the output to the data."""


def _tell(report: "BoardReport", settings: "BoardSettings", to: Path | None) -> None:
    from host.session.checking_board import report_json

    text = json.dumps(
        report_json(report, settings.board, settings.port), indent=1, ensure_ascii=False
    )
    if to is not None and str(to) == "-":
        print(text)
        return
    print("\n".join(["", *report.remarks, report.conclusion]))
    if to is not None:
        try:
            to.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise SettingsError(f"{to} cannot be written: {error.strerror}.") from error
