"""What became of each attempt: which muscles stayed quiet, which came along, what is not known."""

import enum
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from calibration.montage import Montage
from calibration.muscles import Side
from calibration.patterns import Pattern, Role
from host.chain.stream import FloatArray
from host.detection.attempts import Attempt
from host.detection.blinks import Blink
from host.detection.cocontraction import Episode
from host.detection.frame import Frames

LEAST_KNOWN = 0.5
"""A muscle that was known for less of the hold is not scored: unknown is never quiet."""


class Verdict(enum.Enum):
    """What an attempt was, by the quiet muscles of the affected side (P3, P14)."""

    QUIET = "stayed quiet"
    ALONG = "came along"
    UNKNOWN = "not scored"
    """A quiet muscle was not known for long enough, or it never came to a hold."""
    UNJUDGED = "nothing to judge"
    """No muscle of the affected side was asked to be quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleOutcome:
    """What one muscle did in one attempt; activations are shares of the gentle reference."""

    channel: int
    role: Role
    threshold: float | None
    """None where it was not judged."""
    hold_mean: float | None
    """Mean over the hold; None where nothing is known."""
    peak: float | None
    """Largest in the whole attempt; None where nothing is known."""
    known: float
    """Share of the hold (of the attempt, where it has no hold) in which it had a signal."""
    episodes: int
    """How often it came along; not counting what came along with a blink only."""
    along_s: float
    """For how long in all."""
    with_blinks: int = 0
    """How often it came along with a blink, which says nothing of the pattern."""
    touched_s: float = 0.0
    """For how long a finger may have been on it: nothing of that is scored (P5)."""
    crosstalk_s: float = 0.0
    """For how long most of what its electrode heard is suspected to be of others; taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptOutcome:
    """One attempt and all its muscles."""

    attempt: Attempt
    verdict: Verdict
    muscles: tuple[MuscleOutcome, ...]
    """One per channel, in column order."""
    too_strong_s: float
    """How long the target muscle of the affected side was above the ceiling (P8)."""
    blinks: int = 0
    """How often the eyes blinked: that is no synkinesis, and not scored."""


class Outcomes:
    """Adds up frames by attempt, and keeps all episodes; attempts are known beforehand."""

    def __init__(
        self, attempts: Iterable[Attempt], montage: Montage, affected: Side, rate_hz: float
    ) -> None:
        self._sums = [_Sums(attempt, len(montage.sites)) for attempt in attempts]
        self._starts = [sums.attempt.start for sums in self._sums]
        self._montage = montage
        self._affected = affected
        self._rate_hz = rate_hz
        self.episodes: list[Episode] = []
        """Every episode so far, in the order in which they ended."""
        self.blinks: list[Blink] = []
        """Every blink so far; those that nobody can be sure of too."""

    def push(self, frames: Frames) -> None:
        """Take frames, in order."""
        self.episodes.extend(episode for _, episode in frames.ended)
        self.blinks.extend(blink for _, blink in frames.blinks)
        place = bisect_right(self._starts, frames.start) - 1
        if place >= 0 and frames.start < self._sums[place].attempt.stop:
            self._sums[place].push(frames)

    def close(self, episodes: tuple[Episode, ...]) -> None:
        """Take what went on at the end."""
        self.episodes.extend(episodes)

    @property
    def attempts(self) -> tuple[AttemptOutcome, ...]:
        """What is known of each attempt so far."""
        within: list[list[Episode]] = [[] for _ in self._sums]
        for episode in self.episodes:
            place = max(bisect_right(self._starts, episode.start) - 1, 0)
            while place < len(within) and self._starts[place] < episode.stop:
                if episode.start < self._sums[place].attempt.stop:
                    within[place].append(episode)
                place += 1
        return tuple(map(self._outcome, self._sums, within))

    def _outcome(self, sums: "_Sums", within: list[Episode]) -> AttemptOutcome:
        attempt = sums.attempt
        columns = range(len(self._montage.sites))
        muscles = tuple(self._muscle(sums, column, within) for column in columns)
        return AttemptOutcome(
            attempt=attempt,
            verdict=self._verdict(attempt, muscles),
            muscles=muscles,
            too_strong_s=self._too_strong_s(sums, muscles),
            blinks=sum(attempt.start <= blink.onset < attempt.stop for blink in self.blinks),
        )

    def _muscle(self, sums: "_Sums", column: int, episodes: list[Episode]) -> MuscleOutcome:
        every = [episode for episode in episodes if episode.channel == column]
        own = [episode for episode in every if not episode.with_blink]
        site, asked = self._montage.sites[column], sums.asked
        role = Role.QUIET if self._montage.plain else Role.TOLERATED
        if asked is not None and site.muscle:
            role = asked.role(site.muscle)
        return MuscleOutcome(
            channel=column,
            role=role,
            threshold=_known(sums.threshold[column]),
            hold_mean=_known(sums.mean[column]),
            peak=_known(sums.peak[column]),
            known=float(sums.known[column]),
            episodes=len(own),
            with_blinks=len(every) - len(own),
            along_s=float(sum(one.stop - one.start for one in own)) / self._rate_hz,
            touched_s=float(sums.touched[column]) / self._rate_hz,
            crosstalk_s=float(sums.crosstalk[column]) / self._rate_hz,
        )

    def _is_judged(self, outcome: MuscleOutcome) -> bool:
        """Tell whether the attempt's verdict depends on this muscle."""
        site = self._montage.sites[outcome.channel]
        on_side = self._montage.plain or site.side is self._affected
        return on_side and outcome.role is Role.QUIET

    def _verdict(self, attempt: Attempt, muscles: tuple[MuscleOutcome, ...]) -> Verdict:
        judged = [one for one in muscles if self._is_judged(one)]
        if not judged:
            return Verdict.UNJUDGED
        if any(one.episodes for one in judged):
            return Verdict.ALONG
        begin, end = attempt.hold
        if begin == end or any(one.known < LEAST_KNOWN for one in judged):
            return Verdict.UNKNOWN
        return Verdict.QUIET

    def _too_strong_s(self, sums: "_Sums", muscles: tuple[MuscleOutcome, ...]) -> float:
        sites = self._montage.sites
        own = [
            sums.too_strong[one.channel]
            for one in muscles
            if one.role is Role.TARGET and sites[one.channel].side is self._affected
        ]
        return float(max(own, default=0)) / self._rate_hz


class _Sums:
    """What is added up of one attempt; arrays are `(n_channels,)`."""

    def __init__(self, attempt: Attempt, channels: int) -> None:
        self.attempt = attempt
        self.asked: Pattern | None = None
        self.threshold: FloatArray = np.full(channels, np.nan)
        self.peak: FloatArray = np.full(channels, np.nan)
        self.too_strong = np.zeros(channels, dtype=np.int64)
        self.touched = np.zeros(channels, dtype=np.int64)
        self.crosstalk = np.zeros(channels, dtype=np.int64)
        begin, end = attempt.hold
        self._scored = attempt.hold if begin < end else (attempt.start, attempt.stop)
        self._total = np.zeros(channels)
        self._hops = np.zeros(channels)
        self._hop = 1

    def push(self, frames: Frames) -> None:
        """Add frames of this attempt."""
        self.asked, self.threshold, self._hop = frames.asked, frames.threshold, frames.hop
        self.too_strong += frames.hop * np.count_nonzero(frames.too_strong, axis=0)
        self.touched += frames.hop * len(frames) * frames.touched
        self.crosstalk += frames.hop * np.count_nonzero(frames.crosstalk, axis=0)
        self.peak = np.fmax(self.peak, np.fmax.reduce(frames.activation, axis=0))
        begin, end = self._scored
        rows = np.arange(frames.start, frames.stop, frames.hop)
        inside = frames.activation[(rows >= begin) & (rows < end)]
        known = ~np.isnan(inside)
        # Hop by hop, from where the last frames left off: the sum must not depend on the cut.
        levels = np.where(known, inside, 0.0)
        self._total = np.add.accumulate(np.concatenate([self._total[np.newaxis], levels]))[-1]
        self._hops += known.sum(axis=0)

    @property
    def mean(self) -> FloatArray:
        """Mean activation over what is scored; NaN where nothing is known."""
        with np.errstate(invalid="ignore"):
            return self._total / self._hops

    @property
    def known(self) -> FloatArray:
        """Share of what is scored that is known."""
        begin, end = self._scored
        return np.minimum(self._hops * self._hop / max(1, end - begin), 1.0)


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
