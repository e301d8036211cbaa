"""The versions of the program and of what decides its results."""

_DECIDING = ("brainflow", "numpy", "scipy")


def program_version() -> str:
    """Return the installed version."""
    return _installed("quietface")


def versions() -> dict[str, str]:
    """Return the versions of Python, the system and the packages that decide a result."""
    import platform

    packages = {name: _installed(name) for name in _DECIDING}
    return {"python": platform.python_version(), "system": platform.system(), **packages}


def _installed(name: str) -> str:
    import importlib.metadata  # it takes longer than the rest of the command line

    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"
