"""Blinks in a hold are no synkinesis; an eye that narrows alone is."""

from host.detection.cues import Cue, Phase
from host.session.practising.blinking import EyeRuns
from tests.host.session.practising.bench import EYE, EYE_LEFT, MONTAGE, RATE_HZ, SMILE, frame

HOP = 5
HOLD = Cue(start=0, pattern=SMILE, phase=Phase.HOLD)


def blinks(*works: tuple[int, int, int]) -> tuple[tuple[int, int], ...]:
    """Return what of the affected eye were blinks, where eyes work from sample to sample."""
    runs = EyeRuns(MONTAGE, HOP, RATE_HZ)
    for sample in range(HOP, 1000, HOP):
        active = [eye for eye, start, stop in works if start < sample <= stop]
        runs.push(frame(sample, HOLD, active=active))
    return runs.blinks(EYE)


def test_a_short_run_of_both_eyes_at_once_is_a_blink() -> None:
    assert blinks((EYE_LEFT, 200, 270), (EYE, 205, 280)) == ((205, 280),)


def test_an_eye_that_narrows_alone_is_no_blink() -> None:
    assert blinks((EYE, 205, 280)) == ()


def test_an_eye_that_stays_narrow_is_no_blink_though_the_other_blinks() -> None:
    assert blinks((EYE_LEFT, 200, 270), (EYE, 205, 500)) == ()
    assert blinks((EYE_LEFT, 200, 500), (EYE, 205, 270)) == ()


def test_two_eyes_one_after_the_other_do_not_blink() -> None:
    assert blinks((EYE_LEFT, 200, 250), (EYE, 300, 350)) == ()
