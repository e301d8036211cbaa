"""What a disk has room for, and why it refuses, in words."""

import errno
import shutil
from pathlib import Path

from calibration.saying import Saying
from host.errors import RecordingError

_LITTLE_S = 600.0
"""Less room than for so long is said."""
_LEAST_S = 60.0
"""With less room than for so long nothing is begun."""
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def room_left(free_bytes: float, bytes_per_s: float) -> str:
    """Return a saying where the disk has little room; empty where it has enough."""
    left_s = free_bytes / bytes_per_s
    if left_s > _LITTLE_S:
        return ""
    minutes = int(left_s // 60)
    if minutes < 1:
        return Saying("The disk has room for less than a minute.")
    if minutes == 1:
        return Saying("The disk has room for 1 more minute.")
    return Saying("The disk has room for {} more minutes.", minutes)


def refuse_full_disk(root: Path, bytes_per_s: float) -> None:
    """Raise RecordingError where there is no room for a minute of recording."""
    existing = next((folder for folder in (root, *root.parents) if folder.is_dir()), root)
    try:
        free = shutil.disk_usage(existing).free
    except OSError as error:
        raise RecordingError(
            Saying("nothing can be recorded in {}: {}.", root, error.strerror)
        ) from error
    if free < _LEAST_S * bytes_per_s:
        raise RecordingError(Saying("the disk of {} is full.", existing))


def reason(error: OSError) -> Saying:
    """Say why a disk refused."""
    if error.errno in _FULL:
        return Saying("the disk is full.")
    if error.errno == errno.EFBIG:
        return Saying("the file has reached the largest size that is allowed.")
    return Saying("the disk says: {}.", error.strerror or str(error))
