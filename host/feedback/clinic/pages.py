"""The pages there are, by step: the rail shows these, in the order of the steps.

A new page is one line in `PAGES`. Each is imported when it is first opened, so that what it needs
comes after the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.feedback.clinic.steps import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from host.feedback.clinic.page import Desk, Page

    MakePage = Callable[[Desk], Page]


def _patient(desk: Desk) -> Page:
    from host.feedback.clinic.patient_page import PatientPage

    return PatientPage(desk)


def _plan(desk: Desk) -> Page:
    from host.feedback.clinic.plan_page import PlanPage

    return PlanPage(desk)


def _electrodes(desk: Desk) -> Page:
    from host.feedback.clinic.electrodes_page import ElectrodesPage

    return ElectrodesPage(desk)


def _calibrate(desk: Desk) -> Page:
    from host.feedback.clinic.calibrate_page import CalibratePage

    return CalibratePage(desk)


def _practise(desk: Desk) -> Page:
    from host.feedback.clinic.practise_page import PractisePage

    return PractisePage(desk)


def _look_back(desk: Desk) -> Page:
    from host.feedback.clinic.look_back_page import LookBackPage

    return LookBackPage(desk)


def _end(desk: Desk) -> Page:
    from host.feedback.clinic.end_page import EndPage

    return EndPage(desk)


PAGES: Mapping[Step, MakePage] = {
    Step.PATIENT: _patient,
    Step.PLAN: _plan,
    Step.ELECTRODES: _electrodes,
    Step.CALIBRATE: _calibrate,
    Step.PRACTISE: _practise,
    Step.LOOK_BACK: _look_back,
    Step.END: _end,
}
