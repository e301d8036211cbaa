"""Measures of a hold: known answers, and unknown stays unknown with its reason (T3)."""

from dataclasses import replace
from math import isnan, log

import numpy as np
import pytest

from calibration.patterns import Role, pattern
from calibration.power_trace import PIECE_S
from host.detection.cues import Phase
from host.detection.frame import Frames
from host.report.measured import measures_of
from host.report.measured_kinds import AFFECTED_TO_OTHER, BOTH, Measure
from host.report.measured_levels import NO_RAMP
from host.report.measured_seen import NO_HOLD, MeasuringTerms
from tests.host.report.frames import RATE_HZ
from tests.host.report.measured_drawn import (
    EYE_RIGHT,
    HELD,
    NOISE_UV,
    PLAIN,
    SECONDS,
    attempt,
    measured,
    row,
    terms,
)


def unknown_eye(parts: list[Frames], share: float) -> list[Frames]:
    """Return an attempt in whose hold the right eye is unknown for a share of the time."""
    hold = parts[2]
    powers = hold.power_uv2.copy()
    powers[: round(share * len(hold)), EYE_RIGHT] = np.nan
    return [*parts[:2], replace(hold, power_uv2=powers), *parts[3:]]


def test_t3_p15_a_muscle_at_a_quarter_of_the_target_has_a_ratio_of_a_quarter() -> None:
    (found,) = measured(attempt())
    own, other = (row(found, Measure.RATIO, "OOC", side) for side in ("right", "left"))
    assert own.measured.value == pytest.approx(0.25, abs=1e-9)
    assert own.measured.low < 0.25 < own.measured.high
    assert (own.target, own.role, own.channel) == ("ZYG", Role.QUIET, EYE_RIGHT)
    across = row(found, Measure.SIDE_RATIO, "OOC", AFFECTED_TO_OTHER).measured
    assert across.value == pytest.approx(log(0.25 / other.measured.value))


def test_t3_co_contraction_of_two_steady_muscles() -> None:
    (found,) = measured(attempt())
    shape, amount, time = (
        row(found, measure, "OOC").measured
        for measure in (Measure.SHAPE, Measure.AMOUNT, Measure.TIME)
    )
    assert shape.value == pytest.approx(2 * 0.2 / (0.2 + 0.8), abs=0.01)
    assert amount.value == pytest.approx(0.2, abs=0.01)
    assert time.value == pytest.approx(1.0, abs=0.03)


def test_t3_involvement_counts_quiet_muscles_above_their_rest_threshold() -> None:
    (found,) = measured(attempt())
    counts = [row(found, Measure.INVOLVEMENT, side=side).measured for side in ("right", "left")]
    assert [(one.value, one.unit) for one in counts] == [
        (1.0, "of 1 muscles"),
        (0.0, "of 1 muscles"),
    ]


def test_t3_asymmetry_is_of_the_targets_and_flagged_only_beyond_the_healthy_limit() -> None:
    (near,) = measured(attempt())
    (far,) = measured(attempt((0.04, 0.9, 0.2, 0.2)))
    cheeks = [row(one, Measure.ASYMMETRY, "ZYG", BOTH) for one in (near, far)]
    assert cheeks[0].measured.value == pytest.approx(0.1 / 1.7, abs=1e-6)
    assert [one.beyond for one in cheeks] == [False, True]
    assert cheeks[0].healthy_limit == pytest.approx(0.167 + 1.645 * 0.148)
    (eyes,) = measured(attempt((0.9, 0.04, 0.2, 0.1), name="gentle eye closure"))
    eye = row(eyes, Measure.ASYMMETRY, "OOC", BOTH)
    assert (eye.healthy_limit, eye.beyond) == (None, None)


def test_t3_selectivity_is_known_from_a_slow_rise_only() -> None:
    (quick,) = measured(attempt())
    (slow,) = measured(attempt(seconds={**SECONDS, Phase.RISE: 4.0}))
    assert row(quick, Measure.SELECTIVITY).measured.reason == NO_RAMP
    found = row(slow, Measure.SELECTIVITY).measured
    assert found.value == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize(("share", "known"), [(0.4, True), (0.6, False)])
def test_a_muscle_known_for_too_little_of_the_hold_stays_unknown(share: float, known: bool) -> None:  # noqa: FBT001  a parameter
    (found,) = measured(unknown_eye(attempt(), share))
    for measure in (Measure.RATIO, Measure.SHAPE, Measure.AMOUNT, Measure.TIME):
        one = row(found, measure, "OOC").measured
        assert one.known is known
        assert known or (isnan(one.value) and "of the time" in one.reason)
    assert row(found, Measure.INVOLVEMENT).measured.known is known


def test_frames_that_never_came_are_unknown_too() -> None:
    parts = attempt()
    hold = parts[2]
    late = replace(
        hold,
        first=hold.first + 300,
        **{name: getattr(hold, name)[300:] for name in ("rms_uv", "power_uv2", "activation")},
        certainty=replace(hold.certainty, freedom=hold.certainty.freedom[300:]),
    )
    (found,) = measured([*parts[:2], late, *parts[3:]])
    assert not row(found, Measure.RATIO, "OOC").measured.known


def test_a_gap_from_the_hold_to_the_next_attempt_leaves_the_hold_unknown() -> None:
    rest, rise, hold, release = attempt()
    short = replace(
        hold,
        **{name: getattr(hold, name)[:100] for name in ("rms_uv", "power_uv2", "activation")},
        certainty=replace(hold.certainty, freedom=hold.certainty.freedom[:100]),
    )
    later = attempt(first=release.first + len(release), seconds=SECONDS)
    found = measured([rest, rise, short], later[1:])[0]
    assert "of the time" in row(found, Measure.RATIO, "OOC").measured.reason


def test_an_attempt_that_ends_as_it_begins_is_unknown() -> None:
    rest, rise, *_ = attempt(seconds={**SECONDS, Phase.RISE: 0.02})
    (found,) = measured([rest, rise])
    assert row(found, Measure.RATIO, "OOC").measured.reason == NO_HOLD
    (alone,) = measured([replace(rise, first=0, cue=replace(rise.cue, start=0))])
    assert row(alone, Measure.ONSET, "OOC").measured.reason == NO_HOLD


def test_p5_a_touched_muscle_is_unknown() -> None:
    touched = np.array([False, False, True, False])
    (found,) = measured([replace(one, touched=touched) for one in attempt()])
    assert not row(found, Measure.RATIO, "OOC").measured.known
    assert row(found, Measure.RATIO, "OOC", "left").measured.known


def test_what_never_came_to_a_hold_says_so() -> None:
    (found,) = measured(attempt(seconds={Phase.REST: 2.0, Phase.RISE: 1.2, Phase.RELEASE: 2.0}))
    assert {row(found, Measure.RATIO, "OOC").measured.reason} == {NO_HOLD}
    assert row(found, Measure.INVOLVEMENT).measured.reason == NO_HOLD
    assert row(found, Measure.ASYMMETRY, "ZYG", BOTH).measured.reason == NO_HOLD


def test_without_a_reference_of_a_muscle_nothing_is_a_share_of_it() -> None:
    parts = attempt()
    gentle_uv = np.array([20.0, 20.0, np.nan, 20.0])
    bare = [
        replace(
            one,
            certainty=replace(
                one.certainty, reference=replace(one.certainty.reference, gentle_uv=gentle_uv)
            ),
        )
        for one in parts
    ]
    (found,) = measured(bare)
    assert "no reference" in row(found, Measure.RATIO, "OOC").measured.reason
    assert row(found, Measure.RATIO, "OOC", "left").measured.known


def test_roles_are_those_in_force() -> None:
    smile = replace(pattern("gentle closed smile"), slight=())
    tolerant = replace(smile, quiet=("PLA",), tolerated=("OOC",))
    (found,) = measures_of([replace(one, asked=tolerant) for one in attempt()], terms())
    assert row(found, Measure.RATIO, "OOC").role is Role.TOLERATED
    assert not found.of(Measure.SHAPE)
    assert not row(found, Measure.INVOLVEMENT).measured.known


def test_what_may_be_crosstalk_widens_the_interval_and_is_not_averaged_away() -> None:
    (sure,) = measured(attempt())
    doubts = [
        replace(one, certainty=replace(one.certainty, doubt=np.full(one.rms_uv.shape, 0.2)))
        for one in attempt()
    ]
    (unsure,) = measured(doubts)
    ratios = [row(one, Measure.RATIO, "OOC").measured for one in (sure, unsure)]
    assert ratios[1].value == pytest.approx(ratios[0].value)
    # A fifth of the power is a tenth of the amplitude, in both muscles.
    assert ratios[1].half_width == pytest.approx(1.96 * 0.25 * 0.1 * 2**0.5, rel=0.2)


def test_without_calibration_all_is_measured_and_marked() -> None:
    (found,) = measured(attempt(calibrated=False))
    assert not found.calibrated
    assert row(found, Measure.RATIO, "OOC").measured.known


def test_plain_channels_have_levels_and_involvement() -> None:
    (found,) = measured(attempt(), montage=PLAIN)
    (involved,) = found.of(Measure.INVOLVEMENT)
    assert (involved.measured.value, involved.measured.unit) == (3.0, "of 4 muscles")
    levels = [one.measured.value for one in found.of(Measure.ACTIVATION)]
    assert levels == pytest.approx(HELD, rel=0.02)
    assert not found.of(Measure.RATIO)


def not_separated() -> MeasuringTerms:
    """Return terms of a chain that takes no crosstalk out."""
    return replace(terms(), unmixed=False)


def test_the_hold_s_mean_is_known_as_well_as_its_samples_allow() -> None:
    (found,) = measures_of(attempt(), not_separated())
    one = row(found, Measure.ACTIVATION, "OOC").measured
    freedom = 4.0 * RATE_HZ * 0.6
    # Of 4 µV, with the noise's power in it.
    more = 1.0 + (NOISE_UV / 4.0) ** 2
    own = more * 1.96 * 0.2 / (2 * freedom) ** 0.5
    assert one.high - one.value == pytest.approx(own, rel=0.05)
    # Nobody has taken out what the cheek may leak into the eye's electrode.
    assert one.value - one.low > 1.5 * own
    assert one.n == pytest.approx(4.0 / PIECE_S, rel=0.1)
