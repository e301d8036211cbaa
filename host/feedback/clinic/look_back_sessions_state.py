"""All sessions of a person as small pictures: what changes, and who acts when. No Qt.

A row for each pattern, a column for each muscle of the affected side (P11, P13, P15).
"""

from __future__ import annotations

from datetime import datetime
from math import exp
from typing import TYPE_CHECKING

from calibration.patterns import Role
from host.feedback.clinic.look_back_cells import open_words
from host.feedback.clinic.look_back_grid_state import (
    GridState,
    SessionsState,
    TrendCell,
    TrendPoint,
    ordered,
)
from host.feedback.clinic.look_back_words import plain
from host.feedback.sentences import sentence
from host.report.trends_line import Verdict
from host.report.trends_session import AT_REST
from host.report.trends_words import percent_words
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from host.clinic.patient import Botulinum
    from host.report.trends import Resting, Trends
    from host.report.trends_line import Line
    from host.report.trends_session import Level

SPAN = 1.8
"""Height of every picture, in logarithms of ratios: a slope means the same in each."""
_MANY = 4
"""Fewer lines need no warning of chance."""


def trends_state(trends: Trends, botulinum: Sequence[Botulinum] = ()) -> SessionsState:
    """Return how the muscles changed over the sessions (P11, P15)."""
    codes = ordered({one.pair.muscle for one in trends.courses if one.role is Role.QUIET})
    rows: list[tuple[TrendCell | None, ...]] = []
    for pattern in trends.patterns:
        own = {
            one.pair.muscle: one
            for one in trends.courses
            if one.pair.pattern == pattern.pattern and one.role is Role.QUIET
        }
        cells = [_trend(pattern.levels, pattern.line)]
        rows.append(
            (
                *cells,
                *(
                    _trend(own[code].levels, own[code].line) if code in own else None
                    for code in codes
                ),
            )
        )
    return SessionsState(
        head=sentence(_overall(trends.overall)),
        detail=_span(trends),
        grid=GridState(
            columns=(tr("All together"), *(plain(code) for code in codes)),
            rows=tuple(tr(one.pattern) for one in trends.patterns),
            cells=tuple(rows),
            sessions=len(trends.sessions),
        ),
        notes=(*_open(rows), *_by_chance(trends), *_tone(trends.resting), *_toxin(botulinum)),
    )


def _trend(levels: Sequence[Level], line: Line) -> TrendCell:
    said = {
        Verdict.FALLS: tr("less involved"),
        Verdict.RISES: tr("more involved"),
        Verdict.OPEN: tr("cannot be told yet"),
    }
    known = [one.log.value for one in levels if one.log.known]
    middle = (min(known) + max(known)) / 2.0 if known else 0.0
    points = [_point(place, one, middle) for place, one in enumerate(levels)]
    return TrendCell(
        points=tuple(one for one in points if one is not None),
        verdict=line.verdict,
        said=said[line.verdict],
        numbers=percent_words(line.slope) if line.slope.known else "",
        ends=" → ".join(dict.fromkeys(f"{exp(end):.2f}" for end in (*known[:1], *known[-1:]))),
    )


def _point(session: int, level: Level, middle: float) -> TrendPoint | None:
    """Return where a session lies; at rest lies at the bottom, and has no interval."""
    if level.log.known:
        value, low, high = (
            min(max((end - middle) / SPAN + 0.5, 0.0), 1.0)
            for end in (level.log.value, level.log.low, level.log.high)
        )
        return TrendPoint(session=session, height=value, sure=(low, high))
    if level.log.reason == AT_REST:
        return TrendPoint(session=session, height=0.0, sure=None)
    return None


def _overall(line: Line) -> str:
    if not line.slope.known:
        return tr("Whether unwanted muscles change over sessions cannot be told yet")
    # In one piece: a line is not broken between a number and its bounds.
    numbers = percent_words(line.slope).replace(" ", "\u00a0")
    told = {
        Verdict.FALLS: tr("Unwanted muscles are less involved each session: {}"),
        Verdict.RISES: tr("Unwanted muscles are more involved each session: {}"),
        Verdict.OPEN: tr("Whether unwanted muscles change cannot be told yet: {}"),
    }
    return told[line.verdict].format(numbers)


def _span(trends: Trends) -> str:
    count = len(trends.sessions)
    days = [day for one in trends.sessions if (day := day_of(one.created))]
    parts = [tr("1 session") if count == 1 else tr("{} sessions").format(count)]
    if days:
        parts.append(days[0] if days[0] == days[-1] else f"{days[0]} – {days[-1]}")
    bare = sum(not one.calibrated for one in trends.sessions)
    if bare:
        parts.append(tr("{} without calibration").format(bare))
    if count < 3:
        parts.append(tr("from three sessions on something can be told"))
    return " · ".join(parts)


def day_of(created: str) -> str:
    """Return the day of a recording; empty where unknown."""
    try:
        return f"{datetime.fromisoformat(created).astimezone():%Y-%m-%d}"
    except ValueError:
        return ""


def _open(rows: Sequence[Sequence[TrendCell | None]]) -> tuple[str, ...]:
    """Say once what the sign of an open change means."""
    cells = [cell for row in rows for cell in row if cell is not None]
    return (open_words(),) if any(cell.verdict is Verdict.OPEN for cell in cells) else ()


def _by_chance(trends: Trends) -> tuple[str, ...]:
    lines = [*(one.line for one in trends.courses), *(one.line for one in trends.patterns)]
    looked = sum(line.slope.known for line in lines)
    if looked < _MANY:
        return ()
    words = tr(
        "Of {} pictures about {} would seem to change by chance alone: the sentence decides."
    )
    return (words.format(looked, round(looked / 20) or 1),)


def _tone(resting: Sequence[Resting]) -> tuple[str, ...]:
    """Say what became of resting tone, reassuringly (P4)."""
    parts = []
    for one in resting:
        known = [found.value for found in one.to_other if found.known]
        if known:
            ends = [known[0], known[-1]] if len(known) > 1 else known
            times = " → ".join(f"{exp(value):.1f}" for value in ends)
            parts.append(f"{plain(one.muscle).lower()} {times}")
    if not parts:
        return ()
    words = tr(
        "Tone at rest, times the other side: {}. A quieter side is at ease; it does not drop."
    )
    return (words.format(", ".join(parts)),)


def _toxin(botulinum: Sequence[Botulinum]) -> tuple[str, ...]:
    words = tr("Botulinum toxin {}: levels change for months after it.")
    return tuple(words.format(one.words) for one in botulinum)
