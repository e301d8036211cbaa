"""Whether left and right are where the montage says: "raise the right brow" (P17)."""

from collections.abc import Sequence
from math import log

import numpy as np

from calibration.accepting import Recorded, finding, signal_fault
from calibration.findings import Fault, Finding
from calibration.fit_rest import Rest
from calibration.muscles import Side
from calibration.saying import Saying
from calibration.segments import Segment, SegmentKind


def side_findings(recorded: Recorded, rests: Sequence[Rest | None]) -> list[Finding]:
    """Return whether the sides are swapped or unclear; nothing where they were not checked.

    Many people cannot move one side alone, an affected side may hardly answer, and electrodes
    hear one side louder than the other. All of that cancels in `ln(left / right)` when left was
    asked minus the same when right was asked: below zero, the sides are swapped.
    """
    checks = recorded.of_kind(SegmentKind.SIDE_CHECK)
    if not checks:
        return []
    found: list[Finding] = []
    answers: dict[Side, list[float]] = {side: [] for side in Side}
    for segment in checks:
        assert segment.side is not None  # noqa: S101  # the segment itself refuses that
        answer, faults = _answer(recorded, segment, segment.side, rests)
        found += faults
        if answer is not None:
            answers[segment.side].append(answer)
    if not any(answers.values()):
        if found or any(rests[channel] is None for channel in _asked(recorded, checks)):
            return found  # what stood in the way has been said
        said = Saying("no side moved clearly")
        return [finding(Fault.SIDES_UNCLEAR, said, Saying("Both sides"), None, None)]
    return found + _judged(answers, log(recorded.allowed.swapped_ratio))


def _asked(recorded: Recorded, checks: Sequence[Segment]) -> list[int]:
    """Return the columns of the muscles that were asked for, on both sides."""
    codes = {segment.muscle for segment in checks}
    sites = recorded.montage.sites
    return [column for column, site in enumerate(sites) if site.muscle in codes]


def _judged(answers: dict[Side, list[float]], clear: float) -> list[Finding]:
    """Judge by the median answer of each side: logarithm of asked over other side."""
    medians = [float(np.median(given)) for given in answers.values() if given]
    contrast = sum(medians)
    if contrast > clear or (len(medians) == 1 and contrast > -clear):
        return []
    if len(medians) == 2 and contrast < -clear:
        said = Saying("the side that was not asked answered louder")
        return [finding(Fault.SWAPPED, said, Saying("Both sides"), None, None)]
    said = Saying("both sides answered alike, whichever was asked")
    return [finding(Fault.SIDES_UNCLEAR, said, Saying("Both sides"), None, None)]


def crossed(recorded: Recorded, rests: Sequence[Rest | None]) -> dict[tuple[int, int], Finding]:
    """Return the muscles whose left and right are exchanged, by both columns.

    As for all sides at once: what leans to one side in a gentle hold of that side alone, against
    holds of both. Nothing where either was not recorded.
    """
    found: dict[tuple[int, int], Finding] = {}
    holds = recorded.of_kind(SegmentKind.REFERENCE)
    for segment in holds:
        side, both = segment.side, [one for one in holds if one.side is None]
        both = [one for one in both if one.muscle == segment.muscle]
        columns = _columns(recorded, segment.muscle, side) if side is not None else None
        if side is None or columns is None or columns in found:
            continue
        alone, _ = _answer(recorded, segment, side, rests)
        given = [_answer(recorded, one, side, rests)[0] for one in both]
        usual = [one for one in given if one is not None]
        if alone is None or not usual:
            continue
        if alone - float(np.median(usual)) < -log(recorded.allowed.swapped_ratio):
            said = Saying("the side that was not asked answered louder than with both")
            name = recorded.montage.named(columns[0])
            found[columns] = finding(Fault.CROSSED, said, name, segment, columns[0])
    return found


def _columns(recorded: Recorded, code: str, side: Side) -> tuple[int, int] | None:
    """Return the columns of a muscle on a side and on the other; None where one is missing."""
    own, other = (recorded.montage.column(code, one) for one in (side, side.other))
    return None if own is None or other is None else (own, other)


def _answer(
    recorded: Recorded, segment: Segment, asked: Side, rests: Sequence[Rest | None]
) -> tuple[float | None, list[Finding]]:
    """Return `ln(asked / other side)` of what the muscle rose by; None where neither rose."""
    rises: list[float] = []
    clear = False
    for side in (asked, asked.other):
        channel = recorded.montage.column(segment.muscle, side)
        rest = None if channel is None else rests[channel]
        if channel is None or rest is None:
            return None, []
        fault = signal_fault(recorded, segment, channel)
        if fault is not None:
            return None, [finding(*fault, recorded.montage.named(channel), segment, channel)]
        power = recorded.mean_power(segment, channel)
        clear |= power > (recorded.allowed.weak_ratio * rest.level_uv) ** 2
        # A side that did not move rose by nothing, not by its noise.
        rises.append(max(rest.above_uv(power), 0.25 * rest.level_uv))
    own, other = rises
    return (log(own / other) if clear else None), []
