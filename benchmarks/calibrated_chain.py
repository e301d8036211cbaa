"""A chain with everything that a calibration adds, for measuring what it costs."""

from dataclasses import replace

import numpy as np

from calibration.channel_model import ChannelModel
from calibration.freedom import Freedom
from calibration.leakage import neighbours, unknown_leakage
from calibration.montage import Montage
from host.chain.adaptive import AdaptiveWindow
from host.chain.own_envelope import CrosstalkRemoval
from host.chain.pipeline import ChainSettings

TAPS = 64
"""Whitening filters as long as calibration makes them."""
REST_POWER_UV2 = 9.0


def calibrated_chain(montage: Montage, rate_hz: float) -> ChainSettings:
    """Return a chain that whitens, adapts and separates all channels of a montage."""
    channels = len(montage.sites)
    white = Freedom(short_hz=0.8 * rate_hz, long_hz=0.8 * rate_hz)
    taps = (1.0, *(0.01 for _ in range(TAPS - 1)))
    model = ChannelModel(taps=taps, noise_uv=3.0, rest=white, active=white)
    anything = unknown_leakage(channels, rate_hz, heard=neighbours(montage))
    leakage = replace(
        anything,
        whitening=np.array([1.0, -0.5, 0.1]),
        rest_power=np.full(channels, REST_POWER_UV2),
    )
    return ChainSettings(
        adaptive=AdaptiveWindow(channels=(model,) * channels),
        crosstalk=CrosstalkRemoval(leakage=leakage),
    )
