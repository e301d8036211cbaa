"""Other terms in the review window, beside the judgement of the session."""

from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from host.feedback.review.window import ReviewWindow
from host.feedback.theme import LIGHT
from host.report.outcomes import Verdict
from host.report.revisions import revisions_of
from host.session.opened import Opened
from tests.host.feedback.pixels import near, painted
from tests.host.feedback.review.reviews import (
    click,
    judged_otherwise,
    press,
)
from tests.host.session.recordings import (
    RATE,
)


def test_what_if_shows_both_judgements_and_why(qtbot: QtBot, window: ReviewWindow) -> None:
    press(qtbot, window, Qt.Key.Key_W)
    assert (window.terms.isVisible(), window.strips.state.second_lane) == (True, None)
    press(qtbot, window, Qt.Key.Key_Right)
    window.terms.line.setValue(0.6)
    # Until they are judged the second lane is open: it repeats no result.
    lane = window.strips.state.second_lane
    assert lane is not None
    assert {mark.verdict for mark in lane} == {None}
    assert window.strips.state.second == ()
    judged_otherwise(qtbot, window)
    state = window.strips.state
    assert state.second_lane is not None
    assert state.lane[0].verdict is Verdict.ALONG
    assert state.second_lane[0].verdict is Verdict.QUIET
    assert [mark.changed for mark in state.second_lane] == [True, False, False, False]
    assert window.terms.result.text().startswith("1 of 4 attempts changes; 3 stay quiet")
    assert window.terms.why.text().startswith("Eye, right: came along, now stayed quiet, the line")
    press(qtbot, window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.terms.why.text() == "")
    press(qtbot, window, Qt.Key.Key_W)
    assert window.strips.state.second_lane is None


def test_episodes_under_both_terms_are_marked_side_by_side(
    qtbot: QtBot, window: ReviewWindow
) -> None:
    press(qtbot, window, Qt.Key.Key_W)
    window.terms.line.setValue(0.3)
    judged_otherwise(qtbot, window)
    strips = window.strips
    rect, scale = strips.row_rect(0), strips.state.scale
    columns = slice(
        int(strips.field.left() + scale.x(4.4 * RATE)),
        int(strips.field.left() + scale.x(4.9 * RATE)),
    )
    bottom = int(rect.top()) + int(rect.height()) // 2 * 2
    shown = painted(strips)
    assert near(shown[bottom - 4 : bottom, columns], LIGHT.over, 3).all()
    assert near(shown[bottom - 9 : bottom - 5, columns], LIGHT.beside, 3).all()


def test_roles_follow_the_cursor(qtbot: QtBot, window: ReviewWindow) -> None:
    press(qtbot, window, Qt.Key.Key_W)
    for name in ("gentle closed smile", "gentle eye closure"):
        press(qtbot, window, Qt.Key.Key_Right)
        assert window.terms._roles_title.text() == f"Roles in “{name}”"


def test_a_revision_is_saved_beside_the_original(
    qtbot: QtBot, window: ReviewWindow, made: Opened
) -> None:
    press(qtbot, window, Qt.Key.Key_W)
    window.terms.line.setValue(0.3)
    judged_otherwise(qtbot, window)
    click(qtbot, window.terms.save, QPoint(10, 10))
    (revision,) = revisions_of(made)
    assert revision.thresholds is not None
    assert revision.thresholds.enter == 0.3
    assert revision.episodes
    assert window.foot.text().startswith("Saved as 20")
    assert window.foot.text().endswith(".json; the session stays as it was.")
    click(qtbot, window.terms.undo, QPoint(10, 10))
    assert window.strips.state.second_lane is None
    assert window.study.results is not None
    assert window.strips.state.lane[0].verdict is Verdict.ALONG
