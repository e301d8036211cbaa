"""What became of each attempt: unknown is never quiet (P14, P3)."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from calibration.montage import Montage, montages, plain_montage
from calibration.muscles import Side
from calibration.patterns import Role
from host.chain.stream import FloatArray
from host.detection.attempts import Attempt
from host.detection.blinks import Blink
from host.detection.cocontraction import Episode
from host.report.outcomes import AttemptOutcome, Outcomes, Verdict
from tests.cuts import cuts
from tests.host.report.frames import HOP, RATE_HZ, SMILE, frames

FACE = montages()["face-4"]
EYE_LEFT, CHEEK_LEFT, EYE_RIGHT, CHEEK_RIGHT = range(4)
ATTEMPT = Attempt(number=1, pattern=SMILE, start=100, hold=(200, 400), stop=500)
LATER = Attempt(number=2, pattern=SMILE, start=600, hold=(700, 800), stop=800)


def quiet(hops: int = 400) -> FloatArray:
    return np.full((hops, 4), 0.1)


def outcome(
    levels: FloatArray,
    *episodes: Episode,
    attempt: Attempt = ATTEMPT,
    montage: Montage = FACE,
    strong: tuple[int, int, int] = (0, 0, 0),
) -> AttemptOutcome:
    """Return the outcome of one attempt; the target `strong[2]` is too strong for some hops."""
    outcomes = Outcomes([attempt], montage, Side.RIGHT, RATE_HZ)
    too_strong = np.zeros(levels.shape, dtype=np.bool_)
    too_strong[strong[0] : strong[1], strong[2]] = True
    # As a monitor would: cut where an attempt begins and ends.
    bounds = [0, attempt.start // HOP, attempt.stop // HOP, len(levels)]
    for begin, end in pairwise(sorted({min(bound, len(levels)) for bound in bounds})):
        part = slice(begin, end)
        outcomes.push(frames(begin, levels[part], too_strong=too_strong[part]))
    outcomes.close(episodes)
    (found,) = outcomes.attempts
    return found


def along(channel: int, start: int, stop: int) -> Episode:
    return Episode(channel=channel, start=start, stop=stop, peak=0.6, pattern=SMILE)


def test_p14_when_all_quiet_muscles_were_quiet_the_attempt_stayed_quiet() -> None:
    levels = quiet()
    levels[:, CHEEK_RIGHT] = 0.9
    found = outcome(levels)
    assert found.verdict is Verdict.QUIET
    cheek, eye = found.muscles[CHEEK_RIGHT], found.muscles[EYE_RIGHT]
    assert (cheek.role, eye.role) == (Role.TARGET, Role.QUIET)
    assert cheek.hold_mean == pytest.approx(0.9)
    assert (eye.peak, eye.known, eye.episodes) == (0.1, 1.0, 0)


def test_a_muscle_that_came_along_decides_the_verdict() -> None:
    found = outcome(quiet(), along(EYE_RIGHT, 250, 300), along(EYE_RIGHT, 350, 400))
    assert found.verdict is Verdict.ALONG
    eye = found.muscles[EYE_RIGHT]
    assert eye.episodes == 2
    assert eye.along_s == pytest.approx(0.4)


def test_t2_what_came_along_with_a_blink_is_counted_apart_and_fails_nothing() -> None:
    found = outcome(quiet(), replace(along(EYE_RIGHT, 250, 300), with_blink=True))
    assert found.verdict is Verdict.QUIET
    eye = found.muscles[EYE_RIGHT]
    assert (eye.episodes, eye.along_s, eye.with_blinks) == (0, 0.0, 1)


def test_p3_the_other_side_is_a_comparison_and_decides_nothing() -> None:
    found = outcome(quiet(), along(EYE_LEFT, 250, 300))
    assert found.verdict is Verdict.QUIET
    assert found.muscles[EYE_LEFT].episodes == 1


@pytest.mark.parametrize(("share", "verdict"), [(0.45, Verdict.QUIET), (0.55, Verdict.UNKNOWN)])
def test_a_quiet_muscle_that_was_not_known_is_not_called_quiet(
    share: float, verdict: Verdict
) -> None:
    levels = quiet()
    levels[100 : 100 + round(100 * share), EYE_RIGHT] = np.nan
    found = outcome(levels)
    assert found.verdict is verdict
    assert found.muscles[EYE_RIGHT].known == pytest.approx(1.0 - share)
    assert found.muscles[EYE_RIGHT].hold_mean == pytest.approx(0.1)


def test_frames_that_never_came_are_not_known_either() -> None:
    outcomes = Outcomes([ATTEMPT], FACE, Side.RIGHT, RATE_HZ)
    outcomes.push(frames(50, quiet()[:60]))
    (found,) = outcomes.attempts
    assert found.verdict is Verdict.UNKNOWN
    assert found.muscles[EYE_RIGHT].known == pytest.approx(0.1)


def test_of_which_nothing_is_known_nothing_is_said() -> None:
    found = outcome(np.full((400, 4), np.nan))
    assert found.verdict is Verdict.UNKNOWN
    assert {(one.hold_mean, one.peak, one.known) for one in found.muscles} == {(None, None, 0.0)}


def test_what_never_came_to_a_hold_is_not_scored() -> None:
    short = Attempt(number=1, pattern=SMILE, start=100, hold=(180, 180), stop=180)
    assert outcome(quiet(), attempt=short).verdict is Verdict.UNKNOWN
    assert outcome(quiet(), along(EYE_RIGHT, 150, 170), attempt=short).verdict is Verdict.ALONG


def test_without_a_quiet_muscle_on_the_affected_side_nothing_is_judged() -> None:
    montage = Montage(name="two", sites=(FACE.sites[EYE_LEFT], FACE.sites[CHEEK_RIGHT]))
    found = outcome(quiet()[:, :2], montage=montage)
    assert found.verdict is Verdict.UNJUDGED


def test_every_plain_channel_is_asked_to_be_quiet() -> None:
    found = outcome(quiet(), montage=plain_montage(4))
    assert {one.role for one in found.muscles} == {Role.QUIET}
    assert found.verdict is Verdict.QUIET
    assert outcome(quiet(), along(1, 250, 300), montage=plain_montage(4)).verdict is Verdict.ALONG


def test_p8_only_the_affected_target_counts_as_too_strong() -> None:
    assert outcome(quiet(), strong=(60, 85, CHEEK_RIGHT)).too_strong_s == pytest.approx(0.2)
    assert outcome(quiet(), strong=(60, 85, CHEEK_LEFT)).too_strong_s == 0.0


def test_the_peak_is_of_the_whole_attempt_the_mean_of_the_hold() -> None:
    levels = quiet()
    levels[60, EYE_RIGHT] = 0.7
    levels[0, EYE_RIGHT] = 5.0
    eye = outcome(levels).muscles[EYE_RIGHT]
    assert eye.peak == 0.7
    assert eye.hold_mean == pytest.approx(0.1)


def test_an_episode_counts_in_every_attempt_that_it_touches() -> None:
    outcomes = Outcomes([ATTEMPT, LATER], FACE, Side.RIGHT, RATE_HZ)
    long, between, before = along(2, 450, 620), along(2, 520, 590), along(2, 10, 100)
    outcomes.push(frames(0, quiet(), ended=((1, before), (300, between), (310, long))))
    first, second = outcomes.attempts
    assert (first.muscles[2].episodes, second.muscles[2].episodes) == (1, 1)
    assert outcomes.episodes == [before, between, long]


@settings(deadline=None)
@given(cuts(200))
def test_it_does_not_depend_on_how_the_frames_were_cut(points: list[int]) -> None:
    levels = np.random.default_rng(3).uniform(0.0, 1.0, (200, 4))
    levels[120:140, 2] = np.nan
    attempt = Attempt(number=1, pattern=SMILE, start=0, hold=(200, 380), stop=400)

    def run(cut: list[int]) -> AttemptOutcome:
        outcomes = Outcomes([attempt], FACE, Side.RIGHT, RATE_HZ)
        for begin, end in pairwise(sorted({0, *cut, 200})):
            outcomes.push(frames(begin, levels[begin:end]))
        return outcomes.attempts[0]

    assert run(points) == run([])


@pytest.mark.parametrize(("hops", "verdict"), [(40, Verdict.QUIET), (60, Verdict.UNKNOWN)])
def test_p5_what_was_touched_is_left_out_and_said_to_be(hops: int, verdict: Verdict) -> None:
    outcomes = Outcomes([ATTEMPT], FACE, Side.RIGHT, RATE_HZ)
    finger = np.zeros(4, dtype=np.bool_)
    finger[EYE_RIGHT] = True
    levels = quiet(hops)
    levels[:, EYE_RIGHT] = np.nan
    outcomes.push(frames(50, quiet(50)))
    outcomes.push(replace(frames(100, levels), touched=finger))
    outcomes.push(frames(100 + hops, quiet(150 - hops)))
    (found,) = outcomes.attempts
    eye, cheek = found.muscles[EYE_RIGHT], found.muscles[CHEEK_RIGHT]
    assert found.verdict is verdict
    assert (eye.touched_s, cheek.touched_s) == (hops * HOP / RATE_HZ, 0.0)
    assert eye.known == pytest.approx(1.0 - hops / 100)
    assert eye.hold_mean == pytest.approx(0.1)


def test_blinks_are_counted_with_the_attempt_in_which_they_began() -> None:
    outcomes = Outcomes([ATTEMPT, LATER], FACE, Side.RIGHT, RATE_HZ)
    told = [Blink(onset=at, offset=at + 40, channels=(0, 2)) for at in (40, 120, 490, 650)]
    rows = tuple((7, blink) for blink in told)
    outcomes.push(replace(frames(50, quiet(350)), blinks=rows))
    assert [found.blinks for found in outcomes.attempts] == [2, 1]
    assert outcomes.blinks == told
