"""The review window in all sizes, colours and for all recordings."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from calibration.montage import montages
from calibration.muscles import Side
from host.chain.stream import Stream, channel_names
from host.feedback.patient_window import PatientWindow
from host.feedback.picture import picture
from host.feedback.review.app import draw_review
from host.feedback.review.keys import IN_SHORT
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import DARK, LIGHT
from host.session.asked import Asked
from host.session.opened import Opened, open_recording
from tests.host.feedback.pixels import near, painted, pixels
from tests.host.feedback.review.reviews import (
    arrived,
    judged_otherwise,
    press,
    raw_read,
    reviewed,
    texts,
)
from tests.host.session.recordings import (
    RATE,
    face,
    foreign,
    opened,
    plain,
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_cover_the_whole_window(qtbot: QtBot, made: Opened, scheme: str) -> None:
    theme, other = (DARK, LIGHT) if scheme == "dark" else (LIGHT, DARK)
    with reviewed(qtbot, made, "dark" if scheme == "dark" else "light") as window:
        shown = pixels(picture(window))
        assert near(shown, theme.background, 2).mean() > 0.3
        assert near(shown, theme.over, 6).any()
        assert near(shown, other.background, 2).mean() < 0.001


@pytest.mark.parametrize("size", [(900, 560), (1280, 800), (1920, 1080)], ids=str)
@pytest.mark.parametrize("terms", [False, True], ids=["card", "other terms"])
def test_no_part_lies_on_another(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int], *, terms: bool
) -> None:
    with reviewed(qtbot, sixteen(tmp_path), size=size) as window:
        if terms:
            press(qtbot, window, Qt.Key.Key_W)
        qtbot.wait(20)
        assert (window.width(), window.height()) == size
        parts = [
            window.transport, window.strips, window.overview, window.patient, window.card_title,
            window.terms if terms else window.card, window.foot,
        ]  # fmt: skip
        places = [part.rect().translated(part.mapTo(window, QPoint(0, 0))) for part in parts]
        assert all(window.rect().contains(one) for one in places)
        for number, one in enumerate(places):
            assert not any(one.intersects(other) for other in places[number + 1 :])
        for button in window.findChildren(QPushButton):
            if button.isVisible():
                assert window.rect().contains(
                    button.rect().translated(button.mapTo(window, QPoint(0, 0)))
                )


def test_the_patients_words_fit_their_places(qtbot: QtBot, tmp_path: Path) -> None:
    with reviewed(qtbot, sixteen(tmp_path), size=(1920, 1080)) as window:
        window.scrub(RATE)
        arrived(qtbot, window)
        bars = window.patient.row.bars
        assert len(bars) > 4
        for bar in bars:
            metrics = bar.fontMetrics()
            lines = bar.label.split("\n")
            assert max(map(metrics.horizontalAdvance, lines)) <= bar.width() + 1


def sixteen(folder: Path, seconds: int = 10) -> Opened:
    """Return ten seconds of eight muscles on each side."""
    stream = Stream(rate_hz=float(RATE), channels=channel_names(16))
    raw = np.random.default_rng(4).normal(0.0, 2.0, (seconds * RATE, 16))
    made = opened(folder, foreign(stream.on_grid(raw), (), stream))
    watch = replace(made.watch, montage=montages()["face-16"])
    cues = tuple(cue for cue in made.cues if cue.start < seconds * RATE)
    return replace(made, watch=watch, reference=None, cues=cues)


def test_sixteen_channels_have_eight_strips(qtbot: QtBot, tmp_path: Path) -> None:
    with reviewed(qtbot, sixteen(tmp_path)) as window:
        assert len(window.strips.rows) == 8
        rects = [window.strips.row_rect(row) for row in range(8)]
        assert all(one.bottom() <= other.top() for one, other in pairwise(rects))
        assert rects[-1].bottom() <= window.strips.field.bottom() + 1


@pytest.mark.parametrize("samples", [1, 10, RATE])
def test_the_shortest_recordings_are_shown(qtbot: QtBot, tmp_path: Path, samples: int) -> None:
    short = opened(tmp_path, foreign(face()[:samples], ()), cues=())
    with reviewed(qtbot, short) as window:
        for key in (
            Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Z,
            Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_0, Qt.Key.Key_M,
        ):  # fmt: skip
            press(qtbot, window, key)
        raw_read(qtbot, window)
        arrived(qtbot, window)
        painted(window)
        assert window.player.error is None
        assert window.foot.text() == IN_SHORT


def test_without_cues_the_keys_go_from_episode_to_episode(qtbot: QtBot, tmp_path: Path) -> None:
    with reviewed(qtbot, plain(tmp_path)) as window:
        assert window.strips.state.lane == ()
        assert "No attempts were cued" in texts(window)
        press(qtbot, window, Qt.Key.Key_Right)
        assert window.player.position == pytest.approx(5 * RATE, abs=60)
        press(qtbot, window, Qt.Key.Key_W)
        window.terms.line.setValue(1.5)
        judged_otherwise(qtbot, window)
        assert window.terms.result.text() in {
            "0 episodes instead of 1.",
            "1 episode instead of 1.",
        }


def test_a_recording_of_another_program_is_reviewed_too(
    qtbot: QtBot, recordings: Path, tmp_path: Path
) -> None:
    path = recordings / "cyton_gui" / "v6.txt"
    found = open_recording(path, Asked(montage=montages()["face-8"], affected=Side.LEFT))
    # Its notes would go beside it: here they go elsewhere.
    found = replace(found, notes=tmp_path / "notes.jsonl", revisions=tmp_path / "revisions")
    with reviewed(qtbot, found) as window:
        assert len(window.strips.rows) == 4
        press(qtbot, window, Qt.Key.Key_End)
        arrived(qtbot, window)
        press(qtbot, window, Qt.Key.Key_M)
        assert found.notes.exists()
    assert not path.with_name("v6.txt.quietface").exists()


def test_a_picture_of_it_can_be_drawn_without_a_screen(
    qtbot: QtBot, made: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "review.png"
    draw_review(made, path, "dark", (1280, 800))
    assert path.stat().st_size > 20_000


def test_the_patients_part_is_the_patients_window(window: ReviewWindow) -> None:
    assert isinstance(window.patient, PatientWindow)
    assert window.patient.scheme == "light"
