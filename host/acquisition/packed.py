"""Packed packets: two samples of 12 bits in each 24-bit slot, seen through BrainFlow's microvolts.

The wire format is in `docs/protocol.md`. Each row is decoded by itself, so the result does not
depend on how the rows were cut.
"""

import numpy as np

from host.chain.stream import FloatArray, IntArray

COUNT_UV = 4.5e6 / (2**23 - 1) / 24
"""Microvolts that BrainFlow makes of one count of a Cyton at gain 24."""
SLOTS = 8
HALF_BITS = 12
HALF_MAX = 2 ** (HALF_BITS - 1) - 1
"""Largest sample; it and the smallest, one below its negative, say that the converter is railed."""


def counts_of(slots_uv: FloatArray) -> IntArray:
    """Return the 24-bit counts, 0 to 2²⁴ - 1, that BrainFlow made microvolts of."""
    return np.rint(slots_uv / COUNT_UV).astype(np.int64) & 0xFFFFFF


def unpack(slots_uv: FloatArray, *, samples: int, channels: int) -> IntArray:
    """Return the samples of `(n_packets, 8)` slots as `(n_packets * samples, channels)` steps.

    `samples` is how many of each channel are in a packet: 2 for up to 8 channels, 4 for up to 4.
    """
    if samples not in (2, 4) or not 1 <= channels * samples <= 2 * SLOTS:
        raise ValueError(f"no packet holds {samples} samples of {channels} channels")
    counts = counts_of(slots_uv)
    halves = np.stack([counts >> HALF_BITS, counts & (2**HALF_BITS - 1)], axis=-1)
    steps = np.where(halves > HALF_MAX, halves - 2**HALF_BITS, halves)
    # (packets, slots, 2) is (packets, channels, samples): a channel's slots are neighbours.
    ordered = steps.reshape(len(counts), 2 * SLOTS // samples, samples)[:, :channels]
    return np.asarray(ordered.transpose(0, 2, 1).reshape(-1, channels), dtype=np.int64)


def pack(steps: IntArray, *, samples: int) -> IntArray:
    """Return the signed counts `(n_packets, 8)` of `(n_packets * samples, channels)` steps."""
    channels = steps.shape[1]
    if samples not in (2, 4) or not 1 <= channels * samples <= 2 * SLOTS or len(steps) % samples:
        raise ValueError(f"no packets hold {steps.shape} samples, {samples} in each")
    grouped = steps.reshape(-1, samples, channels).transpose(0, 2, 1)
    halves = np.zeros((len(grouped), 2 * SLOTS), dtype=np.int64)
    halves[:, : channels * samples] = grouped.reshape(len(grouped), -1) & (2**HALF_BITS - 1)
    counts = (halves[:, 0::2] << HALF_BITS) | halves[:, 1::2]
    return np.where(counts >= 2**23, counts - 2**24, counts)


def at_the_skin(steps: IntArray, *, step_uv: float, range_uv: float) -> FloatArray:
    """Return microvolts at the skin; a railed sample is the whole range, so that it shows."""
    data_uv: FloatArray = steps.astype(np.float64) * step_uv
    data_uv[steps >= HALF_MAX] = range_uv
    data_uv[steps < -HALF_MAX] = -range_uv
    return data_uv
