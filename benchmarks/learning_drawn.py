"""Courses of sessions drawn as numbers: synkinesis ratios with the scatter of the streamed ones."""

from dataclasses import dataclass

import numpy as np

from calibration.measured import normal
from calibration.muscles import Side
from calibration.patterns import Role
from host.report.measured_kinds import AttemptMeasures, Measure, MeasureRow
from host.report.trends_session import SessionMeasures

PAIRS = (
    ("gentle closed smile", "ZYG", "OOC", 0.65),
    ("gentle closed smile", "ZYG", "PLA", 0.3),
    ("gentle eye closure", "OOC", "ZYG", 0.5),
    ("gentle eye closure", "OOC", "OOR", 0.15),
    ("pucker", "OOR", "OOC", 0.55),
    ("pucker", "OOR", "PLA", 0.35),
)
"""Pattern, leading and quiet muscle, and the ratio to begin with."""
HEALTHY = 0.08
"""Ratio on the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
    """Standard deviations of logarithms, as `python -m benchmarks learning` finds them streamed.

    Days that are better or worse for the whole face come on top of that.
    """

    attempts: float = 0.08
    """Between the attempts of one session."""
    moods: float = 0.08
    """Of all couplings together, from day to day."""
    days: float = 0.06
    """Of one coupling from day to day."""
    electrodes: float = 0.09
    """Of a muscle's reference, whenever its electrodes are put on anew."""
    measured: float = 0.03
    """Of one attempt's own interval."""


def drawn_course(
    seed: int, *, falls: float, sessions: int = 5, attempts: int = 4, scatter: Scatter | None = None
) -> tuple[SessionMeasures, ...]:
    """Return the sessions of one drawn person; chance does not depend on what is learned."""
    spread = scatter or Scatter()
    return tuple(
        _session(np.random.default_rng([seed, number]), number, falls, attempts, spread)
        for number in range(sessions)
    )


def _session(
    random: np.random.Generator, number: int, falls: float, attempts: int, spread: Scatter
) -> SessionMeasures:
    codes = sorted({code for _, target, quiet, _ in PAIRS for code in (target, quiet)})
    heard = {
        side: dict(zip(codes, spread.electrodes * random.standard_normal(len(codes)), strict=True))
        for side in Side
    }
    days = spread.days * random.standard_normal(len(PAIRS)) + spread.moods * random.normal()
    names = list(dict.fromkeys(pattern for pattern, *_ in PAIRS))
    made = []
    for place, name in enumerate(name for name in names for _ in range(attempts)):
        rows = []
        for (pattern, target, quiet, ratio), day in zip(PAIRS, days, strict=True):
            chance = random.standard_normal(4)
            if pattern != name:
                continue
            level = {Side.RIGHT: ratio * (1.0 - falls) ** number * np.exp(day), Side.LEFT: HEALTHY}
            for side, one, own in zip(Side, chance[:2], chance[2:], strict=True):
                error = heard[side][quiet] - heard[side][target]
                true = level[side] * np.exp(error + spread.attempts * one)
                value = float(true * np.exp(spread.measured * own))
                rows.append(_row(quiet, target, side, value, spread.measured))
        made.append(
            AttemptMeasures(
                number=place + 1,
                pattern=name,
                start=2500 * place,
                calibrated=True,
                rows=tuple(rows),
            )
        )
    return SessionMeasures(
        name=f"session {number + 1}",
        created=f"2026-02-{1 + 7 * (number % 4):02}T09:00:00+00:00",
        affected=Side.RIGHT,
        attempts=tuple(made),
        resting={},
    )


def _row(quiet: str, target: str, side: Side, value: float, spread: float) -> MeasureRow:
    return MeasureRow(
        measure=Measure.RATIO,
        muscle=quiet,
        side=side.value,
        target=target,
        channel=0,
        role=Role.QUIET,
        measured=normal(value, (spread * value) ** 2, "", n=30.0),
    )
