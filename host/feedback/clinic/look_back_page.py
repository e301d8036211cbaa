"""Look back together: what a bout was like, what changed, and any attempt again (P6, P11–P17)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from host.errors import HostError
from host.feedback.clinic.controls import advise, button, column, label, name_button
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.look_back_board import LookBackBoard, LookBackRoom
from host.feedback.clinic.look_back_choice import (
    Choice,
    Look,
    bout_at,
    chosen_attempt,
    step_attempt,
)
from host.feedback.clinic.look_back_playing import Playing
from host.feedback.clinic.look_back_reading import Reading
from host.feedback.clinic.look_back_state import look_back_state
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.steps import Step
from host.feedback.sentences import sentence
from host.session.way import Way
from host.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.look_back_found import Findings
    from host.feedback.clinic.page import Closing
    from host.feedback.review.window import ReviewWindow
    from host.feedback.theme import Theme

LOOK_MS = 200
"""So often it is looked whether more is known."""
REPLAY_MS = 33


class LookBackPage(Page):
    """One screen for both; a thread reads and judges, and the page is usable at once."""

    step = Step.LOOK_BACK
    shows_patient = True
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
        self.playing = Playing(self._way)
        self._shown: tuple[object, ...] = ()
        self._theme: Theme | None = None
        self.doing = label(kind="faint")
        self.again = button(tr("Replay"), lambda: self._press(Act.ACCEPT), Act.ACCEPT)
        self.over = button("", lambda: self._press(Act.NEXT), Act.NEXT)
        self.whole = button(tr("Whole recording"), lambda: self._press(Act.RAW), Act.RAW)
        self.room.seen.connect(self.refresh)
        for board in (self.board, self.room):
            board.attempts.chose.connect(self._choose_attempt)
            board.bouts.chose.connect(self._choose_bout)
        self._look, self._replay = QTimer(self), QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.refresh)
        self._replay.setInterval(REPLAY_MS)
        self._replay.timeout.connect(self.follow_replay)
        self.setLayout(self._laid_out())

    @property
    def patient_part(self) -> QWidget:
        """The same, on the patient's own screen."""
        return self.room

    @property
    def findings(self) -> Findings | None:
        """What is known so far; None while the page is closed."""
        return None if self.reading is None else self.reading.findings

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self._theme = theme
        self.board.dress(theme, px)
        self.room.use_theme(theme)

    def enter(self, appointment: Appointment) -> None:
        """Begin to read; what is known is shown meanwhile."""
        self.choice, self._shown = Choice(), ()
        try:
            earlier = self._earlier(appointment)
        except HostError as error:
            earlier = ()
            self.desk.say(sentence(str(error)))
        self.reading = Reading(appointment.sessions, earlier, self._way)
        self.reading.start()
        self._look.start()
        self.refresh()

    def stand_still(self, findings: Findings) -> None:
        """Show these findings and read no more, for a picture."""
        if self.reading is not None:
            self.reading.give_up()
        self.reading = Reading((), (), self._way)
        self.reading.findings = findings
        self.refresh()

    def leave(self) -> Closing | None:
        """Stop reading and playing; nobody need wait for it."""
        self._look.stop()
        self._end_replay()
        if self.reading is not None:
            self.reading.give_up()
        self.reading = None
        return self.playing.close()

    def refresh(self) -> None:
        """Show what is newest; what has not changed paints nothing."""
        reading = self.reading
        if reading is None:
            return
        findings = reading.findings
        if reading.error is not None:
            self.desk.say(sentence(str(reading.error)))
        self._tell(findings)
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
        name_button(self.over, tr(self.choice.look.next.value), Act.NEXT)
        self.again.setEnabled(state.replays)
        self.whole.setEnabled(bool(findings.sessions))
        advise(self.again, on=state.chip_at is not None)

    def obey(self, pressed: Pressed) -> None:
        """Do what a key means."""
        findings = self.findings
        if findings is None:
            return
        steps = {Act.LEFT: -1, Act.RIGHT: 1, Act.UP: -1, Act.DOWN: 1}
        act = pressed.act
        if act in (Act.LEFT, Act.RIGHT):
            self._choose(step_attempt(findings, self.choice, steps[act]))
        elif act in (Act.UP, Act.DOWN):
            self._choose_bout((bout_at(findings, self.choice) or 0) + steps[act])
        elif act is Act.NUMBER:
            self._choose_bout(pressed.number - 1)
        elif act is Act.ACCEPT:
            self._begin_replay()
        elif act is Act.START_STOP:
            self._hold_replay()
        elif act is Act.NEXT:
            self._end_replay()
            self._choose(replace(self.choice, look=self.choice.look.next))
        elif act is Act.RAW:
            self._open_review()
        elif act is Act.QUIET:
            self._quiet()

    def _press(self, act: Act) -> None:
        self.obey(Pressed(act=act))

    def _choose(self, choice: Choice) -> None:
        """Take a choice; a replay goes on with another attempt at once."""
        replays = self.playing.on and choice.look is Look.BOUT
        changed = choice != self.choice
        self.choice = choice
        if replays and changed:
            self._begin_replay()
        self.refresh()

    def _choose_bout(self, place: int) -> None:
        findings = self.findings
        if findings is None or not 0 <= place < len(findings.bouts):
            return
        self._end_replay()
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
        self.playing.begin(*chosen)
        self._replay.start()
        self.refresh()
        self.follow_replay()

    def _hold_replay(self) -> None:
        if self.playing.on:
            self.playing.hold()
        else:
            self._begin_replay()

    def follow_replay(self) -> None:
        """Show the newest moment of the replay."""
        moment = self.playing.moment()
        if moment is None:
            return
        self._let_read(on=not moment[1].playing)
        with self._way.claimed():
            for board in self._boards:
                board.show_moment(*moment)
                board.replay.repaint()
        if self.playing.error is not None:
            self.desk.say(sentence(str(self.playing.error)))

    def _end_replay(self) -> None:
        """Show the bout again."""
        self._replay.stop()
        self.playing.end()
        self._let_read(on=True)
        for board in (self.board, self.room):
            board.set_replaying(on=False)

    def _let_read(self, *, on: bool) -> None:
        if self.reading is not None:
            self.reading.stand_aside(on=not on)

    @property
    def _boards(self) -> tuple[LookBackBoard, ...]:
        """Return the boards that somebody looks at."""
        return (self.board, self.room) if self.room.isVisible() else (self.board,)

    def _quiet(self) -> None:
        if self.playing.on:
            self._end_replay()
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

    def _earlier(self, now: Appointment) -> tuple[Path, ...]:
        if now.patient is None:
            return ()
        listing = self.desk.clinic.sessions(now.patient.code)
        for said in listing.damaged:
            self.desk.say(sentence(said))
        today = set(now.sessions)
        return tuple(one.folder for one in listing.found if one.folder not in today)

    def _tell(self, findings: Findings) -> None:
        self.doing.setText(" ".join(filter(None, (findings.doing, *findings.left))))

    def _laid_out(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for one in (self.again, self.over, self.whole):
            foot.addWidget(one)
        foot.addWidget(self.doing, 1)
        layout = QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        parts = column(gap=10)
        parts.addWidget(self.board, 1)
        parts.addLayout(foot)
        layout.addLayout(parts)
        return layout
