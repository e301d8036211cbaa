"""Recordings by others, as small files made here: every way in which one can be wrong."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from host.chain.stream import Chunk, Stream
from host.errors import RecordingError
from host.recording.foreign.files import ForeignRecording, read_foreign
from host.recording.foreign.runs import Run

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes one small file."""

    def to_file(content: str | bytes) -> Path:
        path = tmp_path / "recording.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return to_file


def only_run(recording: ForeignRecording) -> Run:
    assert len(recording.runs) == 1
    return recording.runs[0]


def said(recording: ForeignRecording) -> str:
    return " ".join(recording.remarks)


V6 = """%OpenBCI Raw EXG Data
%Number of channels = 4
%Sample Rate = 250 Hz
%Board = OpenBCI_GUI$BoardCytonSerial
Sample Index, EXG Channel 0, EXG Channel 1, Timestamp, Marker Channel, Timestamp (Formatted)
0, 1.00, -2.00, 1557936053329, 0, 12:00:53.329
1, 2.00, -3.00, 1557936053333, 0, 12:00:53.333
2, 3.00, -4.00, 1557936053337, 0, 12:00:53.337
3, 4.00, -5.00, 1557936053341, 0, 12:00:53.341
"""


def test_line_ends_and_byte_order_marks_change_nothing(write: Write) -> None:
    plain = only_run(read_foreign(write(V6))).data
    for text in (V6.replace("\n", "\r\n"), "\ufeff" + V6, V6.rstrip("\n"), V6.replace("\n", "\r")):
        np.testing.assert_array_equal(only_run(read_foreign(write(text))).data, plain)


def test_a_last_line_cut_short_is_left_out(write: Write) -> None:
    cut = read_foreign(write(V6 + "4, 5.00, -6."))
    assert len(only_run(cut)) == 4
    assert "The last line is incomplete and was left out." in cut.remarks


def test_zero_bytes_after_a_power_cut_are_left_out(write: Write) -> None:
    cut = read_foreign(write((V6 * 40).encode() + bytes(3000)))
    assert "The last line is incomplete and was left out." in cut.remarks


@pytest.mark.parametrize("garbage", ["??", "2, 3.00", "2, x, 1, 1557936053337, 0, 12:00:53.337"])
def test_a_garbled_line_is_a_gap_of_its_length(write: Write, garbage: str) -> None:
    text = V6.replace("2, 3.00, -4.00, 1557936053337, 0, 12:00:53.337", garbage)
    gapped = read_foreign(write(text))
    assert [run.start for run in gapped.runs] == [0, 3]
    assert "1 row without a number in every channel became a gap." in gapped.remarks
    assert "1 sample is missing in 1 gap." in gapped.remarks


@pytest.mark.parametrize("cell", ["nan", "", "inf", "1e999"])
def test_a_cell_without_a_number_is_a_gap(write: Write, cell: str) -> None:
    gapped = read_foreign(write(V6.replace("3.00, -4.00", f"{cell}, -4.00")))
    assert [(run.start, run.stop) for run in gapped.runs] == [(0, 2), (3, 4)]


def test_the_rate_that_is_asked_for_wins_and_a_contradiction_is_said(write: Write) -> None:
    asked = read_foreign(write(V6), rate_hz=500.0)
    assert asked.stream.rate_hz == 500.0
    assert "500 samples per second, as asked; the header says 250." in asked.remarks


def test_a_rate_that_the_timestamps_deny_is_said(write: Write) -> None:
    rows = [f"{k % 256}, {k % 7}.00, 1.00, {1557936053329 + 5 * k}, 0, 0" for k in range(2000)]
    denied = read_foreign(write("".join(V6.partition("0, 1.00")[0]) + "\n".join(rows)))
    assert "By its timestamps it has 200.00 samples per second, not 250." in denied.remarks


def test_a_lower_gain_widens_the_range(write: Write) -> None:
    wide = read_foreign(write(V6.replace("4.00, -5", "300000.00, -5")))
    assert wide.stream.range_uv == 375_000.0
    assert "Values exceed ±187500 µV" in said(wide)


def test_the_one_code_below_the_range_is_folded(write: Write) -> None:
    folded = read_foreign(write(V6.replace("4.00, -5.00", "-187500.02, -5.00")))
    assert folded.stream.range_uv == 187_500.0
    assert only_run(folded).data[3, 0] == -187_500.0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text file in UTF-8"),
        ("Größe,ch1".encode("utf-16"), "no text file in UTF-8"),
        ("Größe,ch1\n1,2\n".encode("latin-1"), "no text file in UTF-8"),
        (b"Dear patient,\nplease come on Monday.\n", "no column is named like a channel"),
        (b"ch1\n", "no samples below it"),
        (b"ch1,ch2\n1.5,2.5\n1.25,2.75\n", "give it: --rate 250"),
        (b"ch1,ch2\n1,2,3\n1,2,3\n", "names 2 columns"),
        (b"time;ch1\n0;1,5\n0;1,7\n", "decimal commas"),
        (b"1,2,3\n4,5,6\n", "fit no board"),
        (b"\t".join([b"1"] * 24) + b"\n", "no time stamp where BrainFlow"),
        (b"%OpenBCI Raw EEG Data\n", "holds no samples"),
        (b"%PDF-1.4\n1 0 obj\n", "no columns follow"),
        (b"%START AT\n00012AB3\n00,000012,FFFF31\n", "hexadecimal"),
        (b"%Sample Rate = 250\n0, 1,50, -2,25, 12:00:00.000\n", "decimal commas"),
        (b"%Number of channels = 90\n%Sample Rate = 250\n0,1,2\n1,1,2\n", "no room for 90"),
        (b"%Number of channels = 0\n%Sample Rate = 250\n0,1,2\n1,1,2\n", "no room for 0"),
        (b"%Number of channels = 1\n%Sample Rate = 20\n0,1,2\n1,1,2\n", "100 to 50000"),
        (b"%Number of channels = 1\n%Sample Rate = 250\n0,x,2\n1,y,2\n", "0 of its 2 rows"),
        (b"%Number of channels = 1\n%Sample Rate = 250\n0,9e9,2\n1,1,2\n", "cannot be microvolts"),
    ],
)
def test_what_is_no_recording_gets_one_sentence(
    write: Write, content: bytes, sentence: str
) -> None:
    with pytest.raises(RecordingError, match=sentence) as caught:
        read_foreign(write(content))
    assert str(caught.value).startswith("recording.txt: ")
    assert "\n" not in str(caught.value)


def test_a_folder_and_a_missing_file_get_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="folder"):
        read_foreign(tmp_path)
    with pytest.raises(RecordingError, match="no such file"):
        read_foreign(tmp_path / "gone.txt")


def test_a_recording_refuses_runs_that_overlap() -> None:
    stream = Stream(rate_hz=250.0, channels=("ch1",))
    chunk = Chunk(0, np.zeros((4, 1)))
    with pytest.raises(ValueError, match="in order"):
        ForeignRecording(stream=stream, runs=(chunk, Chunk(3, chunk.data)), format="")
    with pytest.raises(ValueError, match="samples"):
        ForeignRecording(stream=stream, runs=(), format="")
    with pytest.raises(ValueError, match="a label for each channel"):
        ForeignRecording(stream=stream, runs=(chunk,), format="", labels=("a", "b"))
