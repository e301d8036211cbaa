"""The practice page: bouts of the plan, one recorded session for all of them (P7, P16)."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QTimer

from host.errors import HostError
from host.feedback.clinic.controls import column
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.patient.patient_state import patient_state
from host.feedback.clinic.patient.practice_room import PracticeRoom
from host.feedback.clinic.practise_state import Wish, appointed, practice_asked, told_troubles
from host.feedback.clinic.practising.board_state import numbers_of
from host.feedback.clinic.practising.loudspeaker import Loudspeaker
from host.feedback.clinic.practising.running import Running, started
from host.feedback.clinic.practising.steering import Steering
from host.feedback.clinic.practising.sweep import Lanes
from host.feedback.clinic.practising.therapist_part import TherapistPart
from host.feedback.clinic.practising.therapist_state import therapist_state
from host.feedback.clinic.steps import Step
from host.feedback.rhythm import Rhythm
from host.feedback.sentences import sentence
from host.feedback.sound.audio_out import STARTING
from host.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.page import Closing
    from host.feedback.theme import Theme
    from host.session.plan_edits import Edit
    from host.session.practising.worker import PracticeMoment

SETTLED_MS = 700
"""So long after the last key a moved line is put in force."""
NUMBERS_S = 0.5
"""So often the levels in numbers change: faster, and nobody could read them."""
THERAPIST_S = 0.03
"""The patient's part is painted at once; the therapist's half as often."""


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
        self._running: Running | None = None
        self._steering: Steering | None = None
        self._rhythm: Rhythm | None = None
        self._kept = False
        self._shown_s = self._numbered_s = 0.0
        self._troubles: frozenset[str] = frozenset()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(lambda: self._steer(Steering.commit))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._show_therapist)
        self.setLayout(column(self.part))
        self._connect()

    @property
    def patient_part(self) -> PracticeRoom:
        """Words, bars, and the slow shape."""
        return self.room

    @property
    def steering(self) -> Steering | None:
        """What the therapist chose so far; None while the page is closed."""
        return self._steering

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self.part.dress(theme, px)
        self.room.use_theme(theme)

    def enter(self, appointment: Appointment) -> None:
        """Reach the board."""
        self._begin(appointment)

    def obey(self, pressed: Pressed) -> None:
        """Do what a key means at this moment."""
        steering = self._steering
        if steering is None or self._running is None:
            return
        act = pressed.act
        simple: dict[Act, Callable[[], object]] = {
            Act.TOUCH: steering.touch,
            Act.MARK: lambda: steering.note(""),
            Act.NOTE: self.part.note.open,
            Act.HIDE_BARS: steering.hide,
            Act.RAW: self._turn_raw,
            Act.QUIET: self._quiet,
            Act.NUMBER: lambda: steering.number(pressed.number),
            Act.UP: lambda: self._up(1),
            Act.DOWN: lambda: self._up(-1),
            Act.LEFT: lambda: self._step(-1),
            Act.RIGHT: lambda: self._step(1),
            Act.LINES: self._as_all,
        }
        if act in simple:
            simple[act]()
        elif steering.wish(act) is Wish.RETRY:
            self._retry()
        self._mirror_felt()
        self.refresh(now=True)

    def holding(self) -> str:
        """Say so while a bout runs."""
        if self._running is None or self._running.worker.moment.practice.phase.between:
            return ""
        return tr("A bout is running.")

    def leave(self) -> Closing | None:
        """Stop looking and sounding; the board is let go of in a thread."""
        self._settled.stop()
        self._later.stop()
        self._steer(Steering.commit)
        if self._rhythm is not None:
            self._rhythm.stop()
            self._rhythm.deleteLater()
        self.sound.close()
        running, self._running = self._running, None
        self._steering = self._rhythm = None
        return None if running is None else running.worker.stop

    def show_running(self, running: Running, allowed: tuple[str, ...]) -> None:
        """Show practice that runs already."""
        self._running, self._kept = running, False
        self._steering = Steering(
            running, allowed, lambda: self.desk.appointment.plan, self._keep, self.desk.say
        )
        self._rhythm = Rhythm(self)
        self._rhythm.due.connect(self.refresh)
        running.worker.tell(self._rhythm.tell)
        self.refresh(now=True)

    def refresh(self, *, now: bool = False) -> None:
        """Show what is newest: the patient's part first."""
        if self._running is None or self._steering is None:
            return
        moment = self._running.worker.moment
        memory = self._steering.memory
        self.sound.play(moment.view, on=moment.practice.sound and not memory.hidden)
        self.room.state = patient_state(moment, hidden=memory.hidden, sound=memory.sound)
        if self.part.raw:
            self.part.sweep.push(self._running.tap.take())
        if now:
            self._show_therapist()
        elif time.perf_counter() - self._shown_s >= THERAPIST_S:
            self._later.start()

    def _show_therapist(self) -> None:
        """Show the therapist's part; after the patient's was painted."""
        steering, running = self._steering, self._running
        if steering is None or running is None:
            return
        self._later.stop()
        self._shown_s = clock_s = time.perf_counter()
        moment = running.worker.moment
        steering.look()
        if moment.view.frame is not None:
            self.sound.prepare()
            if clock_s - self._numbered_s >= NUMBERS_S:
                self._numbered_s = clock_s
                numbers = numbers_of(moment.view.frame)
                steering.memory = replace(steering.memory, numbers=numbers)
        notice = self.sound.notice
        steering.memory = replace(
            steering.memory,
            sound="" if notice == STARTING else notice,
            happened=running.happenings.lines,
        )
        self._tell_troubles(moment)
        self._keep_folder(moment)
        plan = self.desk.appointment.plan
        self.part.state = therapist_state(
            moment, plan, steering.allowed, steering.memory, raw=self.part.raw
        )

    def _begin(self, now: Appointment) -> None:
        if now.reach is None or self._running is not None:
            return
        asked = practice_asked(now, self.desk.clinic.sessions_folder)
        build = now.reach.practice(asked, lambda: appointed(now))
        self.show_running(started(build), allowed_today(now))

    def _retry(self) -> None:
        """Reach the board anew; what the last session recorded is kept."""
        closing = self.leave()
        if closing is not None:
            closing()  # it has ended: there is nothing to wait for
        self._begin(self.desk.appointment)

    def _keep(self, made: Edit) -> None:
        """Save an edit as the plan's next version."""
        now = self.desk.appointment
        if now.plan is None:
            return
        newest = replace(made.plan, edition=now.plan.edition)
        try:
            saved = self.desk.clinic.save_plan(newest, by=now.therapist, why=made.why)
        except HostError as error:
            self.desk.say(sentence(str(error)))
            return
        self.desk.renew(replace(now, plan=saved))

    def _keep_folder(self, moment: PracticeMoment) -> None:
        """Hand the session on once a bout is in it."""
        folder = moment.view.recording.folder
        if self._kept or folder is None or not moment.practice.number:
            return
        self._kept = True
        now = self.desk.appointment
        self.desk.renew(replace(now, sessions=(*now.sessions, folder)))

    def _tell_troubles(self, moment: PracticeMoment) -> None:
        """Write down what went wrong, and that it is over."""
        told = told_troubles(moment.practice)
        if told.keys() == self._troubles or self._running is None:
            return
        for key in told.keys() - self._troubles:
            self._running.happenings.say(told[key])
        if self._troubles and not told:
            self._running.happenings.say(tr("All is well again."))
        self._troubles = frozenset(told)

    def _quiet(self) -> None:
        if self._running is not None:
            self._running.worker.quiet()
            self.sound.play(self._running.worker.moment.view, on=False)

    def _turn_raw(self) -> None:
        """Show raw signals in place of levels, and back."""
        self.part.raw = not self.part.raw
        running = self._running
        scene = None if running is None else running.worker.moment.view.scene
        if running is None or not self.part.raw or scene is None or running.tap.stream is None:
            return
        running.tap.take()
        names = tuple(scene.montage.named(at) for at in range(len(scene.montage.sites)))
        self.part.sweep.begin(Lanes(names=names, rate_hz=running.tap.stream.rate_hz))

    def _up(self, steps: int) -> None:
        if self.part.raw:
            self.part.sweep.enlarge(steps)
        elif self._steering is not None:
            self._steering.select(-steps)

    def _step(self, steps: int) -> None:
        if self._steering is not None:
            self._steering.step(steps)
            self._settled.start()

    def _as_all(self) -> None:
        self._steer(Steering.as_all)
        self._settled.start()

    def _steer(self, act: Callable[[Steering], object]) -> None:
        if self._steering is not None:
            act(self._steering)

    def _mirror_felt(self) -> None:
        """Show on the patient's face what the therapist keyed in."""
        steering, question = self._steering, self.room.felt.question
        if steering is None or question is None or question.measured is not None:
            return
        felt = frozenset(spot for spot in question.choices if spot[0] in steering.memory.felt)
        if self.room.felt.face.value() != felt:
            self.room.felt.face.setValue(felt)

    def _take_felt(self, spots: frozenset[tuple[str, object]]) -> None:
        if self._steering is not None:
            felt = frozenset(code for code, _ in spots)
            self._steering.memory = replace(self._steering.memory, felt=felt)

    def _note(self, words: str) -> None:
        self.setFocus()
        if words and self._steering is not None:
            self._steering.note(words)

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
        felt.changed.connect(self._take_felt)
        felt.answered.connect(lambda: self._steer(Steering.answer))

    def _toggle_felt(self, code: str) -> None:
        self._steer(lambda on: on.name_felt(code))
        self._mirror_felt()


def allowed_today(now: Appointment) -> tuple[str, ...]:
    """Return the names of the patterns that may be practised, in the plan's order (P16)."""
    from host.session.plan import practisable
    from host.session.plan_terms import known_patterns

    if now.patient is None or now.plan is None or now.montage is None:
        return ()
    known = known_patterns(now.own_patterns)
    found = practisable(now.patient, now.plan, now.day, montage=now.montage, known=known)
    return tuple(one.name for one in found)
