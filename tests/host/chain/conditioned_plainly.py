"""The conditioner once more, in plain Python: one channel, sample by sample, nothing clever.

What the compiled loop gives is compared with this, to the last bit: Python's floats are C's.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import signal

from host.chain.conditioning import Conditioning
from host.chain.filters import design_band_pass, design_mains_removal
from host.chain.glitch import GlitchLimits
from host.chain.hum import HumLimits
from host.chain.quality import Flaw
from host.chain.stream import FloatArray, Stream

UNSOUND = Flaw.RAILED | Flaw.FLAT


class PlainSections:
    """Second-order sections in direct form II transposed."""

    def __init__(self, sos: FloatArray) -> None:
        self._sos: list[list[float]] = sos.tolist()
        self._step: list[list[float]] = signal.sosfilt_zi(sos).tolist()
        self.state = [[0.0, 0.0] for _ in self._sos]

    def start(self, sample: float) -> None:
        """Begin anew, as if this sample had stood there for ever."""
        self.state = [[one * sample for one in section] for section in self._step]

    def run(self, sample: float) -> float:
        """Filter one sample."""
        state = []
        for (b0, b1, b2, _, a1, a2), (first, second) in zip(self._sos, self.state, strict=True):
            out = b0 * sample + first
            state.append([b1 * sample - a1 * out + second, b2 * sample - a2 * out])
            sample = out
        self.state = state
        return sample

    def peek(self, sample: float) -> float:
        """Return what would come out, and go back."""
        before = self.state
        out = self.run(sample)
        self.state = before
        return out

    def expected(self, output: float) -> float:
        """Return the sample that makes this come out."""
        for (b0, *_), (first, _) in zip(reversed(self._sos), reversed(self.state), strict=True):
            output = (output - first) / b0
        return output


def stands_out(before: float, middle: float, after: float) -> float:
    """Return how far the middle one is from the mean of its neighbours."""
    return abs(middle - 0.5 * (before + after))


def is_garbled(clean: list[float], after: float | None, limits: GlitchLimits, echo: float) -> bool:
    """Judge the last of some samples free of mains by those before it, and by its successor.

    Nobody vouches for a sample before a gap: there it is enough to stand out.
    """
    *old, here = clean
    sizes = [stands_out(*old[k - 3 : k or None]) for k in range(-7, 1)]
    level = math.sqrt(sum(size * size for size in reversed(sizes)) / 8)
    peak = abs(here - old[-1]) if after is None else stands_out(old[-1], here, after)
    near = max(limits.near_share * peak, limits.near_ratio * level)
    was = (old[-1] + old[-2] + old[-3]) / 3.0
    was_before = (old[-2] + old[-3] + old[-4]) / 3.0
    alone = after is None or abs(after - echo * (here - was) - was) <= near
    out = peak > limits.floor_uv and peak > limits.level_ratio * level
    return out and abs(old[-1] - was_before) <= near and alone


@dataclass(slots=True)
class PlainHold:
    """Carry a mark on for so many samples."""

    samples: int
    left: int = 0

    def push(self, *, marked: bool) -> bool:
        """Tell whether the last mark is less than so many samples ago."""
        self.left = self.samples if marked else max(0, self.left - 1)
        return self.left > 0


@dataclass(slots=True)
class PlainHumWatch:
    """Compare each second's mains with the calmest second so far."""

    limits: HumLimits
    per_second: int
    hold: PlainHold
    seconds_uv: list[float] = field(default_factory=list)
    """Peaks of the seconds that were sound throughout."""
    peaks_uv: list[float] = field(default_factory=list)

    @property
    def limit_uv(self) -> float:
        """What no peak may pass."""
        usual_uv = min(self.seconds_uv, default=math.inf)
        risen_uv = max(self.limits.rise * usual_uv, self.limits.floor_uv)
        return min(risen_uv, self.limits.ceiling_uv)

    def push(self, index: int, size_uv: float, *, sound: bool) -> bool:
        """Tell whether the electrode must be off."""
        hums = self.hold.push(marked=size_uv > self.limit_uv)
        if sound and not hums:
            self.peaks_uv.append(size_uv)
        if (index + 1) % self.per_second == 0:
            if len(self.peaks_uv) == self.per_second:
                self.seconds_uv.append(max(self.peaks_uv))
            self.peaks_uv = []
        return hums


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample that came out."""

    index: int
    data_uv: float
    hum_uv: float
    flaws: int


class PlainConditioner:
    """One channel of a whole recording."""

    def __init__(self, settings: Conditioning, stream: Stream) -> None:
        self._settings, self._stream = settings, stream
        upper_hz = settings.band_pass.upper_hz(stream.rate_hz)
        stops = design_mains_removal(settings.mains, stream.rate_hz, upper_hz)
        self._mains = PlainSections(stops)
        self._band = PlainSections(design_band_pass(settings.band_pass, stream.rate_hz))
        impulse = signal.sosfilt(stops, np.array([1.0, 0.0]))
        self._echo = float(impulse[1] / impulse[0])
        quality = settings.quality
        self._settling = PlainHold(stream.samples(quality.settle_s))
        self._wake = PlainHold(stream.samples(quality.artefact_hold_s))
        hold = PlainHold(stream.samples(settings.hum.hold_s))
        self._hums = PlainHumWatch(settings.hum, stream.samples(1.0), hold)
        self._clean: list[float] = []
        self._age = 0
        """Samples since the last start."""
        self._raw: list[float] = []
        """For flat stretches, which a gap does not end."""
        self._unsound = True

    def run(self, parts: Sequence[tuple[int, list[float]]]) -> Iterator[Sample]:
        """Condition some stretches, each with the index of its first sample.

        The very last sample waits for its successor, and is left out.
        """
        bridge = int(self._settings.bridge_s * self._stream.rate_hz)
        for number, (start, samples) in enumerate(parts):
            last = number + 1 == len(parts)
            screened = [self._screened(sample) for sample in samples]
            for place, sample in enumerate(samples[: -1 if last else None]):
                after = samples[place + 1] if place + 1 < len(samples) else None
                yield self._one(start + place, sample, screened[place], after)
            if last:
                return
            stop, begin = start + len(samples), parts[number + 1][0]
            if begin - stop > bridge:
                self._unsound = True
                continue
            for index in range(stop, begin):
                yield self._guess(index, Flaw.LOST)

    def _screened(self, sample: float) -> Flaw:
        """Say what is wrong with a sample for itself."""
        run = self._settings.quality.flat_run(self._stream)
        self._raw.append(sample)
        flaws = Flaw(0)
        if abs(sample) >= self._settings.quality.rail_share * self._stream.range_uv:
            flaws |= Flaw.RAILED
        if len(self._raw) > run and len(set(self._raw[-run - 1 :])) == 1:
            flaws |= Flaw.FLAT
        return flaws

    def _one(self, index: int, sample: float, flaws: Flaw, after: float | None) -> Sample:
        if self._unsound and not flaws & UNSOUND:
            self._mains.start(sample)
            self._band.start(sample)
            self._clean = [sample] * 11
            self._age = 0
        self._unsound = bool(flaws & UNSOUND)
        before = self._mains.state
        clean = self._mains.run(sample)
        next_clean = None if after is None else self._mains.peek(after)
        if not flaws and self._age >= 11:
            every = [*self._clean, clean]
            if is_garbled(every, next_clean, self._settings.glitch, self._echo):
                self._mains.state = before
                return self._guess(index, flaws | Flaw.LOST)
        return self._settled(index, sample, clean, flaws)

    def _guess(self, index: int, flaws: Flaw) -> Sample:
        raw = self._mains.expected(self._clean[-1])
        return self._settled(index, raw, self._mains.run(raw), flaws)

    def _settled(self, index: int, raw: float, clean: float, flaws: Flaw) -> Sample:
        self._clean.append(clean)
        self._age += 1
        data, hum = self._band.run(clean), raw - clean
        if self._settling.push(marked=bool(flaws & UNSOUND) or self._age == 1):
            flaws |= Flaw.SETTLING
        loud = abs(data) > self._settings.quality.artefact_uv and not flaws
        if self._wake.push(marked=loud):
            flaws |= Flaw.ARTEFACT
        if self._hums.push(index, abs(hum), sound=not flaws):
            flaws |= Flaw.HUMMING
        return Sample(index, data, hum, int(flaws))
