"""The calibration that runs behind the calibrate page: begun, looked at, ended. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.feedback.clinic.calibrate_state import asked, ordered

if TYPE_CHECKING:
    from pathlib import Path

    from calibration.profile import Electrodes, Profile
    from host.clinic.repository import Clinic
    from host.feedback.calibrating.moment import Concluded, Moment, Running
    from host.feedback.calibrating.worker import CalibrationWorker
    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.page import Closing


class RunningCalibration:
    """Knows whether one runs, and what came of it."""

    def __init__(self) -> None:
        self._worker: CalibrationWorker | None = None
        self._running: Running | None = None
        self._taken: Concluded | None = None

    @property
    def moment(self) -> Moment | None:
        """The newest; None while none runs."""
        return None if self._running is None else self._running.moment

    @property
    def broken(self) -> bool:
        """Whether it ended without anything coming of it."""
        moment = self.moment
        return moment is not None and moment.over and moment.concluded is None

    @property
    def unfinished(self) -> bool:
        """Whether leaving would break it off."""
        moment = self.moment
        return moment is not None and not moment.over and moment.concluded is None

    def prepared(
        self, now: Appointment, clinic: Clinic, before: Profile | None
    ) -> tuple[CalibrationWorker, Electrodes] | None:
        """Return one that has not begun, and the electrodes it is for; None where one runs.

        `before` is a calibration that is only to be checked again.
        """
        from host.feedback.calibrating.concluding import conclusion
        from host.feedback.calibrating.worker import CalibrationWorker

        if now.reach is None or self._worker is not None:
            return None
        order = ordered(now, before)
        build = now.reach.calibration(asked(now, clinic.sessions_folder), order)
        concluding = conclusion(order.identity, clinic.save_profile, before)
        self._worker = CalibrationWorker(build, concluding)
        return self._worker, order.identity.electrodes

    def take_up(self, running: Running) -> None:
        """Look at one that runs already."""
        self._running, self._taken = running, None

    def fresh(self) -> tuple[Profile, Path | None] | None:
        """Return a profile that came of it since this was asked last."""
        moment = self.moment
        concluded = None if moment is None else moment.concluded
        if concluded is self._taken:
            return None
        self._taken = concluded
        if concluded is None or concluded.profile is None:
            return None
        return concluded.profile, concluded.path

    def drop(self) -> Closing | None:
        """Look no more; return what lets go of the board, and may take seconds."""
        worker, self._worker, self._running = self._worker, None, None
        return None if worker is None else worker.stop
