"""A therapist who goes through a whole appointment by the keys, and reads what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.feedback.clinic.end_page import EndPage
from host.feedback.clinic.look_back_page import LookBackPage
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.steps import Step
from host.session.practising.view import BoutPhase
from tests.appointment.hands import K
from tests.appointment.preparing import Preparing

if TYPE_CHECKING:
    from host.feedback.clinic.look_back_state import LookBackState
    from host.feedback.clinic.patient.patient_state import Middle, PatientState
    from host.feedback.clinic.practising.running import Running
    from host.feedback.clinic.practising.therapist_state import TherapistState
    from host.session.practising.tried import Tried
    from host.session.practising.view import PracticeView

SEEN = 0.05
"""Such a share of a replayed attempt is waited for."""


class Therapist(Preparing):
    """Prepare, practise, look back, end."""

    def seen(self) -> str:
        """Tell where it stands, and what practice says."""
        if isinstance(self.app.page, PractisePage):
            return f"{super().seen()}, {self.shown.head}, {self.shown.strip}"
        return super().seen()

    @property
    def practice(self) -> PractisePage:
        """The page of practice."""
        assert isinstance(self.app.page, PractisePage)
        return self.app.page

    def open_practice(self) -> None:
        """Go on to practise, and wait until the board streams."""
        self.until(lambda: self.app.appointment.profile is not None)
        self.key(K.Key_N)
        self.page(PractisePage)
        self.until(lambda: self.running.worker.moment.view.frame is not None)

    @property
    def running(self) -> Running:
        """The session that runs."""
        show = self.practice._show
        assert show is not None
        return show.running

    @property
    def view(self) -> PracticeView:
        """The newest of practice."""
        return self.running.worker.moment.practice

    @property
    def tried(self) -> tuple[Tried, ...]:
        """All attempts so far."""
        return (*self.view.earlier, *self.view.attempts)

    @property
    def shown(self) -> TherapistState:
        """What stands on the page now."""
        self.practice.refresh()
        return self.practice.part.state

    @property
    def patient_sees(self) -> PatientState:
        """What stands in the patient's window now."""
        assert self.app.room.part is self.practice.patient_part
        self.practice.refresh()
        return self.practice.room.state

    def moving(self, middle: Middle) -> PatientState:
        """Wait until the patient holds a movement before this; return what the window shows."""

        def shown() -> bool:
            return self.view.phase is BoutPhase.HOLD and self.patient_sees.middle is middle

        self.until(shown)
        return self.patient_sees

    def begin_bout(self, pattern: str) -> None:
        """Begin the bout that is offered, once it is the one of this pattern."""
        number = self.view.number

        def offered() -> bool:
            offer = self.shown.offer
            return offer is not None and offer.patterns[offer.chosen].lower().startswith(pattern)

        self.until(offered)
        self.key(K.Key_Space)
        self.until(lambda: self.view.number == number + 1 and not self.view.phase.between)

    def phase(self, *phases: BoutPhase) -> BoutPhase:
        """Wait for one of these phases."""
        self.until(lambda: self.view.phase in phases)
        return self.view.phase

    def answer(self, digits: str) -> None:
        """Name what was felt by digits, and take it."""
        self.practice.refresh()
        for digit in digits:
            self.key(K(K.Key_0 + int(digit)))
        self.key(K.Key_Return)
        self.until(lambda: self.view.phase is not BoutPhase.ASK)

    def bout_over(self, felt: str = "") -> None:
        """Go through a bout until it ends by itself; where it asks what moved, answer by digits."""
        while self.phase(BoutPhase.ASK, BoutPhase.OVER) is BoutPhase.ASK:
            self.answer(felt)

    def look_back(self) -> LookBackState:
        """Go on to look back, and wait until everything was read and judged."""
        self.step(Step.LOOK_BACK)
        self.page(LookBackPage)
        self.until(lambda: self.back.findings is not None and self.back.findings.done)
        return self.looked_at

    @property
    def back(self) -> LookBackPage:
        """The page that looks back."""
        assert isinstance(self.app.page, LookBackPage)
        return self.app.page

    @property
    def looked_at(self) -> LookBackState:
        """What stands there now."""
        self.back.refresh()
        state = self.back.board._state
        assert state is not None
        return state

    def replay(self) -> None:
        """Replay the chosen attempt until some of it was seen; then go back from it."""
        self.key(K.Key_Return)

        def seen() -> bool:
            moment = self.back.playing.moment()
            return moment is not None and bool(moment[0].bars) and moment[1].at > SEEN

        self.until(seen)
        board = self.back.board
        assert board.stack.currentWidget() is board.replay
        self.key(K.Key_Escape)
        assert board.stack.currentWidget() is not board.replay

    def end(self) -> EndPage:
        """End the appointment."""
        self.step(Step.END)
        self.page(EndPage)
        assert isinstance(self.app.page, EndPage)
        return self.app.page
