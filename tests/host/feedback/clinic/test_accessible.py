"""Every control has a name for screen readers, on every page there is, and no text is cut off."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from host.feedback.clinic.app import Clinical
from host.feedback.clinic.keys import EVERYWHERE, KEYS
from host.feedback.clinic.pages import PAGES
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.steps import Step
from tests.host.feedback.clinic.rooms import appointment, clinic, profile_of, shown

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
)
_QTS_OWN = ("qt_spinbox_lineedit", "qt_calendar_calendarview")
"""Inner parts of Qt's, which speak through the control around them."""


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[Clinical]:
    """Return the app at a point from which every step can be opened."""
    where = clinic(tmp_path)
    window = shown(qtbot, where)
    reach = Reach(through_board=False)
    now = replace(appointment(where), profile=profile_of("P01"), earlier=1, reach=reach)
    window.renew(now)
    yield window
    window.journey.end(lambda: None)


def controls(within: QWidget) -> list[QWidget]:
    """Return what somebody can use, without Qt's own inner parts."""
    return [
        one
        for one in within.findChildren(QWidget)
        if isinstance(one, CONTROLS)
        and not isinstance(one, QScrollBar)
        and one.objectName() not in _QTS_OWN
        and not one.isHidden()
        and not _of_a_choice(one)
    ]


def _of_a_choice(one: QWidget) -> bool:
    """Tell whether it is a part of a choice, such as the list that it opens."""
    above = one.parentWidget()
    return isinstance(above, QComboBox) or (
        above is not None and isinstance(above.parentWidget(), QComboBox)
    )


def nameless(within: QWidget) -> list[str]:
    """Return the controls that a screen reader could not name."""
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in controls(within)
        if not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
    ]


def test_every_control_of_the_start_page_has_a_name(app: Clinical) -> None:
    assert len(controls(app.start)) > 5
    assert nameless(app) == []


@pytest.mark.parametrize("step", PAGES, ids=lambda step: str(step.value))
def test_every_control_of_a_page_has_a_name(app: Clinical, step: Step) -> None:
    app.go(step)
    assert app.page is not None
    assert app.page.step is step
    assert app.page.accessibleName()
    assert nameless(app) == []


@pytest.mark.parametrize("step", PAGES, ids=lambda step: str(step.value))
def test_every_key_of_a_page_is_in_the_table_and_none_belongs_to_all_pages(
    app: Clinical, step: Step
) -> None:
    app.go(step)
    assert app.page is not None
    assert set(app.page.acts) <= {key.act for key in KEYS} - set(EVERYWHERE)


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (960, 600)])
@pytest.mark.parametrize("step", PAGES, ids=lambda step: str(step.value))
def test_no_button_is_narrower_than_its_words(
    qtbot: QtBot, app: Clinical, step: Step, size: tuple[int, int]
) -> None:
    app.resize(*size)
    app.go(step)
    qtbot.wait(1)
    cut = [
        one.text()
        for one in app.findChildren(QPushButton)
        if one.isVisible() and one.width() < one.fontMetrics().horizontalAdvance(one.text())
    ]
    assert cut == []
