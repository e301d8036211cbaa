"""Attempts as the cues asked for them (T4, P12)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from host.detection.attempts import Attempt, attempts_in
from host.detection.cues import Cue, Phase

SMILE, PUCKER = "gentle closed smile", "pucker"


def cues(*parts: tuple[int, str, Phase]) -> list[Cue]:
    return [Cue(start=start, pattern=pattern, phase=phase) for start, pattern, phase in parts]


def test_t4_an_attempt_rises_holds_and_releases() -> None:
    given_cues = cues(
        (0, SMILE, Phase.REST),
        (100, SMILE, Phase.RISE),
        (150, SMILE, Phase.HOLD),
        (400, SMILE, Phase.RELEASE),
        (450, PUCKER, Phase.REST),
        (600, PUCKER, Phase.RISE),
        (650, PUCKER, Phase.HOLD),
    )
    assert attempts_in(given_cues, 900) == (
        Attempt(number=1, pattern=SMILE, start=100, hold=(150, 400), stop=450),
        Attempt(number=2, pattern=PUCKER, start=600, hold=(650, 900), stop=900),
    )


def test_p12_the_rest_of_the_same_pattern_belongs_to_the_attempt_before_it() -> None:
    given_cues = cues(
        (0, SMILE, Phase.RISE),
        (50, SMILE, Phase.HOLD),
        (90, SMILE, Phase.REST),
        (200, SMILE, Phase.RISE),
        (250, SMILE, Phase.HOLD),
        (300, SMILE, Phase.FREE),
    )
    first, second = attempts_in(given_cues, 500)
    assert (first.stop, second.stop) == (200, 300)


def test_what_ends_before_its_hold_has_none() -> None:
    (attempt,) = attempts_in(cues((100, SMILE, Phase.RISE), (150, SMILE, Phase.HOLD)), 120)
    assert (attempt.start, attempt.hold, attempt.stop) == (100, (120, 120), 120)


def test_a_hold_without_a_rise_is_an_attempt_too() -> None:
    (attempt,) = attempts_in(cues((100, SMILE, Phase.HOLD)), 200)
    assert (attempt.start, attempt.hold) == (100, (100, 200))


def test_rest_and_free_movement_are_no_attempts() -> None:
    assert attempts_in(cues((0, SMILE, Phase.FREE), (50, SMILE, Phase.REST)), 100) == ()
    assert attempts_in((), 100) == ()


def test_a_cue_that_is_taken_back_at_once_is_none() -> None:
    given_cues = cues((10, PUCKER, Phase.RISE), (10, SMILE, Phase.RISE), (20, SMILE, Phase.HOLD))
    (attempt,) = attempts_in(given_cues, 100)
    assert (attempt.number, attempt.pattern) == (1, SMILE)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 200), st.sampled_from((SMILE, PUCKER)), st.sampled_from(list(Phase))
        ),
        max_size=12,
    ),
    st.integers(1, 250),
)
def test_attempts_are_in_order_and_apart(parts: list[tuple[int, str, Phase]], stop: int) -> None:
    found = attempts_in(cues(*sorted(parts, key=lambda part: part[0])), stop)
    assert [attempt.number for attempt in found] == list(range(1, len(found) + 1))
    assert all(one.stop <= other.start for one, other in pairwise(found))
    for attempt in found:
        begin, end = attempt.hold
        assert 0 <= attempt.start < attempt.stop <= stop
        assert attempt.start <= begin <= end <= attempt.stop
