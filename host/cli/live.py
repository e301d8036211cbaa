"""Commands that show something live: `demo`, `run`, `devices`."""

import argparse
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from host.cli.asking import asked_for, repair_first
from host.cli.boards import board_settings
from host.cli.showing import headless, show

if TYPE_CHECKING:
    from host.session.worker import Stage

_DEMO_S = 20.0
"""How long the simulated patient runs where there is no window to close."""


def demo(options: argparse.Namespace) -> int:
    """Show bars of the simulated patient, or of a recording."""
    asked, opened = asked_for(options, name="demo"), None
    if options.recording is not None:
        from host.session.opened import open_recording

        opened = open_recording(options.recording, asked, rate_hz=options.rate)
    elif asked.pattern is not None:
        from host.acquisition.simulated.settings import PatientSettings

        asked.movement(asked.montage or PatientSettings().montage, asked.pattern)
    without_window = headless(options)
    asked = replace(asked, watched=not without_window)
    if without_window and opened is None and asked.seconds is None:
        asked = replace(asked, seconds=_DEMO_S)
        print(f"Running for {_DEMO_S:g} s (--seconds N for another time).")

    def build(stack: ExitStack) -> "Stage":
        from host.session.setup import patient_session, recording_session

        if opened is not None:
            return recording_session(opened, asked)(stack)
        _say_repaired(asked.recorded, options)
        return patient_session(asked)(stack)

    return show(build, options, without_window=without_window)


def run(options: argparse.Namespace) -> int:
    """Show bars of a board."""
    asked = replace(
        asked_for(options, name=options.board), day=f"{datetime.now().astimezone():%Y-%m-%d}"
    )
    asked.refuse_unplaced()
    settings = board_settings(options)
    without_window = headless(options)

    def build(stack: ExitStack) -> "Stage":
        from host.session.setup import board_session

        _say_repaired(asked.recorded, options)
        return board_session(settings, asked)(stack)

    return show(build, options, without_window=without_window)


def devices(options: argparse.Namespace) -> int:
    """List serial ports, and the boards that can be used."""
    del options
    from host.acquisition.catalog import describe_boards
    from host.acquisition.front_end import describe_front_ends
    from host.acquisition.ports import describe_ports

    print(f"{describe_ports()}\n\n{describe_boards()}\n\n{describe_front_ends()}")
    print("\nWhat answers at a port, and how well: quietface check-board --port PORT")
    return 0


def _say_repaired(recorded: bool, options: argparse.Namespace) -> None:  # noqa: FBT001
    """Close what a crash left open, before a new session begins."""
    if recorded:
        for sentence in repair_first(options.record_to):
            print(sentence, flush=True)
