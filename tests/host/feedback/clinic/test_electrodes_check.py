"""The check behind the page: again by itself, one at a time, and believed only while it works."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

import pytest

from host.errors import DeviceError, SettingsError
from host.feedback.clinic.electrodes_check import BACKOFF_S, ContactCheck, Looked
from host.session.asked import Asked
from host.session.contacting.building import ContactBuild, ContactStage, patient_contact

DIRECT = Asked(through_board=False, watched=True, recorded=False)


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def failing(error: Exception) -> ContactBuild:
    def build(_stack: ExitStack) -> ContactStage:
        raise error

    return build


def until(check: ContactCheck, holds: Callable[[Looked], bool]) -> Looked:
    """Look until something holds; threads do the rest."""
    waiting = threading.Event()
    for _ in range(4000):
        looked = check.look()
        if holds(looked):
            return looked
        waiting.wait(0.005)
    raise AssertionError(looked)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def check(clock: Clock) -> ContactCheck:
    return ContactCheck(clock, lambda: datetime(2026, 11, 26, 10, 32))  # noqa: DTZ001  local time


def test_a_board_that_is_not_there_is_tried_again_by_itself(
    check: ContactCheck, clock: Clock
) -> None:
    builds: list[ContactBuild] = [patient_contact(DIRECT), failing(DeviceError("It is off."))]
    check.begin(builds.pop)
    looked = until(check, lambda looked: bool(looked.error))
    assert looked.error == "It is off."
    assert looked.retried
    assert len(builds) == 1
    clock.now_s = 0.9 * BACKOFF_S
    assert check.look().error
    assert len(builds) == 1
    clock.now_s = 1.1 * BACKOFF_S
    assert until(check, lambda looked: looked.view is not None).error == ""
    assert not builds
    closing = check.end()
    assert closing is not None
    closing()


def test_what_no_waiting_puts_right_is_said_and_not_tried_again(
    check: ContactCheck, clock: Clock
) -> None:
    tried: list[int] = []

    def ordered() -> ContactBuild:
        tried.append(1)
        return failing(SettingsError("The montage needs 16 channels."))

    check.begin(ordered)
    looked = until(check, lambda looked: bool(looked.error))
    assert not looked.retried
    clock.now_s = 100.0
    check.look()
    assert len(tried) == 1
    assert check.end() is None


def test_one_check_lets_go_before_the_next_begins(check: ContactCheck) -> None:
    order: list[str] = []

    def noting(name: str) -> ContactBuild:
        def build(stack: ExitStack) -> ContactStage:
            order.append(f"{name} opens")
            stack.callback(lambda: order.append(f"{name} lets go"))
            return patient_contact(DIRECT)(stack)

        return build

    check.begin(lambda: noting("first"))
    until(check, lambda looked: looked.view is not None)
    check.begin(lambda: noting("second"))
    until(check, lambda looked: looked.view is not None)
    closing = check.end()
    assert closing is not None
    closing()
    assert order == ["first opens", "first lets go", "second opens", "second lets go"]


def test_a_thread_that_does_nothing_is_not_believed(check: ContactCheck, clock: Clock) -> None:
    check.begin(lambda: patient_contact(DIRECT))
    assert until(check, lambda looked: looked.view is not None).heard
    stuck, go_on = threading.Event(), threading.Event()

    def wait(_session: object) -> None:
        stuck.set()
        go_on.wait(20.0)

    check.ask(wait)
    assert stuck.wait(20.0)
    check.look()
    clock.now_s = 1.5
    assert not check.look().heard
    go_on.set()
    until(check, lambda looked: looked.heard)
    closing = check.end()
    assert closing is not None
    closing()


def test_leaving_before_anything_was_connected_waits_for_it(check: ContactCheck) -> None:
    check.begin(lambda: patient_contact(DIRECT))
    closing = check.end()
    assert closing is not None
    closing()
    assert check.end() is None
    assert check.look().view is None
