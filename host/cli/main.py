"""The command line: `quietface demo`, `run`, `devices`, `emulate`."""

import argparse
import io
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from host.errors import HostError, SettingsError
from host.feedback.screenless import has_screen, require_qt
from host.options import parser
from host.report.version import program_version

if TYPE_CHECKING:
    from calibration.montage import Montage
    from host.acquisition.settings import Wiring
    from host.acquisition.simulated.faults import Faults
    from host.acquisition.source import Source
    from host.session.asked import Asked
    from host.session.worker import Build, Stage

WIRINGS: "dict[str, Wiring]" = {"bipolar": "bipolar", "common": "common reference"}

_DEMO_S = 20.0
"""How long the simulated patient runs where there is no window to close."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status. A mistake is told in one sentence."""
    _speak_utf8()
    top = parser()
    options = top.parse_args(arguments)
    if options.version:
        print(f"quietface {program_version()}")
        return 0
    if options.command is None:
        top.print_help()
        return 0
    commands = {"demo": demo, "run": run, "devices": devices, "emulate": emulate}
    try:
        return commands[options.command](options)
    except HostError as error:
        print(f"quietface: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who reads the output has gone (`| head`); Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def demo(options: argparse.Namespace) -> int:
    """Show bars of the simulated patient, or of a recording."""
    asked, recording = _asked(options), None
    if options.recording is not None:
        from host.recording.foreign import read_foreign

        asked.refuse_unplaced()
        recording = read_foreign(options.recording, rate_hz=options.rate)
    elif asked.pattern is not None:
        from host.acquisition.simulated.settings import PatientSettings

        asked.movement(asked.montage or PatientSettings().montage, asked.pattern)
    headless = _headless(options)
    asked = replace(asked, watched=not headless)
    if headless and recording is None and asked.seconds is None:
        asked = replace(asked, seconds=_DEMO_S)
        print(f"Running for {_DEMO_S:g} s (--seconds N for another time).")

    def build(stack: ExitStack) -> "Stage":
        from host.session.setup import patient_session, recording_session

        make = patient_session(asked) if recording is None else recording_session(recording, asked)
        return make(stack)

    return _run_headless(build, options) if headless else _run_window(build, options)


def run(options: argparse.Namespace) -> int:
    """Show bars of a board."""
    from host.acquisition.settings import BoardSettings

    asked = _asked(options)
    asked.refuse_unplaced()
    chosen = {
        name: value
        for name in ("port", "address", "mac", "gain")
        if (value := getattr(options, name)) is not None
    }
    settings = BoardSettings(board=options.board, wiring=WIRINGS[options.wiring], **chosen)
    settings.refuse_missing_address()
    headless = _headless(options)

    def build(stack: ExitStack) -> "Stage":
        from host.session.setup import board_session

        return board_session(settings, asked)(stack)

    return _run_headless(build, options) if headless else _run_window(build, options)


def devices(options: argparse.Namespace) -> int:
    """List serial ports, and the boards that can be used."""
    del options
    from host.acquisition.catalog import describe_boards
    from host.acquisition.ports import describe_ports

    print(describe_ports())
    print()
    print(describe_boards())
    return 0


def emulate(options: argparse.Namespace) -> int:
    """Put a simulated Cyton behind a port until it is stopped."""
    from host.acquisition.simulated.cyton import SimulatedCyton

    feed, words = _feed(options)
    until = time.monotonic() + (options.seconds or float("inf"))
    with SimulatedCyton(
        feed, daisy=options.daisy, faults=_faults(options), seed=options.seed
    ) as cyton:
        print(f"A simulated Cyton ({words}) is at {cyton.port}", flush=True)
        print("Ctrl-C ends it. To see it: quietface run --board cyton --port " + str(cyton.port))
        try:
            while time.monotonic() < until and not cyton.finished.is_set():
                time.sleep(0.1)
        except KeyboardInterrupt:
            print()
    print(f"{cyton.sent.samples} samples were sent.")
    return 0


def _feed(options: argparse.Namespace) -> "tuple[Source, str]":
    """Return what the simulated Cyton sends, and what to call it."""
    if options.recording is not None:
        from host.acquisition.replay import ReplaySource
        from host.recording.foreign import read_foreign

        recording = read_foreign(options.recording, rate_hz=options.rate)
        return ReplaySource(recording), recording.format
    from calibration.montage import montages
    from host.acquisition.simulated.demonstration import demonstration
    from host.acquisition.simulated.patient import PatientSource
    from host.acquisition.simulated.settings import PatientSettings

    settings = PatientSettings(seed=options.seed)
    if options.daisy:
        settings = PatientSettings(seed=options.seed, rate_hz=125.0, montage=montages()["face-16"])
    return PatientSource(demonstration(settings)), "the simulated patient"


def _headless(options: argparse.Namespace) -> bool:
    """Tell whether to do without a window, and say so where that was not asked for."""
    if options.headless:
        return True
    if not has_screen():
        print("There is no screen here: a summary and a picture instead (as with --headless).")
        return True
    require_qt()
    return False


def _run_headless(build: "Build", options: argparse.Namespace) -> int:
    from host.headless import Outputs, draw_moment, run_headless

    outputs = Outputs(
        json=options.json, levels=options.levels, picture=options.picture, scheme=options.theme
    )
    result = run_headless(build, outputs)
    print(result.summary.as_text(), flush=True)
    if outputs.json is not None:
        result.summary.write_json(outputs.json)
    print(draw_moment(result, outputs))
    return 0


def _run_window(build: "Build", options: argparse.Namespace) -> int:
    from host.feedback.app import run_window
    from host.session.worker import Worker

    worker = Worker(build)
    run_window(worker, scheme=options.theme, seconds=options.seconds)
    if worker.error is not None:
        raise worker.error
    if worker.stage is not None:
        print("\n".join([worker.stage.words, *worker.stage.remarks]))
    return 0


def _asked(options: argparse.Namespace) -> "Asked":
    """Return what the options ask for; a mistake is told before any window opens."""
    from calibration.muscles import Side
    from host.session.asked import Asked

    mains = {"auto": (50.0, 60.0), "50": (50.0,), "60": (60.0,), "none": ()}
    return Asked(
        montage=_montage(options.montage),
        affected=Side(options.affected) if options.affected else None,
        pattern=options.pattern,
        mains_hz=mains[options.mains],
        seconds=options.seconds,
        through_board=not getattr(options, "direct", False),
        faults=_faults(options),
        seed=getattr(options, "seed", 1),
    )


def _faults(options: argparse.Namespace) -> "Faults":
    from host.acquisition.simulated.faults import Faults

    try:
        return Faults.parse(getattr(options, "faults", ""))
    except ValueError as error:
        raise SettingsError(f"--faults: {error}") from error


def _montage(name: str | None) -> "Montage | None":
    """Return a ready montage by name, or one's own from a TOML file."""
    from calibration.montage import montage_from_toml, montages

    if name is None or name in montages():
        return montages()[name] if name else None
    path = Path(name)
    if not path.is_file():
        ready = ", ".join(montages())
        raise SettingsError(f"there is no montage {name!r}, nor such a file; ready ones: {ready}.")
    try:
        return montage_from_toml(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, ValueError) as error:
        raise SettingsError(f"the montage {name} cannot be used: {error}.") from error


def _speak_utf8() -> None:
    """Print µ and – whatever the terminal's locale: a wrong sign is better than a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if os.name == "nt" or not stream.isatty() else None
            stream.reconfigure(encoding=encoding, errors="replace")
