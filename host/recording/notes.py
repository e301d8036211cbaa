"""Notes that are written when a recording is looked at again: lines added to a file beside it."""

from pathlib import Path

from calibration.saying import Saying
from host.errors import RecordingError
from host.recording import durable
from host.recording.events import Marker, encode_event
from host.recording.reader import read_events


def read_notes(path: Path) -> tuple[Marker, ...]:
    """Return the notes in a file, in order of their samples; none where there is no file."""
    if not path.exists():
        return ()
    events, _ = read_events(path)
    notes = (event for event in events if isinstance(event, Marker))
    return tuple(sorted(notes, key=lambda note: note.sample))


def add_note(path: Path, note: Marker) -> None:
    """Write a note behind the others; it is on the disk when this returns.

    Raises RecordingError, one sentence, where nothing can be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            torn = file.tell() and not path.read_bytes().endswith(b"\n")
            # A line that a crash cut short must not swallow this one.
            durable.write_all(file, b"\n" * bool(torn) + encode_event(note))
            durable.sync(file)
    except OSError as error:
        raise RecordingError(
            Saying(
                "the note cannot be written beside the recording: {}. "
                "Import the recording into a folder of your own first: quietface import.",
                error.strerror,
            )
        ) from error
