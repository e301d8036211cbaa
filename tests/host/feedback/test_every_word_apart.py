"""Whatever the windows beside the app say can be said in another language (decision 0016)."""

from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from calibration.channel_model import plain_channel
from calibration.muscles import Side
from calibration.saying import Saying
from calibration.segments import SegmentKind
from host.acquisition.source import Link, LinkState
from host.detection.cues import Cue, Phase
from host.feedback.bar_state import screen_state
from host.feedback.calibrating.moment import Concluded
from host.feedback.calibrating.result_page import ResultPage
from host.feedback.calibrating.state import result_state
from host.feedback.patient_window import PatientWindow
from host.feedback.theme import LIGHT
from host.recording.state import RecordingState
from host.session.worker import Scene, View
from tests.host.feedback.calibrating.moments import WEAK
from tests.host.feedback.calibrating.profiles import profile
from tests.host.feedback.review.reviews import arrived, press, reviewed
from tests.host.feedback.said import assert_all_told
from tests.host.session.practising.bench import EYE, FACE, MONTAGE, SMILE, frame
from tests.host.session.recordings import opened

pytestmark = pytest.mark.usefixtures("bracketed")

SCENE = Scene(montage=MONTAGE, affected=FACE.affected)


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("link", Link)
def test_the_patients_window(qtbot: QtBot, phase: Phase, link: Link, painted: list[str]) -> None:
    window = PatientWindow("light")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    cue = Cue(start=0, pattern=SMILE, phase=phase)
    for seen in (
        frame(2500, cue, level=0.7, active=(EYE,)),
        frame(2500, cue, unknown=(EYE,)),
        frame(2500, cue, nameless=(EYE,)),
    ):
        view = View(
            scene=SCENE,
            frame=seen,
            link=LinkState(link=link),
            recording=RecordingState(light=True, marks=2, touched=True),
        )
        window.state = screen_state(view)
        window.show()
        assert_all_told(window, painted)


def test_the_result_of_a_calibration(qtbot: QtBot, painted: list[str]) -> None:
    page = ResultPage()
    qtbot.addWidget(page)
    page.resize(780, 740)
    weak = replace(
        WEAK,
        where=Saying("{}, {}", "Cheek, right", SegmentKind.REFERENCE.value),
        detail=Saying("{:.1f} times its level at rest", 1.2),
    )
    plain = plain_channel(250.0, Saying("effort is too weak against rest"))
    found = replace(profile(), findings=(weak,), models=(*profile().models[:3], plain))
    for path in (None, Path("first.json")):
        page.state = result_state(Concluded(profile=found, path=path), Side.RIGHT)
        page.dress(LIGHT, 17)
        page.show()
        assert_all_told(page, painted, names=("first", "json"))


def test_the_review_of_a_recording(qtbot: QtBot, tmp_path: Path, painted: list[str]) -> None:
    with reviewed(qtbot, opened(tmp_path / "made")) as window:
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_R):
            press(qtbot, window, key)
            arrived(qtbot, window)
            assert_all_told(window, painted, names=("smiles", "test"))
