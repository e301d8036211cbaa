"""How much a level of the display scatters, and over how many hops it is one and the same."""

from dataclasses import dataclass

import numpy as np

from calibration.freedom import plain_freedom_hz
from host.chain.pipeline import ChainSettings
from host.chain.stream import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scatter:
    """Degrees of freedom that one hop adds to a power; arrays are `(n_channels,)`.

    A level with `f` of them spans `f / per hop` hops: so its window follows from its certainty,
    for the plain window and for the adaptive one, whose length changes from hop to hop. Means of
    levels then have the variance that their samples allow, `1 / (2 f)` of all of them together.
    """

    active: FloatArray
    """In effort."""
    rest: FloatArray
    """The same at rest."""
    rest_uv: FloatArray
    """Below this RMS it is rest."""
    lag: int
    """Hops by which every level is late: half of the plain window; 0 for the adaptive one."""

    @property
    def adaptive(self) -> bool:
        """Whether windows differ from level to level."""
        return self.lag == 0

    @classmethod
    def of(cls, chain: ChainSettings, rate_hz: float, hop: int, channels: int) -> "Scatter":
        """Return what the chain knows of its channels."""
        hop_s = hop / rate_hz
        if chain.adaptive is None:
            plain = np.full(channels, plain_freedom_hz(rate_hz) * hop_s)
            lag = round(chain.envelope.window_s / hop_s) // 2
            return cls(active=plain, rest=plain, rest_uv=np.zeros(channels), lag=lag)
        models = chain.adaptive.channels
        noise_uv = np.array([model.noise_uv for model in models])
        return cls(
            active=np.array([model.active.long_hz for model in models]) * hop_s,
            rest=np.array([model.rest.long_hz for model in models]) * hop_s,
            rest_uv=np.sqrt(chain.adaptive.rest_power) * noise_uv,
            lag=0,
        )

    def per_hop(self, power_uv2: FloatArray) -> FloatArray:
        """Return the degrees of freedom a hop at powers `(n, n_channels)`, same shape."""
        per_hop: FloatArray = np.where(power_uv2 < self.rest_uv**2, self.rest, self.active)
        return per_hop

    def windows(self, freedom: FloatArray) -> FloatArray:
        """Return over how many hops each level reaches back, `(n, n_channels)`; NaN for none."""
        reach: FloatArray = np.where(freedom > 0.0, freedom / self.active, np.nan)
        return np.maximum(reach, 1.0)


def alike(windows: FloatArray) -> FloatArray:
    """Return over how many levels errors are alike, `(n_channels,)`; 1 where nothing is known.

    `windows` is `(n, n_channels)`: how many levels each window spans. Their harmonic mean: that
    for which the error of a mean comes out right.
    """
    known = np.isfinite(windows)
    shares = np.where(known, 1.0 / np.where(known, windows, 1.0), 0.0)
    counts = np.count_nonzero(known, axis=0)
    mean: FloatArray = np.where(counts > 0, shares.sum(axis=0) / np.maximum(counts, 1), 1.0)
    return np.maximum(1.0 / mean, 1.0)
