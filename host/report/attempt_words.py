"""One attempt in words that both people in the room can read (P2, P14)."""

from calibration.muscles import muscle
from calibration.patterns import Role
from host.report.outcomes import LEAST_KNOWN, AttemptOutcome, Verdict
from host.report.results import Results
from host.translation import in_a_row, tr


def attempt_words(outcome: AttemptOutcome, results: Results) -> tuple[str, ...]:
    """Return a headline, then a line for each muscle that has something to say."""
    attempt = outcome.attempt
    lines = [f"{attempt.number} · {tr(attempt.pattern)}", headline(outcome, results)]
    for one in outcome.muscles:
        site = results.montage.sites[one.channel]
        own = results.montage.plain or site.side is results.affected
        name = tr(results.montage.named(one.channel))
        if own and one.touched_s > 0:
            words = tr("{}: touched for {:.1f} s, which is not scored")
            lines.append(words.format(name, one.touched_s))
        if own and not one.touched_s and one.known < LEAST_KNOWN:
            percent = 100 * (1 - one.known)
            lines.append(tr("{}: no signal for {:.0f} % of it").format(name, percent))
        elif one.episodes and one.peak is not None:
            words = tr("{}: came along for {:.1f} s, up to {:.2f}")
            lines.append(words.format(name, one.along_s, one.peak))
        elif own and one.role is Role.TARGET and one.hold_mean is not None:
            lines.append(tr("{}: led at {:.2f}").format(name, one.hold_mean))
        if one.with_blinks:
            lines.append(tr("{}: moved with a blink, which is not scored").format(name))
    if outcome.too_strong_s > 0:
        words = tr("Softer would do: above the ceiling for {:.1f} s")
        lines.append(words.format(outcome.too_strong_s))
    if outcome.blinks:
        words = tr("Left out of the score: {} blinks")
        one_blink = tr("Left out of the score: a blink")
        lines.append(one_blink if outcome.blinks == 1 else words.format(outcome.blinks))
    return tuple(lines)


def headline(outcome: AttemptOutcome, results: Results) -> str:
    """Say what became of an attempt."""
    along = [
        _muscle(results, one.channel)
        for one in outcome.muscles
        if one.episodes
        and (results.montage.plain or results.montage.sites[one.channel].side is results.affected)
    ]
    if outcome.verdict is Verdict.QUIET:
        return tr("All quiet muscles stayed quiet.")
    if outcome.verdict is Verdict.ALONG:
        return tr("{} came along.").format(in_a_row(along))
    if outcome.verdict is Verdict.UNJUDGED:
        return tr("No muscle was asked to be quiet.")
    begin, end = outcome.attempt.hold
    why = tr("it never came to a hold") if begin == end else tr("too little signal")
    if begin < end and any(one.touched_s > 0 for one in outcome.muscles):
        why = tr("touched, so too little signal")
    return tr("Not scored: {}.").format(why)


def _muscle(results: Results, channel: int) -> str:
    site = results.montage.sites[channel]
    return tr(muscle(site.muscle).plain if site.muscle else results.montage.named(channel))
