"""Packets of our board as the table that BrainFlow makes of them."""

import numpy as np

from host.acquisition.packed import COUNT_UV
from host.acquisition.reading import Layout
from host.acquisition.simulated.protocol import ByteArray, decode_packets
from host.chain.stream import FloatArray

LAYOUT = Layout(number=0, channels=tuple(range(1, 9)), others=tuple(range(12, 19)))
"""A Cyton's in BrainFlow 5.23."""


def table_of(packets: ByteArray) -> FloatArray:
    """Return `(24, n)` as BrainFlow gives it."""
    numbers, counts = decode_packets(packets)
    table = np.zeros((24, len(packets)))
    table[0] = numbers
    table[1:9] = counts.T * COUNT_UV
    table[12] = packets[:, 32]
    table[13:19] = packets[:, 26:32].T
    return table
