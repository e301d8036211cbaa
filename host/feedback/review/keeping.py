"""What is kept of a look at a recording: notes, and what other terms would have made of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from host.errors import HostError
from host.feedback.review.scale import clock
from host.recording.events import Marker
from host.recording.notes import add_note
from host.report.revisions import save_revision
from host.translation import told_error, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.feedback.review.room import Room
    from host.feedback.review.showing import Showing
    from host.report.supposing import Supposing
    from host.session.opened import Opened


class Keeping:
    """Writes beside the recording, at once; what cannot be written is said at the foot."""

    def __init__(
        self,
        opened: Opened,
        room: Room,
        showing: Showing,
        position: Callable[[], int],
        changed: Callable[[], None],
    ) -> None:
        """`position` is where the cursor is; `changed` is called when a note has been added."""
        self._opened, self._room, self._showing = opened, room, showing
        self._position, self._changed = position, changed
        self._note_at = 0
        room.note_line.written.connect(lambda text: self.write(text, self._note_at))

    def begin_note(self) -> None:
        """Let somebody write; the note belongs to where the cursor is now."""
        self._note_at = self._position()
        rate_hz = self._opened.recorded.stream.rate_hz
        self._room.note_line.open(clock(self._note_at / rate_hz, 0.1))

    def mark(self) -> None:
        """Set a mere marker where the cursor is."""
        self.write("", self._position())

    def write(self, text: str, sample: int) -> None:
        """Keep a note."""
        now = datetime.now(tz=UTC).isoformat(timespec="seconds")
        note = Marker(sample=sample, text=text, by="review", utc=now)
        try:
            add_note(self._opened.notes, note)
        except HostError as error:
            self._room.foot.say(told_error(error))
            return
        self._showing.add(note)
        self._changed()

    def save(self, supposing: Supposing) -> None:
        """Keep what other terms would make of the recording, once that is known."""
        comparison = supposing.comparison
        if comparison is None:
            return
        try:
            path = save_revision(self._opened, supposing.terms, comparison)
        except HostError as error:
            self._room.foot.say(told_error(error))
            return
        said = tr("Saved as {}; the session stays as it was.")
        self._room.foot.say(said.format(path.name))
