"""What stands in the lanes of the review, made anew only where something has changed. No Qt."""

from host.detection.cocontraction import Episode
from host.feedback.review import state as decided
from host.feedback.review.lanes import Mark
from host.recording.events import Marker
from host.report.comparison import Comparison
from host.report.results import Results
from host.report.supposing import Supposing
from host.session.opened import Opened


class Showing:
    """Attempts, episodes and notes: the same objects again as long as they hold."""

    def __init__(self, opened: Opened, notes: tuple[Marker, ...]) -> None:
        self._opened = opened
        self._unjudged = decided.marks(opened, None)
        self.lane = self._unjudged
        """Attempts, and what became of them once that is known."""
        self.stops = decided.stops(opened, None)
        """Where the arrow keys stop."""
        self.episodes: tuple[Episode, ...] = ()
        self.notes = notes
        """What was marked, then or later."""
        self.note_places = _places(notes)
        self._compared: Comparison | None = None
        self._second: tuple[Mark, ...] = ()

    def take(self, results: Results) -> None:
        """Show what became of the attempts."""
        self.lane = decided.marks(self._opened, results)
        self.stops = decided.stops(self._opened, results)
        self.episodes = results.episodes

    def add(self, note: Marker) -> None:
        """Show one more note."""
        self.notes = (*self.notes, note)
        self.note_places = _places(self.notes)

    def second(self, supposing: Supposing) -> tuple[tuple[Mark, ...] | None, tuple[Episode, ...]]:
        """Return attempts and episodes under other terms; no lane where there are no such terms.

        While they are being judged the attempts are open: no result of other terms stands there.
        """
        comparison = supposing.comparison
        if comparison is None:
            return (None if supposing.terms.empty else self._unjudged), ()
        if comparison is not self._compared:
            self._compared, self._second = comparison, decided.second_marks(comparison)
        return self._second, comparison.after.episodes


def _places(notes: tuple[Marker, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((note.sample, note.text) for note in notes)
