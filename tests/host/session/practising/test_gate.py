"""Who counts, who works still, who is not known, and what an attempt has lost (P12)."""

from collections.abc import Mapping

from host.chain.quality import Quality
from host.detection.cues import Cue, Phase
from host.session.practising.gate import ReleaseWatch
from tests.host.session.practising.bench import (
    CHEEK,
    CHEEK_LEFT,
    EYE,
    EYE_LEFT,
    FIRST,
    MONTAGE,
    SMILE,
    frame,
)


def watched(*frames: Mapping[str, object], excluded: tuple[int, ...] = ()) -> ReleaseWatch:
    """Return what is known after frames in which muscles did so, one every 25 samples."""
    watch = ReleaseWatch(MONTAGE, excluded)
    for number, does in enumerate(frames, start=1):
        watch.push(frame(25 * number, FIRST, **does))  # type: ignore[arg-type]
    return watch


def found(watch: ReleaseWatch) -> tuple[bool, tuple[int, ...], tuple[int, ...]]:
    """Return whether all is released, who works still, and who is not known for long enough."""
    return watch.open, watch.working, watch.settling


def test_p12_before_the_first_frame_nothing_is_released() -> None:
    assert not ReleaseWatch(MONTAGE, ()).open


def test_p12_all_that_counts_must_be_released_on_both_sides() -> None:
    assert watched({}).open
    assert not watched({"tense": [EYE_LEFT]}).open
    assert watched({"tense": [EYE_LEFT, CHEEK]}).working == (EYE_LEFT, CHEEK)


def test_p12_a_muscle_without_a_reference_is_never_released_and_no_wait_helps() -> None:
    watch = watched({"nameless": [EYE]})
    assert (watch.open, watch.unknown, watch.uncalibrated) == (False, (EYE,), (EYE,))
    assert watched({"nameless": [EYE]}, {}).uncalibrated == ()


def test_a_lost_signal_or_a_finger_is_no_missing_calibration() -> None:
    for does in ({"unknown": [EYE]}, {"touched": [EYE]}, {"nameless": [EYE], "touched": [EYE]}):
        assert watched(does).uncalibrated == ()


def test_nobody_asks_for_the_calibration_of_a_channel_that_is_left_out() -> None:
    watch = watched({"nameless": [EYE]}, excluded=(EYE,))
    assert (watch.open, watch.uncalibrated) == (True, ())


def test_p12_unknown_and_touched_muscles_are_never_released() -> None:
    for does in ({"unknown": [EYE]}, {"touched": [EYE]}):
        watch = watched(does)
        assert (watch.open, watch.unknown, watch.working) == (False, (EYE,), ())


def test_nobody_waits_for_a_channel_that_is_left_out() -> None:
    assert watched({"unknown": [EYE], "tense": [EYE]}, excluded=(EYE,)).open


def test_what_is_lost_is_what_the_attempt_counted_on() -> None:
    watch = watched({"unknown": [CHEEK]})
    watch.begin()
    rising = Cue(start=25, pattern=SMILE, phase=Phase.RISE)
    for number in range(2, 6):
        watch.push(frame(25 * number, rising, unknown=[CHEEK, EYE]))
    assert watch.lost(75) == (EYE,)
    assert watch.lost(76) == ()


def test_p5_a_finger_loses_nothing() -> None:
    watch = watched({})
    watch.begin()
    for number in range(2, 20):
        watch.push(frame(25 * number, FIRST, touched=[EYE]))
    assert watch.lost(25) == ()


def test_a_signal_that_comes_back_starts_the_time_anew() -> None:
    watch = watched({})
    watch.begin()
    for number in range(2, 10):
        watch.push(frame(25 * number, FIRST, unknown=[EYE] if number != 5 else []))
    assert watch.lost(76) == ()
    assert watch.lost(75) == (EYE,)


def test_p12_what_came_back_is_not_said_to_work_before_it_could_be_released() -> None:
    watch = ReleaseWatch(MONTAGE, (), dwell=50)
    every = (EYE_LEFT, CHEEK_LEFT, EYE, CHEEK)
    watch.push(frame(25, FIRST, unknown=every))
    watch.push(frame(50, FIRST, tense=every, moving=[EYE]))
    assert found(watch) == (False, (EYE,), (EYE_LEFT, CHEEK_LEFT, CHEEK))
    watch.push(frame(75, FIRST, tense=every))
    assert found(watch) == (False, (), every)
    watch.push(frame(100, FIRST, tense=[CHEEK]))
    assert found(watch) == (False, (CHEEK,), ())


def test_p12_after_a_gap_everything_is_new_again() -> None:
    watch = ReleaseWatch(MONTAGE, (), dwell=50)
    for number in range(1, 9):
        watch.push(frame(25 * number, FIRST))
    assert watch.open
    watch.push(frame(1000, FIRST, tense=[EYE, CHEEK]))
    assert found(watch) == (False, (), (EYE, CHEEK))
    for number in (1025, 1050):
        watch.push(frame(number, FIRST, tense=[EYE]))
    assert found(watch) == (False, (EYE,), ())


def test_what_is_bad_says_how() -> None:
    dark = {"unknown": [EYE], "quality": Quality.RAILED}
    assert watched(dark, dark).bad(25) == {EYE: Quality.RAILED}
    settling = {"unknown": [EYE], "quality": Quality.SETTLING}
    assert watched(settling, settling).bad(25) == {}
