"""Rest and noise floor of one channel, from its good stretches of rest (T3, T4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np

from calibration.accepting import Recorded, restlessness
from calibration.channel import REST_QUANTILES
from calibration.findings import Fault
from calibration.levels import Levels
from calibration.segments import Segment
from calibration.spectrum import spectrum, white_floor_uv

PIECE_S = 0.5
QUIETEST = 0.1
"""Quantile of half seconds that bounds the noise where no spectrum is at hand."""

Said = tuple[Fault, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """One channel at rest."""

    noise_uv: float
    level_uv: float
    """RMS, noise in it; median over half seconds, so that a blink does not count."""
    quantiles_uv: tuple[float, ...]
    """Of the displayed level, at `REST_QUANTILES`."""
    segments: tuple[Segment, ...]

    @property
    def rest_uv(self) -> float:
        """Noise-corrected amplitude."""
        return sqrt(max(self.level_uv**2 - self.noise_uv**2, 0.0))

    def above_uv(self, power_uv2: float) -> float:
        """Return a power as noise-corrected amplitude above rest; negative below it."""
        return sqrt(max(power_uv2 - self.noise_uv**2, 0.0)) - self.rest_uv


def fit_rest(
    recorded: Recorded, segments: Sequence[Segment], channel: int, noise_uv: float | None
) -> tuple[Rest | None, list[tuple[Segment, Said]]]:
    """Return a channel at rest, or None; and which of its good stretches were not restful."""
    levels, allowed = recorded.levels, recorded.allowed
    pieces = {one: levels.means(levels.powers(one, channel), PIECE_S) for one in segments}
    quietest = min((_median(power) for power in pieces.values()), default=0.0)
    restless = []
    for segment, power in pieces.items():
        times = max(restlessness(power), sqrt(_median(power) / max(quietest, 1e-30)))
        if times > allowed.most_restless:
            restless.append((segment, (Fault.RESTLESS, f"{times:.1f} times its quiet part")))
    refused = {segment for segment, _ in restless}
    good = tuple(segment for segment in segments if segment not in refused)
    powers = np.concatenate([pieces[one] for one in good]) if good else np.empty(0)
    powers = powers[np.isfinite(powers)]
    if not len(powers):
        return None, restless
    level_uv = sqrt(float(np.median(powers)))
    shown = np.concatenate([levels.shown(segment, channel) for segment in good])
    quantiles = np.nanquantile(shown, REST_QUANTILES)
    rest = Rest(
        noise_uv=min(_noise(levels, good, channel, powers, noise_uv), level_uv),
        level_uv=level_uv,
        quantiles_uv=tuple(quantiles.tolist()),
        segments=good,
    )
    return rest, restless


def _noise(
    levels: Levels,
    segments: Sequence[Segment],
    channel: int,
    powers: np.ndarray,
    given_uv: float | None,
) -> float:
    """Return the noise floor: as given, or the lower of what spectrum and quiet moments allow."""
    if given_uv is not None and not isnan(given_uv):
        return given_uv
    quietest = sqrt(float(np.quantile(powers, QUIETEST)))
    stretches = [levels.raw(segment) for segment in segments]
    samples = [one[:, channel : channel + 1] for one in stretches if one is not None]
    samples = [one for one in samples if not np.isnan(one).any()]
    if not samples:
        return quietest
    density = spectrum(samples, levels.rate_hz)[:, 0]
    floor = white_floor_uv(density, levels.rate_hz, levels.band_hz)
    return quietest if isnan(floor) else min(floor, quietest)


def _median(powers: np.ndarray) -> float:
    known = powers[np.isfinite(powers)]
    return float(np.median(known)) if len(known) else float("inf")
