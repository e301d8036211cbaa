"""The command line: one function for each command, one sentence for each mistake."""

import argparse
import io
import os
import sys
from collections.abc import Callable

from host.cli import (
    app,
    calibrating,
    checking,
    contacting,
    emulating,
    live,
    patients,
    practising,
    recordings,
    trends,
)
from host.cli.options import parser
from host.errors import HostError
from host.version import program_version

COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": live.demo,
    "run": live.run,
    "contact": contacting.contact,
    "calibrate": calibrating.calibrate,
    "practise": practising.practise,
    "devices": live.devices,
    "emulate": emulating.emulate,
    "check-board": checking.check_board,
    "replay": recordings.replay,
    "review": recordings.review,
    "import": recordings.import_,
    "export": recordings.export,
    "repair": recordings.repair,
    "sessions": recordings.sessions,
    "patients": patients.patients,
    "plan": patients.plan,
    "trends": trends.trends,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status. A mistake is told in one sentence."""
    _speak_utf8()
    # Before NumPy is loaded: the chain's matrices are so small that a second thread only waits for
    # the first, at the cost of a core (a fifth of all that the chain takes).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    top = parser()
    options = top.parse_args(arguments)
    if options.version:
        print(f"quietface {program_version()}")
        return 0
    try:
        if options.command is None:
            return app.open_app(top.print_help)
        return COMMANDS[options.command](options)
    except HostError as error:
        print(f"quietface: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who reads the output has gone (`| head`); Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _speak_utf8() -> None:
    """Print µ and – whatever the terminal's locale: a wrong sign is better than a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if os.name == "nt" or not stream.isatty() else None
            stream.reconfigure(encoding=encoding, errors="replace")
