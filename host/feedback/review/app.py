"""Show a recording in the review window, or draw it."""

import signal
import time
from pathlib import Path

from host.errors import SettingsError
from host.feedback.app import application
from host.feedback.collecting import collecting
from host.feedback.picture import picture
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import Scheme
from host.report.outcomes import Verdict
from host.session.opened import Opened

_PATIENCE_S = 2.0
"""So long a picture waits for the bars."""


def run_review(opened: Opened, *, scheme: Scheme) -> None:
    """Show the window; return when it is closed."""
    app = application()
    signal.signal(signal.SIGINT, lambda _number, _frame: app.quit())
    window = ReviewWindow(opened, scheme)
    window.show()
    window.begin()
    with collecting(lambda: not window.player.playing):
        app.exec()
    window.close()


def draw_review(opened: Opened, path: Path, scheme: Scheme, size: tuple[int, int]) -> None:
    """Write a picture of the window once the whole recording has been judged.

    The cursor stands in the first attempt in which a muscle came along.
    """
    app = application()
    window = ReviewWindow(opened, scheme)
    window.resize(*size)
    window.begin()
    results = window.study.wait()
    window.refresh()
    along = [one.attempt for one in results.attempts if one.verdict is Verdict.ALONG]
    if along:
        window.scrub(sum(along[0].hold) // 2)
        until_s = time.monotonic() + _PATIENCE_S
        while window.player.view.frame is None and time.monotonic() < until_s:
            app.processEvents()
        window.refresh()
    app.processEvents()
    drawn = picture(window).save(str(path), "PNG")
    window.close()
    if not drawn:
        raise SettingsError(f"the picture cannot be written to {path}")
