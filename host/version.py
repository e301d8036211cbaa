"""The program's version, as it is installed."""

import importlib.metadata


def program_version() -> str:
    """Return the installed version."""
    try:
        return importlib.metadata.version("quietface")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"
