"""Where everything lies that the program keeps on this computer."""

import errno
import os
from pathlib import Path

from host.translation import mark

DATA = "QUIETFACE_DATA"
"""Environment variable that names another folder for everything the program keeps."""

ELSEWHERE = mark(
    "Make that a folder which you may write to, or name another one in QUIETFACE_DATA."
)
"""What to do about a folder in which nothing can be kept."""
_OF_NO_USE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR}
"""Nobody may write or look there, or it is no folder."""


def data_folder() -> Path:
    """Return the program's folder among the user's data; it need not exist."""
    chosen = os.environ.get(DATA)
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("quietface", appauthor=False)


def of_no_use(error: OSError) -> bool:
    """Tell whether an error says that nothing can be kept there, as long as it is as it is."""
    return error.errno in _OF_NO_USE
