"""The bytes of a file: mapped into memory, so that large ones are read where somebody looks."""

import mmap
from pathlib import Path

from calibration.saying import Saying
from host.errors import RecordingError
from host.recording.foreign.text_rows import WHAT_IS_READ, Content


def open_content(path: Path) -> Content:
    """Return the bytes of a file; RecordingError, one sentence, where there are none."""
    try:
        if path.is_dir():
            raise RecordingError(Saying("this is a folder, not a recording; {}", WHAT_IS_READ))
        if not path.is_file():
            raise RecordingError(Saying("there is no such file"))
        with path.open("rb") as file:
            if not path.stat().st_size:
                return b""  # nothing to map
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise RecordingError(Saying("it cannot be opened ({})", why)) from error
