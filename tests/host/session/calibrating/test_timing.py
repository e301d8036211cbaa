"""When the phases of a step fall."""

from host.acquisition.simulated.settings import PatientSettings
from host.session.calibrating.timing import Hold, timing
from host.session.calibrating.view import CoursePhase
from tests.host.session.calibrating.courses import rest, smile

STREAM = PatientSettings().stream


def test_holds_follow_each_other_with_rise_and_pause() -> None:
    found = timing(smile(holds=2), 1000, STREAM)
    assert found.holds == (
        Hold(rise=1125, start=1250, stop=1625),
        Hold(rise=1750, start=1875, stop=2250),
    )
    assert found.stop == 2250


def test_every_sample_has_its_phase() -> None:
    found = timing(smile(holds=2), 1000, STREAM)
    phases = [found.place(sample).phase for sample in (1000, 1124, 1125, 1624, 1625, 1750, 2250)]
    assert phases == [
        CoursePhase.PREPARE,
        CoursePhase.PREPARE,
        CoursePhase.HOLD,
        CoursePhase.HOLD,
        CoursePhase.PAUSE,
        CoursePhase.HOLD,
        CoursePhase.JUDGED,
    ]
    assert found.place(1700).hold == 1
    assert found.place(1700).until == 1750


def test_at_rest_nothing_has_to_be_reached() -> None:
    (hold,) = timing(rest(), 0, STREAM).holds
    assert hold.rise == hold.start == 125
