"""Whether rest is today what the calibration found: else its thresholds may not hold any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from calibration.saying import Saying
from host.detection.cues import Phase

if TYPE_CHECKING:
    from calibration.montage import Montage
    from host.chain.stream import FloatArray
    from host.detection.frame import Frame

NEEDED_S, SKIPPED_S = 8.0, 2.0
"""So much rest is looked at, from so long after rest begins."""
FACTOR = 1.5
"""So much may rest differ without a word: as in `calibration.recheck`."""
AT_LEAST_UV = 0.3
"""And by at least this: a ratio of two levels near nothing says nothing."""


class RestToday:
    """Watches the first rest of a calibrated session, channel by channel."""

    def __init__(self, montage: Montage, hop_s: float) -> None:
        channels = len(montage.sites)
        self._montage = montage
        self._skip, self._need = round(SKIPPED_S / hop_s), round(NEEDED_S / hop_s)
        self._rested = 0
        self._levels: list[FloatArray] = []
        self._expected: FloatArray = np.full(channels, np.nan)
        self.warnings: tuple[str, ...] = ()
        """One sentence for each channel whose rest differs; empty until that is known."""
        self.done = False
        """Whether enough rest has been seen."""

    def push(self, frame: Frame) -> None:
        """Take one frame; frames come in order."""
        if self.done:
            return
        resting = frame.cue.phase is Phase.REST or not frame.asked.target
        self._rested = self._rested + 1 if resting else 0
        if self._rested <= self._skip:
            return
        self._levels.append(frame.rms_uv)
        if len(self._levels) == self._need:
            reference = frame.certainty.reference
            self._expected = np.hypot(reference.rest_uv, reference.noise_uv)
            self._judge()

    def _judge(self) -> None:
        """Compare the median, which blinks do not move, with the calibration's level at rest."""
        self.done = True
        levels = np.array(self._levels)
        self._levels = []
        known = np.count_nonzero(~np.isnan(levels), axis=0) >= self._need / 2
        today = np.full(levels.shape[1], np.nan)
        today[known] = np.nanmedian(levels[:, known], axis=0)
        apart = np.abs(today - self._expected) >= AT_LEAST_UV
        times = today / np.maximum(self._expected, 1e-9)
        odd = apart & ((times > FACTOR) | (times < 1.0 / FACTOR))
        self.warnings = tuple(
            Saying(
                "{}: the level at rest is {:.1f} µV, {:.1f} times the calibration's.",
                self._montage.named(channel),
                float(today[channel]),
                float(times[channel]),
            )
            for channel in np.flatnonzero(odd).tolist()
        )
