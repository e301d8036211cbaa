"""A simulated patient on a bad day: an electrode that does not hold, a cable that is pulled."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from host.acquisition.simulated.contact import Loose
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.planting import Plant, Planted
from host.acquisition.simulated.settings import PatientSettings
from host.feedback.clinic.reach import Reach
from host.session.calibrating.building import Ordered, patient_calibration
from host.session.contacting.building import Checking, patient_contact
from host.session.practising.building import practice_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.session.asked import Asked
    from host.session.calibrating.building import CalibrationBuild
    from host.session.contacting.building import ContactBuild
    from host.session.contacting.exclusion import Exclusion
    from host.session.practising.building import Appointed, PracticeBuild, PracticeStage

LOSS = 0.01
_NEVER_S = 1e6


class Cable(Faults):
    """A link that loses one packet in a hundred, and a cable that is out while the test says so."""

    def __init__(self) -> None:
        super().__init__(loss=LOSS)
        object.__setattr__(self, "out", threading.Event())

    out: threading.Event

    def unplugged(self, time_s: float) -> bool:
        """Tell whether the cable is out."""
        return self.out.is_set()


class Electrode(Loose):
    """An electrode that holds until the test says otherwise."""

    def __init__(self, channel: int) -> None:
        super().__init__(channel=channel, start_s=_NEVER_S)

    def come_off(self, at_s: float) -> None:
        """Come off at a time in the patient's samples."""
        object.__setattr__(self, "start_s", at_s)

    def hold_again(self, at_s: float) -> None:
        """Be pressed on again."""
        object.__setattr__(self, "stop_s", at_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubled(Reach):
    """The simulated patient, with one electrode off from the start and one that may come off."""

    off: int
    """Channel whose electrode hangs in the air all the time, from 0."""
    comes_off: Electrode
    """One that comes off while somebody practises."""

    @property
    def _planted(self) -> Planted:
        return Planted(plant=Plant.LOOSE, channel=self.off)

    def contact(self, asked: Asked, exclusions: tuple[Exclusion, ...] = ()) -> ContactBuild:
        """Check it with the electrode off."""
        return patient_contact(asked, Checking(planted=self._planted, exclusions=exclusions))

    def calibration(self, asked: Asked, ordered: Ordered) -> CalibrationBuild:
        """Calibrate it with the electrode off."""
        return patient_calibration(asked, replace(ordered, planted=self._planted))

    def practice(self, asked: Asked, appointed: Callable[[], Appointed]) -> PracticeBuild:
        """Practise with the electrode off, and with the other one that comes off."""

        def build(stack: ExitStack) -> PracticeStage:
            loose = (Loose(channel=self.off, start_s=0.0), self.comes_off)
            patient = PatientSettings(seed=self.seed, loose=loose)
            return practice_session(asked, appointed(), simulated=patient)(stack)

        return build
