"""Time from the start of the process to the first painted window: the demo's, and the app's."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.figures import Figure

SEEDS = (1,)
RUNS = 7

CHILD = """
import os, sys, time
from PyQt6.QtCore import QEvent
from host.cli import app, showing
from host.cli.main import main
# The benchmark has a window without a screen.
showing.has_screen = app.has_screen = lambda: True
from {module} import {name} as Window
painted = Window.event
def event(self, event):
    done = painted(self, event)
    if event.type() == QEvent.Type.UpdateRequest:
        heavy = [name for name in ("scipy", "brainflow") if name in sys.modules]
        print(time.time(), *heavy, flush=True)
        os._exit(0)
    return done
Window.event = event
main({arguments})
"""
DEMO = CHILD.format(module="host.feedback.patient_window", name="PatientWindow", arguments=["demo"])
APP = CHILD.format(module="host.feedback.clinic.shell", name="Shell", arguments=[])


def run() -> list[Figure]:
    """Start each some times, and take the least and the median."""
    with tempfile.TemporaryDirectory() as data:
        return [*_figures("window of the demo", DEMO, data), *_figures("app", APP, data)]


def _figures(what: str, child: str, data: str) -> list[Figure]:
    times, heavy = [], set[str]()
    for _ in range(RUNS):
        painted_s, modules = _started(child, data)
        times.append(painted_s)
        heavy |= modules
    return [
        Figure(name=f"{what} first painted, least of {RUNS}", value=min(times), unit="s", goal=0.5),
        Figure(name=f"{what} first painted, median", value=statistics.median(times), unit="s"),
        Figure(
            name=f"heavy imports before it ({what})", value=len(heavy), unit="modules", goal=0.5
        ),
    ]


def _started(child: str, data: str) -> tuple[float, set[str]]:
    """Return after how many seconds a new process painted, and what it had loaded by then."""
    began_s = time.time()
    done = subprocess.run(  # noqa: S603  this very Python, and the text above
        [sys.executable, "-c", child],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QUIETFACE_DATA": data},
        capture_output=True,
        text=True,
        check=True,
    )
    painted_s, *modules = done.stdout.split()
    return float(painted_s) - began_s, set(modules)
