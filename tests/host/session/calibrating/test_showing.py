"""What a screen is told at each moment."""

import pytest

from calibration.montage import montages
from host.acquisition.simulated.settings import PatientSettings
from host.session.calibrating.course import Course
from host.session.calibrating.view import CoursePhase, StepState
from tests.host.session.calibrating.courses import FACE, QUICK, Bedside, contact, rest, smile

STREAM = PatientSettings(montage=FACE).stream


def test_the_prompt_says_what_comes_then_what_to_do_then_to_let_go() -> None:
    bedside = Bedside((smile(holds=2), rest()))
    seen: list[tuple[CoursePhase, str]] = []
    for _ in range(60):
        bedside.go(0.1)
        view = bedside.course.view
        if not seen or seen[-1] != (view.phase, view.prompt):
            seen.append((view.phase, view.prompt))
    assert seen == [
        (CoursePhase.PREPARE, "Next: smile gently"),
        (CoursePhase.HOLD, "Smile gently"),
        (CoursePhase.PAUSE, "Let go"),
        (CoursePhase.HOLD, "Smile gently"),
        (CoursePhase.JUDGED, "Let go"),
    ]


def test_time_is_counted_down_and_progress_goes_from_0_to_1() -> None:
    bedside = Bedside((contact(), rest()))
    first = bedside.course.view
    assert (first.progress, first.step_progress, first.sample) == (0.0, 0.0, 0)
    assert first.seconds_left == pytest.approx(1.5)
    assert first.minutes_left == pytest.approx((2.5 + 5.5 + 2.0) / 60.0)
    passed = []
    while not bedside.course.done:
        bedside.go(0.2)
        passed.append(bedside.course.view.progress)
    assert passed == sorted(passed)
    assert passed[-1] == 1.0
    assert bedside.course.view.minutes_left == 0.0


def test_the_hold_that_runs_is_told() -> None:
    bedside = Bedside((smile(holds=3),))
    bedside.go(3.6)
    view = bedside.course.view
    assert (view.hold, view.holds, view.phase) == (2, 3, CoursePhase.HOLD)


def test_channels_have_plain_words() -> None:
    bedside = Bedside((contact(), rest()))
    assert {one.quality for one in bedside.course.view.channels} == {"settling"}
    bedside.go(2.0)
    channels = bedside.course.view.channels
    assert [one.name for one in channels] == [FACE.named(at) for at in range(4)]
    assert all(one.good and one.quality == "good" for one in channels)
    assert all(one.level_uv is not None and one.level_uv < 10.0 for one in channels)


def test_the_end_is_told_and_no_step_runs() -> None:
    bedside = Bedside((contact(),))
    bedside.go(5.0)
    view = bedside.course.view
    assert (view.title, view.step, view.phase) == ("", None, CoursePhase.DONE)
    assert view.prompt == "That was all. Thank you"
    assert not view.may_go_on
    assert [one.state for one in view.steps] == [StepState.GOOD]


def test_a_paused_course_says_how_it_goes_on() -> None:
    bedside = Bedside((rest(), smile()))
    bedside.go(1.0)
    bedside.course.pause()
    view = bedside.course.view
    assert (view.phase, view.prompt) == (CoursePhase.PAUSED, "Take a break")
    assert view.therapist == "Stopped. The step begins anew when you go on."
    assert view.waiting
    assert view.may_go_on


def test_the_list_says_what_is_to_be_done() -> None:
    stream = PatientSettings(montage=montages()["face-8"]).stream
    view = Course((contact(), rest(), smile()), montages()["face-8"], stream, QUICK).view
    assert [one.title for one in view.steps] == ["Contact", "Rest", "Cheek"]
    assert [one.state for one in view.steps] == [
        StepState.RUNNING,
        StepState.AHEAD,
        StepState.AHEAD,
    ]


def test_a_view_that_says_the_same_is_equal() -> None:
    assert (
        Course((rest(),), FACE, STREAM, QUICK).view == Course((rest(),), FACE, STREAM, QUICK).view
    )
