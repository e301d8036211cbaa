"""A calibration that goes without a channel: nothing is asked of it, and nothing said about it."""

from functools import cache
from pathlib import Path

import pytest

from calibration.channel import ChannelNumbers
from calibration.muscles import Side
from calibration.profile import Profile
from host.acquisition.simulated.planting import Planted
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.chain.pipeline import ChainSettings
from host.detection.watch import Watch
from host.recording.events import ChannelExcluded
from host.recording.reader import read_session
from host.session.asked import Asked
from host.session.calibrated import calibrated as judged_by
from host.session.calibrating.building import Ordered, patient_calibration
from host.session.calibrating.finishing import checked_profile, fitted_profile
from host.session.calibrating.happenings import StepJudged
from host.session.calibrating.protocol import StepKind, short_protocol, whole_protocol
from host.session.calibrating.refitting import heard_again, marked_in
from host.session.calibrating.unattended import run_unattended
from host.session.contacting.exclusion import Exclusion
from host.session.opened import open_session
from tests.host.session.calibrating.courses import FACE, Bedside, calibrated
from tests.host.session.calibrating.test_finishing import LATER
from tests.host.session.calibrating.test_fitting import IDENTITY

CHEEK = 1
"""Cheek, left: its electrode hangs in the air."""
OUT = Exclusion.of(FACE, "Cheek, left", by="T01", reason="a wound", utc="2026-11-25T09:00:00+00:00")


@cache
def gone_without() -> Bedside:
    """Return a whole calibration whose therapist left the loose channel out."""
    settings = PatientSettings(montage=FACE, script=WAITING)
    settings = Planted.parse("loose:2").on(settings)
    steps = whole_protocol(FACE.without([CHEEK]), settings.affected)
    bedside = Bedside(steps, settings, chain=ChainSettings(), left_out=(CHEEK,))
    bedside.accept_all()
    return bedside


@pytest.fixture(scope="module")
def profile() -> Profile:
    return fitted_profile(gone_without().course.heard, IDENTITY)[1]


def test_no_step_asks_for_a_channel_that_is_left_out() -> None:
    asked = [
        (step.muscle, step.side)
        for step in gone_without().course.steps
        if step.kind is StepKind.REFERENCE
    ]
    assert ("ZYG", Side.LEFT) not in asked
    assert ("ZYG", Side.RIGHT) in asked


def test_sides_are_checked_by_a_muscle_that_has_both() -> None:
    checks = [one for one in gone_without().course.steps if one.kind is StepKind.SIDE_CHECK]
    assert {one.muscle for one in checks} == {"OOC"}


def test_no_step_finds_anything_about_it() -> None:
    judged = [one for one in gone_without().happened if isinstance(one, StepJudged)]
    assert judged
    assert not [found for one in judged for found in one.findings]
    assert [one for one in calibrated("loose:2").happened if isinstance(one, StepJudged)
            and one.findings], "without leaving it out there is a finding"  # fmt: skip


def test_a_screen_calls_it_left_out_and_shows_no_level() -> None:
    shown = gone_without().course.view.channels[CHEEK]
    assert (shown.quality, shown.good, shown.passes, shown.level_uv) == (
        "left out",
        False,
        True,
        None,
    )


def test_the_profile_knows_nothing_of_it_and_says_so(profile: Profile) -> None:
    assert (profile.left_out, profile.findings) == ((CHEEK,), ())
    assert profile.channels[CHEEK] == ChannelNumbers()
    assert profile.models[CHEEK].plain == "not calibrated"
    others = [one for at, one in enumerate(profile.channels) if at != CHEEK]
    assert all(one.reference_uv is not None for one in others)


def test_the_others_are_calibrated_as_well_as_without_the_fault(profile: Profile) -> None:
    sound = fitted_profile(calibrated().course.heard, IDENTITY)[1]
    assert profile.leakage is not None
    for at, (one, other) in enumerate(zip(profile.channels, sound.channels, strict=True)):
        if at != CHEEK:
            assert one.reference_uv == pytest.approx(other.reference_uv, rel=0.35)


def test_a_session_with_this_profile_says_that_it_is_not_judged(profile: Profile) -> None:
    opened = judged_by(_watch(), profile)
    assert "Cheek, left: left out of the calibration, so it is not judged." in opened.remarks


def test_a_short_check_asks_nothing_of_it_and_carries_the_rest_over() -> None:
    whole = fitted_profile(calibrated().course.heard, IDENTITY)[1]
    settings = Planted.parse("loose:2").on(PatientSettings(montage=FACE, script=WAITING))
    bedside = Bedside(short_protocol(FACE.without([CHEEK])), settings, left_out=(CHEEK,))
    bedside.accept_all()
    done = checked_profile(bedside.course.heard, whole, LATER)
    assert done.check.ok
    assert done.profile is not None
    assert done.profile.left_out == (CHEEK,)
    assert not [one for one in done.check.sentences if "Cheek, left" in one]


def test_what_was_left_out_stays_not_calibrated_in_a_short_check(profile: Profile) -> None:
    bedside = Bedside(short_protocol(FACE), PatientSettings(montage=FACE, script=WAITING))
    bedside.accept_all()
    done = checked_profile(bedside.course.heard, profile, LATER)
    assert done.profile is not None
    assert done.profile.left_out == (CHEEK,)
    assert done.profile.channels[CHEEK].reference_uv is None


def test_it_is_on_record_with_who_and_why_and_a_recording_gives_the_same_profile(
    tmp_path: Path,
) -> None:
    asked = Asked(
        montage=FACE,
        through_board=False,
        watched=False,
        record_to=tmp_path,
        exclusions=(OUT,),
    )
    ordered = Ordered(identity=IDENTITY, planted=Planted.parse("loose:2"))
    stage = run_unattended(patient_calibration(asked, ordered), lambda _happened: None)
    folder = stage.session.recording.folder
    assert folder is not None
    session = read_session(folder)
    (out,) = [one for one in session.events if isinstance(one, ChannelExcluded)]
    assert (out.name, out.by, out.reason, out.utc) == (OUT.name, OUT.by, OUT.reason, OUT.utc)
    again = heard_again(open_session(folder, Asked()), marked_in(folder).segments)
    heard = stage.session.course.heard
    assert again.left_out == heard.left_out == (CHEEK,)
    one, other = (fitted_profile(each, IDENTITY)[1] for each in (heard, again))
    assert (one.channels, one.left_out) == (other.channels, other.left_out)


def _watch() -> Watch:
    return Watch(montage=FACE)
