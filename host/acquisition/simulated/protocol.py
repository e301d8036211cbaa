"""The Cyton's serial packet: microvolts to counts to 33 bytes.

| byte | content |
|---|---|
| 0 | `A0` |
| 1 | sample number, modulo 256 |
| 2-25 | eight channels, 24 bits each, two's complement, most significant byte first |
| 26-31 | auxiliary bytes: here an accelerometer that reports nothing new |
| 32 | `C0` |

With a Daisy each sample takes two packets: the even number carries channels 9-16, the odd one after
it channels 1-8 (OpenBCI, Cyton Data Format).
"""

import numpy as np
from numpy.typing import NDArray

from host.chain.stream import DIGITAL_MAX, FloatArray, IntArray

PACKET_BYTES = 33
START_BYTE = 0xA0
STOP_BYTE = 0xC0
CHANNELS_PER_PACKET = 8
NUMBERS = 256
"""The sample number counts modulo this."""
PACKETS_PER_S = 250.0
"""A Cyton by radio sends this many packets, with a Daisy or without."""
REFERENCE_UV = 4.5e6
"""The converter's reference: its full scale at gain 1."""

ByteArray = NDArray[np.uint8]


def to_counts(data_uv: FloatArray, gains: IntArray) -> IntArray:
    """Convert `(n_samples, n_channels)` microvolts to what the ADS1299 reports, clipped.

    A gain of 0 is a channel that is switched off: the board reports 0 for it.
    """
    counts = np.rint(data_uv * (gains * (DIGITAL_MAX / REFERENCE_UV)))
    return np.clip(counts, -DIGITAL_MAX, DIGITAL_MAX).astype(np.int64)


def encode_packets(numbers: IntArray, counts: IntArray) -> ByteArray:
    """Encode `(n,)` sample numbers and `(n, 8)` counts as `(n, 33)` bytes."""
    if counts.shape != (len(numbers), CHANNELS_PER_PACKET):
        raise ValueError(f"need {len(numbers)} x {CHANNELS_PER_PACKET} counts, got {counts.shape}")
    packets = np.zeros((len(numbers), PACKET_BYTES), dtype=np.uint8)
    packets[:, 0] = START_BYTE
    packets[:, 1] = numbers % NUMBERS
    packets[:, 2:26:3] = (counts >> 16) & 0xFF
    packets[:, 3:26:3] = (counts >> 8) & 0xFF
    packets[:, 4:26:3] = counts & 0xFF
    packets[:, -1] = STOP_BYTE
    return packets


def decode_packets(packets: ByteArray) -> tuple[IntArray, IntArray]:
    """Return the `(n,)` sample numbers and `(n, 8)` counts of `(n, 33)` bytes."""
    if packets.ndim != 2 or packets.shape[1] != PACKET_BYTES:
        raise ValueError(f"need n x {PACKET_BYTES} bytes, got {packets.shape}")
    wide = packets.astype(np.int64)
    counts = (wide[:, 2:26:3] << 16) | (wide[:, 3:26:3] << 8) | wide[:, 4:26:3]
    return wide[:, 1], np.where(counts > DIGITAL_MAX, counts - 2**24, counts)


def interleave_daisy(numbers: IntArray, counts: IntArray) -> IntArray:
    """Return the `(n, 8)` half of each `(n, 16)` sample that a packet of this number carries."""
    board = (numbers % 2 == 1)[:, None]
    halves = np.where(board, counts[:, :CHANNELS_PER_PACKET], counts[:, CHANNELS_PER_PACKET:])
    return np.asarray(halves, dtype=np.int64)
