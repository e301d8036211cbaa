"""Levels with chosen powers, and what a muscle at rest gives, for tests of what is made of them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from host.chain.amplitude import Levels
from host.chain.stream import FloatArray

HOP, RATE_HZ = 4, 1000.0
"""Hops of 4 ms."""


def levels(powers: FloatArray, first: int = 0, known: FloatArray | None = None) -> Levels:
    """Return levels of hops with these powers; their RMS is known where `known` is not NaN."""
    codes = np.zeros(powers.shape, dtype=np.uint8)
    rms_uv = np.sqrt(powers if known is None else known)
    freedom = np.full(powers.shape, 50.0)
    lost = codes.astype(np.int64)
    return Levels(first, HOP, rms_uv, codes, lost, freedom, hop_power_uv2=powers)


def rest(hops: int, channels: int = 1, *, freedom: float = 4.0, seed: int = 3) -> FloatArray:
    """Return powers of hops at rest, 1 uV² in the mean, gamma distributed."""
    random = np.random.default_rng(seed)
    return random.gamma(freedom / 2.0, 2.0 / freedom, (hops, channels))


def parts(length: int, cut_points: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield begin and end of the parts between cut points; none is empty."""
    inside = sorted({cut for cut in cut_points if 0 < cut < length})
    return pairwise([0, *inside, length])
