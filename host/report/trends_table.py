"""Trends as a table for other programs, and as plain data for JSON."""

from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from calibration.measured import Measured
from host.errors import SettingsError
from host.report.table_files import CsvFile
from host.report.tables import Column, Row, Table
from host.report.trends import Course, Trends
from host.report.trends_line import Line
from host.report.trends_map import Acting, Acts
from host.report.trends_session import Level
from host.version import program_version


def _bounds(name: str, about: str) -> tuple[Column, ...]:
    return (
        Column(name=name, type="number", about=about),
        Column(name=f"{name}_low", type="number", about="Lower end of its 95 % interval"),
        Column(name=f"{name}_high", type="number", about="Upper end of its 95 % interval"),
    )


TRENDS = Table(
    name="trends",
    columns=(
        Column(name="pattern", about="Movement pattern that was asked for"),
        Column(name="muscle", about="Code of the muscle; empty for all quiet ones together"),
        Column(name="side", about="The affected side, the patient's own"),
        Column(name="target", about="Leading muscle; empty for all quiet ones together"),
        Column(name="role", about="quiet or tolerated in this pattern"),
        Column(name="session", type="whole", about="Counted from 1"),
        Column(name="session_name", about="Its folder"),
        Column(name="created", about="When it was recorded, ISO 8601"),
        Column(name="attempts", type="whole", about="That are known"),
        *_bounds("ratio", "Synkinesis ratio (T3), pooled over the attempts"),
        *_bounds("ln_ratio", "Its logarithm, with the attempts' scatter over all sessions"),
        *_bounds("ln_to_other", "Logarithm of the affected over the other side's ratio (T3)"),
        Column(name="reason", about="Why the logarithm is unknown"),
        *_bounds("slope_ln", "Change of ln_ratio from session to session; of the whole line"),
        Column(name="verdict", about="Whether the slope's interval excludes no change"),
    ),
)


def trend_rows(trends: Trends) -> Iterator[Row]:
    """Yield a row for each pattern, muscle and session."""
    for pattern in trends.patterns:
        head = (pattern.pattern, None, trends.affected.value, None, None)
        for place, level in enumerate(pattern.levels):
            tail = (*_line(pattern.line),)
            yield (
                *head,
                *_session(trends, place),
                *_level(level),
                *_three(None),
                _why(level),
                *tail,
            )
    for course in trends.courses:
        for place, level in enumerate(course.levels):
            yield (
                *_about(course),
                *_session(trends, place),
                *_level(level),
                *_three(course.to_other[place]),
                _why(level),
                *_line(course.line),
            )


def write_trends(trends: Trends, path: Path) -> None:
    """Write the table as CSV; SettingsError where the file is there already, or cannot be."""
    try:
        with CsvFile(path, TRENDS) as file:
            file.write(trend_rows(trends))
    except FileExistsError as error:
        raise SettingsError(f"{path} is there already: give another name.") from error
    except OSError as error:
        raise SettingsError(f"the table cannot be written to {path}: {error.strerror}.") from error


def trends_json(trends: Trends) -> dict[str, Any]:
    """Return plain data; null for what is unknown or has no bound. Levels are logarithms."""
    return {
        "format": "quietface-trends",
        "version": 1,
        "program": f"quietface {program_version()}",
        "affected": trends.affected.value,
        "sessions": [
            {"name": one.name, "created": one.created, "calibrated": one.calibrated}
            for one in trends.sessions
        ],
        "all": _line_json(trends.overall),
        "patterns": [
            {"pattern": one.pattern, "levels": _levels_json(one.levels), **_line_json(one.line)}
            for one in trends.patterns
        ],
        "muscles": [_course_json(one) for one in trends.courses],
        "resting": [
            {
                "muscle": one.muscle,
                "ln_affected_to_other": [_finite(found.value) for found in one.to_other],
                **_line_json(one.line),
            }
            for one in trends.resting
        ],
        "acting": [_acting_json(one) for one in trends.acting],
    }


def measured_json(found: Measured) -> dict[str, Any]:
    """Return one measured value as plain data, to four decimals."""
    return {
        "value": _finite(found.value),
        "low": _finite(found.low),
        "high": _finite(found.high),
        "unit": found.unit,
        "n": round(found.n, 1),
        "reason": found.reason or None,
    }


def _course_json(one: Course) -> dict[str, Any]:
    return {
        "pattern": one.pair.pattern,
        "muscle": one.pair.muscle,
        "side": one.pair.side,
        "target": one.pair.target,
        "role": None if one.role is None else one.role.value,
        "levels": _levels_json(one.levels),
        **_line_json(one.line),
        "ln_affected_to_other": [measured_json(found) for found in one.to_other],
        "to_other": _line_json(one.line_to_other),
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "slope": measured_json(line.slope),
        "between_sessions": _finite(line.between),
        "verdict": line.verdict.value,
    }


def _levels_json(levels: Sequence[Level]) -> list[dict[str, Any]]:
    return [
        {
            "attempts": one.attempts,
            "ratio": measured_json(one.ratio),
            "ln_ratio": measured_json(one.log),
        }
        for one in levels
    ]


def _acting_json(one: Acting) -> dict[str, Any]:
    return {
        "pattern": one.pattern,
        "session": one.session,
        "attempts": one.attempts,
        "selectivity": measured_json(one.selectivity),
        "muscles": [_acts_json(own) for own in one.muscles],
    }


def _acts_json(own: Acts) -> dict[str, Any]:
    return {
        "muscle": own.muscle,
        "side": own.side,
        "role": None if own.role is None else own.role.value,
        "level": measured_json(own.level),
        "acts_in": measured_json(own.share),
        "onset": measured_json(own.onset),
        "after_leading": measured_json(own.after_target),
    }


def _about(course: Course) -> tuple[str | None, ...]:
    pair, role = course.pair, course.role
    return (
        pair.pattern,
        pair.muscle,
        pair.side,
        pair.target,
        None if role is None else role.value,
    )


def _session(trends: Trends, place: int) -> tuple[int, str, str | None]:
    one = trends.sessions[place]
    return place + 1, one.name, one.created or None


def _level(level: Level) -> tuple[int | float | None, ...]:
    return (level.attempts, *_three(level.ratio), *_three(level.log))


def _line(line: Line) -> tuple[float | str | None, ...]:
    return (*_three(line.slope), line.verdict.value)


def _three(found: Measured | None) -> tuple[float | None, float | None, float | None]:
    if found is None:
        return None, None, None
    return _finite(found.value), _finite(found.low), _finite(found.high)


def _why(level: Level) -> str | None:
    return level.log.reason or None


def _finite(value: float) -> float | None:
    return round(value, 4) if isfinite(value) else None
