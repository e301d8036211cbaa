"""The line at the foot: the keys, and for a while what has just happened."""

from pytestqt.qtbot import QtBot

from host.feedback.review import foot
from host.feedback.review.keys import IN_SHORT


def test_it_says_the_keys_again_after_a_while(qtbot: QtBot) -> None:
    line = foot.Foot()
    qtbot.addWidget(line)
    assert line.text() == IN_SHORT
    line.say("the note cannot be written.")
    assert line.text() == "The note cannot be written."
    assert line._over.remainingTime() > foot.SHOWN_MS - 1000
    line._over.timeout.emit()
    assert line.text() == IN_SHORT


def test_what_is_kept_stays(qtbot: QtBot) -> None:
    line = foot.Foot()
    qtbot.addWidget(line)
    line.keep("the file was cut.")
    line.say("Saved.")
    line._over.timeout.emit()
    assert line.text() == "The file was cut."
