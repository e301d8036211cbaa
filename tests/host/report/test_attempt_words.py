"""Attempts in words that both people in the room can read (P2)."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from calibration.montage import plain_montage
from host.report.attempt_words import attempt_words, headline
from host.report.outcomes import AttemptOutcome, Verdict
from host.report.results import Results, judged
from tests.host.session.recordings import EYE_LEFT, EYE_RIGHT, opened, plain

WORKOUT = re.compile(r"exercise|\breps?\b|point|fail|wrong|bad|good|target", re.IGNORECASE)
"""P2: no workout language, no race, no points; and no blame."""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return judged(opened(tmp_path_factory.mktemp("words")))


def test_a_quiet_attempt_says_so_and_how_far_the_target_led(results: Results) -> None:
    title, head, *lines = attempt_words(results.attempts[1], results)
    assert title == "2 · gentle eye closure"
    assert head == "All quiet muscles stayed quiet."
    (led,) = lines
    assert re.fullmatch(r"Eye, right: led at 0\.\d\d", led)


def test_p14_what_came_along_is_named_with_its_time_and_height(results: Results) -> None:
    _, head, *lines = attempt_words(results.attempts[0], results)
    assert head == "Eye came along."
    assert re.fullmatch(r"Eye, right: came along for 1\.\d s, up to 0\.\d\d", lines[0])


def test_an_attempt_with_too_little_signal_is_not_scored(results: Results) -> None:
    _, head, *lines = attempt_words(results.attempts[3], results)
    assert head == "Not scored: too little signal."
    assert any(re.fullmatch(r"Cheek, right: no signal for \d+ % of it", line) for line in lines)


def test_two_and_three_muscles_are_listed_as_a_person_would(results: Results) -> None:
    (first, *_) = results.attempts
    also = replace(first.muscles[EYE_RIGHT], channel=3)
    both = replace(first, muscles=(*first.muscles[:3], also))
    assert headline(both, results) == "Eye and Cheek came along."
    ours = replace(results, montage=plain_montage(3))
    three = replace(first, muscles=tuple(replace(also, channel=at) for at in range(3)))
    assert headline(three, ours) == "Channel 1, Channel 2 and Channel 3 came along."


@pytest.mark.parametrize(
    ("verdict", "hold", "sentence"),
    [
        (Verdict.UNJUDGED, (0, 9), "No muscle was asked to be quiet."),
        (Verdict.UNKNOWN, (5, 5), "Not scored: it never came to a hold."),
    ],
)
def test_what_could_not_be_judged_says_why(
    results: Results, verdict: Verdict, hold: tuple[int, int], sentence: str
) -> None:
    first = results.attempts[0]
    attempt = replace(first.attempt, hold=hold)
    assert headline(replace(first, attempt=attempt, verdict=verdict), results) == sentence


def test_p8_too_much_effort_is_answered_with_softer(results: Results) -> None:
    lines = attempt_words(replace(results.attempts[1], too_strong_s=1.25), results)
    assert lines[-1] == "Softer would do: above the ceiling for 1.2 s"


def test_p2_the_words_are_calm(results: Results) -> None:
    outcomes: list[AttemptOutcome] = list(results.attempts)
    outcomes += [replace(one, too_strong_s=2.0, verdict=Verdict.UNKNOWN) for one in outcomes]
    for outcome in outcomes:
        for line in attempt_words(outcome, results):
            assert not WORKOUT.search(line), line


def test_the_other_side_is_told_too(results: Results) -> None:
    first = results.attempts[0]
    eye = replace(first.muscles[EYE_LEFT], episodes=1, along_s=0.4, peak=0.5)
    lines = attempt_words(replace(first, muscles=(eye, *first.muscles[1:])), results)
    assert "Eye, left: came along for 0.4 s, up to 0.50" in lines
    assert lines[1] == "Eye came along."


def test_plain_channels_have_no_attempts(tmp_path: Path) -> None:
    assert judged(plain(tmp_path)).attempts == ()


def test_p5_a_touched_muscle_is_named_as_touched_and_says_for_how_long(results: Results) -> None:
    first = results.attempts[3]
    muscles = tuple(
        replace(one, touched_s=1.25) if one.channel == EYE_RIGHT else one for one in first.muscles
    )
    _, head, *lines = attempt_words(replace(first, muscles=muscles), results)
    assert head == "Not scored: touched, so too little signal."
    assert "Eye, right: touched for 1.2 s, which is not scored" in lines


@pytest.mark.parametrize(("count", "words"), [(1, "a blink"), (3, "3 blinks")])
def test_blinks_are_said_to_be_left_out(results: Results, count: int, words: str) -> None:
    lines = attempt_words(replace(results.attempts[1], blinks=count), results)
    assert lines[-1] == f"Left out of the score: {words}"
