"""Events in words, as tables of results have them."""

from calibration.muscles import Side
from calibration.segments import SegmentKind
from host.recording.event_words import kind_of, samples_of, text_of
from host.recording.events import CalibrationBegun, SegmentMarked


def test_a_stretch_says_what_was_asked_and_how_long() -> None:
    hold = SegmentMarked(
        sample=10, stop=40, kind=SegmentKind.REFERENCE, muscle="ZYG", side=Side.RIGHT
    )
    assert (kind_of(hold), text_of(hold), samples_of(hold)) == (
        "segment",
        "reference ZYG right",
        30,
    )
    rest = SegmentMarked(sample=0, stop=5, kind=SegmentKind.REST, void=True)
    assert text_of(rest) == "rest taken back"


def test_tables_of_results_do_not_name_the_person() -> None:
    begun = CalibrationBegun(
        sample=0, person="P01", therapist="T01", electrodes="e1", applied="2026-11-25"
    )
    assert text_of(begun) == "electrodes e1 of 2026-11-25"
