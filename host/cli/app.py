"""`quietface` without a command: the app, where there is a screen."""

from collections.abc import Callable

from host.cli.asking import repair_first
from host.feedback.screenless import has_screen, require_qt


def open_app(say_help: Callable[[], None]) -> int:
    """Open the app; where no window can appear, say what else there is."""
    if not has_screen():
        say_help()
        return 0
    require_qt()
    from host.feedback.clinic.app import run_clinic

    run_clinic(first=lambda: repair_first(None))
    return 0
