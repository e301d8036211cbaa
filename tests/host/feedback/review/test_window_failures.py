"""What goes wrong is one sentence in the review window, and no thread stays behind."""

from pathlib import Path

import numpy as np
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from host.detection.cues import Cue
from host.feedback.review.keys import IN_SHORT
from host.feedback.review.window import ReviewWindow
from host.session.opened import Opened
from tests.host.feedback.review.reviews import (
    arrived,
    click,
    judged_otherwise,
    place,
    press,
    texts,
)
from tests.host.report.test_study import cut
from tests.host.session.recordings import (
    RATE,
    face,
    foreign,
    opened,
)

STARTS = [(8 * number + 2) * RATE for number in range(4)]


def test_a_folder_that_takes_no_notes_is_one_sentence(
    qtbot: QtBot, window: ReviewWindow, made: Opened
) -> None:
    made.notes.parent.write_text("a file in the place of the folder")
    press(qtbot, window, Qt.Key.Key_M)
    assert window.foot.text().startswith("The note cannot be written beside the recording")
    assert window.foot.text().endswith("quietface import.")
    assert window.notes == ()
    press(qtbot, window, Qt.Key.Key_Right)
    assert window.player.position == STARTS[0]
    press(qtbot, window, Qt.Key.Key_W)
    window.terms.line.setValue(0.6)
    judged_otherwise(qtbot, window)
    click(qtbot, window.terms.save, QPoint(10, 10))
    assert window.foot.text().startswith("The revision cannot be saved")


def test_a_file_that_is_cut_is_told_and_the_rest_can_be_looked_at(
    qtbot: QtBot, made: Opened
) -> None:
    window = ReviewWindow(cut(made), "light")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.begin()
    qtbot.waitUntil(lambda: window.foot.text() != IN_SHORT, timeout=20_000)
    sentence = "The recording cannot be judged to its end: emg.bdf was cut while it was open."
    assert window.foot.text() == sentence
    qtbot.waitUntil(lambda: "Not judged" in texts(window))
    click(qtbot, window.strips, place(window.strips, 4.8 * RATE))
    arrived(qtbot, window)
    assert window.patient.state.bars[0].over
    for key in (Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_End):
        press(qtbot, window, key)
    window.terms.line.setValue(0.5)
    qtbot.waitUntil(lambda: window._decimation.error is not None, timeout=20_000)
    qtbot.waitUntil(lambda: window.player.error is not None, timeout=20_000)
    window.refresh()
    window.refresh()
    assert "cut while it was open" in window.foot.text()
    window.close()


def test_other_terms_that_cannot_be_judged_say_so(qtbot: QtBot, window: ReviewWindow) -> None:
    press(qtbot, window, Qt.Key.Key_W)
    window.supposing._opened = cut(window._opened)
    window.terms.line.setValue(0.5)
    qtbot.waitUntil(lambda: window.supposing.error is not None, timeout=20_000)
    window.refresh()
    assert window.terms.result.text() == "emg.bdf was cut while it was open."
    assert not window.terms.save.isEnabled()


def test_it_can_be_closed_while_it_judges_plays_and_reads(qtbot: QtBot, tmp_path: Path) -> None:
    many = tuple(
        Cue(start=cue.start + 32 * RATE * at, pattern=cue.pattern, phase=cue.phase)
        for at in range(10)
        for cue in opened(tmp_path).cues
    )
    long = opened(tmp_path, foreign(np.tile(face(), (10, 1)), ()), cues=many)
    window = ReviewWindow(long, "light")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.begin()
    for key in (Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_Space, Qt.Key.Key_Right):
        press(qtbot, window, key)
    window.terms.line.setValue(0.5)
    window.close()
    parts = (window.study, window.player, window.supposing, window._decimation)
    assert not any(part._thread.is_alive() for part in parts)
    assert not window._timer.isActive()


def test_one_that_was_never_begun_can_be_closed(qtbot: QtBot, made: Opened) -> None:
    window = ReviewWindow(made, "light")
    qtbot.addWidget(window)
    window.close()
