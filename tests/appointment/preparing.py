"""Up to practice: patient, plan, electrodes and calibration, by the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.feedback.clinic.calibrate_page import CalibratePage
from host.feedback.clinic.electrodes_page import ElectrodesPage
from host.feedback.clinic.patient_page import PatientPage
from host.feedback.clinic.plan_page import PlanPage
from host.feedback.clinic.start_page import StartPage
from tests.appointment.hands import Hands, K

if TYPE_CHECKING:
    from host.clinic.plan import FeedbackMode
    from host.feedback.calibrating.moment import Moment
    from host.session.contacting.sides import SideView
    from host.session.contacting.view import ContactView

CALIBRATION_MS = 400_000


class Preparing(Hands):
    """Prepare what practice needs."""

    @property
    def start(self) -> StartPage:
        """The page of patients."""
        assert isinstance(self.app.page, StartPage)
        return self.app.page

    @property
    def plan(self) -> PlanPage:
        """The page of the plan."""
        assert isinstance(self.app.page, PlanPage)
        return self.app.page

    @property
    def electrodes(self) -> ElectrodesPage:
        """The page of the electrodes."""
        assert isinstance(self.app.page, ElectrodesPage)
        return self.app.page

    def open_simulated(self, name: str) -> None:
        """Say who is here, and begin with the patient without a face."""
        start = self.start
        start.therapist.setFocus()
        self.write(name)
        self.at(start.simulated, K.Key_Space)
        self.page(PatientPage)

    def confirm_synkinesis(self) -> None:
        """Vouch for it by name and day (P16); save, and go on to the plan."""
        assert isinstance(self.app.page, PatientPage)
        self.at(self.app.page.confirm, K.Key_Space)
        self.key(K.Key_Return)
        self.key(K.Key_N)
        self.page(PlanPage)

    def enable(self, name: str, mode: FeedbackMode) -> None:
        """Tick a pattern of the plan, and choose its feedback."""
        form = self.plan.form
        names = [one.name for one in form.value().patterns]
        form.patterns.setFocus()
        self.key(K.Key_Home)
        self.key(K.Key_Down, names.index(name))
        self.key(K.Key_Space)
        choice = form.pattern.mode
        self.at(choice, K.Key_Home)
        self.at(choice, K.Key_Down, choice.findData(mode))

    def shorten_bouts(self, bout_s: float) -> None:
        """Take bouts as short as this."""
        slider = self.plan.form.lengths.bout
        steps = round((slider.value() - bout_s) / 10.0)
        self.at(slider.track, K.Key_Left, steps)

    def save_plan(self) -> None:
        """Save it, and go on to the electrodes."""
        self.key(K.Key_Return)
        self.key(K.Key_N)
        self.page(ElectrodesPage)

    def contact(self) -> ContactView:
        """Wait until every channel was judged for some seconds; return what was found."""
        self.until(lambda: self.contact_now is not None and self.contact_now.steady)
        self.electrodes.refresh()
        assert self.contact_now is not None
        return self.contact_now

    @property
    def contact_now(self) -> ContactView | None:
        """The newest of the contact check."""
        return self.electrodes.check.look().view

    @property
    def banner(self) -> str:
        """What stands above the electrodes."""
        assert self.electrodes.state is not None
        return self.electrodes.state.banner.spoken

    def check_sides(self) -> str:
        """Check that left is left; return what is said of it."""
        self.until(
            lambda: self.electrodes.state is not None and self.electrodes.state.sides.possible
        )
        self.key(K.Key_Space)
        self.until(lambda: self.contact_now is not None and self.contact_now.sides is not None)
        self.until(lambda: self.contact_now is not None and _done(self.contact_now.sides))
        self.contact()
        return self.banner

    def leave_out(self, channel: int, why: str) -> None:
        """Go without a channel, by name and with a reason."""
        self.key(K(K.Key_1 + channel))
        self.key(K.Key_S)
        self.write(why)
        self.key(K.Key_Return)

    def go_on_to_calibrate(self) -> None:
        """Go on from the electrodes."""
        self.key(K.Key_Return)
        self.page(CalibratePage)

    def calibrate(self) -> Moment:
        """Calibrate the whole face; what is found is tried once more, then gone on with."""
        page = self.app.page
        assert isinstance(page, CalibratePage)
        self.key(K.Key_Space)
        room, repeated = page.room, set[int | None]()
        assert room is not None
        while True:
            self.until(lambda: _wants_somebody(room.moment), CALIBRATION_MS)
            view = room.moment.view
            if room.moment.over or room.moment.concluded is not None or view is None:
                return room.moment
            out = {one.channel for one in self.app.appointment.exclusions}
            mend = view.step not in repeated and any(
                one.channel not in out for one in view.findings
            )
            repeated.add(view.step)
            self.key(K.Key_R if mend else K.Key_Space)
            self.until(lambda: not _wants_somebody(room.moment))


def _done(sides: SideView | None) -> bool:
    return sides is not None and sides.done


def _wants_somebody(moment: Moment) -> bool:
    """Tell whether a calibration waits for the therapist, or is over."""
    waits = moment.view is not None and moment.view.waiting
    return waits or moment.over or moment.concluded is not None
