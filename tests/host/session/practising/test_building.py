"""Practice with the simulated patient, by a plan, recorded and followed again."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from calibration.channel import ChannelNumbers
from calibration.montage import Site, montages
from calibration.muscles import Side
from calibration.profile import Profile, write_profile
from host.acquisition.simulated.contact import Loose
from host.acquisition.simulated.settings import PatientSettings
from host.clinic.edition import Edition
from host.clinic.plan import FeedbackMode, Plan
from host.detection.cues import Phase
from host.errors import SettingsError
from host.recording.events import ChannelExcluded
from host.recording.reader import read_session
from host.session.asked import Asked
from host.session.bout import AT_REST, AttemptResult
from host.session.contacting.exclusion import Exclusion
from host.session.opened import open_recording
from host.session.practising.building import (
    Appointed,
    PracticeStage,
    practice_session,
)
from host.session.practising.replaying import replayed_practice
from host.session.practising.tried import Tried
from host.session.practising.unattended import (
    BoutWish,
    follow_to_the_end,
    practise_unattended,
)
from host.session.setup import patient_session
from tests.host.clinic import people
from tests.host.session import test_calibrated as calibration

SMILE = "gentle closed smile"
SAVED = Edition(number=3, saved="2026-11-25T09:00:00+00:00", by="T07")
HEALTHY = PatientSettings(couplings=())


def plan(*names: str) -> Plan:
    return replace(people.plan(*(names or ("pucker", SMILE))), edition=SAVED, bout_s=30.0)


def appointed(*names: str, exclusions: tuple[Exclusion, ...] = ()) -> Appointed:
    return Appointed(
        patient=people.patient(), plan=plan(*names), today=people.TODAY, exclusions=exclusions
    )


def asked(tmp_path: Path, *, seconds: float | None = None) -> Asked:
    return Asked(watched=False, through_board=False, record_to=tmp_path, seconds=seconds)


def practised(
    tmp_path: Path,
    *wishes: BoutWish,
    simulated: PatientSettings = HEALTHY,
    exclusions: tuple[Exclusion, ...] = (),
    seconds: float | None = None,
    told: list[Tried] | None = None,
) -> PracticeStage:
    build = practice_session(
        asked(tmp_path, seconds=seconds), appointed(exclusions=exclusions), simulated=simulated
    )
    heard: list[Tried] = [] if told is None else told
    return practise_unattended(build, wishes or (BoutWish(pattern="pucker"),), say=heard.append)


def without_reference(column: int) -> Profile:
    """Return a calibration of the simulated patient that left one muscle without a reference."""
    made = calibration.profile()
    known = made.channels[0]
    channels = tuple(
        ChannelNumbers() if at == column else known for at in range(len(made.channels))
    )
    return replace(made, person="P01", montage=montages()["face-8"], channels=channels)


def results(tried: Sequence[Tried]) -> set[AttemptResult]:
    return {one.result for one in tried}


def test_p14_a_face_without_synkinesis_succeeds_and_one_with_it_does_not(tmp_path: Path) -> None:
    healthy = practised(tmp_path).practice.attempts
    moderate = practised(tmp_path, simulated=PatientSettings()).practice.attempts
    assert results(healthy) == {AttemptResult.QUIET}
    assert results(moderate) == {AttemptResult.ALONG}


def test_p12_rest_and_release_is_a_bout_that_succeeds_by_rest_alone(tmp_path: Path) -> None:
    build = practice_session(asked(tmp_path), appointed(AT_REST), simulated=HEALTHY)
    stage = practise_unattended(build, (BoutWish(pattern=AT_REST),))
    tried = stage.practice.attempts
    assert len(tried) == 2
    assert results(tried) == {AttemptResult.QUIET}
    waited = [later.start - one.stop for one, later in pairwise(tried)]
    assert min(waited) >= 10.0 * HEALTHY.rate_hz
    folder = stage.session.recording.folder
    assert folder is not None
    again = follow_to_the_end(replayed_practice(open_recording(folder, Asked())))
    assert again.practice.attempts == tried


def test_bouts_in_three_modes_are_told_recorded_and_followed_to_the_last_bit(
    tmp_path: Path,
) -> None:
    told: list[Tried] = []
    wishes = (
        BoutWish(pattern="pucker", mode=FeedbackMode.SOUND),
        BoutWish(pattern=SMILE, mode=FeedbackMode.FEEL_FIRST),
        BoutWish(pattern="pucker", mode=FeedbackMode.FADED),
    )
    stage = practised(tmp_path, *wishes, told=told)
    view, folder = stage.practice.view, stage.session.recording.folder
    assert (view.number, len(told)) == (3, len(stage.practice.attempts))
    assert told == list(stage.practice.attempts)
    assert folder is not None
    again = follow_to_the_end(replayed_practice(open_recording(folder, Asked())))
    assert again.practice.view == view
    manifest = read_session(folder).manifest
    assert (manifest.person, manifest.affected) == ("P01", Side.RIGHT)
    assert manifest.plan == "practice, version 3 of the plan: pucker, gentle closed smile"


def test_the_simulated_patient_moves_when_the_bout_asks_for_it(tmp_path: Path) -> None:
    led: list[float] = []
    mouth = montages()["face-8"].column("OOR", Side.RIGHT)
    build = practice_session(asked(tmp_path), appointed(), simulated=HEALTHY)
    stage = practise_unattended(
        build,
        [BoutWish(pattern="pucker")],
        watch=lambda frame: (
            led.append(float(frame.activation[mouth])) if frame.cue.phase is Phase.HOLD else None
        ),
    )
    assert len(stage.practice.attempts) == 2
    assert sum(level > 0.5 for level in led) > 0.8 * len(led)


def test_practice_cannot_start_on_a_muscle_without_a_reference_unless_it_is_left_out_by_name(
    tmp_path: Path,
) -> None:
    montage = montages()["face-8"]
    known = montage.column("OOC", Side.RIGHT)
    assert known is not None
    path = tmp_path / "profile.json"
    write_profile(without_reference(known), path)
    wanted = replace(asked(tmp_path, seconds=5.0), profile=path)
    build = practice_session(wanted, appointed(), simulated=HEALTHY)
    with ExitStack() as stack, pytest.raises(SettingsError, match="Not calibrated: “Eye, right”"):
        build(stack)
    out = Exclusion.of(
        montage, "Eye, right", by="T07", reason="a wound", utc="2026-11-25T09:00:00+00:00"
    )
    build = practice_session(wanted, appointed(exclusions=(out,)), simulated=HEALTHY)
    stage = practise_unattended(build, (BoutWish(pattern="pucker"),))
    assert stage.practice.view.number == 1


@pytest.mark.parametrize("lacking", ["synkinesis", "enabled", "saved"])
def test_p16_nobody_practises_without_a_confirmed_plan(tmp_path: Path, lacking: str) -> None:
    whole = appointed()
    bare = tuple(replace(one, enabled=None) for one in whole.plan.patterns)
    broken = {
        "synkinesis": replace(whole, patient=replace(whole.patient, synkinesis=None)),
        "enabled": replace(whole, plan=replace(whole.plan, patterns=bare)),
        "saved": replace(whole, plan=replace(whole.plan, edition=Edition())),
    }[lacking]
    with pytest.raises(SettingsError):
        practice_session(asked(tmp_path), broken)


def test_p16_a_pattern_that_is_not_enabled_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'snarl' may not be practised by P01 today"):
        practised(tmp_path, BoutWish(pattern="snarl"))


def test_an_electrode_that_falls_off_ends_the_attempt_and_the_bout_waits_for_it(
    tmp_path: Path,
) -> None:
    channel = montages()["face-8"].column("OOC", Side.RIGHT)
    assert channel is not None
    loose = replace(HEALTHY, loose=(Loose(channel=channel, start_s=8.0, stop_s=30.0),))
    attempts = practised(tmp_path, simulated=loose).practice.attempts
    assert attempts[0].result is AttemptResult.LEFT_OUT
    assert attempts[0].reason == "No signal from Eye, right, so it is left out."
    assert attempts[1].start > 30 * 250
    assert attempts[1].result is AttemptResult.QUIET


def test_with_a_channel_excluded_by_name_practice_goes_on_without_it(tmp_path: Path) -> None:
    montage = montages()["face-8"]
    channel = montage.sites.index(Site(muscle="OOC", side=Side.RIGHT))
    without = Exclusion.of(
        montage, "Eye, right", by="T07", reason="sore skin", utc="2026-11-25T10:00:00+00:00"
    )
    loose = replace(HEALTHY, loose=(Loose(channel=channel, start_s=0.0, stop_s=600.0),))
    stage = practised(tmp_path, simulated=loose, exclusions=(without,))
    assert results(stage.practice.attempts) == {AttemptResult.QUIET}
    folder = stage.session.recording.folder
    assert folder is not None
    noted = [one for one in read_session(folder).events if isinstance(one, ChannelExcluded)]
    assert [(one.channel, one.reason) for one in noted] == [(channel, "sore skin")]
    again = follow_to_the_end(replayed_practice(open_recording(folder, Asked())))
    assert again.practice.attempts == stage.practice.attempts


def test_nobody_waits_for_ever_for_an_electrode_when_nobody_is_there(tmp_path: Path) -> None:
    loose = replace(HEALTHY, loose=(Loose(channel=4, start_s=1.0, stop_s=900.0),))
    stage = practised(tmp_path, simulated=loose)
    assert stage.practice.view.over_why == "The bout was ended."
    assert not stage.practice.attempts


def test_a_full_disk_stops_nothing_but_the_recording(tmp_path: Path) -> None:
    blocked = tmp_path / "sessions"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    stage = practised(blocked)
    assert results(stage.practice.attempts) == {AttemptResult.QUIET}
    assert stage.session.recording.message.startswith("Not recorded: ")


def test_a_session_that_was_no_practice_cannot_be_followed(tmp_path: Path) -> None:
    with ExitStack() as stack:
        stage = patient_session(asked(tmp_path, seconds=1.0))(stack)
        while not stage.session.over:
            stage.session.step(0.05)
        folder = stage.session.recording.folder
    assert folder is not None
    with pytest.raises(SettingsError, match="nobody practised in bouts"):
        replayed_practice(open_recording(folder, Asked()))


def test_recorded_practice_is_followed_and_not_practised(tmp_path: Path) -> None:
    folder = practised(tmp_path, seconds=2.0).session.recording.folder
    assert folder is not None
    with pytest.raises(ValueError, match="followed, not practised"):
        practise_unattended(replayed_practice(open_recording(folder, Asked())), ())


def test_electrodes_that_nobody_knows_are_refused(tmp_path: Path) -> None:
    odd = replace(appointed(), plan=replace(plan(), montage="my own"))
    with pytest.raises(SettingsError, match="the montage 'my own', which nobody knows here"):
        practice_session(asked(tmp_path), odd)
