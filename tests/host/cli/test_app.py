"""`quietface` without a command: the app where there is a screen, else what else there is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from host.cli.main import main

PROGRAM = """
from PyQt6.QtCore import QTimer
from host.cli import app
from host.cli.main import main
from host.feedback.clinic.shell import Shell
from host.feedback.starting import application
running = application()
def close():
    for window in running.topLevelWidgets():
        if isinstance(window, Shell) and window.overlay.title:
            print("seen", window.isVisible(), window.overlay.title)
            timer.stop()
            window.close()
app.has_screen = lambda: True
timer = QTimer()
timer.timeout.connect(close)
timer.start(50)
print("left with", main([]))
"""


def test_without_a_screen_it_says_what_else_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "quietface demo" in capsys.readouterr().out


def test_with_a_screen_it_opens_the_app_until_its_window_is_closed(tmp_path: Path) -> None:
    # Another process: an application that has quit once lets no test after it wait for anything.
    done = subprocess.run(  # noqa: S603  this very Python, and the text above
        [sys.executable, "-W", "error", "-c", PROGRAM],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QUIETFACE_DATA": str(tmp_path)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    first, last = done.stdout.splitlines()
    assert first == "seen True Research software, not a medical device"
    assert last == "left with 0"
