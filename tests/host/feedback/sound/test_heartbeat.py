"""Whether sound goes out is judged by what is taken: a dead sound server says nothing."""

from collections.abc import Iterable

from host.feedback.sound.audio_out import REFUSED, STARTING
from host.feedback.sound.heartbeat import LATE_LOOKS, REOPEN_LOOKS, Heartbeat


def after(taken: Iterable[int]) -> Heartbeat:
    heart = Heartbeat()
    for samples in taken:
        heart = heart.after(samples)
    return heart


def test_before_the_first_sample_was_taken_nobody_can_tell() -> None:
    assert Heartbeat().problem == STARTING
    assert after([0]).problem == STARTING


def test_while_samples_are_taken_all_is_well() -> None:
    assert after(range(100, 1000, 100)).problem == ""
    assert not after(range(100, 1000, 100)).reopen(failed=True)


def test_silence_of_a_dead_loudspeaker_is_not_taken_for_rest() -> None:
    alive = [100, 200, 300]
    assert after([*alive, 300]).problem == ""
    assert after([*alive, *[300] * LATE_LOOKS]).problem == REFUSED


def test_a_loudspeaker_that_never_begins_is_told_too() -> None:
    assert after([0] * LATE_LOOKS).problem == REFUSED


def test_a_loudspeaker_that_failed_is_opened_anew_now_and_then() -> None:
    dead = [100, *[100] * 3 * REOPEN_LOOKS]
    looks = range(1, len(dead) + 1)
    opened = [number for number in looks if after(dead[:number]).reopen(failed=True)]
    assert opened == [1 + REOPEN_LOOKS, 1 + 2 * REOPEN_LOOKS, 1 + 3 * REOPEN_LOOKS]
    assert after([*dead, 200]).problem == ""


def test_one_that_only_says_nothing_is_left_alone() -> None:
    assert not any(after([100] * number).reopen(failed=False) for number in range(40))
