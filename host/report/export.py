"""Export a recording: as BIDS for other programs, its results as tables."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from calibration.saying import Saying
from host.detection.frame import Frames
from host.errors import RecordingError, SettingsError
from host.recording.bids.bdf import gaps_in
from host.recording.bids.recording import BidsRecording, bids_session
from host.recording.bids.writing import SUBJECT, TASK, BidsExport, write_bids
from host.recording.events import Adjusted, CueGiven, Event
from host.recording.notes import read_notes
from host.recording.reader import SessionRecording
from host.report.levels_table import LevelRows, levels_table
from host.report.measured_table import MEASURES, measure_rows
from host.report.results import Results, judged, measuring_of
from host.report.table_files import TableFile, dictionary, refuse_kind, table_file
from host.report.tables import (
    ATTEMPTS,
    EPISODES,
    EVENTS,
    attempt_rows,
    episode_rows,
    event_rows,
)
from host.session.opened import Opened
from host.version import program_version

ABOUT = "about.json"
_MOST_FOLDERS = 1000


def events_of(opened: Opened) -> tuple[Event, ...]:
    """Return all that happened in a recording, notes that were written afterwards included."""
    recorded = opened.recorded
    if isinstance(recorded, SessionRecording):
        events = recorded.events
    else:
        events = (
            *(CueGiven.of(cue) for cue in opened.cues),
            *(Adjusted(sample=one.start, change=one) for one in opened.adjustments),
            *opened.markers,
            *gaps_in(recorded),
        )
    return (*events, *read_notes(opened.notes))


def export_bids(
    opened: Opened, root: Path, *, subject: str = SUBJECT, session: str = "", task: str = TASK
) -> BidsExport:
    """Add a recording to the BIDS data set in `root`; see `write_bids`."""
    return write_bids(
        _bids_recording(opened), root, subject=subject, session=session or "", task=task
    )


def _bids_recording(opened: Opened) -> BidsRecording:
    recorded, events = opened.recorded, events_of(opened)
    if isinstance(recorded, SessionRecording):
        return replace(bids_session(recorded), events=events)
    plain = opened.watch.montage.plain
    return BidsRecording(
        recorded=recorded,
        montage=opened.watch.montage,
        affected=None if plain else opened.affected,
        source=opened.words,
        events=events,
        started=opened.created,
        labels=opened.labels,
        mains_hz=opened.watch.chain.conditioning.mains.base_hz,
    )


def export_tables(opened: Opened, folder: Path, *kinds: str) -> Path:
    """Judge a recording and write its results; return the new folder in `folder`.

    `kinds` are `csv` and `parquet`. The folder has the recording's name, with a number where
    there is one already: nothing is ever overwritten. It appears when all in it is whole.
    """
    for kind in kinds:
        refuse_kind(kind)
    if folder.exists() and not folder.is_dir():
        raise SettingsError(Saying("{} is a file, not a folder for tables.", folder))
    with _disk_errors(folder), ExitStack() as undo:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".quietface-", dir=folder))
        undo.callback(shutil.rmtree, staging, ignore_errors=True)
        made = staging / "tables"
        # Not the hidden folder itself, which only its owner may read.
        made.mkdir()
        _write(opened, made, kinds)
        return _placed(made, folder, opened.name)


def _write(opened: Opened, folder: Path, kinds: tuple[str, ...]) -> None:
    """Write all tables: levels while the recording is judged, the others afterwards."""
    about = _about(opened)
    levels = levels_table(opened)
    rate_hz = opened.recorded.stream.rate_hz
    with ExitStack() as stack:
        files = [stack.enter_context(table_file(kind, folder, levels, about)) for kind in kinds]
        results = _judged(opened, files)
    tables = {
        ATTEMPTS: attempt_rows(opened, results),
        EPISODES: episode_rows(opened, results),
        MEASURES: measure_rows(opened, results),
        EVENTS: event_rows(events_of(opened), rate_hz),
    }
    for table, found in tables.items():
        rows = list(found)
        for kind in kinds:
            with table_file(kind, folder, table, about) as file:
                file.write(rows)
    text = dictionary((*tables, levels), about)
    (folder / ABOUT).write_bytes(text.encode(errors="replace"))


def _judged(opened: Opened, files: list[TableFile]) -> Results:
    stream = opened.recorded.stream
    rows = LevelRows(len(stream.channels), opened.stop, stream.rate_hz)

    def watch(frames: Frames) -> None:
        done = list(rows.push(frames))
        for file in files:
            file.write(done)

    results = judged(opened, watch, measuring_of(opened))
    last = list(rows.close())
    for file in files:
        file.write(last)
    return results


def _about(opened: Opened) -> dict[str, str]:
    """Return on which terms the results came about."""
    stream, terms = opened.recorded.stream, opened.watch.thresholds
    return {
        "program": f"quietface {program_version()}",
        "recording": opened.name,
        "source": opened.words,
        "created": opened.created,
        "rate_hz": repr(stream.rate_hz),
        "montage": opened.watch.montage.name,
        "affected": "" if opened.watch.montage.plain else opened.affected.value,
        "calibrated": str(opened.reference is not None and opened.reference.calibrated).lower(),
        "threshold_enter": repr(terms.enter),
        "threshold_leave": repr(terms.leave),
        "chain_digest": opened.watch.chain.digest(stream),
        "remarks": " ".join(opened.remarks),
    }


def _placed(made: Path, folder: Path, name: str) -> Path:
    """Give a finished folder its name, with a number where that is taken."""
    for number in range(1, _MOST_FOLDERS):
        target = folder / (name if number == 1 else f"{name}_{number}")
        if not target.exists():
            return made.rename(target)
    raise SettingsError(
        Saying("{} has {} exports of {}: give another folder.", folder, _MOST_FOLDERS, name)
    )


@contextlib.contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RecordingError(
            Saying("the tables cannot be written to {}: {}.", folder, error.strerror or str(error))
        ) from error
