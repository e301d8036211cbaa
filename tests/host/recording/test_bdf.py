"""The codec of our BDF+ files, byte by byte."""

from datetime import UTC, datetime
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.stream import DIGITAL_MAX, Stream
from host.recording import bdf

STARTED = datetime(2026, 3, 1, 9, 5, 7, tzinfo=UTC)
RATES_HZ = (100.0, 125.0, 200.0, 250.0, 256.0, 500.0, 512.0, 1000.0, 1600.0, 2048.0, 4000.0)
ODD_HZ = 58_000_000 / 27_000  # 2148.148…


def shape(rate_hz: float = 1000.0, channels: int = 2) -> bdf.Layout:
    names = tuple(f"ch{number}" for number in range(1, channels + 1))
    stream = Stream(rate_hz=rate_hz, channels=names)
    return bdf.layout(stream, tuple(f"EMG {name}" for name in names))


@pytest.mark.parametrize("rate_hz", [*RATES_HZ, ODD_HZ])
def test_samples_over_seconds_of_a_record_are_the_rate_exactly(rate_hz: float) -> None:
    samples, duration = bdf.record_length(rate_hz)
    assert len(duration) <= 8
    assert float(samples / Fraction(duration)) == pytest.approx(rate_hz, rel=1e-9)
    assert 0.02 <= float(duration) <= 0.2


@given(st.floats(100.0, 20_000.0))
def test_any_rate_gets_short_records_that_are_exact_to_a_few_millionths(rate_hz: float) -> None:
    samples, duration = bdf.record_length(rate_hz)
    assert len(duration) <= 8
    assert samples / float(duration) == pytest.approx(rate_hz, rel=3e-5)
    assert 0.0 < float(duration) <= 0.21


@pytest.mark.parametrize("rate_hz", [0.0, -1.0, float("nan"), 1e300])
def test_a_rate_that_no_record_can_hold_is_refused(rate_hz: float) -> None:
    with pytest.raises(ValueError, match="samples a second"):
        bdf.record_length(rate_hz)


def test_header_has_the_fields_of_edf_plus_2_1_3() -> None:
    header = bdf.header(shape(), started=STARTED, patient="P 7")
    assert len(header) == shape().header_bytes == 256 * 4
    assert header[:8] == b"\xffBIOSEMI"
    assert header[8:88].rstrip() == b"P_7 X X X"
    assert header[88:168].rstrip() == b"Startdate 01-MAR-2026 X X Quietface"
    assert header[168:184] == b"01.03.2609.05.07"
    assert header[184:256].split() == [b"1024", b"BDF+C", b"-1", b"0.1", b"3"]
    assert header[256:304] == b"EMG ch1         EMG ch2         BDF Annotations "


@pytest.mark.parametrize("patient", ["", "Ärztin\n7", "x" * 200])
def test_header_takes_any_code_of_a_patient(patient: str) -> None:
    header = bdf.header(shape(), started=STARTED, patient=patient)
    assert len(header) == shape().header_bytes
    assert header[8:88].decode("ascii").isprintable()


@pytest.mark.parametrize("range_uv", [1e-9, 1e8])
def test_header_refuses_a_range_that_does_not_fit(range_uv: float) -> None:
    stream = Stream(rate_hz=250.0, channels=("ch1",), range_uv=range_uv)
    with pytest.raises(ValueError, match="does not fit into a header"):
        bdf.header(bdf.layout(stream, ("EMG ch1",)), started=STARTED)


@pytest.mark.parametrize("labels", [("EMG",), ("EMG 1", "x" * 17), ("EMG 1", "EMG ü")])
def test_layout_refuses_labels_that_a_header_cannot_hold(labels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="label"):
        bdf.layout(shape().stream, labels)


def test_annotations_are_lists_of_edf_plus_2_2_4() -> None:
    onset, lasts = Fraction("1.5"), Fraction(1, 3)
    assert bdf.annotation(onset, "smile: rise") == b"+1.5\x14smile: rise\x14\x00"
    assert bdf.annotation(Fraction(0), "a", lasts) == b"+0\x150.333333\x14a\x14\x00"


def test_an_annotation_holds_no_sign_that_would_end_it() -> None:
    assert bdf.annotation(Fraction(0), "a\x14b\x00\nc  d") == b"+0\x14a b c d\x14\x00"
    assert bdf.annotation(Fraction(0), "\ud800") == b"+0\x14?\x14\x00"


@given(st.text(max_size=100), st.integers(0, 10**10), st.integers(0, 10**10))
def test_any_text_becomes_one_annotation_that_fits(text: str, onset: int, lasts: int) -> None:
    rate = Fraction(1000)
    content = bdf.annotation(onset / rate, text, lasts / rate)
    assert len(content) <= bdf.LONGEST_NOTE
    assert content.count(b"\x14") == 2
    assert content.count(b"\x00") == 1
    content.decode()


def test_a_long_text_is_cut_between_signs_and_says_so() -> None:
    content = bdf.annotation(Fraction(0), "ä" * 60).decode()
    assert content.endswith("ä…\x14\x00")


@given(st.data())
def test_samples_come_back_to_the_last_bit(data: st.DataObject) -> None:
    layout = shape(rate_hz=250.0, channels=3)
    counts = np.array(
        data.draw(
            st.lists(
                st.tuples(*[st.integers(-DIGITAL_MAX, DIGITAL_MAX)] * 3),
                min_size=layout.samples,
                max_size=layout.samples,
            )
        )
    )
    content = bdf.record(layout, counts, Fraction(0), b"")
    assert len(content) == layout.record_bytes
    samples = np.frombuffer(content, dtype=np.uint8)[np.newaxis, : layout.data_bytes]
    np.testing.assert_array_equal(bdf.microvolts(samples, layout), counts * layout.stream.step_uv)


def test_a_record_refuses_what_it_cannot_hold() -> None:
    layout = shape()
    rows = np.zeros((layout.samples, 2), dtype=np.int64)
    with pytest.raises(ValueError, match="a record has 100 samples"):
        bdf.record(layout, rows[1:], Fraction(0), b"")
    with pytest.raises(ValueError, match="do not fit"):
        bdf.record(layout, rows, Fraction(0), b"x" * 120)


def test_a_record_is_known_by_its_time() -> None:
    layout = shape(rate_hz=ODD_HZ)
    rows = np.zeros((layout.samples, 2), dtype=np.int64)
    content = bdf.record(layout, rows, 7 * layout.samples / layout.rate, b"")
    assert bdf.is_record(content, 7, layout)
    assert not bdf.is_record(content, 8, layout)
    assert not bdf.is_record(bytes(len(content)), 7, layout)
    assert not bdf.is_record(content[:-130], 7, layout)
