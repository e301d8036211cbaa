"""The packet, byte by byte (OpenBCI, Cyton Data Format)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.simulated.protocol import (
    decode_packets,
    encode_packets,
    interleave_daisy,
    to_counts,
)

GAIN_24 = np.full(8, 24)


def test_a_packet_is_33_bytes_from_a0_to_c0_as_the_format_says() -> None:
    counts = np.array([[1, -1, 0x123456, -0x800000 + 1, 0, 0, 0, 2]])
    packet = encode_packets(np.array([261]), counts)[0].tobytes()
    assert packet[:2] == b"\xa0\x05"
    assert packet[2:14] == b"\x00\x00\x01\xff\xff\xff\x12\x34\x56\x80\x00\x01"
    assert packet[23:] == b"\x00\x00\x02" + bytes(6) + b"\xc0"
    assert len(packet) == 33


@given(st.lists(st.integers(-(2**23), 2**23 - 1), min_size=8, max_size=8), st.integers(0, 255))
def test_decoding_undoes_encoding(values: list[int], number: int) -> None:
    counts = np.array([values])
    numbers, back = decode_packets(encode_packets(np.array([number]), counts))
    assert numbers.tolist() == [number]
    np.testing.assert_array_equal(back, counts)


def test_microvolts_become_counts_of_the_ads1299() -> None:
    full = np.full((1, 8), 187_500.0)
    assert (to_counts(full, GAIN_24) == 2**23 - 1).all()
    assert (to_counts(-2.0 * full, GAIN_24) == -(2**23 - 1)).all()
    assert (to_counts(full, np.zeros(8, dtype=np.int64)) == 0).all()
    assert to_counts(np.full((1, 8), 0.0223517), GAIN_24).tolist() == [[1] * 8]


def test_the_even_packet_carries_the_daisys_half() -> None:
    counts = np.tile(np.arange(16), (2, 1))
    even, odd = interleave_daisy(np.array([4, 5]), counts)
    assert even.tolist() == [*range(8, 16)]
    assert odd.tolist() == [*range(8)]


def test_counts_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="1 x 8"):
        encode_packets(np.array([0]), np.zeros((1, 4), dtype=np.int64))
    with pytest.raises(ValueError, match="n x 33"):
        decode_packets(np.zeros((1, 32), dtype=np.uint8))
