"""Close recordings that a crash or a power cut left open. Nothing is ever deleted.

Whole records are kept; what stands behind them, a torn record or the zeros that some disks leave
after a power cut, is moved into a file beside.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import BinaryIO

import msgspec

from calibration.saying import Saying
from host.errors import RecordingError
from host.recording import bdf, durable
from host.recording.events import decode_event
from host.recording.manifest import Manifest, read_manifest, write_manifest
from host.recording.reader import (
    EMG,
    EVENTS,
    gaps_of,
    read_events,
    session_layout,
    spans_between,
)
from host.recording.records import Records
from host.recording.risk import RISK_BYTES, read_risk, risk_field
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
    try:
        folders = session_folders(root)
    except RecordingError as error:
        yield error
        return
    for folder in folders:
        try:
            done = repair(folder)
        except RecordingError as error:
            yield error
        else:
            if done is not None:
                yield done


def repair(folder: Path) -> Recovered | None:
    """Close a session that was left open; None where there is nothing to do."""
    if read_manifest(folder).samples is not None:
        return None
    try:
        with (folder / EMG).open("r+b", buffering=0) as file:
            if not durable.lock(file):
                return None  # it is being written just now
            # Again: it may have been closed since.
            manifest = read_manifest(folder)
            return _close(folder, manifest, file) if manifest.samples is None else None
    except OSError as error:
        raise RecordingError(
            Saying("{} cannot be repaired: {}.", folder.name, error.strerror)
        ) from error


def _close(folder: Path, manifest: Manifest, file: BinaryIO) -> Recovered:
    # Before anything is written: it is when the last record was.
    ended = datetime.fromtimestamp((folder / EMG).stat().st_mtime, tz=UTC)
    shape = session_layout(manifest)
    records = Records(folder / EMG, shape)
    _cut(folder / EMG, shape.header_bytes + len(records) * shape.record_bytes)
    _cut(folder / EVENTS, _whole_lines(folder / EVENTS))
    samples = _measured_stop(folder, records)
    duration_s = samples / manifest.stream.rate_hz
    message = _message(duration_s, _finish_header(file, shape, len(records)))
    closed = msgspec.structs.replace(
        manifest,
        samples=samples,
        ended=ended.isoformat(timespec="microseconds"),
        recovered=message,
    )
    write_manifest(folder, closed)
    return Recovered(folder=folder, samples=samples, duration_s=duration_s, message=message)


def _measured_stop(folder: Path, records: Records) -> int:
    """Return the index after the last sample that is no held value."""
    events, _ = read_events(folder / EVENTS)
    spans = spans_between(gaps_of(events), records.samples)
    return spans[-1].stop if spans else 0


def _finish_header(file: BinaryIO, shape: bdf.Layout, records: int) -> float:
    """Write how many records there are; return how many seconds may be lost behind them."""
    risk_at = shape.header_bytes - RISK_BYTES
    file.seek(risk_at)
    risk_s = read_risk(file.read(RISK_BYTES))
    for at, field in ((bdf.COUNT_AT, bdf.record_count(records)), (risk_at, risk_field(0.0))):
        file.seek(at)
        durable.write_all(file, field)
    durable.sync(file)
    return max(risk_s, _AT_RISK * float(Fraction(shape.duration)))


def _message(duration_s: float, risk_s: float) -> str:
    there = in_words(duration_s)
    if math.isinf(risk_s):
        return Saying("recovered: {}; the disk had refused what came after", there)
    lost = in_words(math.ceil(risk_s * 10.0 - 1e-6) / 10.0)
    return Saying("recovered: {}, lost at most {}", there, lost)


def _whole_lines(path: Path) -> int:
    """Return the length of the file up to its last line that is an event."""
    if not path.exists():
        return 0
    content = path.read_bytes()
    stop = len(content)
    while stop:
        begin = content.rfind(b"\n", 0, stop - 1) + 1
        if _is_event(content[begin:stop]):
            return stop
        stop = begin
    return 0


def _is_event(line: bytes) -> bool:
    try:
        decode_event(line)
    except ValueError:
        return False
    return line.endswith(b"\n")


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
    names = (path.with_name(f"{path.name}.rest{number or ''}") for number in count())
    return next(name for name in names if not name.exists())


def in_words(seconds: float) -> str:
    """Write a duration: `3.2 s`, `12 min 3.2 s`, `1 h 2 min 3.0 s`."""
    tenths = round(seconds * 10)
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (hours + minutes > 0)
    return " ".join([*parts, f"{tenths / 10:.1f} s"])
