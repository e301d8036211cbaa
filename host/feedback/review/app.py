"""Show a recording in the review window, or draw it."""

import signal
from pathlib import Path

from host.errors import SettingsError
from host.feedback.app import application
from host.feedback.picture import picture
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import Scheme
from host.session.opened import Opened


def run_review(opened: Opened, *, scheme: Scheme) -> None:
    """Show the window; return when it is closed."""
    app = application()
    signal.signal(signal.SIGINT, lambda _number, _frame: app.quit())
    window = ReviewWindow(opened, scheme)
    window.show()
    window.begin()
    app.exec()
    window.close()


def draw_review(opened: Opened, path: Path, scheme: Scheme, size: tuple[int, int]) -> None:
    """Write a picture of the window once the whole recording has been judged."""
    app = application()
    window = ReviewWindow(opened, scheme)
    window.resize(*size)
    window.begin()
    window.study.wait()
    window.refresh()
    app.processEvents()
    drawn = picture(window).save(str(path), "PNG")
    window.close()
    if not drawn:
        raise SettingsError(f"the picture cannot be written to {path}")
