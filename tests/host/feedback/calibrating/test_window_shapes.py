"""The calibration window in all sizes, fonts and colours."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PyQt6.QtCore import QPoint, QRect
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from calibration.montage import montages
from calibration.muscles import Side
from host.feedback.calibrating.moment import Concluded, Moment
from host.feedback.calibrating.window import CalibrationWindow
from host.feedback.theme import DARK, LIGHT
from host.session.calibrating.protocol import whole_protocol
from host.session.calibrating.view import CoursePhase, StepState, StepView
from tests.host.feedback.calibrating.moments import (
    SWAPPED,
    WEAK,
    channels,
    done,
    judged,
    moment,
    view,
)
from tests.host.feedback.calibrating.profiles import profile
from tests.host.feedback.calibrating.windows import shown
from tests.host.feedback.pixels import near, painted

SIZES = [(960, 600), (1280, 800), (1920, 1080)]


def sixteen() -> Moment:
    """Return the fullest page there is: sixteen channels, ramps, and three findings."""
    montage = montages()["face-16"]
    steps = whole_protocol(montage, Side.RIGHT, ramps=True)
    rows = tuple(
        StepView(number=number, title=step.title, state=StepState.AHEAD)
        for number, step in enumerate(steps)
    )
    findings = (WEAK, SWAPPED, replace(WEAK, channel=1))
    full = replace(judged(*findings), steps=rows, channels=channels(montage))
    return replace(moment(full, montage), steps=steps)


MOMENTS = {
    "hold": moment(),
    "prepare": moment(view(phase=CoursePhase.PREPARE)),
    "finding": moment(judged(WEAK)),
    "sixteen channels": sixteen(),
    "end": replace(moment(done()), concluded=Concluded(profile=profile())),
    "connecting": Moment(),
}


@pytest.fixture(params=[1, 2], ids=["usual font", "font twice as large"])
def desktop_font(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[None]:
    """Set the desktop's font for one test."""
    usual = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(request.param * usual.pointSizeF())
    QApplication.setFont(large)
    yield
    QApplication.setFont(usual)


def place(window: CalibrationWindow, part: QWidget) -> QRect:
    """Return where a part lies in the window."""
    return part.rect().translated(part.mapTo(window, QPoint(0, 0)))


def parts(window: CalibrationWindow) -> list[QWidget]:
    """Return the parts that are seen."""
    guide, patient = window.guide, window.patient
    left = (
        [window.result]
        if window.result.isVisible()
        else [patient.ahead, patient.prompt, patient.coming, patient.detail, patient.how,
              patient.face, patient.pacer, patient.count, patient.seconds]
    )  # fmt: skip
    right = [guide.title, guide.say, guide.steps, guide.channels, guide.progress, guide.left,
             *guide.commands.buttons.values(), window.light]  # fmt: skip
    return [part for part in (*left, *right) if part.isVisible()]


@pytest.mark.usefixtures("desktop_font")
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("state", MOMENTS.values(), ids=MOMENTS)
def test_no_part_lies_on_another(qtbot: QtBot, state: Moment, size: tuple[int, int]) -> None:
    window = shown(qtbot, state, size)
    qtbot.wait(20)
    assert (window.width(), window.height()) == size
    found = parts(window)
    places = [place(window, part) for part in found]
    for part, one in zip(found, places, strict=True):
        assert window.rect().contains(one), f"{part} lies at {one}"
    for number, one in enumerate(places):
        for other in range(number + 1, len(places)):
            assert not one.intersects(places[other]), f"{found[number]} and {found[other]}"


@pytest.mark.usefixtures("desktop_font")
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_each_button_has_room_for_its_words(qtbot: QtBot, size: tuple[int, int]) -> None:
    window = shown(qtbot, moment(judged(WEAK)), size)
    window.guide.steps.choose(1)
    window.show_moment(window.moment)
    for button in window.findChildren(QPushButton):
        if button.isVisible():
            assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()


def test_the_prompt_is_legible_from_two_metres(qtbot: QtBot) -> None:
    window = shown(qtbot, moment())
    assert window.patient.prompt.font().pixelSize() >= 50
    assert window.patient.detail.font().pixelSize() >= 34
    assert shown(qtbot, moment(), (1920, 1080)).patient.prompt.font().pixelSize() >= 70


def test_the_prompt_does_not_move_when_its_time_comes(qtbot: QtBot) -> None:
    window = shown(qtbot, MOMENTS["prepare"])
    coming = window.patient.coming
    assert coming.isVisible()
    window.show_moment(moment())
    assert window.patient.prompt.geometry().bottom() == coming.geometry().bottom()
    assert window.patient.prompt.font() == coming.font()
    assert window.patient.prompt.state == "Smile gently, lips closed"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", MOMENTS.values(), ids=MOMENTS)
def test_both_themes_cover_the_whole_window(qtbot: QtBot, scheme: str, state: Moment) -> None:
    theme, other = (DARK, LIGHT) if scheme == "dark" else (LIGHT, DARK)
    picture = painted(shown(qtbot, state, scheme="dark" if scheme == "dark" else "light"))
    assert near(picture, theme.background, 2).mean() > 0.5
    assert near(picture, other.background, 2).mean() < 0.001


def test_the_scheme_changes_while_the_window_is_open(qtbot: QtBot) -> None:
    window = shown(qtbot, moment(judged(WEAK)))
    window.scheme = "dark"
    qtbot.wait(20)
    assert near(painted(window), DARK.background).mean() > 0.5
    assert near(painted(window), LIGHT.background, 2).mean() < 0.001
    assert window.scheme == "dark"


def test_letters_grow_with_the_desktops_font(qtbot: QtBot) -> None:
    window = shown(qtbot, moment())
    before = window.patient.prompt.font().pixelSize()
    usual = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(1.5 * usual.pointSizeF())
    try:
        QApplication.setFont(large)
        qtbot.waitUntil(lambda: window.patient.prompt.font().pixelSize() > before, timeout=2000)
    finally:
        QApplication.setFont(usual)
