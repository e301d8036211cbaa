"""Channels that the therapist left out by name: nothing that they show is known of a muscle.

A muscle that is left out is no quiet muscle and no loud one: it has no level, no score counts it,
and nobody waits for its release. It says so with its own `Quality`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from host.chain.amplitude import Crosstalk, Levels
from host.chain.quality import Quality
from host.chain.stream import BoolArray


def left_out_mask(columns: Sequence[int], channels: int) -> BoolArray:
    """Return which of so many channels are left out, `(n_channels,)`."""
    mask = np.zeros(channels, dtype=np.bool_)
    mask[list(columns)] = True
    return mask


def without(levels: Levels, left_out: BoolArray) -> Levels:
    """Return levels in which nothing is known of the channels that are left out."""
    powers, beside = levels.hop_power_uv2, levels.beside
    return replace(
        levels,
        rms_uv=np.where(left_out, np.nan, levels.rms_uv),
        quality=np.where(left_out, np.uint8(Quality.LEFT_OUT), levels.quality),
        hop_power_uv2=None if powers is None else np.where(left_out, np.nan, powers),
        beside=None if beside is None else _unknown(beside, left_out),
    )


def _unknown(beside: Crosstalk, left_out: BoolArray) -> Crosstalk:
    leaked, explained, doubt = (
        np.where(left_out, np.nan, part)
        for part in (beside.leaked_uv, beside.explained, beside.doubt)
    )
    return Crosstalk(leaked, explained, doubt, beside.suspected & ~left_out)
