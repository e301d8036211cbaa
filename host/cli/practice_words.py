"""Practised attempts and bouts in words, for the command line."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from calibration.patterns import Role
from host.session.practising.tried import AttemptResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from host.session.practising.tried import Tried


_SUCCESS = {False: "All quiet muscles stayed quiet.", True: "All muscles stayed at rest."}


def _is_rest(tried: Tried) -> bool:
    """Tell whether an attempt asked for nothing but rest: no muscle led, or might have."""
    return all(one.role is Role.QUIET for one in tried.muscles) and bool(tried.muscles)


def attempt_line(tried: Tried) -> str:
    """Return one line: what an attempt was, and how much of it could not be measured."""
    said = tried.reason or _SUCCESS[_is_rest(tried)]
    parts = [f"  {tried.bout}.{tried.index:<2}  {tried.pattern:20}  {said}"]
    if not tried.feedback:
        parts.append("Without feedback.")
    if tried.agreement is not None:
        felt = tried.agreement
        parts.append(f"Felt as measured: {felt.agreed} of {felt.compared} muscles.")
    if tried.left_out >= 0.005 and tried.result is not AttemptResult.LEFT_OUT:
        parts.append(f"{tried.left_out:.0%} of it could not be measured.")
    return " ".join(parts)


def bout_lines(attempts: Iterable[Tried]) -> Iterator[str]:
    """Yield one line for each bout."""
    for number, group in groupby(attempts, key=lambda one: one.bout):
        tried = list(group)
        scored = [one for one in tried if one.result.scored]
        quiet = sum(one.success is True for one in scored)
        well = "at rest" if _is_rest(tried[0]) else "quiet, soft and slow"
        line = f"Bout {number}, {tried[0].pattern}: {well} in {quiet} of {len(scored)}"
        left = len(tried) - len(scored)
        yield f"{line} attempts{f', {left} not scored' if left else ''}."
