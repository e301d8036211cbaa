"""BrainFlow's own files: no header, so the columns and the clock must tell the board."""

import pytest

from host.errors import RecordingError
from host.recording.foreign.brainflow_csv import LAYOUTS, Layout, looks_numeric, read


def lines(layout: Layout, *, separator: str = "\t", rows: int = 600) -> list[str]:
    """Write a file as BrainFlow would: channel `c` holds the value `c`."""
    made = []
    for row in range(rows):
        cells = ["0.000000"] * layout.columns
        cells[0] = f"{row % 256:.6f}"
        for channel in range(1, layout.channels + 1):
            cells[channel] = f"{channel:.6f}"
        arrived_s = 1_695_115_288.85 + row / layout.rate_hz + (row % 3) * 0.0004
        cells[layout.time] = f"{arrived_s:.6f}"
        made.append(separator.join(cells))
    return made


@pytest.mark.parametrize("separator", ["\t", ","])
@pytest.mark.parametrize(
    "layout", LAYOUTS, ids=lambda layout: f"{layout.board.name} {layout.rate_hz}"
)
def test_each_board_is_known_by_its_columns_and_its_rate(layout: Layout, separator: str) -> None:
    reading = read(lines(layout, separator=separator))
    assert reading.format == f"BrainFlow CSV, {layout.board.name}"
    assert reading.rate_hz == layout.rate_hz
    assert reading.data_uv[0].tolist() == list(range(1, layout.channels + 1))


def test_the_layouts_are_brainflow_s_own() -> None:
    shim = pytest.importorskip("brainflow.board_shim", reason="BrainFlow is not installed")
    ids = shim.BoardIds
    without_rows = (ids.NO_BOARD, ids.PLAYBACK_FILE_BOARD, ids.STREAMING_BOARD)
    boards = [
        shim.BoardShim.get_board_descr(board.value) for board in ids if board not in without_rows
    ]
    of_brainflow = {
        (
            about["num_rows"],
            about["sampling_rate"],
            len(channels),
            about["timestamp_channel"],
            about["marker_channel"],
        )
        for about in boards
        for channels in [about.get("emg_channels") or about.get("eeg_channels") or []]
        if channels[:1] == [1] and about["package_num_channel"] == 0
    }
    for layout in LAYOUTS:
        place = (layout.columns, layout.rate_hz, layout.channels, layout.time, layout.marker)
        assert place in of_brainflow, layout


def test_the_last_column_holds_markers_and_the_first_row_tells_the_day() -> None:
    made = lines(LAYOUTS[0])
    made[40] = made[40].removesuffix("0.000000") + "7.000000"
    reading = read(made)
    assert [(mark.start, mark.stop, mark.text, mark.by) for mark in reading.marks] == [
        (40, 41, "7", "marker")
    ]
    assert reading.started == "2023-09-19T09:21:28.850+00:00"


def test_other_numbers_are_refused() -> None:
    with pytest.raises(RecordingError, match="3 columns"):
        read(["1,2,3", "4,5,6"])
    with pytest.raises(RecordingError, match="no time stamp"):
        read([",".join("1" * 24)])


@pytest.mark.parametrize(
    ("line", "numeric"),
    [("1\t2.5\t-3e4", True), ("1, 2", True), ("Channel_1,Channel_2", False), ("7", False)],
)
def test_a_header_is_told_from_numbers(line: str, *, numeric: bool) -> None:
    assert looks_numeric(line) is numeric
