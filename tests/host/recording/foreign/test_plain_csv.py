"""CSV with a header: which columns are channels, in which unit, at which rate."""

import numpy as np
import pytest

from host.errors import RecordingError
from host.recording.foreign.plain_csv import read
from host.recording.foreign.reading import CYTON, DAISY

CYTON_STEP_UV = 4.5e6 / 24 / (2**23 - 1)


@pytest.mark.parametrize(
    "name", ["Channel_1", "channel 1", "Ch1", "CH_1", "EMG1", "emg_zyg", "EXG Channel 0", "sEMG L"]
)
def test_channels_go_by_many_names(name: str) -> None:
    reading = read([f"mood,{name},Accel Channel 0", "fine,1.5,3", "fine,2.5,3"])
    np.testing.assert_array_equal(reading.data_uv, [[1.5], [2.5]])
    assert reading.labels == (name,)
    assert "Columns that hold no channel were ignored: mood, Accel Channel 0." in reading.remarks


@pytest.mark.parametrize("name", ["WORD", "Marker", "trigger", "Event code", "labels", "cue"])
def test_columns_of_marks_go_by_many_names(name: str) -> None:
    reading = read([f"ch1,{name}", "1,", "2,sim", "3,sim", "4,$SILENCE", "5,0"])
    assert [(mark.start, mark.stop, mark.text, mark.by) for mark in reading.marks] == [
        (1, 3, "sim", name),
        (3, 4, "$SILENCE", name),
    ]
    assert not any("ignored" in remark for remark in reading.remarks)


def test_many_blanks_in_a_name_take_no_time() -> None:
    assert read([f"ch1,a{' ' * 200_000}b", "1.5,2", "2.5,3"]).data_uv.shape == (2, 1)


def test_comments_are_no_rows() -> None:
    reading = read(["# mine", "// too", "ch1", "1.5", "2.5"])
    np.testing.assert_array_equal(reading.data_uv, [[1.5], [2.5]])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_separator_will_do(separator: str) -> None:
    rows = ["ch1,ch2", '"1.5",2.5', "1.25,2.75"]
    reading = read([row.replace(",", separator) for row in rows])
    np.testing.assert_array_equal(reading.data_uv, [[1.5, 2.5], [1.25, 2.75]])


@pytest.mark.parametrize(
    ("name", "factor"),
    [("ch1 (mV)", 1e3), ("ch1 [uV]", 1.0), ("ch1_uV", 1.0), ("ch1 (µV)", 1.0), ("ch1 (V)", 1e6)],
)
def test_the_unit_in_the_name_counts(name: str, factor: float) -> None:
    reading = read([name, "0.5", "1.5"])
    np.testing.assert_allclose(reading.data_uv[:, 0], [0.5 * factor, 1.5 * factor])
    assert not reading.remarks


@pytest.mark.parametrize(
    ("name", "unit_s"), [("time", 1.0), ("Time (ms)", 1e-3), ("timestamp", 1e-3), ("t_s", 1.0)]
)
def test_the_rate_comes_from_a_column_of_times(name: str, unit_s: float) -> None:
    rows = [f"{k * 0.001 / unit_s:.6g},{k % 5}" for k in range(50)]
    reading = read([f"{name},ch1", *rows])
    assert reading.rate_hz == 1000.0
    assert reading.time_s is not None
    assert reading.time_s[10] == pytest.approx(0.01)


@pytest.mark.parametrize(("channels", "rate_hz"), [(4, 250.0), (8, 250.0), (16, 125.0)])
def test_values_on_the_cyton_s_grid_are_a_cyton(channels: int, rate_hz: float) -> None:
    counts = np.random.default_rng(3).integers(-(2**23), 2**23, (20, channels))
    head = ",".join(f"Channel_{number}" for number in range(1, channels + 1))
    reading = read([head, *(",".join(map(repr, row.tolist())) for row in counts * CYTON_STEP_UV)])
    assert reading.board is (DAISY if channels > 8 else CYTON)
    assert reading.rate_hz == rate_hz
    assert not reading.remarks


def test_values_off_the_grid_have_no_rate() -> None:
    assert read(["ch1", "1.5", "2.5"]).rate_hz is None


def test_decimal_commas_are_refused() -> None:
    with pytest.raises(RecordingError, match="decimal points"):
        read(["ch1;ch2", "1,5;2,5"])
