"""Which holds count, and what they say together (T3, P8)."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.accepting import Limits
from calibration.cohort import cohort
from calibration.findings import Fault
from calibration.fit import fit
from calibration.fit_reference import Hold, reference_numbers
from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind


@pytest.mark.parametrize(
    ("smile", "closing", "faults"),
    [
        # Cheek and eye, uV, in holds of the cheek and in those of the eye.
        ((9.0, 20.0), (4.0, 18.0), set()),  # severe synkinesis: the eye comes along twice as loud
        ((9.0, 20.0), (18.0, 9.0), {Fault.WRONG_MUSCLE}),  # exchanged cables
        ((3.0, 20.0), (4.0, 18.0), {Fault.WRONG_MUSCLE}),  # the eye was closed instead
    ],
)
def test_severe_synkinesis_is_not_taken_for_the_wrong_muscle(
    smile: tuple[float, float], closing: tuple[float, float], faults: set[Fault]
) -> None:
    case = next(cohort(seed=11, count=1))
    columns = [case.montage.column(code, Side.LEFT) for code in ("ZYG", "OOC")]
    power = case.levels.power_uv2.copy()
    for one in case.segments:
        if one.kind is SegmentKind.REFERENCE and one.side is Side.LEFT:
            for code, rises in (("ZYG", smile), ("OOC", closing)):
                if one.muscle == code:
                    power[one.rows(10), columns[0]] = rises[0] ** 2
                    power[one.rows(10), columns[1]] = rises[1] ** 2
    found = fit(replace(case.levels, power_uv2=power), case.montage, case.segments)
    assert {one.fault for one in found.findings if one.channel in columns} == faults


def test_t4_a_hold_far_below_a_gentle_contraction_is_too_weak_however_quiet_rest_is() -> None:
    case = next(cohort(seed=11, count=1))
    found = fit(case.levels, case.montage, case.segments, allowed=Limits(weak_uv=100.0))
    assert {one.fault for one in found.findings} == {Fault.WEAK}
    assert "µV above its level at rest" in found.findings[0].detail
    assert all(numbers.reference_uv is None for numbers in found.channels)


def test_a_blink_in_a_hold_does_not_make_it_loud_enough() -> None:
    case = next(cohort(seed=11, count=1))
    power, column = case.levels.power_uv2.copy(), case.montage.column("OOC", Side.LEFT)
    rest = np.median(power[case.segments[0].rows(10)], axis=0)
    for one in case.segments:
        if one.muscle != "OOC" or one.side is not Side.LEFT:
            continue
        rows = one.rows(10)
        power[rows] = rest
        power[rows.start + 60 : rows.start + 75, column] = 30.0**2
    found = fit(replace(case.levels, power_uv2=power), case.montage, case.segments)
    assert [one.fault for one in found.findings] == [Fault.WEAK] * 3


@pytest.mark.parametrize("count", [2, 3, 5])
def test_t3_the_interval_of_the_median_of_the_holds_covers_the_truth(count: int) -> None:
    random = np.random.default_rng(4)
    segment = Segment(kind=SegmentKind.REFERENCE, start=0, stop=1, muscle="ZYG")
    covered = []
    for _ in range(4000):
        efforts = 10.0 * np.exp(0.15 * random.standard_normal(count))
        found = reference_numbers([Hold(segment=segment, above_uv=one) for one in efforts])
        assert found is not None
        covered.append(found[1] <= 10.0 <= found[2])
    # Two holds that happen to be alike are not believed: their interval is rather too wide.
    assert 0.93 <= np.mean(covered) <= (0.97 if count > 2 else 0.995)


def test_one_hold_says_little() -> None:
    segment = Segment(kind=SegmentKind.REFERENCE, start=0, stop=1, muscle="ZYG")
    found = reference_numbers([Hold(segment=segment, above_uv=10.0)])
    assert found == pytest.approx((10.0, 6.13, 16.3), rel=0.01)
    assert reference_numbers([]) is None


def test_t3_holds_of_other_muscles_tell_how_much_a_person_s_holds_differ() -> None:
    random = np.random.default_rng(5)
    segment = Segment(kind=SegmentKind.REFERENCE, start=0, stop=1, muscle="ZYG")
    covered, widths = [], []
    for _ in range(400):
        # Muscles are not all alike: some are harder to hold evenly.
        spreads = 0.09 * np.exp(0.4 * random.standard_normal(8))
        muscles = [
            [
                Hold(segment=segment, above_uv=float(10.0 * np.exp(one)))
                for one in spread * random.standard_normal(3)
            ]
            for spread in spreads
        ]
        found, alone = reference_numbers(muscles[0], muscles[1:]), reference_numbers(muscles[0])
        assert found is not None
        assert alone is not None
        assert found[0] == alone[0]
        covered.append(found[1] <= 10.0 <= found[2])
        widths.append(np.log(found[2] / found[1]) / np.log(alone[2] / alone[1]))
    assert 0.93 < np.mean(covered) < 0.985
    assert np.median(widths) < 0.75
