"""The course of a calibration: what it waits for, what commands do, and that no cut matters."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings

from calibration.findings import Fault
from calibration.montage import montages
from calibration.segments import SegmentKind
from host.acquisition.simulated.contact import Loose
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk
from host.session.calibrating.course import Course
from host.session.calibrating.happenings import Noted, StepBegan, StepJudged, StretchMarked
from host.session.calibrating.view import Calibrating, CalibrationView, CoursePhase, StepState
from tests.cuts import cuts
from tests.host.session.calibrating.courses import (
    FACE,
    QUICK,
    Bedside,
    contact,
    recorded,
    rest,
    smile,
)

STREAM = PatientSettings(montage=FACE).stream
SHORT = (rest(seconds=0.4, title="First"), smile(holds=1), rest(seconds=0.2, title="Last"))
"""All of them are too short, or without rest: each but the second waits for the therapist."""
RAW = recorded(3.0)
Command = tuple[int, Callable[[Course], None]]
COMMANDS: tuple[Command, ...] = (
    (100, Course.pause),
    (150, Course.go_on),
    (380, Course.go_on),
    (440, lambda course: course.repeat(0)),
    (700, Course.go_on),
    (730, lambda course: course.skip(1)),
)


def run(cut_points: Sequence[int], commands: Sequence[Command]) -> tuple[object, ...]:
    """Return all that a course decides on the samples, cut so, with commands at their samples."""
    course = Course(SHORT, FACE, STREAM, QUICK)
    due = list(commands)
    bounds = sorted({*cut_points, *(sample for sample, _ in due), len(RAW)})
    at, happened = 0, list(course.happened())
    for stop in bounds:
        course.push(Chunk(at, RAW[at:stop]))
        at = stop
        while due and due[0][0] == stop:
            due.pop(0)[1](course)
        happened += course.happened()
    return happened, course.segments, str(course.view)


@settings(max_examples=40)
@given(cuts(len(RAW)))
def test_what_is_decided_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    assert run(cut_points, ()) == run([], ())


@settings(max_examples=40)
@given(cuts(len(RAW)))
def test_nor_does_it_with_commands_at_their_samples(cut_points: list[int]) -> None:
    assert run(cut_points, COMMANDS) == run([], COMMANDS)


def test_a_course_is_what_a_window_expects() -> None:
    course: Calibrating = Course(SHORT, FACE, STREAM, QUICK)
    assert isinstance(course.view, CalibrationView)


def test_a_good_step_goes_on_by_itself() -> None:
    bedside = Bedside((contact(), rest(), smile()))
    bedside.go(30.0)
    assert bedside.course.done
    began = [one.timing.began for one in bedside.happened if isinstance(one, StepBegan)]
    judged = [one.sample for one in bedside.happened if isinstance(one, StepJudged)]
    assert [b - j for b, j in zip(began[1:], judged, strict=False)] == [250, 250]
    kinds = [segment.kind for segment in bedside.course.segments]
    assert kinds == [SegmentKind.REST, SegmentKind.REFERENCE, SegmentKind.REFERENCE]


def loose_first(stop_s: float = 60.0) -> PatientSettings:
    """Return a patient whose left eye's electrode hangs in the air."""
    loose = Loose(channel=0, start_s=0.0, stop_s=stop_s)
    return PatientSettings(montage=FACE, script=WAITING, loose=(loose,))


def test_a_step_with_a_finding_waits_for_the_therapist() -> None:
    bedside = Bedside((contact(), rest()), loose_first())
    bedside.go(20.0)
    view = bedside.course.view
    assert (view.phase, view.waiting, view.may_go_on) == (CoursePhase.JUDGED, True, True)
    assert [(one.fault, one.channel) for one in view.findings] == [(Fault.LOOSE, 0)]
    assert view.steps[0].state is StepState.FINDING
    assert view.seconds_left == 0.0


def test_what_was_accepted_of_a_channel_is_not_asked_again() -> None:
    bedside = Bedside((contact(), rest()), loose_first())
    bedside.until_waiting()
    bedside.course.go_on()
    bedside.go(20.0)
    view = bedside.course.view
    assert view.phase is CoursePhase.DONE
    assert [one.fault for one in view.accepted] == [Fault.LOOSE]
    assert [one.state for one in view.steps] == [StepState.FINDING] * 2
    assert any(isinstance(one, Noted) and "loose" in one.text for one in bedside.happened)


def test_a_repeated_step_replaces_its_old_stretches() -> None:
    bedside = Bedside((contact(), rest(), smile()))
    bedside.go(20.0)
    before = bedside.course.segments
    bedside.course.repeat(2)
    assert [one.kind for one in bedside.course.segments] == [SegmentKind.REST]
    bedside.go(20.0)
    after = bedside.course.segments
    assert bedside.course.done
    assert after[0] == before[0]
    assert [one.kind for one in after] == [one.kind for one in before]
    assert all(one.start > before[-1].stop for one in after[1:])
    marked = [one for one in bedside.happened if isinstance(one, StretchMarked)]
    assert {one.segment for one in marked if one.void} == set(before[1:])


def test_a_repeated_contact_check_hears_the_electrode_put_back() -> None:
    bedside = Bedside((contact(), rest()), loose_first(stop_s=6.0))
    bedside.until_waiting()
    bedside.go(6.0)
    bedside.course.repeat(0)
    bedside.go(14.0)
    view = bedside.course.view
    assert view.phase is CoursePhase.DONE
    assert not view.findings
    assert not view.accepted
    assert view.steps[0].state is StepState.GOOD


def test_a_step_that_is_repeated_in_the_middle_of_another_goes_first() -> None:
    bedside = Bedside((rest(), smile(), rest(title="Again")))
    bedside.go(9.0)
    assert bedside.course.view.step == 1
    bedside.course.repeat(0)
    assert bedside.course.view.step == 0
    bedside.go(40.0)
    assert bedside.course.done
    assert [one.kind for one in bedside.course.segments] == [
        SegmentKind.REST,
        SegmentKind.REFERENCE,
        SegmentKind.REFERENCE,
        SegmentKind.REST,
    ]


def test_the_patient_lets_go_of_what_is_broken_off() -> None:
    bedside = Bedside((smile(holds=3),))
    bedside.go(1.4)
    bedside.course.pause()
    bedside.go(3.0)
    truth = bedside.patient.truth(bedside.patient.position - 250, bedside.patient.position)
    assert bedside.course.view.phase is CoursePhase.PAUSED
    assert float(truth.activation[:, 1].max()) < 0.01
    bedside.course.go_on()
    bedside.go(9.0)
    assert len(bedside.course.segments) == 3


def test_a_skipped_step_is_left_out_and_noted() -> None:
    bedside = Bedside((rest(), smile(), rest(title="Again")))
    bedside.course.skip(1)
    bedside.go(20.0)
    view = bedside.course.view
    assert view.phase is CoursePhase.DONE
    assert view.steps[1].state is StepState.SKIPPED
    assert [one.kind for one in bedside.course.segments] == [SegmentKind.REST] * 2
    notes = [one.text for one in bedside.happened if isinstance(one, Noted)]
    assert notes == ["Left out: Cheek, left"]


def test_skipping_the_running_step_begins_the_next_at_once() -> None:
    bedside = Bedside((rest(), smile()))
    bedside.go(1.0)
    bedside.course.skip(0)
    assert bedside.course.view.step == 1


def test_taking_back_what_was_wrong_lets_it_go_on_from_now() -> None:
    bedside = Bedside((contact(), rest(seconds=1.0), rest(), smile()))
    bedside.until_waiting()
    bedside.go(5.0)
    bedside.course.skip(1)
    sample = bedside.course.sample
    bedside.go(0.5)
    began = [one for one in bedside.happened if isinstance(one, StepBegan)]
    assert began[-1].timing.began == sample


def test_a_pause_between_two_steps_holds_there() -> None:
    bedside = Bedside((contact(), rest()))
    bedside.go(2.6)
    assert bedside.course.view.phase is CoursePhase.JUDGED
    bedside.course.pause()
    bedside.go(5.0)
    view = bedside.course.view
    assert (view.phase, view.waiting) == (CoursePhase.JUDGED, True)
    bedside.course.go_on()
    assert bedside.course.view.step == 1


def test_going_on_in_the_middle_of_a_step_does_nothing() -> None:
    bedside = Bedside((rest(), smile()))
    bedside.go(1.0)
    before = bedside.course.view
    bedside.course.go_on()
    assert bedside.course.view == before


def test_beginning_again_forgets_everything() -> None:
    bedside = Bedside((contact(), rest(), smile()), loose_first())
    bedside.until_waiting()
    bedside.course.go_on()
    bedside.go(8.0)
    bedside.course.begin_again()
    view = bedside.course.view
    assert (view.step, bedside.course.segments) == (0, ())
    assert not view.findings
    assert not view.accepted


def test_a_done_course_can_repeat_a_step() -> None:
    bedside = Bedside((rest(), smile()))
    bedside.go(15.0)
    phases = [bedside.course.view.phase]
    bedside.course.repeat(1)
    phases.append(bedside.course.view.phase)
    bedside.go(15.0)
    phases.append(bedside.course.view.phase)
    assert phases == [CoursePhase.DONE, CoursePhase.PREPARE, CoursePhase.DONE]


def test_lost_samples_are_a_finding_not_silence() -> None:
    course = Course((rest(), smile()), FACE, STREAM, QUICK)
    data = np.concatenate([recorded(3.0)] * 4)
    course.push(Chunk(0, data[:500]))
    course.push(Chunk(1300, data[1300:]))
    assert {one.fault for one in course.view.findings} == {Fault.LOST}
    assert len(course.view.findings) == len(FACE.sites)


def test_nonsense_is_refused() -> None:
    course = Course(SHORT, FACE, STREAM, QUICK)
    with pytest.raises(ValueError, match="steps 0 to 2, not 3"):
        course.repeat(3)
    with pytest.raises(ValueError, match="at least one step"):
        Course((), FACE, STREAM, QUICK)
    with pytest.raises(ValueError, match="does not fit"):
        Course(SHORT, montages()["face-8"], STREAM, ChainSettings())
