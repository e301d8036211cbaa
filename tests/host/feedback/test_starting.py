"""The one QApplication."""

import subprocess
import sys

AGAIN = """
from PyQt6 import sip
from PyQt6.QtWidgets import QListWidget, QMainWindow

from host.feedback.starting import application


def run_a_window():
    app = application()
    QMainWindow().close()


run_a_window()
app = application()
window = QMainWindow()
rows = QListWidget(window)
inside = rows.viewport()
sip.delete(window)
assert sip.isdeleted(rows)
assert sip.isdeleted(inside), "it is taken for whatever comes to stand in its place"
"""


def test_python_hears_what_qt_deletes_also_where_a_window_was_run_before() -> None:
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", AGAIN], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
