"""BIDS: a recording becomes part of a data set that others can read, and nothing is lost in it."""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from calibration.montage import Montage, montages
from host.errors import RecordingError, SettingsError
from host.recording.bids.bdf import write_bdf
from host.recording.bids.dataset import read_tsv
from host.recording.bids.recording import BidsRecording, bids_session
from host.recording.bids.writing import write_bids
from host.recording.events import Marker
from host.recording.foreign.files import read_foreign
from host.recording.reader import SessionRecording, read_session
from tests.host.recording.bids.sessions import GAP, RATE_HZ, STOP, issues, write_session

OWNERS = {
    ("warning", "NO_AUTHORS", "Authors"),
    ("warning", "TOO_FEW_AUTHORS", ""),
    ("warning", "JSON_KEY_RECOMMENDED", "HEDVersion"),
    ("warning", "JSON_KEY_RECOMMENDED", "SourceDatasets"),
}
"""What only the owner of a data set can say."""


@pytest.fixture
def session(tmp_path: Path) -> SessionRecording:
    return read_session(write_session(tmp_path / "rec", started="2025-03-04T12:00:00.25+00:00"))


@pytest.fixture
def recording(session: SessionRecording) -> BidsRecording:
    return bids_session(session)


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_emg_bids_1_11_the_validator_finds_no_error(
    recording: BidsRecording, tmp_path: Path
) -> None:
    write_bids(recording, tmp_path / "ds")
    assert set(issues(tmp_path / "ds")) <= OWNERS


def test_emg_bids_names_of_files_have_subject_session_task_and_run(
    recording: BidsRecording, tmp_path: Path
) -> None:
    root = tmp_path / "ds"
    made = write_bids(recording, root, subject="A17", session="pre", task="gentle smile")
    folder = root / "sub-A17" / "ses-pre" / "emg"
    assert made.emg == folder / "sub-A17_ses-pre_task-gentlesmile_run-01_emg.bdf"
    ends = ("emg.json", "channels.tsv", "channels.json", "events.tsv", "events.json")
    stem = "sub-A17_ses-pre"
    assert {path.name for path in folder.iterdir()} == {
        made.emg.name,
        *(f"{stem}_task-gentlesmile_run-01_{end}" for end in ends),
        f"{stem}_electrodes.tsv",
        f"{stem}_electrodes.json",
        f"{stem}_space-face_coordsystem.json",
    }
    sidecar = json.loads((folder / f"{stem}_task-gentlesmile_run-01_emg.json").read_text())
    assert sidecar["TaskName"] == "gentle smile"


def test_the_samples_of_the_copy_are_equal_one_by_one(
    recording: BidsRecording, tmp_path: Path
) -> None:
    copy = read_foreign(write_bids(recording, tmp_path / "ds").emg)
    for span in recording.recorded.spans:
        np.testing.assert_array_equal(
            copy.samples(span.start, span.stop), recording.recorded.samples(span.start, span.stop)
        )


def test_the_copy_is_the_session_s_own_file_but_for_the_subject_s_code(
    session: SessionRecording, tmp_path: Path
) -> None:
    recording = bids_session(session)
    copy = write_bids(recording, tmp_path / "ds", subject="A17").emg.read_bytes()
    own = (session.folder / "emg.bdf").read_bytes()
    assert copy[8:88].split()[0] == b"A17"
    head = recording.shape.header_bytes
    assert (copy[:8], copy[168:head]) == (own[:8], own[168:head])
    size = recording.shape.record_bytes
    records = [
        [content[at : at + recording.shape.data_bytes] for at in range(head, len(content), size)]
        for content in (copy, own)
    ]
    assert records[0] == records[1]


def test_gaps_hold_the_last_values_and_are_annotated(
    recording: BidsRecording, tmp_path: Path
) -> None:
    mne = pytest.importorskip("mne")
    raw = mne.io.read_raw_bdf(write_bids(recording, tmp_path / "ds").emg, verbose="error")
    held = raw.get_data()[:, GAP[0] - 1 : GAP[1]]
    assert (held == held[:, :1]).all()
    gaps = [note for note in raw.annotations if note["description"] == "BAD_gap"]
    assert [round(note["onset"] * RATE_HZ) for note in gaps] == [GAP[0], STOP]
    assert round(gaps[0]["duration"] * RATE_HZ) == GAP[1] - GAP[0]
    assert round((gaps[1]["onset"] + gaps[1]["duration"]) * RATE_HZ) == raw.n_times


def test_mne_bids_reads_types_muscles_and_events(recording: BidsRecording, tmp_path: Path) -> None:
    mne_bids = pytest.importorskip("mne_bids")
    write_bids(recording, tmp_path / "ds", session="1")
    path = mne_bids.BIDSPath(
        root=tmp_path / "ds", subject="01", session="1", task="retraining", run="01", datatype="emg"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        raw = mne_bids.read_raw_bids(path, verbose="error")
    assert set(raw.get_channel_types()) == {"emg"}
    assert raw.ch_names == ["EMG OrbOc L", "EMG ZygMaj L", "EMG OrbOc R", "EMG ZygMaj R"]
    assert raw.info["bads"] == ["EMG ZygMaj R"]
    assert raw.info["sfreq"] == RATE_HZ
    assert raw.info["meas_date"].isoformat() == "2025-03-04T12:00:00.250000+00:00"
    said = [(round(note["onset"], 3), note["description"]) for note in raw.annotations]
    assert said == [
        (0.0, "gentle closed smile/rest"),
        (2.0, "gentle closed smile/rise"),
        (3.0, "gentle closed smile/hold"),
        (4.0, "BAD_gap"),
        (4.8, "touch"),
        (6.0, "marker"),
        (6.4, "adjusted"),
        (7.0, "gentle closed smile/release"),
        (8.012, "BAD_gap"),
    ]


def test_more_runs_sessions_and_subjects_are_added_and_nothing_is_overwritten(
    recording: BidsRecording, tmp_path: Path
) -> None:
    root = tmp_path / "ds"
    first = write_bids(recording, root, session="1")
    before = contents(root)
    later = bids_session(read_session(write_session(tmp_path / "later")))
    assert write_bids(later, root, session="1").emg.name == first.emg.name.replace("-01_e", "-02_e")
    chin = Montage(name="chin", sites=montages()["face-8-chin"].sites[1:5])
    write_bids(
        bids_session(read_session(write_session(tmp_path / "chin", montage=chin))),
        root,
        session="2",
    )
    write_bids(recording, root, subject="02", session="1")
    after = contents(root)
    tables = {path for path in before if path.name.endswith(("participants.tsv", "scans.tsv"))}
    assert {path for path in before if after[path] != before[path]} == tables
    assert read_tsv(root / "participants.tsv")[1] == [
        {"participant_id": "sub-01", "age": "n/a", "sex": "n/a"},
        {"participant_id": "sub-02", "age": "n/a", "sex": "n/a"},
    ]
    assert set(issues(root)) <= OWNERS


def test_what_the_owner_wrote_into_a_data_set_stays(
    recording: BidsRecording, tmp_path: Path
) -> None:
    root = tmp_path / "ds"
    root.mkdir()
    own = '{"Name": "Ours", "BIDSVersion": "1.11.0", "Authors": ["A", "B"]}'
    (root / "dataset_description.json").write_text(own)
    (root / "README.md").write_text("About us. " * 20)
    (root / "participants.tsv").write_text("participant_id\tgroup\nsub-09\tcontrol\n")
    write_bids(recording, root)
    assert (root / "dataset_description.json").read_text() == own
    assert not (root / "README").exists()
    assert (root / "participants.tsv").read_text() == (
        "participant_id\tgroup\tage\tsex\nsub-09\tcontrol\tn/a\tn/a\nsub-01\tn/a\tn/a\tn/a\n"
    )


def test_the_day_is_the_session_where_none_is_given(
    recording: BidsRecording, tmp_path: Path
) -> None:
    assert write_bids(recording, tmp_path / "ds").emg.parent.parent.name == "ses-20250304"


def test_p_subjects_are_codes_and_what_is_left_of_them_is_said(
    recording: BidsRecording, tmp_path: Path
) -> None:
    made = write_bids(recording, tmp_path / "ds", subject="sub-K 7/b")
    assert made.emg.name.startswith("sub-K7b_")
    assert made.remarks == (
        "The subject 'sub-K 7/b' is written as K7b: BIDS allows letters and digits only.",
    )
    assert "K7b" in str(made)
    with pytest.raises(SettingsError, match="has no letter or digit"):
        write_bids(recording, tmp_path / "ds", subject="…")


def test_the_same_recording_is_not_added_twice(recording: BidsRecording, tmp_path: Path) -> None:
    write_bids(recording, tmp_path / "ds")
    before = contents(tmp_path / "ds")
    with pytest.raises(SettingsError, match="already, as emg/sub-01"):
        write_bids(recording, tmp_path / "ds", session="again")
    assert contents(tmp_path / "ds") == before


def test_emg_bids_electrodes_that_lie_elsewhere_need_another_session(
    recording: BidsRecording, tmp_path: Path
) -> None:
    write_bids(recording, tmp_path / "ds", session="1")
    other = Montage(name="brow", sites=montages()["face-8-brow"].sites[:4])
    later = bids_session(read_session(write_session(tmp_path / "later", montage=other)))
    before = contents(tmp_path / "ds")
    with pytest.raises(SettingsError, match="other electrodes: give this recording another"):
        write_bids(later, tmp_path / "ds", session="1")
    assert contents(tmp_path / "ds") == before


def test_a_session_that_was_never_closed_is_exported_as_far_as_it_is_there(tmp_path: Path) -> None:
    session = read_session(write_session(tmp_path / "rec", closed=False))
    made = write_bids(bids_session(session), tmp_path / "ds")
    copy = read_foreign(made.emg)
    last = session.spans[-1]
    assert last.stop > GAP[1]
    np.testing.assert_array_equal(
        copy.samples(last.start, last.stop), session.samples(last.start, last.stop)
    )
    assert set(issues(tmp_path / "ds")) <= OWNERS


def test_more_annotations_than_records_have_room_for_all_find_one(
    recording: BidsRecording, tmp_path: Path
) -> None:
    marks = [event for event in recording.events if isinstance(event, Marker)] * 90
    path = tmp_path / "many.bdf"
    written = write_bdf(path, recording.recorded, recording.shape, marks, started=None, patient="X")
    notes = [one for one in read_foreign(path).markers if one.text.startswith("coughed")]
    assert len(notes) == 90
    assert written % recording.shape.samples == 0


@pytest.mark.parametrize("inside", ["", "else.txt"])
def test_a_file_and_a_folder_of_something_else_are_refused(
    recording: BidsRecording, tmp_path: Path, inside: str
) -> None:
    root = tmp_path / "taken"
    if inside:
        root.mkdir()
    (root / inside if inside else root).write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(SettingsError) as refused:
        write_bids(recording, root)
    assert "\n" not in str(refused.value)
    assert contents(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_where_the_disk_refuses_it_is_said_and_no_trace_is_left(
    recording: BidsRecording, tmp_path: Path
) -> None:
    import resource

    root = tmp_path / "ds"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(RecordingError, match="cannot be written: File too large") as refused:
            write_bids(recording, root)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "\n" not in str(refused.value)
    assert not root.exists()
