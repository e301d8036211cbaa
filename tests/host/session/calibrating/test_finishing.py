"""The end of a calibration: a profile, or one sentence why there is none."""

from dataclasses import replace

import pytest

from calibration.montage import montages
from calibration.profile import Electrodes, Profile
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.errors import RecordingError, SettingsError
from host.session.calibrating.finishing import checked_profile, fitted_profile
from host.session.calibrating.protocol import short_protocol
from tests.host.session.calibrating.courses import FACE, Bedside, calibrated
from tests.host.session.calibrating.test_fitting import IDENTITY

LATER = replace(
    IDENTITY,
    electrodes=Electrodes(id="e2", date="2026-11-26"),
    created="2026-11-26T10:00:00+00:00",
)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return fitted_profile(calibrated().course.heard, IDENTITY)[1]


def short(seed: int = 1) -> Bedside:
    """Return a short check of a patient."""
    settings = PatientSettings(seed=seed, montage=FACE, script=WAITING)
    bedside = Bedside(short_protocol(FACE), settings)
    bedside.accept_all()
    return bedside


def test_a_short_check_carries_the_profile_over(profile: Profile) -> None:
    done = checked_profile(short().course.heard, profile, LATER)
    assert done.check.ok
    assert done.profile is not None
    assert done.profile.electrodes == LATER.electrodes
    assert done.profile.created == LATER.created
    assert done.profile.models == profile.models
    assert done.profile.channels != profile.channels


def test_levels_of_today_are_near_those_of_the_profile(profile: Profile) -> None:
    done = checked_profile(short(seed=3).course.heard, profile, LATER)
    for now, before in zip(done.today, profile.channels, strict=True):
        assert now.reference_uv == pytest.approx(before.reference_uv, rel=0.4)
        assert now.noise_uv == pytest.approx(before.noise_uv, rel=0.4)


def test_electrodes_that_lie_too_differently_are_refused_with_the_reason(
    profile: Profile,
) -> None:
    softer = tuple(
        replace(
            one,
            reference_uv=(one.reference_uv or 0.0) / 4.0,
            reference_low_uv=(one.reference_low_uv or 0.0) / 4.0,
            reference_high_uv=(one.reference_high_uv or 0.0) / 4.0,
        )
        for one in profile.channels
    )
    done = checked_profile(short().course.heard, replace(profile, channels=softer), LATER)
    assert done.profile is None
    assert "calibrate anew" in done.refusal
    assert any("times that of the profile" in one for one in done.check.sentences)


def test_another_persons_profile_is_refused(profile: Profile) -> None:
    with pytest.raises(SettingsError, match="is of P01, not of P02"):
        checked_profile(short().course.heard, profile, replace(LATER, person="P02"))


def test_a_profile_of_another_montage_is_refused(profile: Profile) -> None:
    heard = replace(short().course.heard, montage=montages()["face-8"])
    with pytest.raises(SettingsError, match="differ from those"):
        checked_profile(heard, profile, LATER)


def test_swapped_sides_make_no_profile() -> None:
    with pytest.raises(RecordingError, match=r"no profile was made.*Exchange the left and right"):
        fitted_profile(calibrated("swapped").course.heard, IDENTITY)


def test_nothing_recorded_makes_no_profile(profile: Profile) -> None:
    empty = replace(calibrated().course.heard, segments=())
    with pytest.raises(RecordingError, match="nothing was recorded"):
        fitted_profile(empty, IDENTITY)
    with pytest.raises(RecordingError, match="nothing was recorded"):
        checked_profile(empty, profile, IDENTITY)


def test_rest_alone_makes_no_profile() -> None:
    heard = calibrated().course.heard
    with pytest.raises(RecordingError, match="no muscle has a gentle reference"):
        fitted_profile(replace(heard, segments=heard.segments[:1]), IDENTITY)
