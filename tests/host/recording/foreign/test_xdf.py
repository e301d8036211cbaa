"""XDF: known answers, and damage."""

import struct
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.foreign.files import ForeignRecording, read_foreign_bytes
from host.recording.foreign.xdf_chunks import STREAM_HEADER
from tests.host.recording.foreign.xdf_files import (
    boundary,
    chunk,
    footer,
    offset,
    samples,
    stream_header,
    texts,
    xdf_file,
)

DATA = np.arange(1200, dtype=np.float32).reshape(600, 2)


def read(content: bytes) -> ForeignRecording:
    return read_foreign_bytes(content, "face.xdf")


def every(recording: ForeignRecording) -> FloatArray:
    return np.concatenate([run.data for run in recording.runs])


def spans(recording: ForeignRecording) -> list[tuple[int, int]]:
    return [(span.start, span.stop) for span in recording.spans]


def said(recording: ForeignRecording) -> str:
    return " ".join(recording.remarks)


def first_stamped(data: NDArray[np.generic], start_s: float, **entries: Any) -> bytes:
    """Return a chunk of which only the first sample has a time stamp."""
    return samples(1, data, [start_s, *[None] * (len(data) - 1)], **entries)


def emg(*chunks: bytes, **entries: Any) -> bytes:
    return xdf_file(stream_header(1, **entries), *chunks)


def test_a_stream_of_emg_is_read() -> None:
    found = read(emg(first_stamped(DATA, 5.0), footer(1), labels=["ZYG_L", "ZYG_R"]))
    assert found.format == "XDF, stream Amp"
    assert found.stream.rate_hz == 250.0
    assert spans(found) == [(0, 600)]
    assert np.max(np.abs(every(found) - DATA)) <= found.stream.step_uv / 2 * 1.001
    assert found.labels == ("ZYG_L", "ZYG_R")
    assert found.started == "2024-03-02T10:11:12+01:00"
    assert "250 samples per second, from the stream's header." in found.remarks
    assert "taken as microvolts" in said(found)


@pytest.mark.parametrize("form", ["int8", "int16", "int32", "int64", "float32", "double64"])
@pytest.mark.parametrize("width", [1, 4, 8])
def test_every_format_and_length_is_read(form: str, width: int) -> None:
    data = (np.arange(200).reshape(100, 2) % 100 - 50).astype(np.float64)
    found = read(emg(samples(1, data, [*np.arange(100) / 250], form, width=width), form=form))
    assert np.max(np.abs(every(found) - data)) <= found.stream.step_uv / 2 * 1.001


@pytest.mark.parametrize(
    ("unit", "factor"),
    [("microvolts", 1.0), ("uV", 1.0), ("µV", 1.0), ("millivolts", 1e3), ("V", 1e6)],
)
def test_units_are_scaled(unit: str, factor: float) -> None:
    data = DATA / np.float32(factor)
    found = read(emg(first_stamped(data, 0.0), units=[unit] * 2))
    assert np.max(np.abs(every(found) - DATA)) < 0.02
    assert "taken as microvolts" not in said(found)


def test_of_several_streams_emg_comes_first_and_then_the_most_channels() -> None:
    rest = [
        stream_header(2, name="Cap", type="EEG", channels=32),
        samples(2, np.ones((4, 32)), [0, 1, 2, 3]),
        stream_header(3, name="Small", channels=1),
        samples(3, np.ones((4, 1)), [0, 1, 2, 3]),
        stream_header(4, name="Slow", rate_hz=10, channels=9),
        samples(4, np.ones((4, 9)), [0, 1, 2, 3]),
        stream_header(5, name="Empty", channels=9),
    ]
    found = read(emg(first_stamped(DATA, 0.0), *rest))
    assert found.format == "XDF, stream Amp"
    assert "Other streams were left out: Cap (EEG, 32 channels, 250 per second)" in said(found)
    for name in ("Small", "Slow", "Empty"):
        assert name in said(found)


def test_channels_of_another_type_are_left_out() -> None:
    content = emg(first_stamped(DATA, 0.0), labels=["A", "B"], types=["EMG", "ACC"])
    found = read(content)
    assert found.labels == ("A",)
    assert "Channels of another type were left out: B." in found.remarks


def test_a_gap_in_the_time_stamps_is_a_jump_of_the_index() -> None:
    found = read(emg(first_stamped(DATA[:300], 1.0), first_stamped(DATA[300:], 4.2)))
    assert spans(found) == [(0, 300), (800, 1100)]
    assert "500 samples are missing in 1 gap." in found.remarks


def test_chunks_that_only_came_late_are_no_gap() -> None:
    rng = np.random.default_rng(3)
    parts = [
        first_stamped(DATA[row : row + 20], 1.0 + row / 250 + rng.uniform(0, 0.05))
        for row in range(0, 600, 20)
    ]
    assert spans(read(emg(*parts))) == [(0, 600)]


def test_rows_of_nan_are_gaps() -> None:
    data = DATA.copy()
    data[100:105, 1] = np.nan
    data[200, 0] = np.inf
    found = read(emg(first_stamped(data, 0.0)))
    assert spans(found) == [(0, 100), (105, 200), (201, 600)]


def test_a_signalling_nan_is_a_gap_without_a_warning() -> None:
    data = DATA.copy()
    data.view("<u4")[100, 1] = 0x7FA00000
    assert spans(read(emg(first_stamped(data, 0.0)))) == [(0, 100), (101, 600)]


def test_strings_are_markers_by_their_own_clock() -> None:
    found = read(
        emg(
            first_stamped(DATA, 10.0),
            stream_header(2, name="Cues", type="Markers", channels=1, rate_hz=0, form="string"),
            texts(2, [(110.4, "smile"), (111.2, "größer\nrest"), (99.0, "before")]),
            offset(2, 100.0, -100.0),
            offset(2, 105.0, -100.0),
        )
    )
    assert [(one.sample, one.text, one.samples, one.by) for one in found.markers] == [
        (100, "smile", 0, "Cues"),
        (300, "größer rest", 0, "Cues"),
    ]
    assert "Markers are from Cues (Markers, text)." in found.remarks
    assert (
        "1 marker lies before the first or after the last sample and was left out." in found.remarks
    )


def test_a_marker_within_a_gap_lies_within_the_gap() -> None:
    found = read(
        emg(
            first_stamped(DATA[:300], 1.0),
            first_stamped(DATA[300:], 4.2),
            stream_header(2, type="Markers", channels=1, rate_hz=0, form="string"),
            texts(2, [(3.2, "gap")]),
        )
    )
    assert found.markers[0].sample == 550


def test_numbers_of_a_trigger_stream_are_markers_where_they_change() -> None:
    codes = np.array([[0], [5], [5], [0], [7]])
    found = read(
        emg(
            first_stamped(DATA, 0.0),
            stream_header(2, name="Trigger", type="Stim", channels=1, rate_hz=250, form="int16"),
            samples(2, codes, [0.0, 0.4, None, None, 1.2], "int16"),
        )
    )
    assert [(one.sample, one.text) for one in found.markers] == [(100, "5"), (300, "7")]


def test_a_file_cut_short_gives_the_samples_that_are_there() -> None:
    whole = emg(first_stamped(DATA, 0.0))
    found = read(whole[:-1000])
    assert spans(found) == [(0, 600 - -(-1000 // 9))]
    assert "damaged or cut short" in said(found)
    np.testing.assert_allclose(every(found), DATA[: len(every(found))], atol=0.02)


def test_reading_goes_on_behind_the_boundary_after_damage() -> None:
    broken = chunk(3, b"\1\0\0\0" + bytes(40))
    broken = b"\x04\xff\xff\xff\x7f" + broken[5:]
    content = emg(
        first_stamped(DATA[:300], 1.0), broken, boundary(), first_stamped(DATA[300:], 2.2)
    )
    found = read(content)
    assert spans(found) == [(0, 600)]
    assert "The file is damaged or cut short in 1 place" in said(found)


def test_a_chunk_of_an_unknown_kind_is_stepped_over() -> None:
    content = emg(first_stamped(DATA[:300], 1.0), chunk(77, b"new"), first_stamped(DATA[300:], 2.2))
    assert spans(read(content)) == [(0, 600)]


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><info><name>&c;</name></info>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"XDF:", "no stream that can be read"),
        (b"XDF:\x04\x01", "no stream that can be read"),
        (b"XDF:" + bytes(100), "no stream that can be read"),
        (b"XDF:" + chunk(STREAM_HEADER, b"\1\0\0\0" + BOMB), "no stream that can be read"),
        (emg(), "no stream of it holds EMG .* Amp .EMG, 2 channels, 250 per second"),
        (emg(first_stamped(DATA, 0.0), type="Audio"), "it has Amp .Audio"),
        (emg(first_stamped(DATA, 0.0), rate_hz=0), "no fixed rate"),
        (emg(first_stamped(DATA, 0.0), rate_hz="nan"), "no fixed rate"),
        (emg(first_stamped(DATA, 0.0), channels=-2), "no stream that can be read"),
        (emg(first_stamped(DATA, 0.0), channels=10**9), "no stream that can be read"),
        (emg(first_stamped(DATA, 0.0), form="complex"), "no stream that can be read"),
        (emg(chunk(3, b"\1\0\0\0")), "holds no samples"),
        (emg(chunk(3, b"\1\0\0\0\x08" + b"\xff" * 8)), "holds no samples"),
        (emg(first_stamped(DATA * np.float32(np.nan), 0.0)), "0 of its 600 rows"),
        (emg(first_stamped(DATA * np.float32(1e6), 0.0)), "cannot be microvolts"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(RecordingError, match=sentence) as caught:
        read(content)
    assert str(caught.value).startswith("face.xdf: ")
    assert "\n" not in str(caught.value)


def test_a_count_of_samples_beyond_the_file_allocates_nothing() -> None:
    content = emg(chunk(3, struct.pack("<I", 1) + b"\x08" + struct.pack("<Q", 2**60)))
    with pytest.raises(RecordingError, match="holds no samples"):
        read(content)
