"""Where everything lies that the program keeps on this computer."""

import os
from pathlib import Path

DATA = "QUIETFACE_DATA"
"""Environment variable that names another folder for everything the program keeps."""


def data_folder() -> Path:
    """Return the program's folder among the user's data; it need not exist."""
    chosen = os.environ.get(DATA)
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("quietface", appauthor=False)
