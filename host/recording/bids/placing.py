"""Put files into a data set: all of them whole, or none, and no trace of an attempt that failed."""

import errno
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path


def put_in_place(
    root: Path, make: Callable[[Path], Mapping[Path, Path]], finish: Callable[[], None]
) -> None:
    """Make files in a hidden folder of `root`, then put them in their places.

    `make` gets the hidden folder and returns for each place its file, in the order in which they
    are put there; `finish` does what comes last, and where it fails all files go again. Raises
    FileExistsError where a file is in a place meanwhile, and OSError as the disk does.
    """
    with ExitStack() as undo:
        _make_folders(root, undo)
        staging = Path(tempfile.mkdtemp(prefix=".quietface-", dir=root))
        undo.callback(shutil.rmtree, staging, ignore_errors=True)
        for target, made in make(staging).items():
            _make_folders(target.parent, undo)
            if target.exists():
                raise FileExistsError(errno.EEXIST, f"{target.name} came in between")
            made.rename(target)
            undo.callback(target.unlink, missing_ok=True)
        finish()
        undo.pop_all()
        shutil.rmtree(staging, ignore_errors=True)


def _make_folders(folder: Path, undo: ExitStack) -> None:
    """Create a folder and those above it; where things go wrong, the new ones go again."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir()
        undo.callback(_remove_empty, one)


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
