"""Measures of an attempt's hold (T3): levels, ratios, co-contraction, selectivity, asymmetry."""

from collections.abc import Iterator, Mapping

from calibration.measured import OF_REFERENCE, Measured, unknown
from calibration.measures import (
    involvement_count,
    mean_level,
    side_log_ratio,
    synkinesis_ratio,
)
from calibration.measures_overlap import falconer_winter, overlap, time_share
from calibration.measures_ramp import selectivity
from calibration.measures_symmetry import asymmetry, is_flagged, norms
from calibration.muscles import Side
from calibration.patterns import Role
from calibration.segments import LEAST_S, SegmentKind
from host.report.measured_kinds import AFFECTED_TO_OTHER, BOTH, Measure, MeasureRow
from host.report.measured_seen import NO_HOLD, SeenAttempt

NO_RAMP = (
    f"it needs a slow rise: one that is asked for over {LEAST_S[SegmentKind.RAMP]:g} s or more"
)
NO_QUIET = "no electrode of this side lies on a muscle that was asked to be quiet"
_WATCHED = (Role.QUIET, Role.TOLERATED)
_OF_THE_TIME = "of the time"


def level_rows(seen: SeenAttempt) -> Iterator[MeasureRow]:
    """Yield what the muscles did in the hold, affected side first."""
    levels = {column: seen.in_hold(OF_REFERENCE, mean_level, column) for column in seen.channels}
    yield from (_row(seen, Measure.ACTIVATION, column, one) for column, one in levels.items())
    ratios: dict[int, Measured] = {}
    for side in seen.terms.sides:
        for row in _pair_rows(seen, side):
            if row.measure is Measure.RATIO and row.channel is not None:
                ratios[row.channel] = row.measured
            yield row
    yield from _side_rows(seen, ratios)
    for side in seen.terms.sides:
        yield from _of_side(seen, side)
    if seen.terms.montage.plain:
        yield MeasureRow(measure=Measure.INVOLVEMENT, measured=_involved(seen, seen.channels))
    yield from _asymmetries(seen)


def _pair_rows(seen: SeenAttempt, side: Side) -> Iterator[MeasureRow]:
    """Yield each muscle of a side against the one that leads there.

    A tolerated muscle is judged only as a ratio (T2).
    """
    leading = seen.leading(side)
    if leading is None:
        return
    line = seen.line(leading)
    for column in seen.on_side(side, *_WATCHED):
        found = {Measure.RATIO: seen.in_hold("", synkinesis_ratio, column, leading)}
        if seen.role(column) is Role.QUIET:
            lines = {"first_above": seen.line(column), "second_above": line}
            found[Measure.SHAPE] = seen.in_hold("", falconer_winter, column, leading)
            found[Measure.AMOUNT] = seen.in_hold(OF_REFERENCE, overlap, column, leading)
            found[Measure.TIME] = seen.in_hold(_OF_THE_TIME, time_share, column, leading, **lines)
        for measure, measured in found.items():
            yield _row(seen, measure, column, measured, leading)


def _side_rows(seen: SeenAttempt, ratios: Mapping[int, Measured]) -> Iterator[MeasureRow]:
    """Yield each muscle's ratio on the affected side against that of the other."""
    for left, right in seen.pairs():
        own, other = (left, right) if seen.terms.affected is Side.LEFT else (right, left)
        if own not in ratios or other not in ratios:
            continue
        leading = seen.leading(seen.terms.affected)
        yield MeasureRow(
            measure=Measure.SIDE_RATIO,
            muscle=seen.terms.montage.sites[own].muscle,
            side=AFFECTED_TO_OTHER,
            target="" if leading is None else seen.terms.montage.sites[leading].muscle,
            role=seen.role(own),
            measured=side_log_ratio(ratios[own], ratios[other]),
        )


def _of_side(seen: SeenAttempt, side: Side) -> Iterator[MeasureRow]:
    """Yield what is said of all quiet muscles of a side together."""
    quiet = seen.on_side(side, Role.QUIET)
    if not seen.on_side(side, *Role):
        return
    leading = seen.leading(side)
    target = "" if leading is None else seen.terms.montage.sites[leading].muscle
    involved = _involved(seen, quiet) if quiet else unknown("of 0 muscles", NO_QUIET)
    yield MeasureRow(measure=Measure.INVOLVEMENT, side=side.value, measured=involved)
    if leading is not None:
        yield MeasureRow(
            measure=Measure.SELECTIVITY,
            side=side.value,
            target=target,
            measured=_selectivity(seen, quiet, leading),
        )


def _involved(seen: SeenAttempt, quiet: tuple[int, ...]) -> Measured:
    reason = NO_HOLD if seen.hold is None else seen.missing(*quiet)
    if reason:
        return unknown(f"of {len(quiet)} muscles", reason)
    traces = [seen.held[column] for column in quiet]
    return involvement_count(traces, [seen.line(column) for column in quiet])


def _selectivity(seen: SeenAttempt, quiet: tuple[int, ...], leading: int) -> Measured:
    reason = "" if quiet else NO_QUIET
    reason = reason or (NO_HOLD if seen.hold is None else seen.missing(leading, *quiet))
    if seen.hold is None or reason:
        return unknown("", reason)
    if not seen.slow_rise:
        return unknown("", NO_RAMP)
    rising = [seen.course.trace(column, seen.start, seen.hold[0]) for column in (*quiet, leading)]
    return selectivity(rising[:-1], rising[-1])


def _asymmetries(seen: SeenAttempt) -> Iterator[MeasureRow]:
    """Yield left against right of the targets: healthy faces were measured in their movement.

    Of other muscles the two sides are compared by their ratios.
    """
    for left, right in seen.pairs():
        code, role = seen.terms.montage.sites[left].muscle, seen.role(left)
        if role is not Role.TARGET:
            continue
        measured = _asymmetry(seen, left, right)
        norm = norms().get(code)
        flagged = is_flagged(measured, norm)
        yield MeasureRow(
            measure=Measure.ASYMMETRY,
            muscle=code,
            side=BOTH,
            role=role,
            measured=measured,
            healthy_limit=None if norm is None else norm.limit,
            beyond=None if flagged is None else bool(flagged),
        )


def _asymmetry(seen: SeenAttempt, left: int, right: int) -> Measured:
    """Compare levels in microvolts: shares of each side's own reference are alike anyhow."""
    if seen.hold is None:
        return unknown("", NO_HOLD)
    if reason := seen.missing(left, right):
        return unknown("", reason)
    both = [seen.course.trace_uv(column, *seen.hold) for column in (left, right)]
    return asymmetry(both[0], both[1])


def _row(
    seen: SeenAttempt, measure: Measure, column: int, measured: Measured, leading: int | None = None
) -> MeasureRow:
    sites = seen.terms.montage.sites
    side = sites[column].side
    return MeasureRow(
        measure=measure,
        muscle=sites[column].muscle,
        side="" if side is None else side.value,
        target="" if leading is None else sites[leading].muscle,
        channel=column,
        role=seen.role(column),
        measured=measured,
    )
