"""Where sessions lie on this computer, and what they are called."""

from datetime import UTC, datetime
from pathlib import Path

from calibration.saying import Saying
from host.errors import RecordingError
from host.recording.places import data_folder
from host.recording.reader import is_session


def sessions_folder() -> Path:
    """Return the folder in which sessions record themselves."""
    return data_folder() / "sessions"


def new_folder(root: Path, name: str) -> Path:
    """Return the folder of a session that begins now; two in one second are told apart.

    Signs of `name` that a file system might refuse become hyphens.
    """
    now = datetime.now(tz=UTC).astimezone()
    safe = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name)
    stem = f"{now:%Y-%m-%d_%H-%M-%S}_{safe}"
    folder, number = root / stem, 2
    while folder.exists():
        folder, number = root / f"{stem}_{number}", number + 1
    return folder


def session_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders of sessions in `root`, oldest first; `root` itself if it is one."""
    if is_session(root):
        return (root,)
    if not root.is_dir():
        return ()
    try:
        return tuple(sorted(folder for folder in root.iterdir() if is_session(folder)))
    except OSError as error:
        raise RecordingError(Saying("{} cannot be read: {}.", root, error.strerror)) from error
