"""Marked stretches become numbers and findings; bad ones are refused, never averaged in (T3)."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import signal

from calibration.accepting import Limits, limits, limits_from_toml
from calibration.channel import BLOCKS_MS
from calibration.cohort import RATE_HZ, Case, cohort
from calibration.cohort_check import check
from calibration.findings import ADVICE, Fault
from calibration.fit import Fit, fit
from calibration.levels import Levels
from calibration.montage import Montage, montages, plain_montage
from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind

CASES = {case.fault: case for case in cohort(seed=11, count=18)}
"""One sound calibration and one of every fault."""


def fitted(case: Case) -> Fit:
    return fit(case.levels, case.montage, case.segments)


def sampled(*, gap: bool = False) -> tuple[Levels, Montage, list[Segment]]:
    """Return band-passed samples of a face of four channels, its montage and protocol."""
    random = np.random.default_rng(3)
    rate, montage = 500.0, montages()["face-4"]
    plan = [(None, 12.0)] + [(channel, 3.0) for channel in range(4) for _ in range(3)]
    parts, segments, at = [], [], 0
    for channel, seconds in plan:
        count = round(seconds * rate)
        amplitude = np.full(4, 0.5)
        if channel is not None:
            amplitude[channel] = 12.0
        parts.append(amplitude * random.standard_normal((count, 4)))
        site = None if channel is None else montage.sites[channel]
        segments.append(
            Segment(
                kind=SegmentKind.REST if site is None else SegmentKind.REFERENCE,
                start=at,
                stop=at + count,
                muscle="" if site is None else site.muscle,
                side=None if site is None else site.side,
            )
        )
        at += count
    muscle = signal.sosfilt(
        signal.butter(2, (40.0, 120.0), "bandpass", fs=rate, output="sos"),
        2.0 * np.concatenate(parts),
        axis=0,
    )
    samples = muscle + random.standard_normal(muscle.shape)
    power = np.square(samples).reshape(-1, 10, 4).mean(axis=1)
    known = np.ones(power.shape, dtype=np.bool_)
    if gap:
        known[700:720] = False
        samples[7000:7200] = np.nan
        power[700:720] = np.nan
    never = np.zeros(power.shape, dtype=np.bool_)
    levels = Levels(
        power_uv2=power,
        known=known,
        clipped=never,
        mains=never,
        loose=never,
        hop=10,
        rate_hz=rate,
        band_hz=(20.0, 200.0),
        samples_uv=samples,
    )
    return levels, montage, segments


def test_a_sound_calibration_has_numbers_everywhere_and_no_findings() -> None:
    case = CASES[None]
    found = fitted(case)
    assert found.findings == ()
    for numbers, truth in zip(found.channels, case.reference_uv, strict=True):
        assert numbers.reference_uv == pytest.approx(truth, rel=0.35)
        assert numbers.holds == 3
        assert numbers.noise_uv is not None
        assert len(numbers.rest_quantiles_uv) == 7


@pytest.mark.parametrize("fault", [fault for fault in CASES if fault is not None])
def test_every_fault_is_found_and_told_with_what_to_do(fault: Fault) -> None:
    case = CASES[fault]
    found = [one for one in fitted(case).findings if one.fault is fault]
    assert found
    assert {one.channel for one in found} == {case.channel}
    assert found[0].advice == ADVICE[fault]
    assert fault.value in found[0].sentence


def test_a_bad_hold_is_refused_and_the_good_ones_are_not_moved_by_it() -> None:
    case = CASES[None]
    holds = [one for one in case.segments if one.muscle == "ZYG" and one.side is Side.LEFT]
    bad = next(one for one in holds if one.kind is SegmentKind.REFERENCE)
    column = case.montage.column("ZYG", Side.LEFT)
    assert column is not None
    power, clipped = case.levels.power_uv2.copy(), case.levels.clipped.copy()
    power[bad.rows(10), column] = 1e6
    clipped[bad.rows(10), column] = True
    levels = replace(case.levels, power_uv2=power, clipped=clipped)
    found = fit(levels, case.montage, case.segments)
    assert [one.fault for one in found.findings] == [Fault.CLIPPED]
    assert found.findings[0].start == bad.start
    numbers = found.channels[column]
    assert numbers.holds == 2
    assert numbers.reference_uv is not None
    assert numbers.reference_uv < 60.0


def test_swapped_sides_are_said_once_and_give_no_reference() -> None:
    found = fitted(CASES[Fault.SWAPPED])
    assert [one.fault for one in found.findings] == [Fault.SWAPPED]
    assert all(numbers.reference_uv is None for numbers in found.channels)


def test_samples_give_spectra_freedom_models_and_leakage() -> None:
    levels, montage, segments = sampled()
    found = fit(levels, montage, segments)
    assert found.findings == ()
    for numbers, model in zip(found.channels, found.models, strict=True):
        assert len(numbers.active_spectrum) == len(numbers.rest_spectrum) > 30
        assert len(numbers.rest_freedom) == len(BLOCKS_MS)
        assert numbers.noise_uv == pytest.approx(np.sqrt(180.0 / 250.0), rel=0.25)
        assert model.noise_uv > 0.0
    assert found.leakage is not None
    assert np.nanmax(found.leakage.low) < 0.05


def test_a_gap_costs_its_hold_only() -> None:
    levels, montage, segments = sampled(gap=True)
    found = fit(levels, montage, segments)
    assert [numbers.holds for numbers in found.channels].count(3) >= 3
    assert found.leakage is not None


def test_an_electrode_that_is_off_does_not_cost_the_others_their_leakage() -> None:
    levels, montage, segments = sampled()
    assert levels.samples_uv is not None
    off = np.arange(4) == 3
    samples = np.where(off, np.nan, levels.samples_uv)
    known, loose = levels.known & ~off, levels.loose | off
    power = np.where(off, np.nan, levels.power_uv2)
    gone = replace(levels, samples_uv=samples, known=known, loose=loose, power_uv2=power)
    found = fit(gone, montage, segments)
    assert {one.fault for one in found.findings} == {Fault.LOOSE}
    assert {one.channel for one in found.findings} == {3}
    assert found.leakage is not None
    assert np.isfinite(found.leakage.share[:2, :2][~np.eye(2, dtype=np.bool_)]).all()


def test_without_rest_nothing_is_guessed() -> None:
    case = CASES[None]
    moving = [one for one in case.segments if one.kind is not SegmentKind.REST]
    found = fit(case.levels, case.montage, moving)
    assert Fault.MISSING in found.faults
    assert all(numbers.noise_uv is None for numbers in found.channels)
    assert found.leakage is None


def test_a_step_that_was_not_done_is_said() -> None:
    case = CASES[None]
    fewer = [one for one in case.segments if (one.muscle, one.side) != ("PLA", Side.RIGHT)]
    found = fit(case.levels, case.montage, fewer)
    assert [one.sentence for one in found.findings] == [
        "Neck, right: not done (no gentle hold was recorded)."
    ]


def test_channels_and_montage_must_fit() -> None:
    case = CASES[None]
    with pytest.raises(ValueError, match="3 sites do not fit 8 channels"):
        fit(case.levels, plain_montage(3), case.segments)
    with pytest.raises(ValueError, match=r"within 250.0 Hz"):
        replace(case.levels, band_hz=(20.0, 400.0))
    with pytest.raises(ValueError, match="must all be"):
        replace(case.levels, known=case.levels.known[:5])


def test_plain_channels_have_rest_only() -> None:
    case = CASES[None]
    rests = [one for one in case.segments if one.kind is SegmentKind.REST]
    found = fit(case.levels, plain_montage(8), rests)
    assert found.findings == ()
    assert all(numbers.reference_uv is None for numbers in found.channels)


def test_a_cohort_is_found_without_false_findings() -> None:
    found = check(seed=5, count=90)
    assert found.found >= 0.97 * found.planted == 0.97 * 45
    assert found.with_false <= 0.02 * found.calibrations
    assert 0.92 <= found.covered / found.references <= 0.98


def test_a_case_does_not_depend_on_how_many_are_drawn() -> None:
    first, again = next(cohort(1, 1)), next(cohort(1, 50))
    np.testing.assert_array_equal(first.levels.power_uv2, again.levels.power_uv2)
    assert first.levels.rate_hz == RATE_HZ


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weak = 1", "unknown entry 'weak'"),
        ("weak_ratio = 'x'", "must be a number"),
        ("weak_ratio = 0.5", "above 1"),
        ("most_clipped = 1.0", "below 1"),
        ("most_unsteady = 0.0", "positive"),
        ("louder_share = 2.0", "at most 1"),
        ("weak_uv = -1.0", "must not be negative"),
    ],
)
def test_wrong_limits_are_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        limits_from_toml(text, "own.toml")


def test_the_limits_that_ship_are_those_of_the_class() -> None:
    assert limits() == Limits()
