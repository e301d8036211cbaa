"""Rest and noise floor of one channel, from its good stretches of rest (T3, T4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan, sqrt

import numpy as np

from calibration.accepting import Recorded, restlessness
from calibration.channel import REST_QUANTILES
from calibration.findings import Fault
from calibration.levels import BoolArray, Levels
from calibration.saying import Saying
from calibration.segments import Segment
from calibration.spectrum import spectrum, white_floor_uv
from calibration.traces import FloatArray

PIECE_S = 0.5
BLINK_PIECE_S, BLINK_S = 0.25, 0.75
MOVED = 2.5
"""A quarter second with so many times the median power of rest is a movement; where it lasts for no
longer than `BLINK_S`, it is a blink or a twitch, and no tone."""
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
    """The good stretches between blinks."""

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
    restless: list[tuple[Segment, Said]] = []
    for segment, power in pieces.items():
        between = _between_blinks(levels, segment, channel, power)
        times = max(restlessness(between), sqrt(_median(power) / max(quietest, 1e-30)))
        if times > allowed.most_restless:
            said = Saying("{:.1f} times its quiet part", times)
            restless.append((segment, (Fault.RESTLESS, said)))
    refused = {segment for segment, _ in restless}
    good = tuple(segment for segment in segments if segment not in refused)
    powers = np.concatenate([pieces[one] for one in good]) if good else np.empty(0)
    powers = powers[np.isfinite(powers)]
    if not len(powers):
        return None, restless
    level_uv = sqrt(float(np.median(powers)))
    still = [part for one in good for part in _still(levels, one, channel, level_uv)]
    shown = [levels.shown(part, channel) for part in still]
    if not any(np.isfinite(part).any() for part in shown):
        return None, restless
    quantiles = np.nanquantile(np.concatenate(shown), REST_QUANTILES)
    rest = Rest(
        noise_uv=min(_noise(levels, still, channel, powers, noise_uv), level_uv),
        level_uv=level_uv,
        quantiles_uv=tuple(quantiles.tolist()),
        segments=tuple(still),
    )
    return rest, restless


def _between_blinks(
    levels: Levels, segment: Segment, channel: int, power: FloatArray
) -> FloatArray:
    """Return a stretch's powers without blinks; all of them where hardly two thirds would be left.

    Blinks do no harm, nor does what comes along with them; who never rests has no blinks.
    """
    still = _still(levels, segment, channel, sqrt(_median(power)))
    left = sum(part.stop - part.start for part in still)
    if 3 * left < 2 * (segment.stop - segment.start):
        return power
    return np.concatenate([levels.means(levels.powers(one, channel), PIECE_S) for one in still])


def _still(levels: Levels, segment: Segment, channel: int, level_uv: float) -> list[Segment]:
    """Return a stretch without blinks, cut in pieces.

    With blinks in it the rest threshold of an eye would be a blink's height, and its noise too.
    """
    hops = max(1, round(BLINK_PIECE_S * levels.rate_hz / levels.hop))
    moved = _piece_means(levels.powers(segment, channel), hops) > MOVED * level_uv**2
    brief = _brief(moved, round(BLINK_S / BLINK_PIECE_S))
    if not brief.any():
        return [segment]
    # The piece before holds the begin of a blink, and the one after what a display still shows.
    quiet = np.convolve(brief, np.ones(3), mode="same") == 0.0
    rows = segment.rows(levels.hop)
    edges = [
        (rows.start + start * hops, min(rows.start + stop * hops, rows.stop))
        for start, stop in runs(quiet)
    ]
    hop = levels.hop
    return [replace(segment, start=start * hop, stop=stop * hop) for start, stop in edges]


def _piece_means(powers: FloatArray, hops: int) -> FloatArray:
    """Return the mean of what is known in each piece, the last one shorter; 0 where nothing is."""
    padded = np.append(powers, np.full(-len(powers) % hops, np.nan)).reshape(-1, hops)
    known = np.isfinite(padded)
    sums = np.sum(np.where(known, padded, 0.0), axis=1)
    means: FloatArray = sums / np.maximum(np.count_nonzero(known, axis=1), 1)
    return means


def _brief(marks: BoolArray, most: int) -> BoolArray:
    """Keep runs of at most so many marks, `(n,)`."""
    kept = np.zeros_like(marks)
    for start, stop in runs(marks):
        kept[start:stop] = stop - start <= most
    return kept


def runs(marks: BoolArray) -> list[tuple[int, int]]:
    """Return where runs of marks begin and end, half-open, `(n,)`."""
    edges = np.flatnonzero(np.diff(marks, prepend=False, append=False))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


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
