"""One attempt in words that both people in the room can read (P2, P14)."""

from calibration.patterns import Role
from host.recording.foreign.remarks import listed
from host.report.outcomes import LEAST_KNOWN, AttemptOutcome, Verdict
from host.report.results import Results


def attempt_words(outcome: AttemptOutcome, results: Results) -> tuple[str, ...]:
    """Return a headline, then a line for each muscle that has something to say."""
    attempt = outcome.attempt
    lines = [f"{attempt.number} · {attempt.pattern}", headline(outcome, results)]
    for one in outcome.muscles:
        site = results.montage.sites[one.channel]
        own = results.montage.plain or site.side is results.affected
        name = results.montage.named(one.channel)
        if own and one.touched_s > 0:
            lines.append(f"{name}: touched for {one.touched_s:.1f} s, which is not scored")
        if own and not one.touched_s and one.known < LEAST_KNOWN:
            lines.append(f"{name}: no signal for {100 * (1 - one.known):.0f} % of it")
        elif one.episodes and one.peak is not None:
            lines.append(f"{name}: came along for {one.along_s:.1f} s, up to {one.peak:.2f}")
        elif own and one.role is Role.TARGET and one.hold_mean is not None:
            lines.append(f"{name}: led at {one.hold_mean:.2f}")
        if one.with_blinks:
            lines.append(f"{name}: moved with a blink, which is not scored")
    if outcome.too_strong_s > 0:
        lines.append(f"Softer would do: above the ceiling for {outcome.too_strong_s:.1f} s")
    if outcome.blinks:
        count = "a blink" if outcome.blinks == 1 else f"{outcome.blinks} blinks"
        lines.append(f"Left out of the score: {count}")
    return tuple(lines)


def headline(outcome: AttemptOutcome, results: Results) -> str:
    """Say what became of an attempt."""
    along = [
        results.montage.named(one.channel).partition(",")[0]
        for one in outcome.muscles
        if one.episodes
        and (results.montage.plain or results.montage.sites[one.channel].side is results.affected)
    ]
    if outcome.verdict is Verdict.QUIET:
        return "All quiet muscles stayed quiet."
    if outcome.verdict is Verdict.ALONG:
        return f"{listed(along)} came along."
    if outcome.verdict is Verdict.UNJUDGED:
        return "No muscle was asked to be quiet."
    begin, end = outcome.attempt.hold
    why = "it never came to a hold" if begin == end else "too little signal"
    if begin < end and any(one.touched_s > 0 for one in outcome.muscles):
        why = "touched, so too little signal"
    return f"Not scored: {why}."
