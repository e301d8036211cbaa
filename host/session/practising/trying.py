"""Judge one attempt while it goes on: whether all that was to be quiet stayed quiet (P14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from calibration.muscles import muscle
from calibration.patterns import Pattern, Role
from host.detection.cues import Phase
from host.detection.states import Finding, State
from host.session.practising.gate import uncalibrated
from host.session.practising.tried import AttemptResult, MuscleTried, Tried
from host.session.practising.whys import why_words
from host.translation import in_a_row, tr

if TYPE_CHECKING:
    from calibration.montage import Montage
    from calibration.muscles import Side
    from host.detection.frame import Frame

LEAST_KNOWN = 0.5
"""As for outcomes: with less of the hold known a muscle is not scored."""
_SCORED = (Phase.RISE, Phase.HOLD, Phase.RELEASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Where electrodes lie, which side has to learn, and what the therapist goes without."""

    montage: Montage
    affected: Side
    excluded: tuple[int, ...] = ()
    """Columns, as `Watch.excluded`."""

    def is_judged(self, channel: int, asked: Pattern) -> bool:
        """Tell whether an attempt's result depends on a channel: quiet, affected side (P3)."""
        site = self.montage.sites[channel]
        if channel in self.excluded or site.side is not self.affected:
            return False
        return asked.role(site.muscle) is Role.QUIET


class Trying:
    """Adds up the frames of one attempt, from the cue to rise to the cue to rest."""

    def __init__(
        self, face: Face, hop: int, rate_hz: float, *, bout: int, index: int, start: int,
        pattern: str, feedback: bool,
    ) -> None:  # fmt: skip
        channels = len(face.montage.sites)
        self._face, self._hop, self._rate_hz = face, hop, rate_hz
        self._bout, self._pattern, self._feedback = bout, pattern, feedback
        self.index, self.start = index, start
        self._hold: int | None = None
        self._held: int | None = None
        self.stop: int | None = None
        """Sample of the cue to rest; None while the attempt goes on."""
        self.left_why = ""
        """Why it was broken off; empty where it was not."""
        self._asked: Pattern | None = None
        self._known, self._along, self._hold_known, self._touched, self._nameless = (
            np.zeros(channels, dtype=np.int64) for _ in range(5)
        )
        self._leads_from = 0.0
        self._going = np.zeros(channels, dtype=np.int64)
        """For how many scored hops the episode of each channel has gone on."""
        self._hold_sum = np.zeros(channels)
        self._findings: frozenset[Finding] = frozenset()
        self._led = False

    def turn(self, phase: Phase, sample: int) -> None:
        """Take up a cue that belongs to it."""
        if phase is Phase.HOLD:
            self._hold = sample
        elif self._hold is not None and self._held is None:
            self._held = sample
        if phase not in _SCORED:
            self.stop = sample

    def leave(self, why: str) -> None:
        """Leave it out of the score."""
        self.left_why = why

    def push(self, frame: Frame) -> bool:
        """Take one frame; tell whether what is known of the attempt has changed since it was over.

        A word about a fast rise is found only when the muscles are at rest again (P10).
        """
        own = frame.cue.start >= self.start and frame.cue.pattern == self._pattern
        if not own:
            return False
        now = frame.attempt
        before = self._findings
        if now is not None and now.pattern == self._pattern:
            self._findings |= set(now.findings)
            self._led |= now.state is State.HOLD
        excused = self._excuse(frame)
        if frame.cue.phase in _SCORED:
            self._add(frame)
            return True
        return excused or self._findings != before

    def _excuse(self, frame: Frame) -> bool:
        """Take back what came along with a blink and not with the pattern; tell if anything did."""
        excused = False
        for one in frame.ended:
            if one.with_blink:
                excused |= bool(self._going[one.channel])
                self._along[one.channel] -= self._going[one.channel]
            self._going[one.channel] = 0
        return excused

    def _add(self, frame: Frame) -> None:
        self._asked, self._leads_from = frame.asked, frame.effort.low
        known = ~np.isnan(frame.activation) & ~frame.blinking
        self._known += known
        self._along += frame.active
        self._going += frame.active
        self._touched += frame.touched
        self._nameless += uncalibrated(frame)
        if frame.cue.phase is Phase.HOLD:
            self._hold_known += known
            self._hold_sum += np.where(known, frame.activation, 0.0)

    @property
    def tried(self) -> Tried | None:
        """The attempt as it is judged now; None while it goes on, or where no frame came."""
        if self.stop is None:
            return None
        muscles = self._muscles()
        judged = [one for one in muscles if one.judged]
        result, reason = self._result(judged)
        return Tried(
            bout=self._bout,
            index=self.index,
            pattern=self._pattern,
            start=self.start,
            stop=self.stop,
            feedback=self._feedback,
            result=result,
            reason=reason,
            left_out=self._left_out(judged),
            muscles=muscles,
        )

    def _muscles(self) -> tuple[MuscleTried, ...]:
        if self._asked is None:
            return ()
        sites = enumerate(self._face.montage.sites)
        return tuple(self._muscle(channel) for channel, site in sites if site.muscle)

    def _muscle(self, channel: int) -> MuscleTried:
        assert self._asked is not None  # noqa: S101  the caller has looked
        code = self._face.montage.sites[channel].muscle
        role, known = self._asked.role(code), self._known_share(channel)
        hops, along = int(self._hold_known[channel]), int(self._along[channel])
        mean = float(self._hold_sum[channel]) / hops if hops else None
        leads = role is not Role.QUIET and mean is not None and mean >= self._leads_from
        unknown = known < LEAST_KNOWN and not along
        return MuscleTried(
            channel=channel,
            muscle=code,
            role=role,
            judged=self._face.is_judged(channel, self._asked),
            known=known,
            mean=mean,
            along_s=along * self._hop / self._rate_hz,
            moved=None if unknown else along > 0 or leads,
        )

    def _known_share(self, channel: int) -> float:
        """Return which share of the hold is known; of the attempt, where it has no hold."""
        assert self.stop is not None  # noqa: S101  only what is over is judged
        if self._hold is None:
            return self._share(int(self._known[channel]), self.start, self.stop)
        held = self.stop if self._held is None else self._held
        return self._share(int(self._hold_known[channel]), self._hold, held)

    def _share(self, hops: int, start: int, stop: int) -> float:
        return min(hops * self._hop / max(stop - start, 1), 1.0)

    def _left_out(self, judged: list[MuscleTried]) -> float:
        """Return the share of the judged muscles' time that is not known."""
        assert self.stop is not None  # noqa: S101  only what is over is judged
        known = [
            self._share(int(self._known[one.channel]), self.start, self.stop - self._hop)
            for one in judged
        ]
        return 1.0 - sum(known) / len(known) if known else 1.0

    def _result(self, judged: list[MuscleTried]) -> tuple[AttemptResult, str]:
        """Return what it was, and one sentence where it was no success."""
        if self.left_why:
            return AttemptResult.LEFT_OUT, why_words(self.left_why)
        if not judged:
            return AttemptResult.NOT_SCORED, tr("No muscle was asked to be quiet.")
        along = [self._named(one) for one in judged if one.along_s > 0.0]
        if along:
            words = tr("Not at rest: {}.") if self._resting else tr("{} came along.")
            return AttemptResult.ALONG, words.format(in_a_row(along))
        dark = [one for one in judged if one.known < LEAST_KNOWN]
        if dark:
            return AttemptResult.NOT_SCORED, self._why_dark(dark)
        return self._of_target()

    def _of_target(self) -> tuple[AttemptResult, str]:
        """Return what the target did while all others stayed quiet (P8, P10).

        Where nothing is to move, all is said: rest is the pattern.
        """
        if self._resting:
            return AttemptResult.QUIET, ""
        if Finding.TOO_STRONG in self._findings:
            return AttemptResult.TOO_STRONG, tr("All stayed quiet. Softer would do.")
        if Finding.TOO_FAST in self._findings:
            return AttemptResult.TOO_FAST, tr("All stayed quiet. Slower would do.")
        if not self._led:
            return AttemptResult.NO_HOLD, tr("All stayed quiet. The movement came to no hold.")
        return AttemptResult.QUIET, ""

    @property
    def _resting(self) -> bool:
        """Whether the pattern asks for nothing but rest."""
        return self._asked is not None and not self._asked.target

    def _why_dark(self, dark: list[MuscleTried]) -> str:
        nameless = [one for one in dark if self._nameless[one.channel]]
        if nameless:
            names = in_a_row([self._named(one) for one in nameless])
            return tr("Not scored: not calibrated: {}.").format(names)
        names = in_a_row([self._named(one) for one in dark])
        if any(self._touched[one.channel] for one in dark):
            return tr("Not scored: touched, or not measured: {}.").format(names)
        least = 100.0 * min(one.known for one in dark)
        words = tr("Not scored: only {:.0f} % of the hold could be measured at {}.")
        return words.format(least, names)

    def _named(self, one: MuscleTried) -> str:
        return tr(muscle(one.muscle).plain)
