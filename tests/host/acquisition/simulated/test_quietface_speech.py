"""The simulated Arduino board's packets, byte by byte (docs/protocol.md)."""

import numpy as np
import pytest

from host.acquisition.packed import COUNT_UV
from host.acquisition.simulated.protocol import ByteArray, decode_packets
from host.acquisition.simulated.quietface_speech import QuietfaceSpeech
from host.chain.stream import FloatArray, Stream, channel_names
from host.errors import SettingsError


def packets(
    data_uv: FloatArray, commands: bytes = b"", *, feed_hz: int = 250, first: int = 0
) -> ByteArray:
    speech = QuietfaceSpeech(feed_hz=feed_hz)
    speech.push(commands)
    per_unit = round(feed_hz / speech.packets_per_s)
    units = np.arange(first, first + len(data_uv) // per_unit)
    return speech.encode(units, first, data_uv)


def constant(value_uv: float, samples: int = 4) -> FloatArray:
    return np.full((samples, 8), value_uv)


def test_a_plain_packet_ends_in_counter_status_and_c5() -> None:
    made = packets(constant(0.0, 300), first=1000)
    assert made[299].tolist()[:2] == [0xA0, 299 % 256]
    assert made[299].tolist()[26:] == [0, 0, 1, 43, 0, 0, 0xC5]


def test_a_packed_packet_counts_samples_and_says_that_it_is_packed() -> None:
    made = packets(constant(0.0, 40), b"Qn4!Qk1!", feed_hz=1000)
    assert len(made) == 10
    assert made[9].tolist()[26:] == [0, 0, 0, 36, 0x40, 0, 0xC5]


def test_plain_counts_are_microvolts_at_the_skin_to_a_cyton() -> None:
    _, counts = decode_packets(packets(constant(1000.0)))
    # One count of the 16-bit mean is 0.38147 µV.
    np.testing.assert_allclose(counts * COUNT_UV, 1000.0, atol=0.2)


@pytest.mark.parametrize(("volts", "count"), [(2.51, 0x7FFFFF), (-2.51, -0x800000)])
def test_a_converter_at_its_end_is_full_scale_whatever_the_gain(volts: float, count: int) -> None:
    _, counts = decode_packets(packets(constant(volts * 1e6 / 1000.0), b"Qg100000!"))
    assert (counts == count).all()


def test_packed_ends_are_7ff_and_800() -> None:
    _, counts = decode_packets(packets(constant(13_000.0, 8), b"Qk1!", feed_hz=500))
    assert (counts & 0xFFFFFF == 0x7FF7FF).all()
    _, counts = decode_packets(packets(constant(-13_000.0, 8), b"Qk1!", feed_hz=500))
    assert (counts & 0xFFFFFF == 0x800800).all()


def test_a_channel_that_is_off_and_one_that_is_not_there_are_zero() -> None:
    _, counts = decode_packets(packets(constant(1000.0), b"Qn6!3"))
    assert counts[0].astype(bool).tolist() == [True, True, False, True, True, True, False, False]


def test_the_square_starts_in_its_upper_half_with_the_first_sample() -> None:
    made = packets(constant(0.0, 300), b"=", first=77)
    _, counts = decode_packets(made)
    wave_uv = counts[:, 0] * COUNT_UV
    np.testing.assert_allclose(wave_uv[:64], 1875.0, atol=0.2)
    np.testing.assert_allclose(wave_uv[64:128], -1875.0, atol=0.2)
    assert (made[:, 30] == 0x20).all()


def test_the_constant_signal_is_the_double() -> None:
    _, counts = decode_packets(packets(constant(0.0), b"p"))
    np.testing.assert_allclose(counts * COUNT_UV, 3750.0, atol=0.2)


def test_nothing_due_is_no_packet() -> None:
    assert packets(constant(0.0, 0)).shape == (0, 33)


def test_feeds_that_do_not_fit_are_refused() -> None:
    with pytest.raises(SettingsError, match="250, 500 or 1000 Hz, not 200"):
        QuietfaceSpeech(feed_hz=200)
    speech = QuietfaceSpeech(feed_hz=500)
    with pytest.raises(SettingsError, match="16 at 500 do not fit"):
        speech.refuse_misfit(Stream(rate_hz=500.0, channels=channel_names(16)))
    with pytest.raises(SettingsError, match="8 at 250 do not fit"):
        speech.refuse_misfit(Stream(rate_hz=250.0, channels=channel_names(8)))


def test_waking_up_forgets_what_was_set() -> None:
    speech = QuietfaceSpeech(feed_hz=500)
    speech.push(b"Qk1!b")
    speech.wake_up()
    assert not speech.setting.packed
    assert not speech.streaming
