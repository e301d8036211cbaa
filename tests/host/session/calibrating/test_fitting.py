"""Two passes from samples to a profile, on the simulated patient, whose truth is known."""

import numpy as np
import pytest

from calibration.findings import Fault
from calibration.leakage import findings as leaks
from calibration.muscles import Side
from calibration.profile import Electrodes, from_text, to_text
from calibration.segments import SegmentKind
from host.session.calibrating.fitting import Fitted, Identity, fit_calibration, profile_of
from tests.host.session.calibrating.courses import FACE, Bedside, calibrated

IDENTITY = Identity(
    person="P01",
    therapist="T01",
    electrodes=Electrodes(id="e1", date="2026-11-25"),
    created="2026-11-25T10:00:00+00:00",
)


@pytest.fixture(scope="module")
def bedside() -> Bedside:
    return calibrated()


@pytest.fixture(scope="module")
def fitted(bedside: Bedside) -> Fitted:
    return fit_calibration(bedside.course.heard)


def test_a_sound_calibration_has_no_finding(fitted: Fitted) -> None:
    assert fitted.usable
    assert not fitted.findings


def test_every_muscle_has_its_reference_noise_rest_and_thresholds(fitted: Fitted) -> None:
    for numbers, site in zip(fitted.channels, FACE.sites, strict=True):
        # The right side is affected: the left one moved alone once more.
        assert numbers.holds == (4 if site.side is Side.LEFT else 3)
        assert numbers.noise_uv is not None
        assert numbers.rest_uv is not None
        assert numbers.rest_threshold is not None
        assert numbers.quiet_threshold is not None
        assert numbers.effort_threshold is not None


def test_the_reference_is_the_gentle_effort_that_was_made(bedside: Bedside, fitted: Fitted) -> None:
    passed = bedside.patient.carrier_gain
    for channel, (numbers, site) in enumerate(zip(fitted.channels, FACE.sites, strict=True)):
        made = [
            bedside.patient.truth(one.start, one.stop).emg_uv[:, channel]
            for one in bedside.course.segments
            if one.kind is SegmentKind.REFERENCE
            and one.muscle == site.muscle
            and one.side in (None, site.side)
        ]
        gentle_uv = passed * float(np.median([np.sqrt(np.mean(one**2)) for one in made]))
        assert numbers.reference_uv == pytest.approx(gentle_uv, rel=0.25)


def test_levels_are_those_behind_the_whitening_filter(fitted: Fitted) -> None:
    assert any(model.whitened for model in fitted.models)
    for numbers, model in zip(fitted.channels, fitted.models, strict=True):
        assert numbers.noise_uv is not None
        assert numbers.rest_uv is not None
        # What the model measured at rest behind its filter is noise and tone together.
        at_rest_uv = float(np.hypot(numbers.noise_uv, numbers.rest_uv))
        assert at_rest_uv == pytest.approx(model.noise_uv, rel=0.4)


def test_what_leaks_is_found(fitted: Fitted) -> None:
    assert fitted.leakage is not None
    assert any("“Eye, left” hears “Cheek, left”" in one for one in leaks(fitted.leakage, FACE))


def test_a_profile_keeps_all_of_it_and_comes_back_from_its_file(
    bedside: Bedside, fitted: Fitted
) -> None:
    profile = profile_of(fitted, bedside.course.heard, IDENTITY)
    again = from_text(to_text(profile))
    assert again.channels == fitted.channels
    assert again.models == fitted.models
    assert again.chain == bedside.course.material.digest
    assert again.band_hz == bedside.course.material.band_hz
    bins = len(fitted.channels[0].rest_spectrum)
    assert again.spectrum_step_hz * (bins - 1) == pytest.approx(again.rate_hz / 2.0)


@pytest.mark.parametrize(
    ("plant", "fault", "channel"),
    [
        ("loose:2", Fault.LOOSE, 1),
        ("clipped:3", Fault.CLIPPED, 2),
        ("weak:2", Fault.WEAK, 1),
        ("weak:4", Fault.WEAK, 3),
        ("wrong:1", Fault.WRONG_MUSCLE, 0),
        ("wrong:1", Fault.WRONG_MUSCLE, 1),
        ("swapped", Fault.SWAPPED, None),
    ],
)
def test_a_planted_fault_is_found_at_its_channel(
    plant: str, fault: Fault, channel: int | None
) -> None:
    found = fit_calibration(calibrated(plant).course.heard)
    assert (fault, channel) in {(one.fault, one.channel) for one in found.findings}
    if channel is not None:
        assert found.channels[channel].reference_uv is None


@pytest.mark.parametrize("plant", ["wrong:3", "wrong:4"])
def test_cables_of_the_affected_side_are_told_while_calibrating_and_in_the_end(plant: str) -> None:
    # Synkinesis is so moderate here that no muscle alone answers oddly, only both together.
    bedside = calibrated(plant)
    told = {(one.fault, one.channel) for one in bedside.course.view.accepted}
    assert told == {(Fault.EXCHANGED, 2), (Fault.EXCHANGED, 3)}
    findings = fit_calibration(bedside.course.heard).findings
    assert {(one.fault, one.channel) for one in findings} == told


@pytest.mark.parametrize("plant", ["loose:2", "clipped:3"])
def test_a_fault_of_one_channel_leaves_the_others_as_they_are(plant: str) -> None:
    found = fit_calibration(calibrated(plant).course.heard)
    bad = int(plant[-1]) - 1
    assert {one.channel for one in found.findings} == {bad}
    others = [one for at, one in enumerate(found.channels) if at != bad]
    assert all(one.holds >= 3 for one in others)
    assert found.leakage is not None


def test_swapped_sides_stop_a_calibration_early() -> None:
    bedside = calibrated("swapped")
    assert bedside.course.hopeless
    assert bedside.course.sample < bedside.patient.stream.samples(35.0)


@pytest.mark.parametrize("seed", [2, 3])
def test_no_other_patient_has_a_false_finding(seed: int) -> None:
    assert not fit_calibration(calibrated(seed=seed).course.heard).findings
