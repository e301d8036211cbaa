"""Begin the recording of a session: nobody has to ask for it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from calibration.saying import words_of
from host.errors import RecordingError
from host.recording import bdf
from host.recording.labels import bdf_labels
from host.recording.manifest import Manifest, StoredReference, utc_now
from host.recording.postponed import Postponed
from host.recording.recorder import Recorder, refuse_full_disk
from host.recording.state import Recording, Unrecorded
from host.recording.store import new_folder, sessions_folder
from host.recording.writer import SessionWriter
from host.version import program_version, versions

if TYPE_CHECKING:
    from calibration.muscles import Side
    from calibration.reference import Reference
    from host.chain.stream import Stream
    from host.detection.watch import Watch
    from host.session.asked import Asked


def manifest_of(
    watch: Watch,
    stream: Stream,
    affected: Side,
    *,
    source: str,
    reference: Reference | None = None,
    profile: str = "",
    person: str = "",
    plan: str = "",
) -> Manifest:
    """Return what is written down of a session that begins now."""
    labels = bdf_labels(watch.montage, stream.channels)
    return Manifest(
        program=f"quietface {program_version()}",
        versions=versions(),
        created=utc_now(),
        source=source,
        stream=stream,
        watch=watch,
        affected=affected,
        chain_digest=watch.chain.digest(stream),
        reference=None if reference is None else StoredReference.of(reference),
        profile=profile,
        person=person,
        plan=plan,
        record_samples=bdf.layout(stream, labels).samples,
    )


def begin_recording(stack: ExitStack, manifest: Manifest, asked: Asked) -> Recording:
    """Return a recorder that is closed with the session.

    A disk that takes nothing does not stop the session: its recording begins as soon as there is
    room, with all that came before, and its state says why meanwhile.
    """
    if not asked.recorded:
        return Unrecorded()
    root = asked.record_to or sessions_folder()

    def begin() -> Recorder:
        refuse_full_disk(root, _bytes_per_s(manifest.stream))
        writer = SessionWriter(new_folder(root, asked.name), manifest)
        return Recorder(writer, hurried=asked.watched)

    try:
        recorder = begin()
    except RecordingError as error:
        return stack.enter_context(Postponed(begin, words_of(error)))
    return stack.enter_context(recorder)


def _bytes_per_s(stream: Stream) -> float:
    return 3.0 * stream.rate_hz * len(stream.channels)
