"""Time from the start of the process to the first painted window."""

import os
import statistics
import subprocess
import sys
import time

from benchmarks.figures import Figure

SEEDS = (1,)
RUNS = 7

CHILD = """
import os, sys, time
from PyQt6.QtCore import QEvent
from host.cli import showing
from host.cli.main import main
showing.has_screen = lambda: True  # the benchmark has a window without a screen
from host.feedback.patient_window import PatientWindow
painted = PatientWindow.event
def event(self, event):
    done = painted(self, event)
    if event.type() == QEvent.Type.UpdateRequest:
        heavy = [name for name in ("scipy", "brainflow") if name in sys.modules]
        print(time.time(), *heavy, flush=True)
        os._exit(0)
    return done
PatientWindow.event = event
main(["demo"])
"""


def run() -> list[Figure]:
    """Start the demo some times, and take the least and the median."""
    times, heavy = [], set[str]()
    for _ in range(RUNS):
        began_s = time.time()
        done = subprocess.run(  # noqa: S603  this very Python, and the text above
            [sys.executable, "-c", CHILD],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=True,
        )
        painted_s, *modules = done.stdout.split()
        times.append(float(painted_s) - began_s)
        heavy |= set(modules)
    return [
        Figure(name="first painted window, least of 7", value=min(times), unit="s", goal=0.5),
        Figure(name="first painted window, median", value=statistics.median(times), unit="s"),
        Figure(name="heavy imports before it", value=len(heavy), unit="modules", goal=0.5),
    ]
