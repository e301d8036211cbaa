"""The real recordings beside the project, each read as its authors meant it."""

from pathlib import Path

import numpy as np
import pytest

from host.chain.stream import Chunk
from host.errors import RecordingError
from host.recording.foreign import ForeignRecording, read_foreign


def only_run(recording: ForeignRecording) -> Chunk:
    assert len(recording.runs) == 1
    assert recording.runs[0].start == 0
    return recording.runs[0]


def test_the_gui_versions_4_and_6_hold_bit_identical_samples(recordings: Path) -> None:
    four = read_foreign(recordings / "cyton_gui" / "v4.txt")
    six = read_foreign(recordings / "cyton_gui" / "v6.txt")
    assert (four.format, six.format) == (
        "OpenBCI GUI text, version 4",
        "OpenBCI GUI text, version 6",
    )
    assert four.stream == six.stream
    assert six.stream.rate_hz == 250.0
    assert len(only_run(six)) == 22_490
    np.testing.assert_array_equal(only_run(four).data, only_run(six).data)


def test_samples_equal_the_text_to_half_a_step(recordings: Path) -> None:
    path = recordings / "cyton_gui" / "v6.txt"
    six = read_foreign(path)
    raw = np.loadtxt(path, delimiter=",", skiprows=5, usecols=range(1, 9))
    assert np.max(np.abs(only_run(six).data - raw)) <= six.stream.step_uv / 2 * (1 + 1e-9)


def test_the_gui_version_5_is_equal_after_its_zero_row(recordings: Path) -> None:
    five = read_foreign(recordings / "cyton_gui" / "v5.txt")
    six = read_foreign(recordings / "cyton_gui" / "v6.txt")
    np.testing.assert_array_equal(only_run(five).data, only_run(six).data)
    assert "The first row is all zeros and was dropped." in five.remarks


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
    assert "Columns that hold no channel were ignored: WORD." in speech.remarks


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


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("xdf/minimal.xdf", "no text file"),
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
