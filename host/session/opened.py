"""A recording that was opened, with everything that decides how it is judged."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from calibration.muscles import Side
from calibration.patterns import patterns
from calibration.reference import Reference
from calibration.saying import Saying
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue
from host.detection.monitor import Monitor
from host.detection.touching import Touched
from host.detection.watch import Watch
from host.errors import RecordingError, SettingsError
from host.recording.events import Marker
from host.recording.foreign.files import ForeignRecording, read_foreign
from host.recording.foreign.labels_read import guess_montage
from host.recording.foreign.mapping import CsvMapping
from host.recording.reader import EMG, NOTES, SessionRecording, is_session, read_session
from host.recording.recorded import Recorded
from host.session.asked import Asked
from host.session.calibrated import profile_for
from host.session.defaults import judging

REVISIONS = "revisions"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opened:
    """A session of ours or a recording of another program: from here on they are alike."""

    name: str
    """For titles: the folder's or the file's name."""
    recorded: Recorded
    watch: Watch
    affected: Side
    words: str
    """What it is, in plain words."""
    labels: tuple[str, ...] = ()
    """Names of the channels in another program; empty for a session of ours."""
    cues: tuple[Cue, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    touches: tuple[Touched, ...] = ()
    """When a finger was on muscles (P5)."""
    reference: Reference | None = None
    profile: str = ""
    """Name of the calibration that `reference` and the chain come from; empty for none."""
    gentle_uv: float | None = None
    """Another gentle reference for all channels, in place of the calibrated or guessed one."""
    markers: tuple[Marker, ...] = ()
    """What was marked while it was recorded, or by the other program."""
    remarks: tuple[str, ...] = ()
    created: str = ""
    """ISO 8601; empty where unknown."""
    notes: Path
    """Where notes that are written afterwards go; it need not exist."""
    revisions: Path
    """Folder for results with other settings; it need not exist."""

    @property
    def stop(self) -> int:
        """Index after the last sample, gaps included."""
        return self.recorded.spans[-1].stop

    @property
    def duration_s(self) -> float:
        """From sample 0 to after the last."""
        return self.stop / self.recorded.stream.rate_hz

    def monitor(self) -> Monitor:
        """Return a monitor that judges it as it was judged when it was recorded."""
        watch, reference = self.watch, self.reference
        if self.gentle_uv is not None:
            watch = replace(watch, gentle_uv=self.gentle_uv)
            if reference is not None:
                gentle = np.full_like(reference.gentle_uv, self.gentle_uv)
                reference = replace(reference, gentle_uv=gentle)
        return Monitor(
            watch,
            self.recorded.stream,
            self.cues,
            reference,
            self.adjustments,
            touches=self.touches,
        )


def open_recording(
    path: Path,
    asked: Asked,
    *,
    rate_hz: float | None = None,
    mapping: CsvMapping | None = None,
) -> Opened:
    """Open a session's folder, or a file of another program, to be judged as `asked`.

    Raises RecordingError or SettingsError, one sentence for the user.
    """
    folder = path.parent if path.name == EMG and is_session(path.parent) else path
    if is_session(folder):
        return open_session(folder, asked)
    return open_foreign(read_foreign(path, rate_hz=rate_hz, mapping=mapping), path, asked)


def open_session(folder: Path, asked: Asked) -> Opened:
    """Open one of our own: it knows how it was judged."""
    if asked.montage is not None or asked.affected is not None or asked.pattern is not None:
        raise SettingsError(
            Saying(
                "{} is a session and knows its electrodes and patterns: "
                "leave --montage, --affected and --pattern out.",
                folder.name,
            )
        )
    if asked.profile is not None:
        raise SettingsError(
            Saying(
                "{} is a session and knows its calibration: to judge it by another one "
                "beside it, use replay --profile.",
                folder.name,
            )
        )
    session = read_session(folder)
    manifest = session.manifest
    watch, stored = manifest.watch, manifest.reference
    _refuse_unknown_patterns(session)
    remarks = list(session.remarks)
    if watch.chain.digest(session.stream) != manifest.chain_digest:
        remarks.append(
            f"It was recorded by {manifest.program}, whose filters differ: levels may differ too."
        )
    return Opened(
        name=folder.name,
        recorded=session,
        watch=watch,
        affected=manifest.affected,
        words=manifest.source,
        cues=session.cues,
        adjustments=session.adjustments,
        touches=session.touches,
        reference=None if stored is None else stored.reference,
        profile=manifest.profile or ("" if stored is None else "as recorded"),
        markers=session.markers,
        remarks=tuple(remarks),
        created=manifest.created,
        notes=folder / NOTES,
        revisions=folder / REVISIONS,
    )


def _refuse_unknown_patterns(session: SessionRecording) -> None:
    changes = [one for change in session.adjustments for one in change.patterns]
    own = {one.name for one in (*session.manifest.watch.patterns, *changes)}
    for cue in session.cues:
        if cue.pattern not in own and cue.pattern not in patterns():
            raise RecordingError(
                Saying(
                    "{} asks for the pattern {!r}, which this version "
                    "does not know: open it with a newer one.",
                    session.folder.name,
                    cue.pattern,
                )
            )


def open_foreign(recording: ForeignRecording, path: Path, asked: Asked) -> Opened:
    """Take a recording of another program: who looks at it says where the electrodes were."""
    if asked.montage is None and asked.affected is not None:
        # Its own labels may say where the electrodes were; which side is affected they cannot.
        asked = replace(asked, montage=guess_montage(recording.labels))
    watch, affected, cue = judging(asked, recording.stream)
    known = profile_for(asked, watch, recording.stream)
    beside = path.with_name(path.name + ".quietface")
    return Opened(
        name=path.name,
        recorded=recording,
        watch=watch if known is None else known.watch,
        affected=affected,
        words=recording.format,
        labels=recording.labels,
        created=recording.started,
        cues=(cue,),
        reference=None if known is None else known.reference,
        profile="" if known is None else known.name,
        markers=recording.markers,
        remarks=(*recording.remarks, *(known.remarks if known else ())),
        notes=beside / NOTES,
        revisions=beside / REVISIONS,
    )
