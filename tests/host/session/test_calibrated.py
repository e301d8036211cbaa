"""A session with a person's calibration: whose it must be, what it changes, and that it is kept."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from calibration.channel import ChannelNumbers
from calibration.channel_model import plain_channel
from calibration.leakage import unknown_leakage
from calibration.profile import Profile, write_profile
from calibration.saying import Saying
from calibration.whitening import noise_behind
from host.acquisition.simulated.settings import PatientSettings
from host.chain.pipeline import ChainSettings
from host.detection.frame import Frame
from host.detection.watch import Watch
from host.errors import SettingsError
from host.recording.manifest import read_manifest
from host.session.asked import Asked
from host.session.calibrated import calibrated, read_for
from host.session.judging import Judging, with_profile
from host.session.opened import open_recording
from host.session.setup import patient_session
from tests.calibration.test_profile import CHANNEL, PROFILE
from tests.host.detection.bits import as_bits

PATIENT = PatientSettings()
STREAM, MONTAGE = PATIENT.stream, PATIENT.montage
WATCH = Watch(montage=MONTAGE)
WHITENED = replace(plain_channel(250.0, ""), taps=(1.0, -0.5), noise_uv=1.2)


def profile(**changes: object) -> Profile:
    """Return a profile of the simulated patient, in which the last channel is not calibrated."""
    spectrum = tuple((1.0 / (1.0 + np.arange(17) / 8.0)).tolist())
    known = replace(CHANNEL, rest_spectrum=spectrum, active_spectrum=(3.0,) * 17)
    made = replace(
        PROFILE,
        montage=MONTAGE,
        chain=WATCH.chain.digest(STREAM),
        rate_hz=250.0,
        band_hz=(20.0, 110.0),
        channels=(*(known,) * 7, ChannelNumbers()),
        models=(*(WHITENED,) * 7, plain_channel(250.0)),
        leakage=unknown_leakage(8, 250.0),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of the test's


def saved(folder: Path, made: Profile | None = None) -> Path:
    """Return the file of a profile."""
    path = folder / "profile.json"
    write_profile(made or profile(), path)
    return path


def test_the_calibrated_estimator_and_the_separation_take_the_plain_modes_place() -> None:
    known = calibrated(WATCH, profile())
    assert known.watch.chain.adaptive is not None
    assert known.watch.chain.adaptive.channels[0] == WHITENED
    assert known.watch.floors == (*(0.2,) * 7, 0.0)
    crosstalk = known.watch.chain.crosstalk
    assert crosstalk is not None
    # The profile keeps the noise behind the filter; the separation works before it.
    behind = noise_behind(WHITENED.taps, crosstalk.noise_uv[0], (20.0, 110.0), 250.0)
    assert behind == pytest.approx(1.5)
    # The filter 1 - z/2 lifts what is high: between 0.5 and 1.5 times.
    assert 0.5 < crosstalk.gains[0] < 1.5
    assert crosstalk.gains[7] == 1.0


def test_what_is_not_calibrated_is_said() -> None:
    said = calibrated(WATCH, profile()).remarks
    assert said == ("Neck, right: not calibrated, so it is not judged.",)
    half = profile(models=(*(WHITENED,) * 6, *(plain_channel(250.0, "no holds"),) * 2))
    assert "Lips, right: in the plain mode, for no holds." in calibrated(WATCH, half).remarks
    assert "Crosstalk is not taken out" in calibrated(WATCH, profile(leakage=None)).remarks[-1]
    without = calibrated(WATCH, profile(models=(), leakage=None))
    assert without.watch.chain == WATCH.chain
    assert "plain mode" in without.remarks[-1]
    assert all(isinstance(one, Saying) for one in (*said, *without.remarks))


@pytest.mark.parametrize(
    ("made", "asked", "sentence"),
    [
        ({}, {"person": "QF-001"}, "is of QF-007, not of QF-001"),
        ({}, {"electrodes": "2026-11-26 b"}, "have been applied anew since"),
        ({}, {"day": "2026-11-26"}, "--electrodes 2026-11-25 a; else check them"),
        ({"chain": "other"}, {}, "other filter settings"),
    ],
)
def test_another_persons_or_days_profile_is_refused_with_the_reason(
    tmp_path: Path, made: dict[str, str], asked: dict[str, str], sentence: str
) -> None:
    path = saved(tmp_path, profile(**made))
    with pytest.raises(SettingsError, match=sentence):
        read_for(path, WATCH, STREAM, **asked)
    assert read_for(saved(tmp_path), WATCH, STREAM, electrodes="2026-11-25 a", day="2027-01-01")


def test_a_profile_for_other_electrodes_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    swapped = replace(MONTAGE, sites=MONTAGE.sites[::-1])
    with pytest.raises(SettingsError, match="differ from those"):
        read_for(saved(tmp_path), replace(WATCH, montage=swapped), STREAM)
    path = tmp_path / "profile.json"
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    with pytest.raises(SettingsError, match=r"^profile\.json is damaged"):
        read_for(path, WATCH, STREAM)


def session(folder: Path, seconds: float = 6.0) -> tuple[list[Frame], Path]:
    """Run and record a calibrated session; return its frames and its folder."""
    asked = Asked(
        profile=saved(folder),
        seconds=seconds,
        watched=False,
        through_board=False,
        record_to=folder / "sessions",
    )
    frames: list[Frame] = []
    with ExitStack() as stack:
        stage = patient_session(asked)(stack)
        assert "Calibrated: QF-007" in stage.scene.notice
        assert not any("Not calibrated" in remark for remark in stage.remarks)
        while not stage.session.over:
            frames += stage.session.step(0.0)
    (made,) = (folder / "sessions").iterdir()
    return frames, made


def test_a_calibrated_session_is_recorded_with_its_calibration_and_replays_to_the_bit(
    tmp_path: Path,
) -> None:
    frames, folder = session(tmp_path)
    assert frames[-1].calibrated
    assert np.isnan(frames[-1].activation[7])
    (tmp_path / "profile.json").unlink()
    opened = open_recording(folder, Asked())
    assert opened.profile.startswith("QF-007")
    assert opened.remarks == ()
    again = [frame for frames in Judging(opened) for frame in frames]
    count = min(len(frames), len(again))
    assert count > 1000
    assert list(map(as_bits, again[:count])) == list(map(as_bits, frames[:count]))


def test_a_session_json_with_another_leakage_is_told_by_its_digest(tmp_path: Path) -> None:
    _, folder = session(tmp_path, seconds=2.0)
    watch = read_manifest(folder).watch
    assert watch.chain.crosstalk is not None
    assert watch.chain.digest(STREAM) == read_manifest(folder).chain_digest
    path = folder / "session.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("0.15", "0.16", 1), encoding="utf-8")
    assert any("filters differ" in remark for remark in open_recording(folder, Asked()).remarks)


def test_a_session_is_judged_by_another_calibration_only_beside_it(tmp_path: Path) -> None:
    _, folder = session(tmp_path)
    asked = Asked(profile=saved(tmp_path, profile(person="QF-008")))
    with pytest.raises(SettingsError, match="replay --profile"):
        open_recording(folder, asked)
    opened = open_recording(folder, Asked())
    other = with_profile(asked, opened)
    assert other.chain is not None
    assert other.chain.digest(STREAM) == opened.watch.chain.digest(STREAM)
    assert other.applied(opened).reference is other.reference
    assert with_profile(Asked(), opened).empty


def test_a_plain_session_can_be_judged_with_a_calibration_made_later(tmp_path: Path) -> None:
    asked = Asked(seconds=4.0, watched=False, through_board=False, record_to=tmp_path / "sessions")
    with ExitStack() as stack:
        stage = patient_session(asked)(stack)
        while not stage.session.over:
            stage.session.step(0.0)
    (folder,) = (tmp_path / "sessions").iterdir()
    opened = open_recording(folder, Asked())
    assert opened.watch.chain == ChainSettings(conditioning=opened.watch.chain.conditioning)
    terms = with_profile(Asked(profile=saved(tmp_path)), opened)
    *_, last = Judging(terms.applied(opened))
    assert last[len(last) - 1].calibrated
