"""Look back together: what a bout was like, what changed, and any attempt again (P6, P11–P17)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QWidget

from host.feedback.clinic.controls import column
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.look_back_board import LookBackBoard, LookBackRoom
from host.feedback.clinic.look_back_choice import (
    Choice,
    Look,
    bout_at,
    chosen_attempt,
    step_attempt,
)
from host.feedback.clinic.look_back_foot import LookBackFoot
from host.feedback.clinic.look_back_opening import earlier_folders
from host.feedback.clinic.look_back_reading import Reading
from host.feedback.clinic.look_back_replaying import Replaying
from host.feedback.clinic.look_back_state import look_back_state
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.steps import Step
from host.feedback.sentences import sentence
from host.session.way import Way
from host.translation import mark, told_error, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.look_back_found import Findings
    from host.feedback.clinic.look_back_playing import Playing
    from host.feedback.clinic.page import Closing
    from host.feedback.review.window import ReviewWindow
    from host.feedback.theme import Theme

LOOK_MS = 200
"""So often it is looked whether more is known."""


class LookBackPage(Page):
    """One screen for both; a thread reads and judges, and the page is usable at once."""

    step = Step.LOOK_BACK
    shows_patient, quietens = True, False
    acts: ClassVar[Mapping[Act, str]] = {
        Act.LEFT: mark("The attempt before"),
        Act.RIGHT: mark("The next attempt"),
        Act.UP: mark("The bout before"),
        Act.DOWN: mark("The next bout"),
        Act.NUMBER: mark("A bout, by its number"),
        Act.ACCEPT: mark("Replay the attempt"),
        Act.START_STOP: mark("Hold the replay, or go on"),
        Act.NEXT: mark("This bout, over sessions, who acts when"),
        Act.RAW: mark("The whole recording, in a window of its own"),
        Act.QUIET: mark("Back from the replay"),
    }

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(tr("Look back"))
        self.board, self.room = LookBackBoard(), LookBackRoom()
        self.room.setContentsMargins(24, 16, 24, 16)
        self.choice = Choice()
        self.reading: Reading | None = None
        self.reviews: list[ReviewWindow] = []
        """Windows of whole recordings; each ends with its own threads."""
        self._way = Way()
        self.replaying = Replaying(self._way, (self.board, self.room), desk.say, self)
        self._shown: tuple[object, ...] = ()
        self._theme: Theme | None = None
        self.foot = LookBackFoot()
        self.foot.asked.connect(lambda act: self.obey(Pressed(act=act)))
        self.room.seen.connect(self.refresh)
        for board in (self.board, self.room):
            board.attempts.chose.connect(self._choose_attempt)
            board.bouts.chose.connect(self._choose_bout)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.refresh)
        layout = column(self.board, self.foot, gap=10)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    @property
    def patient_part(self) -> QWidget:
        """The same, on the patient's own screen."""
        return self.room

    @property
    def findings(self) -> Findings | None:
        """What is known so far; None while the page is closed."""
        return None if self.reading is None else self.reading.findings

    @property
    def playing(self) -> Playing:
        """What plays an attempt again."""
        return self.replaying.playing

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self._theme = theme
        self.board.dress(theme, px)
        self.room.use_theme(theme)

    def enter(self, appointment: Appointment) -> None:
        """Begin to read; what is known is shown meanwhile."""
        self.choice, self._shown = Choice(), ()
        earlier, left = earlier_folders(self.desk.clinic, appointment)
        for said in left:
            self.desk.say(sentence(said))
        live = [one.result for one in appointment.measured if one.result is not None]
        self.reading = Reading(appointment.sessions, earlier, live)
        self.reading.start()
        self._look.start()
        self.refresh()

    def stand_still(self, findings: Findings) -> None:
        """Show these findings and read no more, for a picture."""
        if self.reading is not None:
            self.reading.give_up()
        self.reading = Reading((), ())
        self.reading.findings = findings
        self.refresh()

    def leave(self) -> Closing | None:
        """Stop reading and playing; nobody need wait for it."""
        self._look.stop()
        self.replaying.end()
        if self.reading is not None:
            self.reading.give_up()
        self.reading = None
        return self.replaying.close()

    def refresh(self) -> None:
        """Show what is newest; what has not changed paints nothing."""
        reading = self.reading
        if reading is None:
            return
        findings = reading.findings
        if reading.error is not None:
            self.desk.say(sentence(told_error(reading.error)))
        self.foot.doing.setText(" ".join(filter(None, (findings.doing, *findings.left))))
        # What is being done is a word at the foot: it changes nothing else.
        boards = self._boards
        shown = (findings.sessions, findings.trends, findings.done, self.choice, len(boards))
        if shown == self._shown:
            return
        self._shown = shown
        patient = self.desk.appointment.patient
        given = () if patient is None else patient.botulinum
        state = look_back_state(findings, self.choice, given)
        with self._way.claimed():
            for board in boards:
                board.show_state(state)
                board.repaint()
        self.foot.show_state(state, self.choice.look, recorded=bool(findings.sessions))

    def obey(self, pressed: Pressed) -> None:
        """Do what a key means."""
        findings = self.findings
        if findings is None:
            return
        at = bout_at(findings, self.choice) or 0
        meanings: dict[Act, Callable[[], object]] = {
            Act.LEFT: lambda: self._choose(step_attempt(findings, self.choice, -1)),
            Act.RIGHT: lambda: self._choose(step_attempt(findings, self.choice, 1)),
            Act.UP: lambda: self._choose_bout(at - 1),
            Act.DOWN: lambda: self._choose_bout(at + 1),
            Act.NUMBER: lambda: self._choose_bout(pressed.number - 1),
            Act.ACCEPT: self._begin_replay,
            Act.START_STOP: self._hold_replay,
            Act.NEXT: self._turn,
            Act.RAW: self._open_review,
            Act.QUIET: self._quiet,
        }
        meanings.get(pressed.act, lambda: None)()

    def _turn(self) -> None:
        """Turn to what is looked at next."""
        self.replaying.end()
        self._choose(replace(self.choice, look=self.choice.look.next))

    def _choose(self, choice: Choice) -> None:
        """Take a choice; a replay goes on with another attempt at once."""
        replays = self.replaying.on and choice.look is Look.BOUT
        changed = choice != self.choice
        self.choice = choice
        if replays and changed:
            self._begin_replay()
        self.refresh()

    def _choose_bout(self, place: int) -> None:
        findings = self.findings
        if findings is None or not 0 <= place < len(findings.bouts):
            return
        self.replaying.end()
        self._choose(Choice(bout=place))

    def _choose_attempt(self, place: int) -> None:
        self._choose(replace(self.choice, look=Look.BOUT, attempt=place))

    def _begin_replay(self) -> None:
        """Replay the chosen attempt; the first one, where none is."""
        findings = self.findings
        if findings is None:
            return
        if chosen_attempt(findings, self.choice) is None:
            self.choice = step_attempt(findings, self.choice, 1)
        chosen = chosen_attempt(findings, self.choice)
        if chosen is None:
            return
        self.choice = replace(self.choice, look=Look.BOUT)
        self.refresh()
        self.replaying.begin(*chosen)

    def _hold_replay(self) -> None:
        if not self.replaying.hold():
            self._begin_replay()

    @property
    def _boards(self) -> tuple[LookBackBoard, ...]:
        """Return the boards that somebody looks at."""
        return (self.board, self.room) if self.room.isVisible() else (self.board,)

    def _quiet(self) -> None:
        if self.replaying.on:
            self.replaying.end()
        else:
            self._choose(replace(self.choice, look=Look.BOUT, attempt=None))

    def _open_review(self) -> None:
        """Open the whole recording, with everything that a review can do."""
        from host.feedback.review.window import ReviewWindow
        from host.feedback.theme import DARK, Scheme

        findings = self.findings
        at = None if findings is None else bout_at(findings, self.choice)
        if findings is None or at is None:
            return
        scheme: Scheme = "dark" if self._theme == DARK else "light"
        window = ReviewWindow(findings.bouts[at][0].opened, scheme)
        self.reviews.append(window)
        window.show()
        window.begin()
