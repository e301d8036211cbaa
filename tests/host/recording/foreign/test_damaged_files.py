"""Whatever is done to a file of any format, reading it gives a recording or one sentence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.errors import RecordingError
from host.recording.foreign.files import ForeignRecording, read_foreign, read_foreign_bytes
from host.recording.foreign.mapping import CsvMapping
from tests.host.recording.foreign.edf_files import edf_file, ramp, tal
from tests.host.recording.foreign.xdf_files import (
    boundary,
    offset,
    samples,
    stream_header,
    texts,
    xdf_file,
)

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
BRAINFLOW = "\n".join(
    "\t".join([f"{k}.0", "5.5", *["1.0"] * 20, f"{1695115288.85 + k / 250:.6f}", "0.0"])
    for k in range(4)
)
CSV = "time,ch1,Sample Index,ch2\n0.000,1.5,7,2\n0.004,1.5,8,2\n0.008,9,9,nan\n0.012,1.5,10,2\n"
V3 = "%Sample Rate = 200 Hz\n" + "".join(
    f"{k % 201}, 1.0, 2.0, 3.0, 4.0, 0.0, 0.0, 0.0, 23:59:59.9{k % 10}5\n" for k in range(6)
)

EDF = edf_file(
    [ramp(3, 100), ramp(3, 100, label="EMG2")],
    kind="EDF+D",
    record_s="0.5",
    notes=[
        tal("+0") + tal("+0.25", "BAD_gap", duration="0.1"),
        tal("+0.5") + tal("+0.7", "smile"),
        tal("+2"),
    ],
)
BDF = edf_file([ramp(3, 50), ramp(3, 50, label="A2")], kind="BDF", record_s="0.2")
XDF = xdf_file(
    stream_header(1, labels=["a", "b"], units=["uV", "mV"]),
    stream_header(2, name="Cues", type="Markers", channels=1, rate_hz=0, form="string"),
    samples(1, np.arange(40.0).reshape(20, 2), [1.0, *[None] * 18, 1.08]),
    offset(1, 1.0, -0.5),
    offset(2, 1.0, 0.5),
    boundary(),
    texts(2, [(1.0, "smile"), (None, "rest")]),
    samples(1, np.arange(40.0).reshape(20, 2), [3.0, *[None] * 19]),
)
MAPPED = (
    "rec 1\nn;t;a;b;m // names\n"
    + "".join(f"{k};{2 * k},0;{k},5;-{k};{k > 4}\n" for k in range(8))
    + "/* end\n*/\n"
)
MAPPING = CsvMapping(
    channels=("a", 4), time="t", time_unit="ms", index="n", marker="m", decimal=",", header_lines=1
)

PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [
            *(b",", b"\t", b"\n", b"%", b'"', b"\0", b"-", b"e300", b"1e17", b"9" * 30, b":"),
            *(b"\xff\xff\xff\xff", b"\x08", b"\x04\xff\xff\xff\xff", b"-1      ", b"        "),
            *(b"\x14", b"\x15", b"+1e9", b"nan     ", b"/*", b"//", b"<!DOCTYPE", b"99999999"),
        ]
    ),
)
EDITS = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 12), PIECES), max_size=4)
RATES = st.sampled_from([None, 250.0, 1e-9, np.nan])


@settings(max_examples=250, deadline=None)
@given(
    content=st.sampled_from([V6.encode(), BRAINFLOW.encode(), CSV.encode(), V3.encode()]),
    edits=EDITS,
    rate_hz=RATES,
)
def test_whatever_a_text_holds_only_a_recording_error_comes_out(
    content: bytes, edits: list[tuple[int, int, bytes]], rate_hz: float | None
) -> None:
    check_edited(content, edits, rate_hz, None)


@settings(max_examples=300, deadline=None)
@given(content=st.sampled_from([EDF, BDF]), edits=EDITS, rate_hz=RATES)
def test_whatever_an_edf_holds_only_a_recording_error_comes_out(
    content: bytes, edits: list[tuple[int, int, bytes]], rate_hz: float | None
) -> None:
    check_edited(content, edits, rate_hz, None)


@settings(max_examples=300, deadline=None)
@given(edits=EDITS, rate_hz=RATES)
def test_whatever_an_xdf_holds_only_a_recording_error_comes_out(
    edits: list[tuple[int, int, bytes]], rate_hz: float | None
) -> None:
    check_edited(XDF, edits, rate_hz, None)


@settings(max_examples=200, deadline=None)
@given(edits=EDITS, rate_hz=RATES)
def test_whatever_a_mapped_csv_holds_only_a_recording_error_comes_out(
    edits: list[tuple[int, int, bytes]], rate_hz: float | None
) -> None:
    check_edited(MAPPED.encode(), edits, rate_hz, MAPPING)


@pytest.mark.parametrize(
    ("content", "mapping"),
    [(EDF, None), (BDF, None), (XDF, None), (MAPPED.encode(), MAPPING), (V6.encode(), None)],
)
def test_the_edited_files_are_sound_to_begin_with(
    content: bytes, mapping: CsvMapping | None
) -> None:
    check_sound(read_foreign_bytes(content, "sound", mapping=mapping))


def check_edited(
    content: bytes,
    edits: list[tuple[int, int, bytes]],
    rate_hz: float | None,
    mapping: CsvMapping | None,
) -> None:
    for place, length, new in edits:
        at = place % (len(content) + 1)
        content = content[:at] + new + content[at + length :]
    try:
        recording = read_foreign_bytes(content, "edited", rate_hz=rate_hz, mapping=mapping)
    except RecordingError as error:
        assert "\n" not in str(error)  # noqa: PT017  either outcome is right
    else:
        check_sound(recording)


def check_sound(recording: ForeignRecording) -> None:
    assert recording.spans[0].start == 0
    for run in recording.runs:
        np.testing.assert_array_equal(recording.stream.on_grid(run.data), run.data)
        np.testing.assert_array_equal(recording.samples(run.start, run.stop), run.data)
    for marker in recording.markers:
        assert 0 <= marker.sample < recording.runs[-1].stop
        assert marker.text.isprintable()
    for sentence in (*recording.remarks, recording.format):
        assert "\n" not in sentence


def test_a_file_and_its_bytes_are_read_alike(tmp_path: Path) -> None:
    for content in (EDF, XDF, V6.encode()):
        path = tmp_path / f"recording{len(content)}"
        path.write_bytes(content)
        file, memory = read_foreign(path), read_foreign_bytes(content, path.name)
        assert (file.spans, file.remarks, file.markers) == (
            memory.spans,
            memory.remarks,
            memory.markers,
        )
        for span in file.spans:
            np.testing.assert_array_equal(
                file.samples(span.start, span.stop), memory.samples(span.start, span.stop)
            )
