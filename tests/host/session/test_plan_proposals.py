"""T4: a line so that 70–80 % of attempts succeed; then 5–10 % lower, by the therapist."""

import pytest

from calibration.attempts import AttemptLevels
from calibration.thresholds import Shaping
from host.clinic.plan import PlannedPattern
from host.session.plan_proposals import next_line

PUCKER = PlannedPattern(name="pucker", line=0.25)
RULES = Shaping()


def attempts(*levels: float) -> list[AttemptLevels]:
    return [AttemptLevels(critical=level) for level in levels]


def test_t4_while_three_quarters_succeed_the_next_step_is_a_little_lower() -> None:
    tried = attempts(0.1, 0.12, 0.15, 0.2, 0.2, 0.22, 0.3, 0.4)
    found = next_line(PUCKER, tried, 0.05, RULES)
    assert found is not None
    assert 0.9 * PUCKER.line <= found.threshold <= 0.95 * PUCKER.line
    assert found.reason == ("6 of the last 8 attempts stayed below 25.0%: the next step is 23.2%.")


def test_t4_where_most_fail_the_line_that_three_quarters_meet_is_named() -> None:
    found = next_line(PUCKER, attempts(0.2, 0.3, 0.35, 0.4, 0.5, 0.6), 0.05, RULES)
    assert found is not None
    assert 0.4 < found.threshold < 0.6


def test_t4_where_nearly_all_succeed_it_is_named_too() -> None:
    found = next_line(PUCKER, attempts(*[0.05, 0.06, 0.07, 0.08, 0.1] * 2), 0.05, RULES)
    assert found is not None
    assert 0.07 < found.threshold < 0.11


def test_only_the_last_attempts_count() -> None:
    long_ago = attempts(*[0.9] * 20)
    lately = attempts(*[0.1] * 7, *[0.3] * 3)
    assert next_line(PUCKER, long_ago + lately, 0.05, RULES) == next_line(
        PUCKER, lately, 0.05, RULES
    )


def test_too_few_attempts_move_nothing() -> None:
    assert next_line(PUCKER, attempts(0.1, 0.1, 0.1), 0.05, RULES) is None
    unknown = [AttemptLevels(critical=0.1, known=False)] * 10
    assert next_line(PUCKER, unknown, 0.05, RULES) is None


def test_p11_no_line_is_finer_than_the_noise_allows() -> None:
    tried = attempts(*[0.1] * 7, *[0.3] * 3)
    near = next_line(PUCKER, tried, 0.24, RULES)
    assert near is not None
    assert (near.threshold, near.floored) == (0.24, True)
    assert next_line(PUCKER, tried, 0.25, RULES) is None
    easy = attempts(*[0.01] * 10)
    assert next_line(PUCKER, easy, PUCKER.line, RULES) is None


def test_the_rules_that_ship_with_the_program_are_used_unless_told_otherwise() -> None:
    found = next_line(PUCKER, attempts(*[0.1] * 7, *[0.3] * 3), 0.05)
    assert found is not None
    assert found.threshold == pytest.approx(0.25 * 0.93)
