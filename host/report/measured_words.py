"""Pooled measures in a short block for the terminal, and as plain data for JSON.

Nothing is shown finer than its interval allows (P11), and nothing below zero that cannot be there.
"""

from collections.abc import Sequence
from math import floor, inf, isclose, isfinite, log10
from typing import Any

from calibration.freedom import shown, shown_step
from calibration.measured import Measured
from calibration.muscles import Side, muscle
from calibration.patterns import Role
from host.report.measured_kinds import BOTH
from host.report.measured_pooled import PooledMuscle, PooledPattern
from host.translation import mark, tr

HEAD = "Measures (T3), 95 %"
UNKNOWN = mark("not known")
MOST_ATTEMPTS = 50
"""More than so many attempts are not made in a session: no number is promised."""


def measure_lines(patterns: Sequence[PooledPattern], affected: Side) -> list[str]:
    """Return the block: per pattern a line for each quiet muscle of the affected side."""
    if not patterns:
        return []
    lines = [f"{HEAD}:"]
    for one in patterns:
        count = f"{one.attempts} attempt{'s' * (one.attempts != 1)}"
        terms = "" if one.calibrated else ", not calibrated"
        lines.append(f"  {one.pattern}, {count}{terms}{_involved(one, affected)}")
        lines += [
            f"    {_line(own)}"
            for own in one.muscles
            if own.side == affected.value and own.role is Role.QUIET
        ]
    return lines


def measures_json(patterns: Sequence[PooledPattern]) -> list[dict[str, Any]]:
    """Return the pooled measures as plain data; null for what is unknown or has no bound."""
    return [
        {
            "pattern": one.pattern,
            "attempts": one.attempts,
            "calibrated": one.calibrated,
            "involvement": {
                side or "all": _plain(found, least=0.0) for side, found in one.involvement.items()
            },
            "muscles": [
                {
                    "muscle": own.muscle,
                    "side": own.side,
                    "target": own.target,
                    "role": None if own.role is None else own.role.value,
                    "activation": _plain(own.activation),
                    "tells_1_percent": own.told,
                    "attempts_needed": own.needed,
                    "synkinesis_ratio": _plain(own.ratio),
                    "log_affected_to_other": _plain(own.side_ratio),
                    "release": _plain(own.release, least=0.0),
                    "onset_left_to_right": _plain(own.onset_difference),
                }
                for own in one.muscles
            ],
        }
        for one in patterns
    ]


def ranged(found: Measured, *, least: float = -inf) -> str:
    """Say a value with its interval, as finely as that allows; what is below `least` is cut off."""
    if not found.known:
        return tr(UNKNOWN)
    unit = f" {found.unit}" if found.unit == "s" else ""
    # Attempts that are all alike differ by what is lost in adding them up.
    if isclose(found.low, found.high, rel_tol=1e-9, abs_tol=1e-12):
        return f"{max(found.value, least):g}{unit}"
    value, low, high = (max(number, least) for number in rounded(found))
    digits = _digits(found)
    if low == high:
        return f"{value:g}{unit}"
    ends = (f"{end:.{digits}f}" if isfinite(end) else "?" for end in (low, high))
    return f"{value:.{digits}f}{unit} ({tr('{} to {}').format(*ends)})"


def rounded(found: Measured) -> tuple[float, float, float]:
    """Return value and bounds, rounded to the step that the interval allows."""
    step = shown_step(found.low, found.high)
    if not isfinite(step):
        return found.value, found.low, found.high
    value = shown(found.value, found.low, found.high)
    low, high = (round(end / step) * step for end in (found.low, found.high))
    # No sign before a nought.
    return value + 0.0, low + 0.0, high + 0.0


def _line(own: PooledMuscle) -> str:
    name = f"{muscle(own.muscle).plain}, {own.side}"
    target = muscle(own.target).plain.lower()
    parts = [f"{name}: {ranged(own.ratio, least=0.0)} of the {target}"]
    if own.release.known:
        parts.append(f"released after {ranged(own.release, least=0.0)}")
    if own.onset_difference.known:
        parts.append(f"onset {BOTH} {ranged(own.onset_difference)}")
    if own.activation.known and not own.told:
        parts.append(_needs(own))
    return "; ".join(parts)


def _needs(own: PooledMuscle) -> str:
    """Say that 1 % of the reference cannot be told yet, and from how many attempts it could."""
    if own.needed is None or own.needed > MOST_ATTEMPTS:
        return "1 % cannot be told"
    return f"1 % needs {own.needed} attempts"


def _involved(one: PooledPattern, affected: Side) -> str:
    found = one.involvement.get(affected.value)
    if found is None or not found.known:
        return ""
    return f": {ranged(found, least=0.0)} {found.unit} came along on the {affected.value}"


def _plain(found: Measured, *, least: float = -inf) -> dict[str, Any]:
    if not found.known:
        return {"value": None, "low": None, "high": None, "unit": found.unit, "n": 0,
                "reason": found.reason}  # fmt: skip
    digits = _digits(found)
    value, low, high = (
        round(max(number, least), digits) + 0.0 if isfinite(number) else None
        for number in rounded(found)
    )
    return {"value": value, "low": low, "high": high, "unit": found.unit,
            "n": round(found.n, 1), "reason": None}  # fmt: skip


def _digits(found: Measured) -> int:
    """Return the decimals that the step of a value needs; 2 where no interval says more."""
    step = shown_step(found.low, found.high)
    return max(0, -floor(log10(step) + 1e-9)) if isfinite(step) else 2
