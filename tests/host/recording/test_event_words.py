"""Events in words, as tables of results have them."""

from calibration.muscles import Side
from calibration.segments import SegmentKind
from host.recording.bout_events import (
    AttemptLeftOut,
    BoutBegun,
    BoutEnded,
    BoutPaused,
    FeedbackSet,
    Felt,
)
from host.recording.calibration_events import CalibrationBegun, SegmentMarked
from host.recording.event_words import kind_of, samples_of, text_of


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


def test_a_bout_is_told_from_its_beginning_to_its_end() -> None:
    begun = BoutBegun(
        sample=0, number=2, pattern="pucker", mode="faded", faded_share=0.5, bout_s=120.0,
        rise_s=2.0, hold_s=5.0, release_s=2.0, rest_s=10.0, pause_s=60.0,
    )  # fmt: skip
    events = (
        begun,
        FeedbackSet(sample=1, attempt=1, shown=True),
        FeedbackSet(sample=1, attempt=2, shown=False),
        AttemptLeftOut(sample=2, attempt=2, why="It was skipped."),
        Felt(sample=3, attempt=1, muscles=("OOC", "ZYG")),
        Felt(sample=3, attempt=1, skipped=True),
        BoutPaused(sample=4),
        BoutPaused(sample=4, quiet=True),
        BoutPaused(sample=5, on=False),
        BoutEnded(sample=6, number=2, why="It was ended."),
    )
    assert [text_of(event) for event in events] == [
        "bout 2: pucker, faded, 120 s",
        "attempt 1 with feedback",
        "attempt 2 without feedback",
        "attempt 2: It was skipped.",
        "attempt 1: OOC ZYG",
        "attempt 1: not answered",
        "paused",
        "quiet",
        "goes on",
        "bout 2: It was ended.",
    ]
