"""The practice page: bouts of the plan, one recorded session for all of them (P7, P16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QTimer

from host.feedback.clinic.controls import column
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.patient.practice_room import PracticeRoom
from host.feedback.clinic.practise_state import Wish, allowed_today, appointed, practice_asked
from host.feedback.clinic.practising.keeping import Keeping
from host.feedback.clinic.practising.loudspeaker import Loudspeaker
from host.feedback.clinic.practising.running import Running, started
from host.feedback.clinic.practising.show import Show
from host.feedback.clinic.practising.steering import Steering
from host.feedback.clinic.practising.therapist_part import TherapistPart
from host.feedback.clinic.steps import Step
from host.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PyQt6.QtWidgets import QLineEdit

    from host.clinic.plan import Plan
    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.page import Closing
    from host.feedback.faces.face_state import Spot
    from host.feedback.theme import Theme

SETTLED_MS = 700
"""So long after the last key a moved line is put in force."""


class PractisePage(Page):
    """Has the board while it is open; the patient's part stands in the patient's window."""

    step = Step.PRACTISE
    acts: ClassVar[Mapping[Act, str]] = {
        Act.START_STOP: mark("Begin a bout, end it, or go on"),
        Act.NEXT: mark("Next pattern; take the answer; go on"),
        Act.PAUSE: mark("Pause, or go on"),
        Act.SKIP: mark("Leave this attempt out"),
        Act.TOUCH: mark("A finger is on the muscle, or off"),
        Act.MARK: "",
        Act.NOTE: "",
        Act.HIDE_BARS: mark("Hide the patient's bars, or show them"),
        Act.RAW: "",
        Act.ACCEPT: mark("Take what was felt"),
        Act.NUMBER: mark("Name what was felt; choose a pattern"),
        Act.UP: mark("The line above; raw signal: larger"),
        Act.DOWN: mark("The line below; raw signal: smaller"),
        Act.LEFT: mark("Move the chosen line lower"),
        Act.RIGHT: mark("Move the chosen line higher"),
        Act.LINES: mark("The chosen line as that of all"),
        Act.QUIET: "",
    }
    leaving: ClassVar[str] = mark("End the bout and go on")
    kept: ClassVar[str] = mark("All that was practised is kept.")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(tr("Practise"))
        self.part, self.room = TherapistPart(), PracticeRoom()
        self.sound = Loudspeaker()
        self._show: Show | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(lambda: self._steer(Steering.commit))
        self.setLayout(column(self.part))
        self._connect()

    @property
    def patient_part(self) -> PracticeRoom:
        """Words, bars, and the slow shape."""
        return self.room

    @property
    def steering(self) -> Steering | None:
        """What the therapist chose so far; None while the page is closed."""
        return None if self._show is None else self._show.steering

    @property
    def writing(self) -> QLineEdit | None:
        """A note, while it is being written."""
        return None if self.part.note.isHidden() else self.part.note

    @property
    def calm(self) -> bool:
        """Between two bouts, and between two attempts: while nobody moves."""
        return self._show is None or not self._show.running.worker.moment.practice.phase.moving

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self.part.dress(theme, px)
        self.room.use_theme(theme)

    def enter(self, appointment: Appointment) -> None:
        """Reach the board."""
        self._begin(appointment)

    def obey(self, pressed: Pressed) -> None:
        """Do what a key means at this moment."""
        show = self._show
        if show is None:
            return
        act, steering = pressed.act, show.steering
        simple: dict[Act, Callable[[], object]] = {
            Act.TOUCH: steering.touch,
            Act.MARK: lambda: steering.note(""),
            Act.NOTE: self.part.note.open,
            Act.HIDE_BARS: steering.hide,
            Act.RAW: show.turn_raw,
            Act.QUIET: show.running.worker.quiet,
            Act.NUMBER: lambda: steering.number(pressed.number),
            Act.UP: lambda: self._up(1),
            Act.DOWN: lambda: self._up(-1),
            Act.LEFT: lambda: self._move(lambda on: on.step(-1)),
            Act.RIGHT: lambda: self._move(lambda on: on.step(1)),
            Act.LINES: lambda: self._move(Steering.as_all),
        }
        if act in simple:
            simple[act]()
        else:
            self._wish(act, steering)
        self.refresh()

    def resume(self) -> None:
        """Go on with the bout that Esc held up; between bouts nothing begins."""
        show = self._show
        # The phase may not say yet that it is quiet: what was asked later is heard later.
        if show is not None and not show.running.worker.moment.practice.phase.between:
            show.running.worker.resume()
            self.refresh()

    def holding(self) -> str:
        """Say so while a bout runs."""
        if self._show is None or self._show.running.worker.moment.practice.phase.between:
            return ""
        return tr("A bout is running.")

    def leave(self) -> Closing | None:
        """Stop looking and sounding; the board is let go of in a thread."""
        self._settled.stop()
        self.part.note.drop()
        show, self._show = self._show, None
        self.sound.close()
        if show is None:
            return None
        show.steering.commit()
        show.stop()
        return show.running.worker.stop

    def show_running(self, running: Running, allowed: tuple[str, ...]) -> None:
        """Show practice that runs already."""

        def plan() -> Plan | None:
            return self.desk.appointment.plan

        keeping = Keeping(self.desk, running)
        steering = Steering(running, allowed, plan, keeping.keep_edit, self.desk.say)
        self._show = Show(running, steering, plan, (self.part, self.room, self.sound), self)
        self._show.shown.connect(keeping.keep_session)
        self.refresh()

    def stand_still(self, running: Running, allowed: tuple[str, ...], *, raw: bool = False) -> None:
        """Show one moment, and nothing newer: for a picture."""
        closing = self.leave()
        if closing is not None:
            closing()
        self.part.raw = False
        self.show_running(running, allowed)
        if raw and self._show is not None:
            self._show.turn_raw()

    def refresh(self) -> None:
        """Show everything that is newest, now."""
        if self._show is not None:
            self._show.mirror_felt()
            self._show.refresh()
            self._show.show_therapist()

    def _begin(self, now: Appointment) -> None:
        if now.reach is None or self._show is not None:
            return
        asked = practice_asked(now, self.desk.clinic.sessions_folder)
        build = now.reach.practice(asked, lambda: appointed(now))
        self.show_running(started(build), allowed_today(now))

    def _wish(self, act: Act, steering: Steering) -> None:
        wish = steering.wish(act)
        if wish in (Wish.BEGIN, Wish.RESUME):
            self.desk.end_quiet()
        elif wish is Wish.RETRY:
            self._retry()

    def _retry(self) -> None:
        """Reach the board anew, once it was let go of; what was recorded is kept."""
        if self._show is None or not self._show.running.worker.done:
            self.desk.say(tr("One moment: letting go of the board …"))
            return
        self.desk.say("")
        self.leave()
        self._begin(self.desk.appointment)

    def _up(self, steps: int) -> None:
        if self.part.raw:
            self.part.sweep.enlarge(steps)
        else:
            self._steer(lambda on: on.select(-steps))

    def _move(self, move: Callable[[Steering], object]) -> None:
        """Move a line on the board; it is in force once the keys have rested."""
        self._steer(move)
        self._settled.start()

    def _steer(self, act: Callable[[Steering], object]) -> None:
        if self._show is not None:
            act(self._show.steering)

    def _take_felt(self, spots: frozenset[Spot]) -> None:
        """Take what the patient taps on the face."""
        self._steer(lambda on: on.take_felt(code for code, _ in spots))

    def _note(self, words: str) -> None:
        self.setFocus()
        if words:
            self._steer(lambda on: on.note(words))

    def _connect(self) -> None:
        part, felt = self.part, self.room.felt
        part.commands.asked.connect(lambda act: self.obey(Pressed(act=act)))
        part.board.chose.connect(lambda code: self._steer(lambda on: on.select_code(code)))
        part.board.dragged.connect(lambda code, to: self._steer(lambda on: on.drag(code, to)))
        part.board.dropped.connect(lambda: self._steer(Steering.commit))
        part.offer.chose.connect(lambda row: self._steer(lambda on: on.choose(row)))
        part.offer.chose_mode.connect(lambda mode: self._steer(lambda on: on.choose_mode(mode)))
        part.felt.toggled.connect(self._toggle_felt)
        part.note.written.connect(self._note)
        part.note.left.connect(self.line_left)
        felt.changed.connect(self._take_felt)
        felt.answered.connect(lambda: self._steer(Steering.answer))

    def _toggle_felt(self, code: str) -> None:
        self._steer(lambda on: on.name_felt(code))
        self.refresh()
