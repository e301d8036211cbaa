"""Qt where there may be no screen, or no Qt at all."""

import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from host.errors import DisplayError

if TYPE_CHECKING:
    from host.feedback.bar_state import ScreenState
    from host.feedback.calibrating.moment import Moment
    from host.feedback.theme import Scheme
    from host.session.opened import Opened

_PACKAGES = (
    "libglib2.0-0 libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 fonts-dejavu-core "
    "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 "
    "libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
)
"""What Qt's wheels need of Debian and Ubuntu, found by `ldd` on its libraries."""


def has_screen() -> bool:
    """Tell whether a window can be expected to appear."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen.partition(":")[0] in {"offscreen", "minimal", "vnc"}:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def require_qt() -> None:
    """Raise DisplayError, naming the packages to install, where Qt's libraries are missing."""
    try:
        import PyQt6.QtWidgets  # noqa: F401  only whether it can be imported

        _load_xcb()
    except (ImportError, OSError) as error:
        raise DisplayError(
            f"Qt cannot start here ({error}). On Debian or Ubuntu this helps: "
            f"sudo apt-get install {_PACKAGES}"
        ) from error


def _load_xcb() -> None:
    """Load what Qt would load to open an X11 window: where that fails, Qt ends the program."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or chosen.partition(":")[0] not in {"", "xcb"}:
        return
    if not chosen and (os.environ.get("WAYLAND_DISPLAY") or not os.environ.get("DISPLAY")):
        return
    from PyQt6.QtCore import QLibraryInfo

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))


def write_picture(state: "ScreenState", path: Path, size: tuple[int, int], scheme: str) -> None:
    """Write a PNG of the patient's window without showing one."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    require_qt()
    from host.feedback.app import application
    from host.feedback.picture import save_picture

    app = application()
    save_picture(state, path, size, cast("Scheme", scheme))
    app.processEvents()


def write_review(opened: "Opened", path: Path, scheme: str) -> None:
    """Write a PNG of the review window without showing one."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    require_qt()
    from host.feedback.review.app import draw_review

    draw_review(opened, path, cast("Scheme", scheme), (1280, 800))


def write_calibration_picture(
    moment: "Moment", path: Path, size: tuple[int, int], scheme: str
) -> None:
    """Write a PNG of a moment of a calibration, or of its end, without showing a window."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    require_qt()
    from host.feedback.calibrating.app import draw_calibration

    draw_calibration(moment, path, cast("Scheme", scheme), size)
