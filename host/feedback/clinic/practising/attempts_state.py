"""The attempts of a bout as the therapist reads them: what became of each, and why. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.report.outcomes import Verdict
from host.session.practising.tried import AttemptResult
from host.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from host.session.practising.tried import Tried
    from host.session.practising.view import PracticeView

_SHOWN_FROM = 0.005
"""A smaller share that was left out is not worth a word."""
_RESULTS = {
    AttemptResult.QUIET: mark("stayed quiet"),
    AttemptResult.ALONG: mark("came along"),
    AttemptResult.TOO_STRONG: mark("quiet; could be softer"),
    AttemptResult.TOO_FAST: mark("quiet; could be slower"),
    AttemptResult.NO_HOLD: mark("no hold"),
    AttemptResult.NOT_SCORED: mark("not scored"),
    AttemptResult.LEFT_OUT: mark("left out"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """One attempt in the list."""

    title: str
    """Its place and what became of it."""
    detail: str
    """Why, how much of it is not known, and what was felt."""
    verdict: Verdict | None
    """Which sign stands before it; None for one that does not count."""


def attempt_rows(view: PracticeView) -> tuple[AttemptRow, ...]:
    """Return the attempts of the bout that runs or was last, the newest first."""
    return tuple(_row(one) for one in reversed(view.attempts))


def bout_sentence(attempts: Iterable[Tried]) -> str:
    """Sum a bout up: how many stayed quiet, of those that count; nothing about how many there are.

    P2, P14: quiet is what counts, not number; unknown is told.
    """
    done = list(attempts)
    scored = [one for one in done if one.result.scored]
    if not done:
        return tr("No attempt yet.")
    quiet = sum(one.success is True for one in scored)
    said = tr("{quiet} of {scored} stayed quiet.").format(quiet=quiet, scored=len(scored))
    left = len(done) - len(scored)
    return f"{said} " + tr("{left} not scored.").format(left=left) if left else said


def _row(one: Tried) -> AttemptRow:
    parts = [one.reason]
    if one.left_out >= _SHOWN_FROM:
        parts.append(tr("{share:.0f} % not known.").format(share=100.0 * one.left_out))
    if not one.feedback:
        parts.append(tr("Without feedback."))
    if one.agreement is not None:
        felt = tr("Felt as measured in {agreed} of {compared}.")
        agreement = one.agreement
        parts.append(felt.format(agreed=agreement.agreed, compared=agreement.compared))
    return AttemptRow(
        title=f"{one.index} · {tr(_RESULTS[one.result])}",
        detail=" ".join(filter(None, parts)),
        verdict=_verdict(one.result),
    )


def _verdict(result: AttemptResult) -> Verdict | None:
    if result is AttemptResult.QUIET:
        return Verdict.QUIET
    if result is AttemptResult.ALONG:
        return Verdict.ALONG
    return Verdict.UNKNOWN if result.scored else None
