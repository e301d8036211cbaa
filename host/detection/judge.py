"""All that is found out about levels under one set of terms: what every frame says of them."""

from dataclasses import dataclass, replace

import numpy as np

from calibration.montage import Montage
from calibration.patterns import Pattern, Role
from calibration.reference import Reference
from host.chain.amplitude import Levels
from host.chain.stream import BoolArray, FloatArray
from host.detection.attempt import AttemptWatch, Seen
from host.detection.attempted import Attempted
from host.detection.blinks import EYE, Blinked, BlinkWatch
from host.detection.certainty import Certainty
from host.detection.cocontraction import CocontractionDetector, Ended, Episode
from host.detection.energy import EnergyDetector, powers_of
from host.detection.guards import EffortGuard
from host.detection.release import ReleaseGate, may_go_on
from host.detection.rests import Rests
from host.detection.states import Progress
from host.detection.tally import Beside
from host.detection.terms import Terms
from host.detection.watch import Watch
from host.detection.with_blink import BlinkCompany


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """What has ended between two hops."""

    episodes: tuple[Episode, ...] = ()
    attempts: tuple[Attempted, ...] = ()

    def and_then(self, later: "Over") -> "Over":
        """Return this with what has ended later."""
        return Over(
            episodes=self.episodes + later.episodes, attempts=self.attempts + later.attempts
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged:
    """What was found in consecutive hops; arrays are `(n_hops, n_channels)` unless said."""

    activation: FloatArray
    certainty: Certainty
    active: BoolArray
    too_strong: BoolArray
    moving: BoolArray
    released: BoolArray
    may_go_on: BoolArray
    """`(n_hops,)`."""
    blinking: BoolArray
    attempt: Progress
    ended: Ended
    blinks: Blinked


class Judge:
    """The stages of detection, one after the other."""

    def __init__(self, watch: Watch, terms: Terms, hop: int, rate_hz: float) -> None:
        channels = len(watch.montage.sites)
        self._rests = Rests(watch, rate_hz)
        self._energy = EnergyDetector(watch.energy, hop, rate_hz, self._rests.freedoms)
        self._blinks = BlinkWatch(watch.blinks, watch.montage, hop, rate_hz, self._energy.lag_s)
        self._company = BlinkCompany(watch.with_blink, rate_hz)
        self._detector = CocontractionDetector(watch.thresholds, hop, rate_hz, channels)
        self._effort = EffortGuard(watch.effort, hop, rate_hz, channels)
        self._floors = np.array(watch.floors) if watch.floors else np.zeros(channels)
        lines = watch.release.lines(self._floors)
        self._release = ReleaseGate(watch.release, lines, hop, rate_hz)
        self._attempts = AttemptWatch(watch.effort, watch.pace, hop, rate_hz)
        self._next: int | None = None
        self._terms = terms
        self._blinks.ask(terms.asked, terms.cue.phase)
        self._take(terms, 0)

    def use(self, terms: Terms, number: int) -> Over:
        """Judge by these terms from hop `number` on; return what that ends."""
        before = self._terms
        episodes: tuple[Episode, ...] = ()
        if terms.cue.pattern != before.cue.pattern or terms.asked != before.asked:
            episodes = self._detector.close(number, before.cue.pattern)
        self._blinks.ask(terms.asked, terms.cue.phase)
        over = self._take(terms, number)
        return Over(episodes=episodes, attempts=() if over is None else (over,))

    def gap(self) -> Over:
        """End what cannot go on over a gap that has come now."""
        if self._next is None:
            return Over()
        self._energy.close(self._next)
        self._blinks.restart()
        self._attempts.gap(self._next)
        return Over(episodes=self._detector.close(self._next, self._terms.cue.pattern))

    def finish(self) -> Over:
        """End whatever goes on at the end of the session, as cut."""
        if self._next is None:
            return Over()
        attempt = self._attempts.finish(self._next)
        episodes = self._detector.close(self._next, self._terms.cue.pattern)
        return Over(episodes=episodes, attempts=() if attempt is None else (attempt,))

    def push(self, levels: Levels, reference: Reference) -> Judged:
        """Judge consecutive hops. Where a finger is, nothing is known."""
        levels = untouched(levels, self.touched) if self._finger else levels
        first = int(levels.first)
        self._next = first + len(levels)
        activation = reference.activation(levels.rms_uv)
        rest_power = self._rests.power(reference)
        activity = self._energy.push(levels, rest_power)
        doubts = self._blinks.push(activity, powers_of(levels), rest_power)
        certainty = _certainty(levels, reference)
        beside = Beside(
            activity=activity,
            rms_uv=levels.rms_uv,
            certainty=certainty,
            targets=self._led_by,
            doubts=doubts,
        )
        active, ended = self._detector.push(
            first, activation, self._factors, self._terms.cue.pattern, beside
        )
        blinks = () if doubts is None else doubts.blinks
        ended = self._company.push(ended, blinks, marked=EYE not in self._terms.asked.target)
        too_strong = self._effort.push(first, activation)
        released = self._release.push(first, activation)
        seen = Seen(
            first=first,
            powers=powers_of(levels),
            activation=activation,
            moving=activity.moving,
            released=released,
            too_strong=too_strong,
            touched=self._counted_touched,
            reference=reference,
        )
        return Judged(
            activation=activation,
            certainty=certainty,
            active=active,
            too_strong=too_strong,
            moving=activity.moving,
            released=released,
            may_go_on=may_go_on(released, self._counted),
            blinking=np.zeros_like(active) if doubts is None else doubts.where,
            attempt=self._attempts.push(seen),
            ended=ended,
            blinks=blinks,
        )

    def _take(self, terms: Terms, number: int) -> Attempted | None:
        """Take terms up; return the attempt that they end."""
        self._terms = terms
        self._detector.use(terms.thresholds)
        self._effort.use(terms.effort)
        self._attempts.use(terms.effort)
        targets = terms.targets
        sites = terms.montage.sites
        self._effort.ask(np.isin(np.arange(len(sites)), targets))
        self._led_by = tuple(
            tuple(one for one in targets if site.side and sites[one].side is site.side)
            for site in sites
        )
        self.touched, self._counted = terms.touched, terms.counted
        self._finger = bool(self.touched.any())
        self._counted_touched = bool((self.touched & self._counted).any())
        allowance = allowances(terms.montage, terms.asked)
        allowance[list(terms.left_out)] = np.nan
        self.threshold: FloatArray = np.maximum(terms.thresholds.enter * allowance, self._floors)
        self._factors = self.threshold / terms.thresholds.enter
        return self._attempts.turn(terms.cue, targets, number)


def untouched(levels: Levels, touched: BoolArray) -> Levels:
    """Return levels in which nothing is known of channels that a finger is on (P5)."""
    powers = levels.hop_power_uv2
    return replace(
        levels,
        rms_uv=np.where(touched, np.nan, levels.rms_uv),
        hop_power_uv2=None if powers is None else np.where(touched, np.nan, powers),
    )


def _certainty(levels: Levels, reference: Reference) -> Certainty:
    freedom = levels.freedom
    return Certainty(
        reference=reference,
        freedom=np.zeros(levels.rms_uv.shape) if freedom is None else freedom,
        doubt=None if levels.beside is None else levels.beside.doubt,
    )


def allowances(montage: Montage, asked: Pattern) -> FloatArray:
    """Return the factor on each channel's thresholds; NaN where it is not to be quiet (T2).

    In a plain montage every channel is asked to be quiet: nobody said what it lies on.
    """
    if montage.plain:
        return np.ones(len(montage.sites))
    return np.array(
        [
            asked.allowance(site.muscle)
            if site.muscle and asked.role(site.muscle) is Role.QUIET
            else np.nan
            for site in montage.sites
        ]
    )
