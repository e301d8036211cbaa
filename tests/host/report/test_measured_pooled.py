"""Measures pooled over a session, as words and as plain data: never finer than they are known."""

import json
from dataclasses import replace

import pytest

from calibration.measured import Measured, attempts_needed, normal, pooled, unknown
from calibration.muscles import Side
from calibration.patterns import Role
from host.report.measured_kinds import AttemptMeasures, Measure
from host.report.measured_pooled import NOT_MEASURED, PooledMuscle, pooled_patterns
from host.report.measured_words import (
    HEAD,
    UNKNOWN,
    measure_lines,
    measures_json,
    ranged,
    rounded,
)
from tests.host.report.measured_drawn import attempt, measured, row


def session(*eyes: float, calibrated: bool = True) -> tuple[AttemptMeasures, ...]:
    """Return attempts in which the right eye came along so much."""
    made, first = [], 0
    for eye in eyes:
        made.append(attempt((0.04, 0.9, eye, 0.8), first=first, calibrated=calibrated))
        first = made[-1][-1].first + len(made[-1][-1])
    return measured(*made)


def right_eye(attempts: tuple[AttemptMeasures, ...]) -> PooledMuscle:
    (one,) = pooled_patterns(attempts)
    (eye,) = [own for own in one.muscles if (own.muscle, own.side) == ("OOC", "right")]
    return eye


def test_p11_ratios_are_pooled_as_calibration_pools_them() -> None:
    attempts = session(0.2, 0.3, 0.4)
    ratios = [row(one, Measure.RATIO, "OOC").measured for one in attempts]
    levels = [row(one, Measure.ACTIVATION, "OOC").measured for one in attempts]
    eye = right_eye(attempts)
    assert eye.ratio == pooled(ratios)
    assert eye.ratio.value == pytest.approx(0.3 / 0.8, rel=1e-3)
    assert (eye.activation, eye.needed) == (pooled(levels), attempts_needed(levels))
    assert (eye.target, eye.role) == ("ZYG", Role.QUIET)


def test_p11_attempts_are_pooled_until_one_per_cent_of_the_reference_can_be_told() -> None:
    assert not right_eye(session(0.2, 0.3, 0.4)).told
    assert right_eye(session(0.2, 0.2, 0.2)).told


def test_involvement_is_per_attempt_and_side() -> None:
    (one,) = pooled_patterns(session(0.2, 0.02, 0.2))
    assert one.involvement["right"].value == pytest.approx(2 / 3)
    assert one.involvement["left"].value == 0.0
    assert (one.pattern, one.attempts, one.calibrated) == ("gentle closed smile", 3, True)


def test_patterns_are_kept_apart_and_what_was_not_measured_is_unknown() -> None:
    smile = session(0.2)
    other = replace(smile[0], pattern="pucker", calibrated=False)
    bare = replace(other, rows=tuple(r for r in other.rows if r.measure is Measure.RATIO))
    found = pooled_patterns([*smile, bare])
    assert [(one.pattern, one.calibrated) for one in found] == [
        ("gentle closed smile", True),
        ("pucker", False),
    ]
    assert found[1].muscles[0].release.reason == NOT_MEASURED
    assert pooled_patterns([]) == ()


def test_the_block_has_a_line_for_each_quiet_muscle_of_the_affected_side() -> None:
    attempts = session(0.2, 0.22, 0.23, calibrated=False)
    lines = measure_lines(pooled_patterns(attempts), Side.RIGHT)
    assert lines[0] == f"{HEAD}:"
    head = (
        "  gentle closed smile, 3 attempts, not calibrated: 1 of 1 muscles came along on the right"
    )
    assert lines[1] == head
    assert lines[2].startswith("    Eye, right: 0.25 (0.20 to 0.30) of the cheek; ")
    assert "released after 0." in lines[2]
    assert lines[2].endswith("; 1 % needs 12 attempts")
    assert len(lines) == 3
    assert measure_lines((), Side.RIGHT) == []


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Measured(value=0.4431, low=0.4093, high=0.4782, unit=""), "0.44 (0.40 to 0.48)"),
        (Measured(value=-0.03, low=-0.09, high=0.03, unit=""), "0.00 (0.00 to 0.05)"),
        (Measured(value=1.2345, low=1.2141, high=1.2549, unit="s"), "1.24 s (1.22 to 1.26)"),
        (Measured(value=0.0, low=0.0, high=0.0, unit="s"), "0 s"),
        (unknown("s", "the signal was lost"), UNKNOWN),
    ],
)
def test_p11_digits_are_never_finer_than_the_interval_allows(found: Measured, text: str) -> None:
    assert ranged(found, least=0.0) == text


def test_a_value_without_a_bound_is_shown_as_it_is() -> None:
    found = Measured(value=-1.0, low=-float("inf"), high=0.5, unit="ln")
    assert ranged(found) == "-1.00 (? to 0.50)"


def test_attempts_that_are_all_alike_have_no_digits_of_adding_up() -> None:
    found = Measured(value=2.0, low=1.9999999999999996, high=2.0000000000000004, unit="of 3")
    assert ranged(found, least=0.0) == "2"


def test_a_nought_has_no_sign() -> None:
    found = Measured(value=-0.04, low=-2.0, high=2.0, unit="s", n=3.0)
    assert ranged(found) == "0 s (-2 to 2)"


def test_rounding_keeps_the_value_within_its_interval() -> None:
    for value in (0.0, 0.013, 0.44, 5.0, 123.0):
        for sd in (0.003, 0.02, 0.7):
            shown, low, high = rounded(normal(value, sd**2, ""))
            assert low <= shown <= high


def test_json_has_null_for_what_is_unknown_and_holds_together() -> None:
    attempts = session(0.02, 0.02)
    (one,) = measures_json(pooled_patterns(attempts))
    text = json.dumps(one, allow_nan=False)
    assert json.loads(text) == one
    (eye,) = [m for m in one["muscles"] if (m["muscle"], m["side"]) == ("OOC", "right")]
    assert eye["release"]["value"] is None
    assert "stayed at rest" in eye["release"]["reason"]
    assert eye["synkinesis_ratio"]["value"] == pytest.approx(0.025, abs=0.01)
    assert one["involvement"]["right"]["low"] == 0.0
