"""Which samples in the EMG band cannot be believed, for what they are or for what went before."""

import numpy as np

from host.chain.hum import HumLimits, HumWatch
from host.chain.quality import CodeArray, Flaw, Hold, QualityLimits, mark
from host.chain.stream import BoolArray, FloatArray, Stream

UNSOUND = np.uint8(Flaw.RAILED | Flaw.FLAT)
"""Flaws of the electrode: when they end, the filters start anew."""


class Doubts:
    """Adds what filtering brings to light to the flaws of the raw samples."""

    def __init__(self, limits: QualityLimits, hums: HumLimits, stream: Stream) -> None:
        channels = len(stream.channels)
        self._artefact_uv = limits.artefact_uv
        self._settling = Hold(stream.samples(limits.settle_s), channels)
        self._wake = Hold(stream.samples(limits.artefact_hold_s), channels)
        self._hums = HumWatch(hums, stream)

    def push(
        self,
        start: int,
        data: FloatArray,
        hum: FloatArray,
        flaws: CodeArray,
        restarted: BoolArray | None,
    ) -> CodeArray:
        """Return the flaws of samples from index `start` on, all `(n_samples, n_channels)`.

        `data` is in the EMG band, `hum` was taken out, `flaws` are those of the raw samples;
        `restarted` says at which samples a filter started anew, if at any.
        """
        flaws = flaws.copy()
        if np.count_nonzero(flaws) or restarted is not None or not self._settling.idle:
            self._settle(flaws, restarted)
        size = np.abs(data)
        if not self._wake.idle or size.max() > self._artefact_uv:
            loud = size > self._artefact_uv
            mark(flaws, self._wake.push(loud & (flaws == 0)), Flaw.ARTEFACT)
        mark(flaws, self._hums.push(start, hum, flaws == 0), Flaw.HUMMING)
        return flaws

    def _settle(self, flaws: CodeArray, restarted: BoolArray | None) -> None:
        """Mark how long it takes the filters to settle, behind unsound samples and starts."""
        unsound = (flaws & UNSOUND) != 0
        if restarted is not None:
            unsound |= restarted
        mark(flaws, self._settling.push(unsound), Flaw.SETTLING)
