"""The page at the end."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from calibration.muscles import Side
from host.feedback.calibrating.moment import Concluded
from host.feedback.calibrating.result_page import ResultPage
from host.feedback.calibrating.result_tables import NUMBER_HEADS
from host.feedback.calibrating.state import ResultState, result_state
from host.feedback.theme import LIGHT
from tests.host.feedback.calibrating.moments import WEAK
from tests.host.feedback.calibrating.profiles import profile

RESULT = result_state(Concluded(profile=profile(), path=Path("/data/first.json")), Side.RIGHT)


def shown(qtbot: QtBot, state: ResultState) -> ResultPage:
    page = ResultPage()
    qtbot.addWidget(page)
    page.resize(780, 740)
    page.state = state
    page.dress(LIGHT, 17)
    with qtbot.waitExposed(page):
        page.show()
    return page


def cells(page: ResultPage, row: int) -> list[str]:
    table = page.numbers
    items = [table.item(row, column) for column in range(table.columnCount())]
    return [item.text() for item in items if item is not None]


def test_each_side_has_a_line_above_its_channels(qtbot: QtBot) -> None:
    page = shown(qtbot, RESULT)
    assert page.numbers.rowCount() == 6
    assert cells(page, 0) == ["Right side, affected"]
    assert cells(page, 3) == ["Left side"]
    assert page.numbers.columnSpan(0, 0) == len(NUMBER_HEADS)
    assert cells(page, 1)[0] == "Eye"


def test_all_columns_are_in_sight(qtbot: QtBot) -> None:
    page = shown(qtbot, RESULT)
    table = page.numbers
    for column in range(table.columnCount()):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column) - 1
    last = table.columnViewportPosition(table.columnCount() - 1)
    assert last + table.sizeHintForColumn(table.columnCount() - 1) <= table.width()


def test_findings_and_leaks_are_told_below_the_numbers(qtbot: QtBot) -> None:
    page = shown(qtbot, RESULT)
    for said in (WEAK.advice, "effort is too weak", "It was not measured."):
        assert said in page.notes.text()
    assert page.sentence.text() == RESULT.sentence


def test_words_are_never_taken_for_marks_of_a_text(qtbot: QtBot) -> None:
    page = shown(qtbot, replace(RESULT, leaks=("a <b> c",)))
    assert "a &lt;b&gt; c" in page.notes.text()


def test_it_turns_to_the_lines_and_back(qtbot: QtBot) -> None:
    page = shown(qtbot, RESULT)
    assert page.turn_to.text() == "Lines · L"
    page.turn_to.click()
    assert page.lines.isVisible()
    assert page.turn_to.accessibleName() == "Numbers, key L"
    item = page.lines.item(1, 3)
    assert item is not None
    assert item.text() == RESULT.lines[0].reason
    page.turn()
    assert page.numbers.isVisible()


def test_without_a_profile_it_only_says_why(qtbot: QtBot) -> None:
    page = shown(qtbot, result_state(Concluded(sentence="Nothing was recorded.")))
    assert page.sentence.text() == "Nothing was recorded."
    for part in (page.numbers, page.units, page.turn_to):
        assert not part.isVisible()
    page.turn()
    assert page.pages.currentIndex() == 0


def test_without_a_state_it_turns_nowhere(qtbot: QtBot) -> None:
    page = ResultPage()
    qtbot.addWidget(page)
    page.turn()
    assert page.state is None
    assert page.pages.currentIndex() == 0


@pytest.mark.parametrize("remark", ["Cheek, right: the noise is twice that of the profile."])
def test_what_a_short_check_says_is_told_too(qtbot: QtBot, remark: str) -> None:
    assert remark in shown(qtbot, replace(RESULT, remarks=(remark,))).notes.text()
