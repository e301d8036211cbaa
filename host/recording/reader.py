"""A session's folder as a recording: opened by its headers, decoded where somebody looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from calibration.saying import Saying, words_of
from host.chain.stream import FloatArray, Stream
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue
from host.detection.touching import Touched
from host.errors import RecordingError
from host.recording import bdf
from host.recording.events import (
    Adjusted,
    CueGiven,
    Event,
    Gap,
    LinkChanged,
    Marker,
    Touch,
    decode_event,
)
from host.recording.labels import bdf_labels
from host.recording.manifest import NAME, Manifest, read_manifest
from host.recording.recorded import Span
from host.recording.records import Records

EMG = "emg.bdf"
EVENTS = "events.jsonl"
NOTES = "notes.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SessionRecording:
    """A recorded session; `Recorded`, and everything else that is known of it."""

    folder: Path
    manifest: Manifest
    shape: bdf.Layout
    records: Records
    """Its samples, decoded where somebody looks."""
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
    def touches(self) -> tuple[Touched, ...]:
        """When a finger was on muscles, and when no more (P5)."""
        return tuple(touched(event) for event in self.events if isinstance(event, Touch))

    @property
    def markers(self) -> tuple[Marker, ...]:
        """What was marked while the session ran; later notes are in `notes.jsonl`."""
        return tuple(event for event in self.events if isinstance(event, Marker))

    def samples(self, start: int, stop: int) -> FloatArray:
        """Return `(stop - start, n_channels)` microvolts; held values inside a gap."""
        return self.records.read(start, stop)


def touched(event: Touch) -> Touched:
    """Return a touch as the monitor takes it; on muscles that nobody knows it is somewhere."""
    try:
        return Touched(start=event.sample, muscles=event.muscles, on=event.on)
    except ValueError:
        return Touched(start=event.sample, on=event.on)


def is_session(path: Path) -> bool:
    """Tell whether a folder holds a session of ours."""
    return path.is_dir() and (path / NAME).is_file()


def read_session(folder: Path) -> SessionRecording:
    """Open a session's folder, also one that is still being written or was cut off.

    Raises RecordingError, one sentence for the user.
    """
    manifest = read_manifest(folder)
    shape = session_layout(manifest)
    records = Records(folder / EMG, shape)
    events, remarks = read_events(folder / EVENTS)
    count = records.samples
    stop = count if manifest.samples is None else min(count, manifest.samples)
    if manifest.samples is not None and manifest.samples > count:
        missing_s = (manifest.samples - count) / manifest.stream.rate_hz
        remarks = (*remarks, f"The last {missing_s:.1f} s of it are missing from {EMG}.")
    if manifest.samples is None:
        remarks = (*remarks, "It was not closed: quietface repair closes it.")
    if _silent_at_end(events):
        remarks = (*remarks, "When it ended nothing came from the board any more.")
    # The gap behind the last sample only fills a record.
    events = tuple(event for event in events if not _after(event, stop))
    spans = spans_between(gaps_of(events), stop)
    if not spans:
        raise RecordingError(Saying("{}: nothing was recorded in it yet.", folder.name))
    return SessionRecording(
        folder=folder,
        manifest=manifest,
        shape=shape,
        records=records,
        spans=spans,
        events=events,
        remarks=(*manifest.remarks, *remarks),
    )


def _silent_at_end(events: Iterable[Event]) -> bool:
    """Tell whether the link was last heard of as lost: how long is not in the samples."""
    links = [event for event in events if isinstance(event, LinkChanged)]
    return bool(links) and links[-1].nothing_comes


def session_layout(manifest: Manifest) -> bdf.Layout:
    """Return how the session's samples lie in its file."""
    labels = bdf_labels(manifest.watch.montage, manifest.stream.channels)
    try:
        shape = bdf.layout(manifest.stream, labels)
    except ValueError as error:
        raise RecordingError(
            Saying("such a stream cannot be recorded: {}.", words_of(error))
        ) from error
    if shape.samples == manifest.record_samples:
        return shape
    raise RecordingError(
        Saying(
            "{} has records of {} samples, which this version cannot read.",
            EMG,
            manifest.record_samples,
        )
    )


def gaps_of(events: Iterable[Event]) -> list[Gap]:
    """Return the gaps among events."""
    return [event for event in events if isinstance(event, Gap)]


def _after(event: Event, stop: int) -> bool:
    return isinstance(event, Gap) and event.sample >= stop


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
        raise RecordingError(Saying("{} cannot be read: {}.", path, error.strerror)) from error
    events: list[Event] = []
    bad = 0
    for line in lines:
        try:
            if line.strip():
                events.append(decode_event(line))
        except ValueError:
            bad += 1
    if not bad:
        return tuple(events), ()
    lines_were = ("1 line", "was") if bad == 1 else (f"{bad} lines", "were")
    said = f" of {path.name} could not be read and ".join(lines_were)
    return tuple(events), (f"{said} left out.",)
