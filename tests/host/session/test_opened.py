"""A session of ours and a recording of another program are alike once they are opened."""

from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import Pattern
from host.chain.stream import Chunk
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue, Phase
from host.errors import RecordingError, SettingsError
from host.recording.events import Adjusted, CueGiven, Event, Marker
from host.recording.manifest import StoredReference
from host.session.asked import Asked
from host.session.opened import REVISIONS, open_recording
from tests.host.recording.sessions import manifest, signal, write_session
from tests.host.session.recordings import GAP, REFERENCE, opened

ABOUT = manifest()
SAMPLES = signal(ABOUT.stream, 3000)
CUE = CueGiven(sample=10, pattern="pucker", phase=Phase.HOLD)
MARKER = Marker(sample=20, text="felt it", by="live")


def session(folder: Path, *events: Event) -> Path:
    return write_session(folder, [*events, Chunk(0, SAMPLES)], ABOUT)


def test_a_session_knows_how_it_was_judged(tmp_path: Path) -> None:
    change = Adjustment(start=30, patterns=(Pattern(name="own", prompt="As we said"),))
    made = open_recording(
        session(tmp_path / "one", CUE, MARKER, Adjusted(sample=30, change=change)), Asked()
    )
    assert (made.name, made.words, made.affected) == ("one", "a test", Side.LEFT)
    assert made.cues == (Cue(start=10, pattern="pucker", phase=Phase.HOLD),)
    assert (made.markers, made.adjustments) == ((MARKER,), (change,))
    assert made.watch == ABOUT.watch
    assert (made.stop, made.duration_s, made.created) == (3000, 3.0, ABOUT.created)
    assert made.notes == tmp_path / "one" / "notes.jsonl"
    assert made.revisions == tmp_path / "one" / REVISIONS
    assert not made.notes.exists()
    assert not made.revisions.exists()


def test_its_file_of_samples_opens_it_too(tmp_path: Path) -> None:
    folder = session(tmp_path / "one")
    assert open_recording(folder / "emg.bdf", Asked()).name == "one"


def test_other_filters_are_told(tmp_path: Path) -> None:
    made = open_recording(session(tmp_path / "one"), Asked())
    assert any("filters differ" in remark for remark in made.remarks)
    digest = ABOUT.watch.chain.digest(ABOUT.stream)
    about = msgspec.structs.replace(ABOUT, chain_digest=digest)
    folder = write_session(tmp_path / "two", [Chunk(0, SAMPLES)], about)
    assert open_recording(folder, Asked()).remarks == ()


def test_a_stored_reference_is_the_same_to_the_last_bit(tmp_path: Path) -> None:
    rest_uv = np.array([0.1 + 0.2, np.nan])
    reference = replace(
        REFERENCE,
        rest_uv=rest_uv,
        noise_uv=rest_uv,
        gentle_uv=np.array([1 / 3, np.nan]),
        spread=np.array([0.1 * 3.0, np.nan]),
    )
    about = msgspec.structs.replace(ABOUT, reference=StoredReference.of(reference))
    folder = write_session(tmp_path / "one", [Chunk(0, SAMPLES)], about)
    found = open_recording(folder, Asked()).reference
    assert found is not None
    for name in ("rest_uv", "noise_uv", "gentle_uv", "spread"):
        np.testing.assert_array_equal(getattr(found, name), getattr(reference, name))
    assert found.calibrated


@pytest.mark.parametrize(
    "asked",
    [
        Asked(montage=montages()["face-8"]),
        Asked(affected=Side.LEFT),
        Asked(pattern="pucker"),
    ],
)
def test_nobody_tells_a_session_where_its_electrodes_were(tmp_path: Path, asked: Asked) -> None:
    with pytest.raises(SettingsError, match="leave --montage"):
        open_recording(session(tmp_path / "one"), asked)


def test_a_pattern_of_a_newer_version_is_refused_in_one_sentence(tmp_path: Path) -> None:
    unknown = CueGiven(sample=0, pattern="whistle", phase=Phase.HOLD)
    with pytest.raises(RecordingError, match="'whistle'"):
        open_recording(session(tmp_path / "one", unknown), Asked())


def test_a_recording_of_another_program_keeps_its_notes_beside_it(recordings: Path) -> None:
    path = recordings / "cyton_gui" / "v6.txt"
    made = open_recording(path, Asked())
    assert made.watch.montage.plain
    assert (made.reference, made.adjustments) == (None, ())
    assert [cue.pattern for cue in made.cues] == ["rest and release"]
    beside = path.with_name("v6.txt.quietface")
    assert (made.notes.parent, made.revisions) == (beside, beside / REVISIONS)
    assert not beside.exists()


def test_who_names_a_montage_says_which_side_is_affected(recordings: Path) -> None:
    path = recordings / "cyton_gui" / "v6.txt"
    with pytest.raises(SettingsError, match="--affected"):
        open_recording(path, Asked(montage=montages()["face-8"]))
    asked = Asked(montage=montages()["face-8"], affected=Side.RIGHT, pattern="pucker")
    made = open_recording(path, asked)
    assert [cue.pattern for cue in made.cues] == ["pucker"]


def test_a_gentle_level_takes_the_place_of_the_calibrated_one(tmp_path: Path) -> None:
    made = opened(tmp_path)
    chunk = Chunk(0, made.recorded.samples(0, GAP[0]))
    was = made.monitor().push(chunk)[-1].activation
    now = replace(made, gentle_uv=5.0).monitor().push(chunk)[-1].activation
    np.testing.assert_allclose(now, 4.0 * was)
