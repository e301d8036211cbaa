"""Add a recording to a BIDS data set: BDF+ and all that EMG-BIDS wants to know beside it.

Nothing that is there already is changed, but for a row more in `participants.tsv` and
`*_scans.tsv`. Files are made in a hidden folder and put in their places when all are whole.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from calibration.placement import Placement, placement
from host.errors import RecordingError, SettingsError
from host.recording.bids.bdf import write_bdf
from host.recording.bids.channels import channels_table, electrodes_table
from host.recording.bids.dataset import (
    DESCRIPTION,
    Names,
    disk_errors,
    exported_as,
    label,
    next_run,
    refuse_other,
    with_row,
)
from host.recording.bids.events import events_table
from host.recording.bids.placing import put_in_place
from host.recording.bids.recording import BidsRecording
from host.recording.bids.sidecars import (
    coordinate_sidecar,
    description,
    emg_sidecar,
    participants_sidecar,
    readme,
)
from host.recording.bids.tables import UNKNOWN
from host.recording.durable import write_atomically
from host.version import program_version

SUBJECT, TASK = "01", "retraining"


@dataclass(frozen=True, slots=True, kw_only=True)
class BidsExport:
    """What was written."""

    root: Path
    emg: Path
    """The BDF+ file; its sidecars lie beside it."""
    remarks: tuple[str, ...] = ()
    """Whole sentences."""

    def __str__(self) -> str:
        return "\n".join([str(self.emg), *(f"  {remark}" for remark in self.remarks)])


def write_bids(
    recording: BidsRecording,
    root: Path,
    *,
    subject: str = SUBJECT,
    session: str = "",
    task: str = TASK,
    places: Placement | None = None,
) -> BidsExport:
    """Add a recording to the data set in `root`, which is begun where there is none.

    `subject` is a code, never a name. Without a `session` it is the day of the recording: what
    was recorded on one day becomes runs of one session. Raises SettingsError or RecordingError,
    one sentence for the user.
    """
    refuse_other(root)
    names = Names(
        subject=label(subject, "the subject's code"),
        session=label(session or _day(recording), "the session's label"),
        task=label(task, "the task's name"),
    )
    with disk_errors(root):
        _refuse_twice(recording, root, names)
        names = replace(names, run=next_run(root, names))
        run = _Run(recording, root, names, task.strip(), places or placement())
        run.write()
    given = (("subject", subject, names.subject), ("session", session, names.session))
    return BidsExport(
        root=root,
        emg=run.emg,
        remarks=tuple(
            f"The {what} {word!r} is written as {short}: BIDS allows letters and digits only."
            for what, word, short in given
            if word.strip().removeprefix("sub-").removeprefix("ses-") not in ("", short)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """One recording on its way into a data set."""

    recording: BidsRecording
    root: Path
    names: Names
    task: str
    places: Placement

    @property
    def folder(self) -> Path:
        return self.names.folder(self.root)

    @property
    def emg(self) -> Path:
        return self.folder / f"{self.names.stem}_emg.bdf"

    def write(self) -> None:
        """Make everything in a hidden folder, then put it in its places; or leave no trace."""
        put_in_place(self.root, self._made, self._add_rows)

    def _made(self, staging: Path) -> dict[Path, Path]:
        """Make all new files; return for each place its file, the samples last."""
        samples = staging / "emg.bdf"
        try:
            written = write_bdf(
                samples,
                self.recording.recorded,
                self.recording.shape,
                self.recording.events,
                started=self.recording.begin,
                patient=self.names.subject,
            )
        except ValueError as error:
            raise RecordingError(f"it cannot be written as BDF+: {error}.") from error
        texts = {**_of_dataset(self.root), **self._of_session(), **self._of_run(written)}
        made = {}
        for number, (target, text) in enumerate(texts.items()):
            made[target] = staging / str(number)
            made[target].write_bytes(text.encode(errors="replace"))
        return {**made, self.emg: samples}

    def _of_session(self) -> dict[Path, str]:
        """Return where the electrodes lay; refuse to put others into the same session."""
        names, places = self.names, self.places
        table = electrodes_table(self.recording.montage.sites, places)
        if not table.rows:
            return {}
        stem = names.session_stem
        electrodes = self.folder / f"{stem}_electrodes.tsv"
        if electrodes.exists() and electrodes.read_bytes() != table.tsv.encode():
            raise SettingsError(
                f"ses-{names.session} of sub-{names.subject} has other electrodes: "
                "give this recording another --session."
            )
        system = f"{stem}_space-{places.system.name}_coordsystem.json"
        return _absent(
            {
                electrodes: table.tsv,
                electrodes.with_suffix(".json"): _json(table.sidecar),
                self.folder / system: _json(coordinate_sidecar(places.system)),
            }
        )

    def _of_run(self, written: int) -> dict[Path, str]:
        recording = self.recording
        channels = channels_table(recording, self.places)
        events = events_table(recording, written)
        shown_by = {"SoftwareName": "Quietface", "SoftwareVersion": recording.program or UNKNOWN}
        texts = {
            "emg.json": _json(emg_sidecar(recording, self.task)),
            "channels.tsv": channels.tsv,
            "channels.json": _json(channels.sidecar),
            "events.tsv": events.tsv,
            "events.json": _json({**events.sidecar, "StimulusPresentation": shown_by}),
        }
        return {self.folder / f"{self.names.stem}_{end}": text for end, text in texts.items()}

    def _add_rows(self) -> None:
        """Name the person and the file; the tables are replaced whole or not at all."""
        names = self.names
        person = {"participant_id": f"sub-{names.subject}", "age": UNKNOWN, "sex": UNKNOWN}
        people = self.root / "participants.tsv"
        write_atomically(people, with_row(people, "participant_id", person))
        scans = names.session_folder(self.root) / f"{names.session_stem}_scans.tsv"
        scan = {"filename": f"emg/{self.emg.name}", "acq_time": _acquired(self.recording)}
        write_atomically(scans, with_row(scans, "filename", scan))


def _of_dataset(root: Path) -> dict[Path, str]:
    """Return the files of a data set that has none of them yet; those that are there stay."""
    program = program_version()
    found = _absent(
        {
            root / DESCRIPTION: _json(description(program)),
            root / "participants.json": _json(participants_sidecar()),
        }
    )
    return found if any(root.glob("README*")) else {**found, root / "README": readme(program)}


def _absent(texts: Mapping[Path, str]) -> dict[Path, str]:
    return {path: text for path, text in texts.items() if not path.exists()}


def _refuse_twice(recording: BidsRecording, root: Path, names: Names) -> None:
    acquired = _acquired(recording)
    there = None if acquired == UNKNOWN else exported_as(root, names.subject, acquired)
    if there is not None:
        raise SettingsError(f"this recording is in {root} already, as {there}.")


def _acquired(recording: BidsRecording) -> str:
    """Return when it began, in UTC where the zone is known."""
    begin = recording.begin
    if begin is None:
        return UNKNOWN
    if begin.tzinfo is None:
        return f"{begin:%Y-%m-%dT%H:%M:%S.%f}"
    return f"{begin.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _day(recording: BidsRecording) -> str:
    begin: datetime | None = recording.begin
    if begin is None:
        return "01"
    return f"{begin.astimezone() if begin.tzinfo else begin:%Y%m%d}"


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
