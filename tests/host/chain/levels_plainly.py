"""Levels and their quality once more, hop by hop and window by window, each from its samples."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from calibration.channel_model import ChannelModel
from host.chain.adaptive import AdaptiveWindow, design_trials
from host.chain.conditioning import Conditioned
from host.chain.evidence import ratio_bounds
from host.chain.hum import HumLimits
from host.chain.quality import CodeArray, Flaw, Quality, QualityLimits
from host.chain.stream import BoolArray, FloatArray, Stream

WORSE = (
    (Flaw.SETTLING, Quality.SETTLING),
    (Flaw.ARTEFACT, Quality.ARTEFACT),
    (Flaw.HUMMING, Quality.LOOSE),
    (Flaw.FLAT, Quality.FLAT),
    (Flaw.RAILED, Quality.RAILED),
)
"""One such sample in a window is enough; the later ones outdo the earlier."""


def whole_hops(piece: Conditioned, hop: int) -> tuple[int, slice]:
    """Return the number of the first hop that lies in the piece, and the samples of all of them."""
    first = -(-piece.start // hop)
    begin = first * hop - piece.start
    return first, slice(begin, begin + max(0, len(piece.data) - begin) // hop * hop)


def windows(count: int, hop: int, hops: int) -> Iterator[slice]:
    """Yield the samples of the window that ends with each hop; there are fewer at first."""
    for stop in range(hop, count + 1, hop):
        yield slice(max(0, stop - hop * hops), stop)


def qualities(
    flaws: CodeArray,
    hum: FloatArray,
    hop: int,
    hops: int,
    *,
    limits: QualityLimits,
    hums: HumLimits,
) -> CodeArray:
    """Judge every window of so many hops; before the first sample nothing is known."""
    width = hop * hops
    codes = []
    for window in windows(len(flaws), hop, hops):
        hum_uv = np.sqrt(np.sum(hum[window] ** 2, axis=0) / width)
        code = np.where(hum_uv > limits.hum_uv, np.uint8(Quality.MAINS), np.uint8(Quality.GOOD))
        code[np.sum(flaws[window] == 0, axis=0) < limits.valid_share * width] = Quality.GAP
        for flaw, worse in WORSE:
            code[np.any(flaws[window] & np.uint8(flaw), axis=0)] = worse
        code[stands_apart(hum_uv, code <= Quality.MAINS, hums)] = Quality.LOOSE
        codes.append(code)
    return np.array(codes, dtype=np.uint8).reshape(-1, flaws.shape[1])


def stands_apart(hum_uv: FloatArray, usable: BoolArray, limits: HumLimits) -> BoolArray:
    """Tell which usable channels hum far more than the middle one of at least four."""
    if np.count_nonzero(usable) < 4:
        return np.zeros_like(usable)
    limit_uv = max(limits.apart * float(np.median(hum_uv[usable])), limits.apart_floor_uv)
    return usable & (hum_uv > limit_uv)


def rms_of(data: FloatArray, flaws: CodeArray, hop: int, hops: int) -> FloatArray:
    """Return the RMS of the sound samples of every window; 0 where there is none."""
    squares = np.where(flaws == 0, data**2, 0.0)
    rms = [
        np.sqrt(squares[one].sum(axis=0) / np.maximum(np.sum(flaws[one] == 0, axis=0), 1))
        for one in windows(len(data), hop, hops)
    ]
    return np.array(rms).reshape(-1, data.shape[1])


class Whitened(NamedTuple):
    """Whole numbers: powers of hops in 2^-16 uV^2, and how many samples each is made of."""

    powers: list[int]
    weights: list[int]


def whitened(
    data: FloatArray, flaws: CodeArray, taps: tuple[float, ...], hop: int, stride: int
) -> Whitened:
    """Filter one channel, `(n_samples,)`, and square every `stride`-th sample that is sound."""
    steps = [min(max(round(uv * 1024.0), -(2**23)), 2**23) for uv in data.tolist()]
    whole_taps = [round(tap * 65536.0) for tap in taps]
    powers, weights = [], []
    for begin in range(0, len(steps), hop):
        power = weight = 0
        for place in range(begin + stride - 1, begin + hop, stride):
            if flaws[place]:
                continue
            total = sum(
                tap * steps[place - back] for back, tap in enumerate(whole_taps) if back <= place
            )
            # In units of 2^-8 uV: 2^-10 of the samples times 2^-16 of the taps.
            root = total / 2.0**18
            power += max(round(min(root * root, 2.0**46)), 1)
            weight += 1
        powers.append(power)
        weights.append(weight)
    return Whitened(powers, weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainAdaptive:
    """The choice of a window for one channel."""

    settings: AdaptiveWindow
    model: ChannelModel
    hop: int
    rate_hz: float
    stride: int

    def levels(self, of: Whitened) -> list[tuple[float, float]]:
        """Return RMS and degrees of freedom at the end of each hop."""
        return [self._level(of, row + 1) for row in range(len(of.powers))]

    def _level(self, of: Whitened, stop: int) -> tuple[float, float]:
        hop_s = self.hop / self.rate_hz
        trials = design_trials(max(2, int(self.settings.longest_s / hop_s)))
        lengths = trials.lengths.tolist()
        taken = lengths[int(trials.taken[-1])]
        for number, (newer, whole) in enumerate(zip(trials.newer, trials.whole, strict=True)):
            if not self._stands(of, stop, lengths[newer], lengths[whole]):
                taken = lengths[int(trials.taken[number])]
                break
        power, weight = self._sums(of, stop, taken)
        freedom = self._freedom(taken, rests=self._rests(power, weight))
        per_sample = freedom / (self.hop // self.stride)
        return float(np.sqrt(power / max(weight, 1) / 65536.0)), weight * per_sample

    def _sums(self, of: Whitened, stop: int, length: int) -> tuple[int, int]:
        window = slice(max(0, stop - length), stop)
        return sum(of.powers[window]), sum(of.weights[window])

    def _rests(self, power: int, weight: int) -> bool:
        return power / 65536.0 < self.settings.rest_power * self.model.noise_uv**2 * weight

    def _freedom(self, length: int, *, rests: bool) -> float:
        """Return degrees of freedom of one hop in a window of so many."""
        hop_s = self.hop / self.rate_hz
        freedom = self.model.rest if rests else self.model.active
        return float(freedom.at_hz(np.array([length * hop_s]))[0]) * hop_s

    def _stands(self, of: Whitened, stop: int, newer: int, whole: int) -> bool:
        """Tell whether the newer part of a window may be of one level with the rest of it."""
        power, weight = self._sums(of, stop, whole)
        now, now_weight = self._sums(of, stop, newer)
        if not now_weight or now_weight == weight:
            return True
        rests = self._rests(power, weight)
        needed = float(self.settings.evidence(np.array([whole * self.hop / self.rate_hz]))[0])
        if rests:
            needed = self.settings.rest_evidence
        least, most = bounds(newer, whole - newer, self._freedom(newer, rests=rests), needed)
        ratio = (now / now_weight) / ((power - now) / (weight - now_weight))
        return least <= ratio <= most


@cache
def bounds(newer: int, older: int, freedom: float, needed: float) -> tuple[float, float]:
    """Return between which ratios of their mean powers two parts of a window agree."""
    counts = np.array([newer]), np.array([older])
    least, most = ratio_bounds(*counts, np.array([freedom]), np.array([needed]))
    return float(least[0]), float(most[0])


def stride_of(stream: Stream, hop: int, upper_hz: float) -> int:
    """Return the largest part of a hop of which one sample is enough for this band."""
    steps = [step for step in range(1, hop + 1) if hop % step == 0]
    return max(step for step in steps if stream.rate_hz / step >= 2.0 * upper_hz)
