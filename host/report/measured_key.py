"""What measured results hang on: the recording, and every line of code that judged it."""

import hashlib
from functools import cache
from importlib import import_module
from pathlib import Path

from host.recording.manifest import NAME
from host.recording.reader import EMG, EVENTS
from host.version import program_version, versions

_JUDGING = ("calibration", "host.chain", "host.detection", "host.session", "host.report")
"""What decides a result lies in these packages, tables included."""
_WRITTEN = (".py", ".toml", ".c", ".h", ".so", ".pyd", ".dll")
_PIECES, _PIECE_BYTES = 64, 4096
"""Of the samples only so many pieces are looked at: all of them would take as long as to read."""


def key_of(folder: Path) -> str:
    """Return the key of a session's results; OSError where it cannot be read.

    It is another one wherever the session's terms (chain, calibration, thresholds, electrodes),
    its events or its samples differ, and in any other version of what judges and measures.
    """
    found = hashlib.sha256(judging_digest().encode())
    for name in (NAME, EVENTS):
        found.update(hashlib.sha256((folder / name).read_bytes()).digest())
    _add_samples(found, folder / EMG)
    return found.hexdigest()


@cache
def judging_digest() -> str:
    """Return the digest of this program's judging and measuring: nobody need count versions."""
    found = hashlib.sha256(repr((program_version(), sorted(versions().items()))).encode())
    for package in _JUDGING:
        for path in _files(package):
            found.update(path.name.encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def _files(package: str) -> list[Path]:
    root = Path(str(import_module(package).__file__)).parent
    return sorted(path for path in root.rglob("*") if path.suffix in _WRITTEN)


def _add_samples(found: "hashlib._Hash", path: Path) -> None:
    size = path.stat().st_size
    found.update(str(size).encode())
    with path.open("rb") as file:
        for piece in range(_PIECES):
            file.seek(piece * max(size - _PIECE_BYTES, 0) // (_PIECES - 1))
            found.update(file.read(_PIECE_BYTES))
