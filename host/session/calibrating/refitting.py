"""A calibration from a recording: our own knows its stretches, another program's is told them."""

from dataclasses import dataclass
from pathlib import Path

from calibration.profile import Electrodes
from calibration.saying import Saying
from calibration.segments import Segment
from host.acquisition.replay import ReplaySource
from host.errors import RecordingError
from host.recording.calibration_events import CalibrationBegun, marked
from host.recording.reader import read_session
from host.recording.recorded import Recorded
from host.session.calibrating.fitting import Heard, Identity
from host.session.calibrating.material import Material
from host.session.opened import Opened

_STEP_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What a session of ours knows of the calibration in it."""

    segments: tuple[Segment, ...]
    identity: Identity


def marked_in(folder: Path) -> Marked:
    """Return what a session's events say; RecordingError where no calibration was recorded."""
    session = read_session(folder)
    segments = marked(session.events)
    begun = [event for event in session.events if isinstance(event, CalibrationBegun)]
    if not segments or not begun:
        raise RecordingError(
            Saying(
                "{} has no calibration in it: mark its stretches with --segments FILE.", folder.name
            )
        )
    identity = Identity(
        person=begun[0].person,
        therapist=begun[0].therapist,
        electrodes=Electrodes(id=begun[0].electrodes, date=begun[0].applied),
        created=session.manifest.created,
    )
    return Marked(segments=segments, identity=identity)


def heard_again(opened: Opened, segments: tuple[Segment, ...]) -> Heard:
    """Lead a recording through the plain chain that it was recorded with."""
    material = Material(opened.watch.chain, opened.recorded.stream)
    _feed(opened.recorded, material)
    return Heard(
        material=material,
        montage=opened.watch.montage,
        segments=segments,
        own=opened.watch.patterns,
        left_out=opened.watch.excluded,
    )


def _feed(recorded: Recorded, material: Material) -> None:
    with ReplaySource(recorded, chunk_s=_STEP_S) as source:
        while (chunk := source.read(0.0)) is not None:
            material.push(chunk)
