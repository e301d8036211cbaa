"""Frames with chosen levels, for tests of what is made of them."""

from collections.abc import Sequence

import numpy as np

from calibration.patterns import Pattern, pattern
from host.chain.quality import Quality
from host.chain.stream import BoolArray, FloatArray
from host.detection.cocontraction import Episode
from host.detection.cues import Cue, Phase
from host.detection.frame import Frames
from host.detection.guards import Effort
from tests.host.detection.plain import plain

HOP = 2
RATE_HZ = 250.0
SMILE = "gentle closed smile"


def frames(
    first: int,
    activation: FloatArray,
    *,
    active: BoolArray | None = None,
    too_strong: BoolArray | None = None,
    threshold: Sequence[float] | None = None,
    asked: Pattern | None = None,
    ended: tuple[tuple[int, Episode], ...] = (),
) -> Frames:
    """Return frames from hop `first` on; where `activation` is NaN the channel is railed."""
    nobody = np.zeros(activation.shape, dtype=np.bool_)
    quality = np.where(np.isnan(activation), Quality.RAILED, Quality.GOOD).astype(np.uint8)
    return Frames(
        first=first,
        hop=HOP,
        rate_hz=RATE_HZ,
        cue=Cue(start=0, pattern=SMILE, phase=Phase.HOLD),
        asked=asked or pattern(SMILE),
        effort=Effort(),
        rms_uv=20.0 * activation,
        power_uv2=(20.0 * activation) ** 2,
        activation=activation,
        quality=quality,
        threshold=np.array(threshold or [0.25] * activation.shape[1]),
        active=nobody if active is None else active,
        too_strong=nobody if too_strong is None else too_strong,
        lost=np.zeros(activation.shape, dtype=np.int64),
        calibrated=True,
        **plain(activation),
        ended=ended,
    )
