"""The power at rest that activity is told from, and how it scatters."""

import numpy as np

from calibration.freedom import plain_freedom
from calibration.reference import Reference
from host.chain.stream import FloatArray
from host.detection.watch import Watch


class Rests:
    """Power at rest of each channel: as calibration measured it, else from the reference."""

    def __init__(self, watch: Watch, rate_hz: float) -> None:
        channels = len(watch.montage.sites)
        models = () if watch.chain.adaptive is None else watch.chain.adaptive.channels
        plain = plain_freedom(rate_hz)
        self.freedoms = tuple(model.rest for model in models) or (plain,) * channels
        """How sure a mean power is at rest, for each channel."""
        noise_uv = [model.noise_uv for model in models] or [0.0] * channels
        self._measured = np.square(np.array(noise_uv))
        self._of: Reference | None = None
        self._power: FloatArray = self._measured

    def power(self, reference: Reference) -> FloatArray:
        """Return it in uV², `(n_channels,)` or one row a hop as the reference; NaN where unknown.

        The very same array for the same reference. Nothing is no power at rest.
        """
        if reference is not self._of:
            self._of = reference
            rest = reference.rest_uv**2 + reference.noise_uv**2
            known = np.where(self._measured > 0.0, self._measured, rest)
            self._power = np.where(known > 0.0, known, np.nan)
        return self._power
