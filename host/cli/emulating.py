"""`quietface emulate`: a board that exists only in software, behind a port of its own."""

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from host.cli.asking import faults
from host.cli.shared_options import Commands, add_command, positive

if TYPE_CHECKING:
    from host.acquisition.simulated.settings import PatientSettings
    from host.acquisition.simulated.speech import Speech
    from host.acquisition.source import Source

_ABOUT = """\
Put a board that exists only in software behind a pseudo-terminal, and print its port. Any program
that uses BrainFlow, and the OpenBCI GUI, can open it. Ends with Ctrl-C."""
_ARDUINOS = {"arduino": "nano", "leonardo": "leonardo"}
"""What to call the chip's board; a Leonardo has USB of its own, which is faster."""
_ARDUINO_HZ = 1000.0
"""All rates of the Arduino board divide it."""


def add_emulate(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command's options."""
    emulate = add_command(commands, "emulate", "a simulated board on a port of its own", _ABOUT)
    emulate.add_argument(
        "--as",
        dest="kind",
        choices=("cyton", *_ARDUINOS),
        default="cyton",
        help="which board: a Cyton (default), or an Arduino with this project's firmware, at "
        "115200 baud or (leonardo) with USB of its own",
    )
    emulate.add_argument(
        "--from", dest="recording", metavar="RECORDING", type=Path, help="play this recording"
    )
    emulate.add_argument(
        "--rate", metavar="HZ", type=positive, help="rate of a recording that does not tell it"
    )
    emulate.add_argument(
        "--seed", metavar="N", type=int, default=1, help="another simulated patient"
    )
    emulate.add_argument("--daisy", action="store_true", help="16 channels at 125 Hz, as a Cyton")
    emulate.add_argument("--seconds", metavar="N", type=positive, help="end after so long")
    add_faults(emulate)


def add_faults(group: argparse._ActionsContainer) -> None:
    """Add what goes wrong on the way."""
    group.add_argument(
        "--faults",
        metavar="WORDS",
        default="",
        help="what goes wrong on the way: loss=1%%,garble=0.1%%,stall=5+2,pull=10+3,burst=16ms,"
        "slow-stop=0.3,rate=500,reset=7 (at second+for seconds)",
    )


def emulate(options: argparse.Namespace) -> int:
    """Put a simulated board behind a port until it is stopped."""
    from host.acquisition.simulated.cyton import SimulatedCyton

    feed, words = _feed(options)
    speech, board = _speech(options, feed), "cyton-daisy" if options.daisy else "cyton"
    if options.kind in _ARDUINOS:
        board = "arduino"
    until = time.monotonic() + (options.seconds or float("inf"))
    with SimulatedCyton(feed, speech=speech, faults=faults(options), seed=options.seed) as played:
        print(f"A simulated {speech.name} ({words}) is at {played.port}", flush=True)
        print(f"Ctrl-C ends it. To see it: quietface run --board {board} --port {played.port}")
        try:
            while time.monotonic() < until and not played.finished.is_set():
                time.sleep(0.1)
        except KeyboardInterrupt:
            print()
    print(f"{played.sent.samples} samples were sent.")
    return 0


def _speech(options: argparse.Namespace, feed: "Source") -> "Speech":
    from host.acquisition.simulated.quietface_speech import QuietfaceSpeech
    from host.acquisition.simulated.skin import Skin
    from host.acquisition.simulated.speech import CytonSpeech

    if options.kind not in _ARDUINOS:
        skin = None if options.recording is not None else Skin(feed.stream, seed=options.seed)
        return CytonSpeech(daisy=options.daisy, skin=skin)
    return QuietfaceSpeech(
        feed_hz=round(feed.stream.rate_hz),
        board=_ARDUINOS[options.kind],
        usb=options.kind == "leonardo",
    )


def _feed(options: argparse.Namespace) -> "tuple[Source, str]":
    """Return what the simulated board sends, and what to call it."""
    if options.recording is not None:
        from host.acquisition.replay import ReplaySource
        from host.session.asked import Asked
        from host.session.opened import open_recording

        opened = open_recording(options.recording, Asked(), rate_hz=options.rate)
        return ReplaySource(opened.recorded), opened.words
    from host.acquisition.simulated.demonstration import demonstration
    from host.acquisition.simulated.patient import PatientSource

    return PatientSource(demonstration(_patient(options))), "the simulated patient"


def _patient(options: argparse.Namespace) -> "PatientSettings":
    from calibration.montage import montages
    from host.acquisition.simulated.settings import PatientSettings

    settings = PatientSettings(seed=options.seed)
    if options.kind in _ARDUINOS:
        # Its front ends pass no constant voltage: electrode offsets do not reach the converter.
        dry = replace(settings.electrodes, offset_uv=0.0, drift_uv=0.0)
        return replace(settings, rate_hz=_ARDUINO_HZ, electrodes=dry)
    if options.daisy:
        return replace(settings, rate_hz=125.0, montage=montages()["face-16"])
    return settings
