"""What stands beside the samples in BIDS: channels, electrodes, events, and what is not known."""

import json
from pathlib import Path

import numpy as np
import pytest

from calibration.muscles import Side
from calibration.placement import placement
from host.chain.stream import Chunk, Stream, channel_names
from host.recording.bids.channels import channels_table, electrodes_table
from host.recording.bids.dataset import read_tsv
from host.recording.bids.events import events_table
from host.recording.bids.recording import BidsRecording, bids_session
from host.recording.bids.sidecars import emg_sidecar
from host.recording.bids.writing import write_bids
from host.recording.bout_events import AttemptLeftOut, BoutBegun, BoutEnded, FeedbackSet, Felt
from host.recording.events import Marker, Touch
from host.recording.foreign.files import ForeignRecording, read_foreign
from host.recording.reader import read_session
from tests.host.recording.bids.sessions import (
    GAP,
    RATE_HZ,
    STOP,
    issues,
    samples,
    write_session,
)
from tests.host.recording.bids.test_writing import OWNERS


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> BidsRecording:
    return bids_session(read_session(write_session(tmp_path_factory.mktemp("rec") / "one")))


def rows(table_tsv: str) -> list[dict[str, str]]:
    header, *lines = [line.split("\t") for line in table_tsv.splitlines()]
    return [dict(zip(header, line, strict=True)) for line in lines]


def foreign(**changes: object) -> BidsRecording:
    """Return a plain recording of another program with a gap, and nothing known about it."""
    stream = Stream(rate_hz=RATE_HZ, channels=channel_names(2))
    runs = (
        Chunk(0, stream.on_grid(samples(0, GAP[0], 2))),
        Chunk(GAP[1], stream.on_grid(samples(GAP[1], STOP, 2))),
    )
    recorded = ForeignRecording(stream=stream, runs=runs, format="a text")
    from calibration.montage import plain_montage

    settings = {
        "recorded": recorded,
        "montage": plain_montage(2),
        "affected": None,
        "source": "a text",
        **changes,
    }
    return BidsRecording(**settings)  # type: ignore[arg-type]


def test_t1_channels_name_muscle_side_and_the_affected_side(recording: BidsRecording) -> None:
    table = channels_table(recording, placement())
    left, right = rows(table.tsv)[1], rows(table.tsv)[3]
    assert (left["muscle"], left["side"], left["affected"]) == ("ZYG", "left", "false")
    assert (right["muscle"], right["side"], right["affected"]) == ("ZYG", "right", "true")
    assert right["target_muscle"] == "zygomaticus major, right"
    assert (right["units"], right["type"], right["sampling_frequency"]) == ("uV", "EMG", "250")


def test_emg_bids_the_reference_of_a_channel_is_an_electrode_of_the_table(
    recording: BidsRecording,
) -> None:
    electrodes = rows(electrodes_table(recording.montage.sites, placement()).tsv)
    names = [row["name"] for row in electrodes]
    channels = rows(channels_table(recording, placement()).tsv)
    used = [row[which] for row in channels for which in ("signal_electrode", "reference")]
    assert used == names
    assert len(set(names)) == 8


def test_electrodes_of_the_patient_s_left_have_negative_x(recording: BidsRecording) -> None:
    for row in rows(electrodes_table(recording.montage.sites, placement()).tsv):
        assert (float(row["x"]) < 0) == (row["group"] == "left")


def test_a_channel_without_signal_for_most_of_the_time_is_bad_and_unknown_is_never_good(
    recording: BidsRecording,
) -> None:
    table = rows(channels_table(recording, placement()).tsv)
    assert [row["status"] for row in table] == ["good", "good", "good", "bad"]
    assert table[0]["status_description"] == "no signal for 1.0 s of 8.0 s"
    assert table[3]["status_description"] == "no signal for 8.0 s of 8.0 s"
    unseen = rows(channels_table(foreign(), placement()).tsv)
    assert {row["status"] for row in unseen} == {"n/a"}


def test_events_last_as_long_as_they_did_and_every_kind_is_described(
    recording: BidsRecording,
) -> None:
    table = events_table(recording, STOP + 22)
    found = {(row["trial_type"], row["sample"]): row for row in rows(table.tsv)}
    assert found["gentle closed smile/hold", "750"]["duration"] == "4"
    assert found["touch", "1200"]["duration"] == "1"
    assert found["touch", "1200"]["muscles"] == "OOC"
    assert found["marker", "1500"]["text"] == "coughed once — ärger"
    assert found["marker", "1500"]["duration"] == "0.1"
    assert found["adjusted", "1600"]["text"].startswith("thresholds: 0.3 for 0.1 s begins")
    assert found["BAD_gap", str(GAP[0])]["duration"] == "0.52"
    assert found["BAD_gap", str(STOP)]["text"] == "end"
    levels = table.sidecar["trial_type"]
    assert isinstance(levels, dict)
    assert set(levels["Levels"]) == {kind for kind, _ in found}
    assert {column.name for column in table.columns} == set(table.sidecar)


def test_p7_a_bout_lasts_until_it_was_over_and_what_was_felt_is_in_the_table() -> None:
    begun = BoutBegun(
        sample=100, number=1, pattern="pucker", mode="feel first", faded_share=0.5, bout_s=30.0,
        rise_s=2.0, hold_s=5.0, release_s=2.0, rest_s=10.0, pause_s=60.0,
    )  # fmt: skip
    events = (
        begun,
        FeedbackSet(sample=200, attempt=1, shown=False),
        AttemptLeftOut(sample=300, attempt=1, why="It was skipped."),
        Felt(sample=400, attempt=2, muscles=("OOC", "ZYG")),
        BoutEnded(sample=600, number=1, why="It was ended."),
    )
    table = events_table(foreign(events=events), STOP)
    found = {row["trial_type"]: row for row in rows(table.tsv)}
    assert (found["bout"]["pattern"], found["bout"]["duration"]) == ("pucker", "2")
    assert found["felt"]["muscles"] == "OOC ZYG"
    assert found["left out"]["text"] == "attempt 1: It was skipped."
    levels = table.sidecar["trial_type"]
    assert isinstance(levels, dict)
    assert set(levels["Levels"]) == set(found)


def test_p5_a_touch_that_never_ends_lasts_until_the_end() -> None:
    touch = Touch(sample=400, muscles=("PLA",), on=True)
    (row,) = [
        row
        for row in rows(events_table(foreign(events=(touch,)), STOP).tsv)
        if row["trial_type"] == "touch"
    ]
    assert float(row["duration"]) == pytest.approx((STOP - 400) / RATE_HZ)


def test_emg_bids_the_sidecar_says_what_is_known_and_no_more(recording: BidsRecording) -> None:
    ours, plain = emg_sidecar(recording, "retraining"), emg_sidecar(foreign(), "retraining")
    assert (ours["Manufacturer"], ours["ManufacturersModelName"]) == ("OpenBCI", "Cyton")
    assert ours["HardwareFilters"] == {"Converter's low-pass": {"-3 dB (Hz)": 65.5}}
    assert ours["SoftwareFilters"] == "n/a"
    assert ours["RecordingDuration"] == STOP / RATE_HZ
    assert ours["Instructions"] == "gentle closed smile: Smile gently, lips closed."
    assert "not measured" in str(ours["EMGPlacementSchemeDescription"])
    assert (plain["Manufacturer"], plain["EMGReference"], plain["Instructions"]) == ("n/a",) * 3
    assert plain["EMGPlacementSchemeDescription"] == "Nobody said where the electrodes lay."


def test_simulated_signals_are_called_so(recording: BidsRecording) -> None:
    from dataclasses import replace

    said = emg_sidecar(replace(recording, source="simulated patient, read directly"), "x")
    assert str(said["TaskDescription"]).startswith("Simulated signals: no person was recorded.")
    assert said["Manufacturer"] == "n/a"


def test_the_mains_is_the_one_that_is_heard() -> None:
    stream = Stream(rate_hz=RATE_HZ, channels=("ch1", "ch2"))
    hum = np.sin(2 * np.pi * 60.0 * np.arange(1500) / RATE_HZ)[:, np.newaxis] * [100.0, 50.0]
    run = Chunk(0, stream.on_grid(hum))
    recorded = ForeignRecording(stream=stream, runs=(run,), format="a text")
    assert foreign(recorded=recorded, mains_hz=(50.0, 60.0)).heard_mains_hz() == 60.0
    assert foreign(mains_hz=(50.0,)).heard_mains_hz() == 50.0
    assert foreign().heard_mains_hz() is None


def test_a_plain_recording_of_another_program_is_exported_with_its_gap_and_without_electrodes(
    tmp_path: Path,
) -> None:
    markers = (Marker(sample=300, text="look", by="other"),)
    made = write_bids(foreign(events=markers, labels=("left", "right")), tmp_path / "ds")
    assert not list(made.emg.parent.glob("*electrodes*"))
    assert made.emg.parent.parent.name == "ses-01"
    _, channels = read_tsv(made.emg.with_name(made.emg.name.replace("emg.bdf", "channels.tsv")))
    assert [row["description"] for row in channels] == ["left", "right"]
    _, scans = read_tsv(next(made.root.rglob("*_scans.tsv")))
    assert scans[0]["acq_time"] == "n/a"
    copy = read_foreign(made.emg)
    for run in ((0, GAP[0]), (GAP[1], STOP)):
        np.testing.assert_array_equal(copy.samples(*run), foreign().recorded.samples(*run))
    assert set(issues(tmp_path / "ds")) <= OWNERS


def test_a_recording_without_any_event_is_still_valid_bids(tmp_path: Path) -> None:
    stream = Stream(rate_hz=RATE_HZ, channels=("ch1", "ch2"))
    whole = Chunk(0, stream.on_grid(samples(0, 2000, 2)))
    recorded = ForeignRecording(stream=stream, runs=(whole,), format="a text")
    write_bids(foreign(recorded=recorded), tmp_path / "ds")
    assert set(issues(tmp_path / "ds")) <= OWNERS


def test_a_file_of_the_real_recordings_is_exported(recordings: Path, tmp_path: Path) -> None:
    read = read_foreign(recordings / "cyton_gui" / "v6.txt")
    from calibration.montage import plain_montage

    channels = len(read.stream.channels)
    made = write_bids(
        foreign(
            recorded=read,
            montage=plain_montage(channels),
            source=read.format,
            labels=read.labels,
            started=read.started,
            events=read.markers,
        ),
        tmp_path / "ds",
    )
    sidecar = json.loads(made.emg.with_suffix(".json").read_text(encoding="utf-8"))
    assert sidecar["Manufacturer"] == "OpenBCI"
    assert set(issues(tmp_path / "ds")) <= OWNERS


def test_a_montage_of_other_channels_is_refused(recording: BidsRecording) -> None:
    with pytest.raises(ValueError, match="need a site for each of 2 channels"):
        foreign(montage=recording.montage, affected=Side.LEFT)
