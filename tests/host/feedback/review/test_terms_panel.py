"""The form of other terms: it speaks one `WhatIf`."""

from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from calibration.montage import montages
from calibration.patterns import Role, pattern
from host.detection.cocontraction import Thresholds
from host.detection.guards import Effort
from host.feedback.review.terms_panel import TermsPanel
from host.session.judging import WhatIf
from host.session.opened import Opened
from host.session.terms import with_role
from tests.host.feedback.review.reviews import click, press
from tests.host.session.recordings import CLOSURE, SMILE, opened, plain


def panel(qtbot: QtBot, made: Opened) -> tuple[TermsPanel, list[WhatIf]]:
    form = TermsPanel(made)
    qtbot.addWidget(form)
    told = list[WhatIf]()
    form.valueChanged.connect(told.append)
    form.resize(400, 600)
    with qtbot.waitExposed(form):
        form.show()
    return form, told


def choose(form: TermsPanel, code: str, role: Role) -> None:
    """Choose a role, as somebody does with the mouse."""
    box = form.roles[code]
    box.setCurrentIndex(box.findText(role.value))
    box.activated.emit(box.currentIndex())


@pytest.mark.parametrize(
    "thresholds",
    [Thresholds(), Thresholds(enter=0.2534, leave=0.2), Thresholds(enter=3.0, leave=2.0)],
)
def test_untouched_it_asks_for_nothing(
    qtbot: QtBot, tmp_path: Path, thresholds: Thresholds
) -> None:
    made = opened(tmp_path)
    watch = replace(made.watch, thresholds=thresholds, effort=Effort(ceiling=9.0))
    form, told = panel(qtbot, replace(made, watch=watch))
    assert form.value().empty
    assert told == []


def test_each_slider_changes_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    form, told = panel(qtbot, opened(tmp_path))
    form.line.setValue(0.5)
    assert told[-1] == WhatIf(thresholds=Thresholds(enter=0.5, leave=0.36))
    form.ceiling.setValue(1.0)
    form.gentle.setValue(30.0)
    assert told[-1] == WhatIf(
        thresholds=Thresholds(enter=0.5, leave=0.36), effort=Effort(ceiling=1.0), gentle_uv=30.0
    )
    assert form.value() == told[-1]


def test_as_it_was_takes_all_of_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    form, told = panel(qtbot, opened(tmp_path))
    form.line.setValue(0.5)
    choose(form, "OOC", Role.TOLERATED)
    click(qtbot, form.undo, QPoint(10, 10))
    assert told[-1].empty
    assert form.line.value() == 0.25
    assert form.roles["OOC"].currentText() == "quiet"


def test_t2_roles_belong_to_the_pattern_that_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    form, told = panel(qtbot, opened(tmp_path))
    form.show_pattern(SMILE)
    assert form._roles_title.text() == f"Roles in “{SMILE}”"
    assert (form.roles["OOC"].currentText(), form.roles["ZYG"].currentText()) == ("quiet", "target")
    choose(form, "OOC", Role.TOLERATED)
    assert told[-1].patterns == (with_role(pattern(SMILE), "OOC", Role.TOLERATED),)
    form.show_pattern(CLOSURE)
    assert form.roles["OOC"].currentText() == "target"
    choose(form, "ZYG", Role.TOLERATED)
    assert [one.name for one in told[-1].patterns] == [SMILE, CLOSURE]
    form.show_pattern(SMILE)
    assert form.roles["OOC"].currentText() == "tolerated"


def test_a_role_that_is_put_back_is_as_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    form, told = panel(qtbot, opened(tmp_path))
    form.show_pattern(SMILE)
    choose(form, "OOC", Role.TOLERATED)
    assert not told[-1].empty
    # The eye was a slight one, and must be again.
    choose(form, "OOC", Role.QUIET)
    assert told[-1].empty


def test_it_shows_the_terms_it_is_given(qtbot: QtBot, tmp_path: Path) -> None:
    form, told = panel(qtbot, opened(tmp_path))
    terms = WhatIf(
        thresholds=Thresholds(enter=0.5, leave=0.36),
        effort=Effort(ceiling=1.0),
        patterns=(with_role(pattern(SMILE), "OOC", Role.TOLERATED),),
        gentle_uv=30.0,
    )
    form.setValue(terms)
    assert form.value() == terms
    assert told == [terms]


def test_it_can_be_saved_once_there_is_something_to_save(qtbot: QtBot, tmp_path: Path) -> None:
    form, _ = panel(qtbot, opened(tmp_path))
    saved = list[int]()
    form.saved.connect(lambda: saved.append(1))
    click(qtbot, form.save, QPoint(10, 10))
    form.show_result("2 of 4 attempts change.", ("Eye, right: now stayed quiet.",), ready=True)
    assert form.result.text() == "2 of 4 attempts change."
    assert form.why.text() == "Eye, right: now stayed quiet."
    click(qtbot, form.save, QPoint(10, 10))
    assert saved == [1]


def test_plain_channels_have_no_roles(qtbot: QtBot, tmp_path: Path) -> None:
    form, _ = panel(qtbot, plain(tmp_path))
    assert form.roles == {}
    form.show_pattern("rest and release")
    assert form.value().empty


def test_many_muscles_are_scrolled_and_nothing_is_squeezed(qtbot: QtBot, tmp_path: Path) -> None:
    made = opened(tmp_path)
    made = replace(made, watch=replace(made.watch, montage=montages()["face-16"]))
    form, _ = panel(qtbot, made)
    form.resize(380, 330)
    qtbot.wait(10)
    for box in form.roles.values():
        assert box.height() >= box.sizeHint().height()
    for slider in (form.line, form.ceiling, form.gentle):
        assert slider.height() >= slider.minimumSizeHint().height()
    assert form.rect().contains(form.save.geometry())


def test_the_space_bar_is_not_for_sliders(qtbot: QtBot, tmp_path: Path) -> None:
    form, told = panel(qtbot, opened(tmp_path))
    press(qtbot, form.line._slider, Qt.Key.Key_Space)
    assert told == []
