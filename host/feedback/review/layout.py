"""Which strips a montage has, and what was asked for at every moment. Plain Python, no Qt."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calibration.montage import Montage
from calibration.muscles import Side, muscle, muscles
from calibration.patterns import Pattern, Role
from host.chain.stream import BoolArray, IntArray
from host.detection.cues import Cue, Phase
from host.session.opened import Opened
from host.session.terms import patterns_in
from host.translation import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One muscle, both sides; or one plain channel."""

    name: str
    upper: int | None
    """Column of the patient's left, or of the plain channel."""
    lower: int | None
    """Column of the patient's right, or of the plain channel again."""
    muscle: str = ""

    @property
    def sides(self) -> tuple[int | None, int | None]:
        """The two columns; a plain channel has but one."""
        return self.upper, None if self.upper == self.lower else self.lower


def strips(montage: Montage) -> tuple[Strip, ...]:
    """Return the strips from forehead to neck (T1), then channels without a muscle."""
    codes = [code for code in muscles() if any(site.muscle == code for site in montage.sites)]
    found = [
        Strip(
            name=tr(muscle(code).plain),
            upper=montage.column(code, Side.LEFT),
            lower=montage.column(code, Side.RIGHT),
            muscle=code,
        )
        for code in codes
    ]
    plain = [column for column, site in enumerate(montage.sites) if not site.muscle]
    found += [Strip(name=tr(montage.named(at)), upper=at, lower=at) for at in plain]
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time under one cue, in samples."""

    start: int
    stop: int
    pattern: str
    phase: Phase


class Asked:
    """What was asked for, from the first sample to the last."""

    def __init__(self, opened: Opened) -> None:
        cues = [cue for cue in opened.cues if cue.start < opened.stop]
        if not cues or cues[0].start > 0:
            cues = [Cue(start=0, pattern="rest and release", phase=Phase.FREE), *cues]
        stops = [*(cue.start for cue in cues[1:]), opened.stop]
        self.stretches = tuple(
            Stretch(start=cue.start, stop=stop, pattern=cue.pattern, phase=cue.phase)
            for cue, stop in zip(cues, stops, strict=True)
            if stop > cue.start
        )
        self._starts = np.array([one.start for one in self.stretches])
        self._held = np.array([one.phase is Phase.HOLD for one in self.stretches])
        patterns = patterns_in(opened)
        montage = opened.watch.montage
        names = {one.pattern for one in self.stretches}
        leads = {name: self._target_columns(montage, patterns, name) for name in names}
        self._leads: BoolArray = np.array([leads[one.pattern] for one in self.stretches])

    @staticmethod
    def _target_columns(montage: Montage, patterns: Mapping[str, Pattern], name: str) -> BoolArray:
        asked = patterns.get(name)
        leads = [
            asked is not None and bool(site.muscle) and asked.role(site.muscle) is Role.TARGET
            for site in montage.sites
        ]
        return np.array(leads)

    def at(self, sample: int) -> Stretch:
        """Return what was asked for at a sample."""
        return self.stretches[max(bisect_right(self._starts, sample) - 1, 0)]

    def places(self, samples: IntArray) -> IntArray:
        """Return for each sample the number of its stretch."""
        return np.clip(np.searchsorted(self._starts, samples, side="right") - 1, 0, None)

    def held(self, samples: IntArray) -> BoolArray:
        """Return where a movement was to be held."""
        held: BoolArray = self._held[self.places(samples)]
        return held

    def leads(self, samples: IntArray) -> BoolArray:
        """Return which channels' muscles were to lead, `(n_samples, n_channels)`."""
        leads: BoolArray = self._leads[self.places(samples)]
        return leads
