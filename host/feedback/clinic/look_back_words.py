"""What is said when two people look back: calm, short, no praise and no blame (P2). No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calibration.muscles import muscle
from host.feedback.sentences import sentence
from host.report.bout_moments import (
    Order,
    Tone,
    apart_words,
    order_of,
    share_words,
    tone_of,
)
from host.report.bout_report import Stayed
from host.session.practising.tried import AttemptResult
from host.translation import in_a_row, mark, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calibration.measured import Measured
    from host.report.bout_felt import FeltBout, FeltCount
    from host.report.bout_report import BoutMuscle, BoutReport, BoutSides, LeftOut
    from host.session.practising.tried import Tried

_LEAST_LEFT_OUT = 0.005
"""A smaller share that was left out is not worth a word."""
_RESULTS = {
    AttemptResult.QUIET: mark("all stayed quiet"),
    AttemptResult.ALONG: mark("came along"),
    AttemptResult.TOO_STRONG: mark("all stayed quiet; softer would do"),
    AttemptResult.TOO_FAST: mark("all stayed quiet; slower would do"),
    AttemptResult.NO_HOLD: mark("all stayed quiet, and none came to lead"),
    AttemptResult.NOT_SCORED: mark("not scored"),
    AttemptResult.LEFT_OUT: mark("left out"),
}


def plain(code: str) -> str:
    """Return a muscle in the patient's words."""
    return tr(muscle(code).plain)


def head_lines(report: BoutReport) -> tuple[str, ...]:
    """Say who stayed quiet, who came along, and of whom nothing is known (P14)."""
    if not report.scored:
        return (tr("Too little of this bout could be measured to say who stayed quiet."),)
    told = {
        Stayed.QUIET: tr("{} stayed quiet."),
        Stayed.ALONG: tr("{} came along."),
        Stayed.UNKNOWN: tr("{}: not known."),
    }
    lines = []
    for stayed, words in told.items():
        names = [plain(one.muscle).lower() for one in report.judged(stayed)]
        if names:
            lines.append(sentence(words.format(in_a_row(names))))
    return tuple(lines)


def when_words(one: BoutMuscle) -> str:
    """Say whether a muscle acted before the leading one or after it; "" where not known (P13)."""
    after = None if one.acts is None else one.acts.after_target
    if after is None or not after.known:
        return ""
    told = {
        Order.TOGETHER: tr("at the same time"),
        Order.LATER: tr("{} later"),
        Order.EARLIER: tr("{} earlier"),
    }
    return told[order_of(after)].format(apart_words(after))


def tone_words(one: BoutMuscle) -> str:
    """Say what is left of a muscle 10 s after letting go (P4, P12)."""
    if not one.remaining.known:
        return ""
    told = {
        Tone.AT_REST: tr("at rest"),
        Tone.NEAR_REST: tr("near rest"),
        Tone.LEFT: tr("{} left"),
    }
    return told[tone_of(one.remaining)].format(share_words(one.remaining))


def sides_lines(sides: Sequence[BoutSides], leading: Sequence[str]) -> tuple[str, ...]:
    """Say of the leading muscles how left and right went together (P17)."""
    lines = [line for one in sides if one.muscle in leading and (line := _side_line(one))]
    return tuple(lines) or (tr("Not known in this bout."),)


def _side_line(one: BoutSides) -> str:
    parts = [
        _moment(together, apart, found)
        for together, apart, found in (
            (tr("began together"), tr("began {} later on the {}"), one.onset),
            (tr("let go together"), tr("let go {} later on the {}"), one.offset),
        )
        if found.known
    ]
    if one.beyond is not None:
        alike = tr("moved as alike as in most healthy faces")
        unlike = tr("moved less alike than in most healthy faces")
        parts.append(unlike if one.beyond else alike)
    return f"{plain(one.muscle)}: {', '.join(parts)}." if parts else ""


def _moment(together: str, apart: str, found: Measured) -> str:
    order = order_of(found)
    if order is Order.TOGETHER:
        return together
    side = tr("left") if order is Order.LATER else tr("right")
    return apart.format(apart_words(found), side)


def felt_lines(felt: FeltBout) -> tuple[str, ...]:
    """Say how well what was felt and what was measured agreed, without praise or blame (P6)."""
    if not felt.answers:
        return (tr("Nobody was asked in this bout what moved."),)
    if not felt.agreement.known:
        return (tr("Too little was measured to compare."),)
    agreed = sum(one.agreed for one in felt.muscles)
    compared = sum(one.compared for one in felt.muscles)
    head = tr("The same {} of {} times.").format(agreed, compared)
    return (head, *(line for one in felt.muscles if (line := _felt_line(one))))


def _felt_line(one: FeltCount) -> str:
    parts = []
    if one.missed:
        parts.append(tr("moved unfelt {} ×").format(one.missed))
    if one.imagined:
        parts.append(tr("felt, and still {} ×").format(one.imagined))
    return f"{plain(one.muscle)}: {', '.join(parts)}." if parts else ""


def rest_lines(muscles: Sequence[BoutMuscle]) -> tuple[str, ...]:
    """Say how the sides came to rest, reassuringly (P4, P12)."""
    known = [one for one in muscles if one.remaining.known]
    if not known:
        return (tr("Not known in this bout."),)
    unknown = len(known) < len(muscles)
    left = [one for one in known if tone_of(one.remaining) is Tone.LEFT]
    if not left and unknown:
        said = tr("10 s after letting go all that is known is at rest.")
    elif not left:
        said = tr("10 s after letting go all is at rest, on both sides.")
    else:
        names = [
            f"{plain(one.muscle).lower()} {tr(one.side.value)} {share_words(one.remaining)}"
            for one in left
        ]
        said = tr("10 s after letting go a little of the gentle effort is left: {}.").format(
            in_a_row(names)
        )
    return (tr("{} A quiet side is at ease; it does not drop.").format(said),)


def left_lines(left: LeftOut) -> tuple[str, ...]:
    """Say how much the score leaves out, and why."""
    lines = []
    count = left.not_scored + left.broken_off
    if count:
        words = tr("1 attempt.") if count == 1 else tr("{} attempts.").format(count)
        lines.append(f"{words} {' '.join(left.why)}")
    if left.share >= _LEAST_LEFT_OUT:
        lines.append(tr("{:.0f} % of the time had no signal.").format(100.0 * left.share))
    return tuple(lines) or (tr("Nothing."),)


def attempt_lines(tried: Tried) -> tuple[str, ...]:
    """Say what became of one attempt: a headline, then why, and what was felt of it."""
    result = tr(_RESULTS[tried.result])
    if tried.result is AttemptResult.ALONG:
        names = [plain(code).lower() for code in dict.fromkeys(tried.along)]
        result = f"{in_a_row(names)} {result}" if names else result
    lines = [f"{result[:1].upper()}{result[1:]}."]
    if tried.reason and tried.result is not AttemptResult.ALONG:
        lines.append(tried.reason)
    if not tried.feedback:
        lines.append(tr("Without feedback."))
    if tried.agreement is not None:
        felt = tr("Felt as measured in {} of {} muscles.")
        lines.append(felt.format(tried.agreement.agreed, tried.agreement.compared))
    if tried.left_out >= _LEAST_LEFT_OUT:
        lines.append(tr("{:.0f} % of the time had no signal.").format(100.0 * tried.left_out))
    return tuple(lines)
