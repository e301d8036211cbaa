"""Rows of BrainFlow's boards as numbered samples, and our board taken for a Cyton."""

import numpy as np
import pytest

from host.acquisition.reading import Layout, PlainReading
from host.acquisition.simulated.quietface_speech import QuietfaceSpeech
from host.chain.stream import FloatArray, Stream, channel_names
from host.errors import DeviceError
from tests.host.acquisition.quietface_packets import LAYOUT, table_of

STREAM = Stream(rate_hz=250.0, channels=channel_names(8))


def table(commands: bytes = b"") -> FloatArray:
    """Return twenty packets of our board after these commands."""
    speech = QuietfaceSpeech(feed_hz=500)
    speech.push(commands)
    return table_of(speech.encode(np.arange(20), 0, np.zeros((40, 8))))


def test_rows_are_taken_as_they_are() -> None:
    rows = np.arange(48.0).reshape(12, 4)
    arrivals_s = np.arange(4.0)
    reading = PlainReading(STREAM, Layout(number=11, channels=(2, 5)))
    numbers, arrivals, data = reading.samples(rows, arrivals_s)
    np.testing.assert_array_equal(numbers, rows[11])
    np.testing.assert_array_equal(arrivals, arrivals_s)
    np.testing.assert_array_equal(data, rows[[2, 5]].T)
    assert reading.remarks == ()


def test_our_board_read_as_a_cyton_is_recognised_and_what_is_better_is_said() -> None:
    reading = PlainReading(STREAM, LAYOUT, cyton=True)
    reading.samples(table(), np.arange(20.0))
    assert "--board arduino" in reading.remarks[0]


def test_a_cyton_is_no_arduino_even_with_a_damaged_packet() -> None:
    reading = PlainReading(STREAM, LAYOUT, cyton=True)
    rows = table()
    rows[12] = 0xC0
    rows[12, 3] = 0xC5
    reading.samples(rows, np.arange(20.0))
    assert reading.remarks == ()


def test_packed_samples_are_never_shown_as_a_cytons_microvolts() -> None:
    reading = PlainReading(STREAM, LAYOUT, cyton=True)
    with pytest.raises(DeviceError, match=r"packed samples.*--board arduino"):
        reading.samples(table(b"Qk1!"), np.arange(20.0))


def test_no_rows_are_no_samples() -> None:
    reading = PlainReading(STREAM, LAYOUT, cyton=True)
    assert len(reading.samples(table()[:, :0], np.arange(0.0)).numbers) == 0
    assert reading.remarks == ()
