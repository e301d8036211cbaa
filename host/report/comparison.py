"""Two judgements of one recording side by side: what changed in each attempt, and why."""

import math
from dataclasses import dataclass

from calibration.patterns import Role
from calibration.saying import Saying
from host.report.outcomes import LEAST_KNOWN, AttemptOutcome, MuscleOutcome, Verdict
from host.report.results import Results

_LEAST_S = 0.05
"""A shorter time above the ceiling is no other time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptChange:
    """One attempt under other terms."""

    before: AttemptOutcome
    after: AttemptOutcome
    why: tuple[str, ...]
    """A sentence for each muscle that is judged differently, and for effort; else empty."""

    @property
    def changed(self) -> bool:
        """Whether anything is judged differently."""
        return bool(self.why) or self.before.verdict is not self.after.verdict


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """A recording as it was judged, and as it would be."""

    before: Results
    after: Results
    attempts: tuple[AttemptChange, ...]

    @property
    def sentence(self) -> str:
        """Say in one sentence what came of it."""
        quiet = [_count(results, Verdict.QUIET) for results in (self.before, self.after)]
        episodes = [len(results.episodes) for results in (self.before, self.after)]
        changed = sum(one.changed for one in self.attempts)
        if episodes[1] == 1:
            last = Saying("1 episode instead of {}", episodes[0])
        else:
            last = Saying("{} episodes instead of {}", episodes[1], episodes[0])
        if not self.attempts:
            return Saying("{}.", last)
        return Saying("{}; {}; {}.", _changed(changed, len(self.attempts)), _stay(*quiet), last)


def compare(before: Results, after: Results) -> Comparison:
    """Compare two judgements of the same recording."""
    pairs = zip(before.attempts, after.attempts, strict=True)
    return Comparison(
        before=before,
        after=after,
        attempts=tuple(
            AttemptChange(before=was, after=now, why=_why(was, now, before, after))
            for was, now in pairs
        ),
    )


def _changed(changed: int, count: int) -> str:
    if changed == 1:
        return Saying("1 of {} attempts changes", count)
    return Saying("{} of {} attempts change", changed, count)


def _stay(before: int, after: int) -> str:
    if after == 1:
        return Saying("1 stays quiet instead of {}", before)
    return Saying("{} stay quiet instead of {}", after, before)


def _count(results: Results, verdict: Verdict) -> int:
    return sum(one.verdict is verdict for one in results.attempts)


def _why(
    was: AttemptOutcome, now: AttemptOutcome, before: Results, after: Results
) -> tuple[str, ...]:
    """Return a sentence for each muscle whose part in the attempt is judged differently."""
    said = [
        _sentence(before.montage.named(one.channel), one, other)
        for one, other in zip(was.muscles, now.muscles, strict=True)
        if _differs(one, other)
    ]
    if not math.isclose(was.too_strong_s, now.too_strong_s, abs_tol=_LEAST_S):
        said.append(
            Saying(
                "Above the ceiling for {:.1f} s instead of {:.1f} s: {}.",
                now.too_strong_s,
                was.too_strong_s,
                _effort_reason(before, after),
            )
        )
    return tuple(said)


def _differs(before: MuscleOutcome, after: MuscleOutcome) -> bool:
    known = [one.known < LEAST_KNOWN for one in (before, after)]
    return (
        before.episodes != after.episodes
        or before.role is not after.role
        or known[0] is not known[1]
    )


def _sentence(name: str, before: MuscleOutcome, after: MuscleOutcome) -> str:
    """Say what became of a muscle, and the largest reason for it."""
    return Saying("{}: {}, {}.", name, _what(before, after), _reason(before, after))


def _what(before: MuscleOutcome, after: MuscleOutcome) -> str:
    if after.role is not Role.QUIET:
        judged = before.role is Role.QUIET
        return Saying("no longer judged" if judged else "not judged, as before")
    was, now = _part(before), _part(after)
    if before.role is not Role.QUIET:
        return Saying("now judged, {}", now)
    if before.episodes and after.episodes:
        return Saying("came along {} × instead of {} ×", after.episodes, before.episodes)
    return Saying("{}, now {}", was, now)


def _part(outcome: MuscleOutcome) -> str:
    """Say what a quiet muscle did; where too little of it is known, it did not stay quiet."""
    if outcome.episodes:
        return Saying("came along")
    return Saying("not known for long enough" if outcome.known < LEAST_KNOWN else "stayed quiet")


def _reason(before: MuscleOutcome, after: MuscleOutcome) -> str:
    if before.role is not after.role:
        return Saying("its role is {} instead of {}", after.role.value, before.role.value)
    line, reached = _number(after.threshold), _number(after.peak)
    if not _same(before.peak, after.peak):
        return Saying(
            "by the other reference it reached {} instead of {}, with the line at {}",
            reached,
            _number(before.peak),
            line,
        )
    if _same(before.threshold, after.threshold):
        return Saying("it must last for another time, or fall to another level, to count")
    moved = Saying("the line is at {} instead of {}", line, _number(before.threshold))
    if not after.episodes and _over(after):
        return Saying("{}, and it reached {}, too briefly to count", moved, reached)
    return Saying("{}, and it reached {}", moved, reached)


def _over(outcome: MuscleOutcome) -> bool:
    if outcome.peak is None or outcome.threshold is None:
        return False
    return outcome.peak >= outcome.threshold


def _effort_reason(before: Results, after: Results) -> str:
    """Say why a target muscle is told "softer" for another time (P8)."""
    was, now = before.watch.effort.ceiling, after.watch.effort.ceiling
    if not _same(was, now):
        return Saying("the ceiling is at {:.2f} instead of {:.2f}", now, was)
    return Saying("its level is another, or another muscle leads")


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


def _number(value: float | None) -> str:
    return Saying("an unknown level") if value is None else f"{value:.2f}"
