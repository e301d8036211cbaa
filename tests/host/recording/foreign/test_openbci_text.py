"""The four versions of the GUI's text, as each wrote it."""

import numpy as np
import pytest

from host.errors import RecordingError
from host.recording.foreign.openbci_text import read
from host.recording.foreign.reading import CYTON, DAISY, GANGLION

CLOCK = "2023-09-19 11:02:46.25"


def v5(channels: int, board: str, *, rows: int = 6, stamp: str = "1.60226245{k}E9") -> list[str]:
    head = [
        "%OpenBCI Raw EEG Data",
        f"%Number of channels = {channels}",
        "%Sample Rate = 125 Hz",
        f"%Board = OpenBCI_GUI$Board{board}",
    ]
    exg = ", ".join(f"{number}.5" for number in range(channels))
    return [
        *head,
        *(f"{k}, {exg}, 0, 0, 1, 192, {stamp.format(k=k)}, {CLOCK}{k}" for k in range(rows)),
    ]


def test_the_board_s_name_tells_the_board() -> None:
    assert read(v5(8, "CytonSerial")).board is CYTON
    assert read(v5(16, "CytonSerialDaisy")).board is DAISY
    assert read(v5(4, "GanglionBLE")).board is GANGLION


def test_the_number_of_channels_tells_the_board_where_no_name_does() -> None:
    lines = [line for line in v5(16, "CytonSerialDaisy") if "Board" not in line]
    assert read(lines).board is DAISY


@pytest.mark.parametrize(
    ("stamp", "times"),
    [("1.60226245{k}E9", 1_602_262_450.0), ("160226245{k}", 1_602_262_450.0)],
)
def test_seconds_may_be_written_in_e_notation(stamp: str, times: float) -> None:
    reading = read(v5(8, "CytonSerial", stamp=stamp))
    assert reading.time_s is not None
    np.testing.assert_allclose(reading.time_s, times + np.arange(6), rtol=0, atol=1e-3)


def test_milliseconds_become_seconds() -> None:
    reading = read(v5(8, "CytonSerial", stamp="160226245600{k}"))
    assert reading.time_s is not None
    np.testing.assert_allclose(reading.time_s, 1_602_262_456 + np.arange(6) / 1000, atol=1e-6)


def test_without_a_stamp_the_clock_counts_on_past_midnight() -> None:
    rows = ["0, 1.0, 0, 0, 0, 23:59:59.999", "1, 1.0, 0, 0, 0, 00:00:00.004"]
    reading = read(["%OpenBCI Raw EEG Data", "%Sample Rate = 200.0 Hz", *rows])
    assert reading.time_s is not None
    assert reading.data_uv.shape == (2, 1)
    assert np.diff(reading.time_s) == pytest.approx(0.005)


def test_without_a_rate_in_the_header_the_timestamps_give_it() -> None:
    lines = [line for line in v5(8, "CytonSerial", rows=0) if "Rate" not in line]
    row = "{}, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 1, 192, {}, 0:0:0"
    lines += [row.format(k % 256, 1_602_262_456_000 + 4 * k + k % 3) for k in range(600)]
    reading = read(lines)
    assert (reading.rate_hz, reading.rate_from) == (250.0, "the timestamps")


def test_named_columns_are_found_wherever_they_stand() -> None:
    lines = [
        "%Sample Rate = 250 Hz",
        "Sample Index, Accel Channel 0, EXG Channel 0, EXG Channel 1, Timestamp, Marker Channel",
        "0, 9, 1.5, 2.5, 1557936053329, 0",
    ]
    reading = read(lines)
    np.testing.assert_array_equal(reading.data_uv, [[1.5, 2.5]])
    assert reading.format == "OpenBCI GUI text, version 6"
    assert reading.labels == ("EXG Channel 0", "EXG Channel 1")
    assert reading.started == "2019-05-15T16:00:53.329+00:00"


def test_the_column_of_markers_holds_marks() -> None:
    lines = [
        "%Sample Rate = 250 Hz",
        "Sample Index, EXG Channel 0, Timestamp, Marker Channel",
        *(f"{k}, {k}.5, {1557936053329 + 4 * k}, {marker}" for k, marker in enumerate("0220x5")),
    ]
    marks = read(lines).marks
    assert [(mark.start, mark.stop, mark.text) for mark in marks] == [(1, 3, "2"), (5, 6, "5")]
    assert {mark.by for mark in marks} == {"Marker Channel"}


def test_a_second_file_behind_the_first_is_read_on() -> None:
    reading = read([*v5(8, "CytonSerial"), *v5(8, "CytonSerial")])
    assert len(reading.data_uv) == 12
    assert reading.remarks == ("4 header lines between the samples were skipped.",)


def test_a_header_alone_is_refused() -> None:
    with pytest.raises(RecordingError, match="no samples"):
        read(v5(8, "CytonSerial", rows=0))
