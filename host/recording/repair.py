"""Close recordings that a crash or a power cut left open. Nothing is ever deleted.

Whole records are kept; what stands behind them, a torn record or the zeros that some disks leave
after a power cut, is moved into a file beside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import msgspec

from host.errors import RecordingError
from host.recording import bdf, durable
from host.recording.events import decode_event
from host.recording.manifest import Manifest, read_manifest, write_manifest
from host.recording.reader import EMG, EVENTS, map_records, session_layout
from host.recording.store import session_folders

_AT_RISK = 2
"""Records that were not on the disk yet: the one being filled, and the one being written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A session that was closed by a repair."""

    folder: Path
    samples: int
    duration_s: float
    message: str
    """`recovered: 12 min 3.2 s, lost at most 0.2 s`."""


def repair_all(root: Path) -> Iterator[Recovered | RecordingError]:
    """Close every session in `root` that was left open; sessions still being written are left.

    Yields an error, one sentence, for each that could not be closed.
    """
    for folder in session_folders(root):
        try:
            done = repair(folder)
        except RecordingError as error:
            yield error
        else:
            if done is not None:
                yield done


def repair(folder: Path) -> Recovered | None:
    """Close a session that was left open; None where there is nothing to do."""
    manifest = read_manifest(folder)
    if manifest.samples is not None:
        return None
    shape = session_layout(manifest)
    try:
        with (folder / EMG).open("r+b", buffering=0) as file:
            if not durable.lock(file):
                return None  # it is being written just now
            count = len(map_records(folder / EMG, shape))
            _cut(folder / EMG, shape.header_bytes + count * shape.record_bytes)
            file.seek(bdf.COUNT_AT)
            durable.write_all(file, bdf.record_count(count))
            durable.sync(file)
        _cut(folder / EVENTS, _whole_lines(folder / EVENTS))
        return _close(folder, manifest, count * shape.samples, shape)
    except OSError as error:
        raise RecordingError(f"{folder.name} cannot be repaired: {error.strerror}.") from error


def _close(folder: Path, manifest: Manifest, samples: int, shape: bdf.Layout) -> Recovered:
    duration_s = samples / manifest.stream.rate_hz
    at_most_s = _AT_RISK * float(Fraction(shape.duration))
    message = f"recovered: {in_words(duration_s)}, lost at most {at_most_s:.1f} s"
    ended = datetime.fromtimestamp((folder / EMG).stat().st_mtime, tz=UTC)
    closed = msgspec.structs.replace(
        manifest,
        samples=samples,
        ended=ended.isoformat(timespec="microseconds"),
        recovered=message,
    )
    write_manifest(folder, closed)
    return Recovered(folder=folder, samples=samples, duration_s=duration_s, message=message)


def _whole_lines(path: Path) -> int:
    """Return the length of the file up to its last line that is an event."""
    if not path.exists():
        return 0
    content = path.read_bytes()
    stop = len(content)
    while stop:
        begin = content.rfind(b"\n", 0, stop - 1) + 1
        line = content[begin:stop]
        try:
            if line.endswith(b"\n"):
                decode_event(line)
                return stop
        except (msgspec.DecodeError, RecursionError):
            pass
        stop = begin
    return 0


def _cut(path: Path, size: int) -> None:
    """Cut a file to `size` bytes; the rest goes into a file beside it first."""
    if not path.exists() or path.stat().st_size <= size:
        return
    with path.open("r+b", buffering=0) as file:
        file.seek(size)
        rest = file.read()
        durable.write_atomically(_free_name(path), rest)
        file.truncate(size)
        durable.sync(file)


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.rest{number or ''}") for number in range(10_000))
    return next(name for name in names if not name.exists())


def in_words(seconds: float) -> str:
    """Write a duration: `3.2 s`, `12 min 3.2 s`, `1 h 2 min 3.0 s`."""
    tenths = round(seconds * 10)
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (hours + minutes > 0)
    return " ".join([*parts, f"{tenths / 10:.1f} s"])
