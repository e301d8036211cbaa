"""Turn a recording of another program into a session of our own: same samples, same marks."""

import shutil
from pathlib import Path

import msgspec

from calibration.saying import Saying
from host.chain.stream import Chunk
from host.errors import RecordingError
from host.recording.events import Adjusted, CueGiven
from host.recording.labels import bdf_labels
from host.recording.manifest import Manifest
from host.recording.store import new_folder
from host.recording.writer import SessionWriter
from host.session.opened import Opened
from host.session.recording import manifest_of

_STEP_S = 10.0


def import_recording(opened: Opened, root: Path, *, name: str) -> Path:
    """Write a recording as a session's folder in `root`; return that folder.

    Samples are equal to the last bit, gaps stay gaps, marks become markers, and every remark of
    the reader is kept. Raises RecordingError where the disk refuses; then no folder is left, for
    half of a recording must not pass for the whole.
    """
    folder = new_folder(root, name)
    writer = SessionWriter(folder, _manifest(opened), each=False)
    try:
        for cue in opened.cues:
            writer.note(CueGiven.of(cue))
        for change in opened.adjustments:
            writer.note(Adjusted(sample=change.start, change=change))
        _copy(opened, writer)
        writer.close()
    except (OSError, RecordingError) as error:
        writer.abandon()
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, RecordingError):
            raise
        raise RecordingError(Saying("{} cannot be written: {}.", folder, error.strerror)) from error
    return folder


def _copy(opened: Opened, writer: SessionWriter) -> None:
    """Write samples span by span, each marker before the samples it belongs to."""
    recorded = opened.recorded
    step = recorded.stream.samples(_STEP_S)
    markers = sorted(opened.markers, key=lambda marker: marker.sample, reverse=True)
    for span in recorded.spans:
        for start in range(span.start, span.stop, step):
            stop = min(start + step, span.stop)
            while markers and markers[-1].sample < stop:
                writer.note(markers.pop())
            writer.take(Chunk(start, recorded.samples(start, stop)))
    for marker in reversed(markers):
        writer.note(marker)


def _manifest(opened: Opened) -> Manifest:
    """Return what is written down of it: when it was made, where that is known."""
    stream = opened.recorded.stream
    made = manifest_of(
        opened.watch,
        stream,
        opened.affected,
        source=opened.words,
        reference=opened.reference,
        profile=opened.profile,
    )
    told = [f"Imported from {opened.name}."]
    if not opened.created:
        told.append("It does not say when it was made: the date is that of the import.")
    return msgspec.structs.replace(
        made,
        created=opened.created or made.created,
        labels=opened.labels or bdf_labels(opened.watch.montage, stream.channels),
        remarks=(*told, *opened.remarks),
    )
