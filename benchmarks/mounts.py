"""Small file systems to cut off and to fill, where this machine lets us mount any."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

IMAGE_BYTES = 24 * 2**20


def cannot_mount() -> str:
    """Return why no file system can be mounted here; empty where one can."""
    if sys.platform != "linux":
        return "file systems are cut off and filled on Linux only"
    if os.geteuid() != 0:
        return "only root may mount a file system"
    if missing := [name for name in ("mkfs.ext4", "mount", "umount") if not shutil.which(name)]:
        return f"{missing[0]} is not installed"
    with tempfile.TemporaryDirectory() as root:
        try:
            image = new_image(Path(root) / "image")
            with mounted(image, Path(root) / "mount"):
                return ""
        except (OSError, subprocess.CalledProcessError) as error:
            return f"this machine mounts nothing: {getattr(error, 'stderr', '') or error}".strip()


def new_image(path: Path) -> Path:
    """Return the file of an empty ext4."""
    with path.open("wb") as file:
        file.truncate(IMAGE_BYTES)
    _call("mkfs.ext4", "-q", "-F", "-J", "size=4", str(path))
    return path


@contextlib.contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """Mount the file of an ext4; its loop device goes away with it."""
    place.mkdir(exist_ok=True)
    _call("mount", "-o", "loop", str(image), str(place))
    try:
        yield place
    finally:
        _unmount(place)


@contextlib.contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """Mount a file system with room for so many bytes."""
    place.mkdir(exist_ok=True)
    _call("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    try:
        yield place
    finally:
        _unmount(place)


def fill(place: Path) -> Path:
    """Take all the room that is left; return the file that holds it."""
    ballast = place / "ballast"
    with ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return ballast


def _unmount(place: Path) -> None:
    try:
        _call("umount", str(place))
    except subprocess.CalledProcessError:
        # Something still has a file open: it goes away with the last of them.
        _call("umount", "--lazy", str(place))


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
