"""Shows running practice in both windows: the patient's at once, the therapist's behind it."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QEvent, QObject, pyqtSignal

from host.feedback.bar_heights import jumped
from host.feedback.clinic.patient.patient_state import patient_state
from host.feedback.clinic.practise_state import told_troubles
from host.feedback.clinic.practising.board_state import numbers_of
from host.feedback.clinic.practising.sweep import Lanes
from host.feedback.clinic.practising.therapist_state import board_now, therapist_state
from host.feedback.rhythm import Rhythm
from host.feedback.sound.audio_out import STARTING
from host.translation import mark, told, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.clinic.plan import Plan
    from host.feedback.clinic.patient.practice_room import PracticeRoom
    from host.feedback.clinic.practising.loudspeaker import Loudspeaker
    from host.feedback.clinic.practising.memory import Memory
    from host.feedback.clinic.practising.running import Running
    from host.feedback.clinic.practising.steering import Steering
    from host.feedback.clinic.practising.supposed_state import Supposed
    from host.feedback.clinic.practising.therapist_part import TherapistPart
    from host.session.practising.worker import PracticeMoment

NUMBERS_S = 0.5
"""So often the levels in numbers change: faster, and nobody could read them."""
THERAPIST_S = 0.03
"""The patient's part is painted at once; the therapist's levels half as often."""
WORDS_S = 0.1
"""So often the therapist's words, lists and buttons follow; after a key they do at once."""

_UNMEASURED = mark(
    "Attempts are no longer measured as they come: looking back will take longer. Nothing is lost."
)
_BEHIND_PAINT = -2
"""Qt asks for a paint at `LowEventPriority`, -1; a timer of no length would often come before."""


class Show(QObject):
    """Follows one session until it is stopped; decides nothing."""

    shown = pyqtSignal(object)
    """The `PracticeMoment` that the therapist sees now."""

    def __init__(
        self,
        running: Running,
        steering: Steering,
        plan: Callable[[], Plan | None],
        parts: tuple[TherapistPart, PracticeRoom, Loudspeaker],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.running, self.steering, self._plan = running, steering, plan
        self._part, self._room, self._sound = parts
        self._shown_s = self._worded_s = self._numbered_s = 0.0
        self._settled = False
        """Whether what was imported is out of the collector's way."""
        self._troubles: frozenset[str] = frozenset()
        self._unmeasured = False
        """Whether it was said that nothing is measured any more."""
        self._memory: Memory | None = None
        self._supposed: Supposed | None = None
        """The chosen line over the last attempts, with what was remembered then."""
        self._follows = False
        """Whether the therapist's part is to follow what the patient sees."""
        self.moment: PracticeMoment | None = None
        """What both see now: the patient at once, the therapist soon after."""
        self._rhythm = Rhythm(self, urgent=self._urgent)
        self._rhythm.due.connect(self.refresh)
        running.worker.tell(self._rhythm.tell)

    def stop(self) -> None:
        """Show nothing more."""
        gc.unfreeze()  # what this session leaves behind is not to be kept for ever
        self._rhythm.stop()
        self._follows = False
        self.deleteLater()

    def refresh(self) -> None:
        """Show and sound what is newest; the therapist's part when this is painted.

        Where the patient sees nothing new there is nothing to wait for.
        """
        self.moment = moment = self.running.worker.moment
        memory, seen = self.steering.memory, self._room.state
        self._sound.play(moment.view, on=moment.practice.sound and not memory.hidden)
        self._room.state = patient_state(moment, hidden=memory.hidden, sound=memory.sound)
        if self._part.raw:
            self._part.sweep.push(self.running.tap.take())
        last_s, every_s = self._shown_s, THERAPIST_S
        if self._part.raw:  # then no level is to be seen
            last_s, every_s = self._worded_s, WORDS_S
        if time.perf_counter() - last_s < every_s:
            return
        if self._room.state is seen:
            self._follow()
        elif not self._follows:
            self._follows = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _BEHIND_PAINT)

    def customEvent(self, _event: QEvent | None) -> None:
        """Let the therapist's part follow: the patient's is painted."""
        if self._follows:
            self._follows = False
            self._follow()

    def show_therapist(self) -> None:
        """Show the therapist everything that is newest."""
        self._show_all(self.running.worker.moment)

    def _show_all(self, moment: PracticeMoment) -> None:
        self._shown_s = self._worded_s = time.perf_counter()
        steering = self.steering
        steering.look()
        self._tell_troubles(moment)
        self._number(moment)
        notice = self._sound.notice
        steering.memory = replace(
            steering.memory,
            sound="" if notice == STARTING else told(notice),
            happened=self.running.happenings.lines,
        )
        self._memory, self._supposed = steering.memory, steering.supposed()
        self._part.state = therapist_state(
            moment,
            self._plan(),
            steering.allowed,
            steering.memory,
            raw=self._part.raw,
            supposed=self._supposed,
        )
        self.shown.emit(moment)

    def turn_raw(self) -> None:
        """Show raw signals in place of levels, and back."""
        self._part.raw = not self._part.raw
        scene, stream = self.running.worker.moment.view.scene, self.running.tap.stream
        if not self._part.raw or scene is None or stream is None:
            return
        names = tuple(tr(scene.montage.named(at)) for at in range(len(scene.montage.sites)))
        recent = self.running.tap.take()
        self._part.sweep.begin(Lanes(names=names, rate_hz=stream.rate_hz), recent)

    def mirror_felt(self) -> None:
        """Show on the patient's face what the therapist keyed in (P6)."""
        self.steering.look()
        question, face = self._room.felt.question, self._room.felt.face
        if question is None or question.measured is not None:
            return
        felt = frozenset(spot for spot in question.choices if spot[0] in self.steering.memory.felt)
        if face.value() != felt:
            face.setValue(felt)

    def _urgent(self) -> bool:
        """Tell whether a level has moved far since it was painted."""
        shown = None if self.moment is None else self.moment.view.frame
        return jumped(shown, self.running.worker.newest)

    def _follow(self) -> None:
        """Show the therapist the levels that the patient sees; the rest where it is old."""
        now_s, moment = time.perf_counter(), self.moment
        if moment is None:
            return
        if now_s - self._worded_s >= WORDS_S:
            self._show_all(moment)
            return
        self._shown_s, memory = now_s, self.steering.memory
        if memory is not self._memory:
            self._memory, self._supposed = memory, self.steering.supposed()
        self._part.show_board(board_now(moment, self._plan(), memory, self._supposed))

    def _number(self, moment: PracticeMoment) -> None:
        """Let the levels in numbers follow, so slowly that they can be read."""
        frame, now_s = moment.view.frame, time.perf_counter()
        if frame is None or now_s - self._numbered_s < NUMBERS_S:
            return
        self._numbered_s = now_s
        # By now the session's own imports are done: those of the sound stall nothing.
        self._sound.prepare()
        if not self._settled:
            self._settled = True
            _spare_the_collector()
        self.steering.memory = replace(self.steering.memory, numbers=numbers_of(frame))

    def _tell_troubles(self, moment: PracticeMoment) -> None:
        """Write down what went wrong, and that it is over."""
        if self.running.live.error is not None and not self._unmeasured:
            self._unmeasured = True
            self.running.happenings.say(tr(_UNMEASURED))
        told = told_troubles(moment.practice)
        for key in told.keys() - self._troubles:
            self.running.happenings.say(told[key])
        if self._troubles and not told:
            self.running.happenings.say(tr("All is well again."))
        self._troubles = frozenset(told)


def _spare_the_collector() -> None:
    """Let no later collection walk through what lives as long as the program.

    Once a minute that took 0.1 s, in which nothing was painted. Here it comes before the first
    bout, and on the window's thread, where widgets may be let go of.
    """
    gc.collect()
    gc.freeze()
