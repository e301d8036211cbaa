"""The real recordings beside the project, each read as its authors meant it."""

import io
from pathlib import Path

import numpy as np
import pytest
import pyxdf
from scipy.io import loadmat

from host.errors import RecordingError
from host.recording.foreign.files import ForeignRecording, read_foreign, read_foreign_bytes
from host.recording.foreign.mapping import CsvMapping
from host.recording.foreign.marks import clean
from host.recording.foreign.runs import Run
from host.recording.foreign.xdf_chunks import scan
from host.recording.foreign.xdf_values import read_texts, read_values


def only_run(recording: ForeignRecording) -> Run:
    assert len(recording.runs) == 1
    assert recording.runs[0].start == 0
    return recording.runs[0]


def test_the_three_gui_texts_hold_bit_identical_samples(recordings: Path) -> None:
    four, five, six = (
        read_foreign(recordings / "cyton_gui" / f"v{version}.txt") for version in (4, 5, 6)
    )
    assert [found.format for found in (four, five, six)] == [
        f"OpenBCI GUI text, version {version}" for version in (4, 5, 6)
    ]
    assert four.stream == five.stream == six.stream
    assert six.stream.rate_hz == 250.0
    assert len(only_run(six)) == 22_490
    assert only_run(four).data.tobytes() == only_run(six).data.tobytes()
    assert only_run(five).data.tobytes() == only_run(six).data.tobytes()
    # Version 5 has one row more, which is all zeros.
    assert "The first row is all zeros and was dropped." in five.remarks
    assert not any("dropped" in remark for remark in (*four.remarks, *six.remarks))
    assert six.labels == tuple(f"EXG Channel {number}" for number in range(8))
    assert [found.started for found in (four, five, six)] == ["2019-05-15T16:00:53.329+00:00"] * 3
    assert not six.markers


def test_samples_equal_the_text_to_half_a_step(recordings: Path) -> None:
    path = recordings / "cyton_gui" / "v6.txt"
    six = read_foreign(path)
    raw = np.loadtxt(path, delimiter=",", skiprows=5, usecols=range(1, 9))
    assert np.max(np.abs(only_run(six).data - raw)) <= six.stream.step_uv / 2 * (1 + 1e-9)


@pytest.mark.parametrize(
    ("name", "samples"), [("S02_S1R0", 26_207), ("S06_S1REST", 5_767), ("S08_S1R0", 27_286)]
)
def test_the_ganglion_has_two_live_channels_and_counts_to_200(
    recordings: Path, name: str, samples: int
) -> None:
    hand = read_foreign(recordings / "ganglion_hand" / f"OpenBCI-RAW-{name}.txt")
    assert hand.format == "OpenBCI GUI text, version 3"
    assert hand.stream.rate_hz == 200.0
    assert hand.stream.channels == ("ch1", "ch2", "ch3", "ch4")
    assert hand.stream.range_uv == pytest.approx(15_686.27)
    assert len(only_run(hand)) == samples
    assert "Channels 3–4 are flat at zero." in hand.remarks
    assert (np.ptp(only_run(hand).data, axis=0) > 0).tolist() == [True, True, False, False]
    assert hand.measured_hz == pytest.approx(200.0, rel=1e-3)


def test_a_csv_without_a_rate_is_a_cyton_when_its_values_say_so(recordings: Path) -> None:
    speech = read_foreign(recordings / "cyton_speech" / "P001_A_Sim.csv")
    assert speech.stream.rate_hz == 250.0
    assert len(only_run(speech)) == 25_059
    assert "Channels 5–8 are railed throughout." in speech.remarks
    assert "250 samples per second, from the Cyton, on whose grid all values lie." in speech.remarks
    assert not any("ignored" in remark for remark in speech.remarks)


@pytest.mark.parametrize("name", ["P001_A_Sim.csv", "P003_F_Sim.csv"])
def test_the_words_on_the_screen_are_markers(recordings: Path, name: str) -> None:
    path = recordings / "cyton_speech" / name
    speech = read_foreign(path)
    words = [line.split(",")[0] for line in path.read_text().splitlines()[1:]]
    assert len(words) == only_run(speech).stop
    assert {marker.by for marker in speech.markers} == {"WORD"}
    again = [""] * len(words)
    for marker in speech.markers:
        stop = marker.sample + max(1, marker.samples)
        again[marker.sample : stop] = [marker.text] * (stop - marker.sample)
    assert again == words


def test_a_brainflow_file_loses_its_zero_row_and_measures_its_rate(recordings: Path) -> None:
    file = read_foreign(recordings / "brainflow_csv" / "example_5.csv")
    assert file.format == "BrainFlow CSV, Cyton"
    assert len(only_run(file)) == 14_506
    assert file.stream.rate_hz == 250.0
    assert file.measured_hz == pytest.approx(250.3, abs=0.1)
    assert "The first row is all zeros and was dropped." in file.remarks
    assert "Channels 2–8 are railed throughout." in file.remarks
    assert only_run(file).data[0, 0] == pytest.approx(8510.76, abs=0.012)


def test_rows_of_nan_are_gaps_in_a_csv_of_another_converter(recordings: Path) -> None:
    face = read_foreign(recordings / "zyg_corr_2khz" / "sample_data_01.csv")
    assert face.stream.rate_hz == 2000.0
    assert any("millivolts" in remark for remark in face.remarks)
    assert "100 samples are missing in 1 gap." in face.remarks
    assert face.runs[-1].stop == 20_000


def test_lifts_in_millivolts_open_with_a_mapping(recordings: Path) -> None:
    columns = [
        loadmat(recordings / "semg_lifts" / f"12_{number}.mat")["semg"].ravel()
        for number in (1, 3, 4)
    ]
    mapping = CsvMapping(channels=(1, 2, 3), rate_hz=2000.0, unit="mV", header_lines=1)
    table = np.column_stack(columns)
    text = "// three sensors, mV\n" + "\n".join(";".join(map(repr, row)) for row in table.tolist())
    lifts = read_foreign_bytes(text.encode(), "lifts.csv", mapping=mapping)
    assert "The first row is all zeros and was dropped." in lifts.remarks
    assert lifts.duration_s == pytest.approx(49.5, abs=0.1)
    assert (
        np.max(np.abs(only_run(lifts).data - 1e3 * table[1:])) <= lifts.stream.step_uv / 2 * 1.001
    )


def test_an_xdf_without_emg_says_what_it_holds(recordings: Path) -> None:
    with pytest.raises(RecordingError) as caught:
        read_foreign(recordings / "xdf" / "minimal.xdf")
    assert str(caught.value) == (
        "minimal.xdf: no stream of it holds EMG at 100 or more samples per second; it has "
        "SendDataC (EEG, 3 channels, 10 per second) and SendDataString (StringMarker, text)"
    )


def test_an_xdf_of_others_holds_what_pyxdf_finds_in_it(recordings: Path) -> None:
    content = (recordings / "xdf" / "minimal.xdf").read_bytes()
    found = scan(content)
    streams, _ = pyxdf.load_xdf(
        io.BufferedReader(io.BytesIO(content)), synchronize_clocks=False, dejitter_timestamps=False
    )
    assert len(streams) == len(found.streams) == 2
    for other in streams:
        stream = found.streams[other["info"]["stream_id"]]
        chunks = found.samples[stream.number]
        if stream.format == "string":
            texts = read_texts(content, chunks, stream)
            assert [text for _, text in texts] == [clean(text) for (text,) in other["time_series"]]
            np.testing.assert_allclose([time for time, _ in texts], other["time_stamps"])
        else:
            values = read_values(content, chunks, stream, 100)
            np.testing.assert_array_equal(values.data, other["time_series"])
            np.testing.assert_allclose(values.time_s, other["time_stamps"])
        offsets = found.offsets.get(stream.number, [])
        assert [time for time, _ in offsets] == other["clock_times"]
        assert [value for _, value in offsets] == other["clock_values"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("semg_lifts/12_1.mat", "no text file"),
        ("semg_lifts/lifts.csv", "no column is named like a channel"),
        ("README.md", "no column is named like a channel"),
        ("cyton_gui", "folder"),
    ],
)
def test_the_other_files_beside_them_get_one_sentence(
    recordings: Path, name: str, sentence: str
) -> None:
    with pytest.raises(RecordingError, match=sentence):
        read_foreign(recordings / name)
