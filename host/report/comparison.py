"""Two judgements of one recording side by side: what changed in each attempt, and why."""

import math
from dataclasses import dataclass

from calibration.patterns import Role
from host.report.outcomes import AttemptOutcome, MuscleOutcome, Verdict, named
from host.report.results import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptChange:
    """One attempt under other terms."""

    before: AttemptOutcome
    after: AttemptOutcome
    why: tuple[str, ...]
    """One sentence for each muscle that is judged differently; empty where nothing changed."""

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
        parts = [f"{changed} of {len(self.attempts)} attempts change"] if self.attempts else []
        if self.attempts:
            parts.append(f"{quiet[1]} stay quiet instead of {quiet[0]}")
        parts.append(f"{episodes[1]} episodes instead of {episodes[0]}")
        return "; ".join(parts) + "."


def compare(before: Results, after: Results) -> Comparison:
    """Compare two judgements of the same recording."""
    pairs = zip(before.attempts, after.attempts, strict=True)
    return Comparison(
        before=before,
        after=after,
        attempts=tuple(
            AttemptChange(before=was, after=now, why=_why(was, now, before)) for was, now in pairs
        ),
    )


def _count(results: Results, verdict: Verdict) -> int:
    return sum(one.verdict is verdict for one in results.attempts)


def _why(was: AttemptOutcome, now: AttemptOutcome, results: Results) -> tuple[str, ...]:
    """Return a sentence for each muscle whose part in the attempt is judged differently."""
    pairs = zip(was.muscles, now.muscles, strict=True)
    return tuple(
        f"{named(results.montage, before.channel)}: {_sentence(before, after)}"
        for before, after in pairs
        if _differs(before, after)
    )


def _differs(before: MuscleOutcome, after: MuscleOutcome) -> bool:
    return before.episodes != after.episodes or before.role is not after.role


def _sentence(before: MuscleOutcome, after: MuscleOutcome) -> str:
    """Say what became of a muscle, and the largest reason for it."""
    return f"{_what(before, after)}, {_reason(before, after)}."


def _what(before: MuscleOutcome, after: MuscleOutcome) -> str:
    if after.role is not Role.QUIET:
        return "no longer judged"
    if before.role is not Role.QUIET:
        return "now judged, came along" if after.episodes else "now judged, stayed quiet"
    if not after.episodes:
        return "came along, now stayed quiet"
    if not before.episodes:
        return "stayed quiet, now came along"
    return f"came along {after.episodes} × instead of {before.episodes} ×"


def _reason(before: MuscleOutcome, after: MuscleOutcome) -> str:
    if before.role is not after.role:
        return f"its role is {after.role.value} instead of {before.role.value}"
    if not _same(before.peak, after.peak):
        return (
            f"by the other reference it reached {_number(after.peak)} instead of "
            f"{_number(before.peak)}, with the line at {_number(after.threshold)}"
        )
    if not _same(before.threshold, after.threshold):
        return (
            f"the line is at {_number(after.threshold)} instead of {_number(before.threshold)}, "
            f"and it reached {_number(after.peak)}"
        )
    return "it must last for another time, or fall to another level, to count"


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


def _number(value: float | None) -> str:
    return "an unknown level" if value is None else f"{value:.2f}"
