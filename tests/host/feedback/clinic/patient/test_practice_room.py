"""The widgets of the patient's window: what is shown, where it stands, and that nothing is cut."""

import pytest
from pytestqt.qtbot import QtBot

from host.clinic.plan import FeedbackMode
from host.feedback.clinic.patient.patient_state import patient_state
from host.feedback.clinic.patient.practice_room import PracticeRoom
from host.feedback.picture import picture
from host.feedback.theme import DARK, LIGHT
from host.session.practising.view import BoutPhase
from tests.host.feedback.clinic.practising.moments import moment, tried, view
from tests.host.session.practising.bench import EYE, FACE

SIZES = [(1280, 800), (1920, 1080), (430, 760)]


def room(qtbot: QtBot, size: tuple[int, int] = (1280, 800)) -> PracticeRoom:
    made = PracticeRoom(LIGHT)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    return made


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("phase", BoutPhase)
def test_no_part_lies_over_another_and_none_outside(
    qtbot: QtBot, size: tuple[int, int], phase: BoutPhase
) -> None:
    made = room(qtbot, size)
    made.state = patient_state(moment(view(phase, attempts=(tried(),))))
    parts = [made.prompt, made.hint, made.row, made.face, made.hill, made.felt, made.light]
    seen = [part for part in parts if part.isVisible() and not part.geometry().isEmpty()]
    for number, one in enumerate(seen):
        assert made.rect().contains(one.geometry())
        for other in seen[number + 1 :]:
            assert not one.geometry().intersects(other.geometry()), (one, other)


def test_p6_the_row_of_bars_is_gone_where_bars_are_hidden(qtbot: QtBot) -> None:
    made = room(qtbot)
    made.state = patient_state(moment())
    assert made.row.isVisible()
    made.state = patient_state(moment(), hidden=True)
    assert not made.row.isVisible()
    assert made.face.isVisible()


def test_p8_a_muscle_that_came_along_is_shown_warm_and_never_red(qtbot: QtBot) -> None:
    made = room(qtbot)
    made.state = patient_state(moment(active=(EYE,), level=0.6))
    image = picture(made)
    place = made.row.geometry()
    colours = {
        image.pixelColor(x, y).getRgb()[:3]
        for x in range(place.left(), place.right(), 4)
        for y in range(place.top(), place.bottom(), 4)
    }
    assert not [rgb for rgb in colours if rgb[0] > 180 and max(rgb[1], rgb[2]) < 80]
    assert [rgb for rgb in colours if rgb[0] > 190 and 90 < rgb[1] < 180 and rgb[2] < 130]


def test_p6_the_patient_taps_what_moved_and_says_that_this_is_all(qtbot: QtBot) -> None:
    made = room(qtbot)
    made.state = patient_state(moment(view(BoutPhase.ASK)))
    named: list[frozenset[object]] = []
    made.felt.changed.connect(named.append)
    made.felt.face.setValue(frozenset({("OOC", FACE.affected)}))
    assert named == [frozenset({("OOC", FACE.affected)})]
    with qtbot.waitSignal(made.felt.answered):
        made.felt.done.click()
    made.state = patient_state(moment(view(BoutPhase.REVEAL, attempts=(tried(),))))
    assert not made.felt.done.isVisible()
    assert not made.felt.face.state.open


def test_each_question_begins_without_an_answer(qtbot: QtBot) -> None:
    made = room(qtbot)
    made.state = patient_state(moment(view(BoutPhase.ASK)))
    made.felt.face.setValue(frozenset({("OOC", FACE.affected)}))
    made.state = patient_state(moment(view(BoutPhase.ASK, attempt=2)))
    assert made.felt.face.value() == frozenset()


def test_other_colours_reach_every_part(qtbot: QtBot) -> None:
    made = room(qtbot)
    made.use_theme(DARK)
    made.state = patient_state(moment(view(mode=FeedbackMode.SOUND)))
    ground = picture(made).pixelColor(made.width() // 2, made.hint.geometry().bottom() - 1)
    assert ground.lightness() < 60
