"""A session's folder as a recording: opened by its headers, decoded where somebody looks."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from host.chain.stream import FloatArray, Stream
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue
from host.errors import RecordingError
from host.recording import bdf
from host.recording.events import (
    Adjusted,
    CueGiven,
    Event,
    Gap,
    Marker,
    decode_event,
)
from host.recording.labels import bdf_labels
from host.recording.manifest import NAME, Manifest, read_manifest
from host.recording.recorded import Span

EMG = "emg.bdf"
EVENTS = "events.jsonl"
NOTES = "notes.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SessionRecording:
    """A recorded session; `Recorded`, and everything else that is known of it."""

    folder: Path
    manifest: Manifest
    shape: bdf.Layout
    records: bdf.ByteArray
    """`(n_records, record_bytes)`, mapped from the file."""
    spans: tuple[Span, ...]
    events: tuple[Event, ...]
    """In the order in which they were written."""
    remarks: tuple[str, ...] = ()

    @property
    def stream(self) -> Stream:
        """Rate, channels and grid."""
        return self.manifest.stream

    @property
    def stop(self) -> int:
        """Index after the last sample, gaps included."""
        return self.spans[-1].stop if self.spans else 0

    @property
    def duration_s(self) -> float:
        """From sample 0 to after the last."""
        return self.stop / self.stream.rate_hz

    @property
    def cues(self) -> tuple[Cue, ...]:
        """What the patient was asked to do."""
        return tuple(event.cue for event in self.events if isinstance(event, CueGiven))

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """What the therapist changed while the session ran."""
        return tuple(event.change for event in self.events if isinstance(event, Adjusted))

    @property
    def markers(self) -> tuple[Marker, ...]:
        """What was marked while the session ran; later notes are in `notes.jsonl`."""
        return tuple(event for event in self.events if isinstance(event, Marker))

    def samples(self, start: int, stop: int) -> FloatArray:
        """Return `(stop - start, n_channels)` microvolts; held values inside a gap."""
        per_record = self.shape.samples
        first, last = start // per_record, -(-stop // per_record)
        if not 0 <= start <= stop or last > len(self.records):
            raise ValueError(f"samples {start} to {stop} are not on record")
        decoded = bdf.microvolts(self.records[first:last, : self.shape.data_bytes], self.shape)
        return decoded[start - first * per_record : stop - first * per_record]


def is_session(path: Path) -> bool:
    """Tell whether a folder holds a session of ours."""
    return path.is_dir() and (path / NAME).is_file()


def read_session(folder: Path) -> SessionRecording:
    """Open a session's folder, also one that is still being written or was cut off.

    Raises RecordingError, one sentence for the user.
    """
    manifest = read_manifest(folder)
    shape = session_layout(manifest)
    records = map_records(folder / EMG, shape)
    events, remarks = read_events(folder / EVENTS)
    count = len(records) * shape.samples
    stop = count if manifest.samples is None else min(count, manifest.samples)
    if manifest.samples is not None and manifest.samples > count:
        missing_s = (manifest.samples - count) / manifest.stream.rate_hz
        remarks = (*remarks, f"The last {missing_s:.1f} s of it are missing from {EMG}.")
    if manifest.samples is None:
        remarks = (*remarks, "It was not closed: quietface repair closes it.")
    gaps = [event for event in events if isinstance(event, Gap)]
    spans = spans_between(gaps, stop)
    if not spans:
        raise RecordingError(f"{folder.name}: nothing was recorded in it yet.")
    return SessionRecording(
        folder=folder,
        manifest=manifest,
        shape=shape,
        records=records,
        spans=spans,
        events=events,
        remarks=(*manifest.remarks, *remarks),
    )


def session_layout(manifest: Manifest) -> bdf.Layout:
    """Return how the session's samples lie in its file."""
    labels = bdf_labels(manifest.watch.montage, manifest.stream.channels)
    shape = bdf.layout(manifest.stream, labels)
    if shape.samples == manifest.record_samples:
        return shape
    raise RecordingError(
        f"{EMG} has records of {manifest.record_samples} samples, which this version cannot read."
    )


def spans_between(gaps: list[Gap], stop: int) -> tuple[Span, ...]:
    """Return the stretches between gaps, up to `stop`."""
    spans, at = [], 0
    for gap in sorted(gaps, key=lambda gap: gap.sample):
        if at < min(gap.sample, stop):
            spans.append(Span(at, min(gap.sample, stop)))
        at = max(at, gap.stop)
    if at < stop:
        spans.append(Span(at, stop))
    return tuple(spans)


def read_events(path: Path) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """Return the events of a file, and what to say of lines that are none."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return (), (f"{path.name} is missing: gaps, cues and markers are not known.",)
    except OSError as error:
        raise RecordingError(f"{path} cannot be read: {error.strerror}.") from error
    events: list[Event] = []
    bad = 0
    for line in lines:
        try:
            if line.strip():
                events.append(decode_event(line))
        except (msgspec.DecodeError, RecursionError):
            bad += 1
    if not bad:
        return tuple(events), ()
    said = "1 line" if bad == 1 else f"{bad} lines"
    return tuple(events), (f"{said} of {path.name} could not be read and was left out.",)


def map_records(path: Path, shape: bdf.Layout) -> bdf.ByteArray:
    """Map all whole records of a file into memory; nothing but the last is read yet.

    Records at the end that are none, such as the zeros that a power cut can leave, are left out.
    """
    try:
        count = max(0, (path.stat().st_size - shape.header_bytes) // shape.record_bytes)
        if not count:
            return np.empty((0, shape.record_bytes), dtype=np.uint8)
        records = np.memmap(
            path,
            dtype=np.uint8,
            mode="r",
            offset=shape.header_bytes,
            shape=(count, shape.record_bytes),
        )
    except OSError as error:
        raise RecordingError(f"{path} cannot be read: {error.strerror}.") from error
    while count and not bdf.is_record(records[count - 1].tobytes(), count - 1, shape):
        count -= 1
    return records[:count]
