"""What the review window says in words: of the moment under the cursor, and of what failed."""

from PyQt6.QtWidgets import QLabel

from host.feedback.review import state as decided
from host.feedback.review.room import Room
from host.recording.events import Marker
from host.report.study import Study
from host.report.supposing import Supposing
from host.session.notices import source_words
from host.session.opened import Opened
from host.translation import told, told_error, tr


class Telling:
    """Writes into the room; nothing is written twice."""

    def __init__(self, opened: Opened, room: Room, study: Study, supposing: Supposing) -> None:
        self._opened = opened
        self._rate_hz = opened.recorded.stream.rate_hz
        self._room = room
        self._study = study
        self._supposing = supposing
        self._said: tuple[object, ...] = ()
        self._failed: set[str] = set()

    def fail(self, what: str, error: BaseException | None) -> None:
        """Say once what ended a thread early; the rest of the window goes on."""
        if error is not None and what not in self._failed:
            self._failed.add(what)
            self._room.foot.keep(f"{tr(what)}: {told_error(error)}")

    def say(self, position: int, notes: tuple[Marker, ...]) -> None:
        """Write what is to be said of the moment, where that may have changed."""
        study, supposing, room = self._study, self._supposing, self._room
        percent, supposed = f"{100 * study.progress:.0f}", not room.terms.isHidden()
        said = (
            position,
            notes,
            (study.results, study.error, percent),
            supposed and (supposing.comparison, supposing.terms, supposing.error),
        )
        if said == self._said:
            return
        self._said = said
        self._say_card(position, notes)
        parts = [source_words(self._opened.words), *map(told, self._opened.remarks[:1])]
        if study.results is None:
            parts.insert(0, tr("Judging {} %").format(percent))
        room.transport.show_about(" · ".join(parts))
        if supposed:
            self._say_terms(position)

    def _say_card(self, position: int, notes: tuple[Marker, ...]) -> None:
        title, *lines = decided.card_words(self._study.results, position)
        if self._study.error is not None:
            title, lines = tr("Not judged"), [told_error(self._study.error)]
        lines += [f"“{text}”" for text in decided.near_notes(notes, position, self._rate_hz)]
        _write(self._room.card_title, title)
        _write(self._room.card, "\n".join(lines))

    def _say_terms(self, position: int) -> None:
        """Say what changes under other terms, and why in the attempt under the cursor."""
        supposing, terms = self._supposing, self._room.terms
        comparison = supposing.comparison
        if supposing.error is not None:
            terms.show_result(told_error(supposing.error), (), ready=False)
        elif comparison is None:
            waiting = tr("Being judged …") if supposing.busy else ""
            terms.show_result(waiting, (), ready=False)
        else:
            place = decided.place_of(comparison.before, position)
            why = comparison.attempts[place].why if place is not None else ()
            terms.show_result(told(comparison.sentence), tuple(map(told, why)), ready=True)


def _write(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
