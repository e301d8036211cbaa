"""A whole appointment through BrainFlow on a good day, by the keys that a therapist uses."""

import pytest

from host.feedback.clinic.patient.patient_state import Middle
from host.feedback.clinic.receiving import SIMULATED
from host.feedback.clinic.steps import Step
from host.session.practising.tried import Tried
from host.session.practising.view import BoutPhase
from tests.appointment import course
from tests.appointment.course import EYES, MODES, PUCKER, SMILE, THERAPIST
from tests.appointment.hands import K
from tests.appointment.headphones import Headphones
from tests.appointment.therapist import Therapist


def test_two_people_go_through_a_whole_appointment_by_the_keys(
    therapist: Therapist, headphones: Headphones
) -> None:
    therapist.open_simulated(THERAPIST)
    practice_is_refused_before_the_plan(therapist)
    course.make_the_plan(therapist)
    listen_to_good_electrodes(therapist)
    course.calibrate_and_go_on(therapist)
    practise_with_bars(therapist, headphones)
    practise_with_sound(therapist, headphones)
    practise_feel_first(therapist, headphones)
    tried = therapist.tried
    assert [one.reason for one in tried if not one.result.scored] == []
    look_back_at_three_bouts(therapist, tried)
    course.end_and_look_at_what_was_said(therapist)
    recorded = course.what_was_recorded(therapist, tried)
    assert "softly today" in [marker.text for marker in recorded.markers]
    the_moved_line_is_kept(therapist)


def practice_is_refused_before_the_plan(therapist: Therapist) -> None:
    """P16: without confirmed synkinesis and a plan nobody practises."""
    therapist.step(Step.PRACTISE)
    assert therapist.app.page is not None
    assert therapist.app.page.step is Step.PATIENT
    assert therapist.said == "Make a plan first: it says which side is affected."


def listen_to_good_electrodes(therapist: Therapist) -> None:
    """Hear that all are good, and that left is left."""
    link = therapist.contact().link
    assert link.rate_hz == pytest.approx(course.RATE_HZ, rel=0.01)
    assert therapist.banner.startswith("All electrodes are good.")
    assert "Left and right are as they should be." in therapist.check_sides()


def practise_with_bars(therapist: Therapist, headphones: Headphones) -> None:
    """One bar for each quiet muscle; no sound. A line is moved, a note is written."""
    therapist.begin_bout(SMILE)
    sees = therapist.moving(Middle.BARS)
    assert [bar.name for bar in sees.screen.bars] == ["Eye", "Lips", "Neck"]
    assert therapist.shown.head.title == "Gentle closed smile · bout 1 · bars"
    therapist.key(K.Key_Down)
    therapist.key(K.Key_Right)
    therapist.key(K.Key_W)
    therapist.write("softly today")
    therapist.key(K.Key_Return)
    therapist.bout_over()
    assert not headphones.heard()


def practise_with_sound(therapist: Therapist, headphones: Headphones) -> None:
    """P6: nothing to look at; a muscle that comes along is heard."""
    therapist.begin_bout(EYES)
    assert not therapist.moving(Middle.FACE).screen.bars
    therapist.bout_over()
    assert headphones.heard()


def practise_feel_first(therapist: Therapist, headphones: Headphones) -> None:
    """P6: no bars; then what moved?; then the measurement beside it."""
    therapist.begin_bout(PUCKER)
    assert not therapist.moving(Middle.FACE).screen.bars
    therapist.phase(BoutPhase.ASK)
    question = therapist.patient_sees.question
    assert question is not None
    assert question.measured is None
    therapist.answer("13")
    therapist.phase(BoutPhase.REVEAL)
    sees = therapist.patient_sees
    assert sees.question is not None
    assert sees.question.measured is not None
    assert sees.said.hint.startswith("They agree in ")
    therapist.bout_over("1")
    assert not headphones.heard()
    assert all(one.agreement is not None for one in therapist.view.attempts)


def look_back_at_three_bouts(therapist: Therapist, tried: tuple[Tried, ...]) -> None:
    """Each bout as it was judged, any attempt again, and all sessions together."""
    state = therapist.look_back()
    assert state.title == "Pucker"
    assert state.bouts == tuple(f"{place} · {name}" for place, name in enumerate(MODES, 1))
    assert course.judged_again(therapist) == tried
    therapist.key(K.Key_1)
    assert therapist.looked_at.title == "Gentle closed smile"
    therapist.key(K.Key_Right)
    assert therapist.looked_at.chosen[0] == "Attempt 1"
    therapist.replay()
    therapist.key(K.Key_N)
    assert therapist.looked_at.title == "Over sessions"


def the_moved_line_is_kept(therapist: Therapist) -> None:
    """Every save is a version, dated and signed; the line that was moved in the bout is one."""
    first, second = therapist.app.clinic.plans(SIMULATED).found
    assert (first.version, second.version) == (1, 2)
    assert first.planned(SMILE) != second.planned(SMILE)
    assert second == therapist.app.appointment.plan
