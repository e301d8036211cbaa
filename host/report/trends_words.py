"""Change in plain words, each with its interval (P11), and trends as a table for people."""

from collections.abc import Sequence
from datetime import datetime
from math import exp, isfinite

from calibration.measured import Measured, percent_change
from calibration.muscles import muscle
from calibration.patterns import Role
from host.report.measured_words import UNKNOWN, ranged
from host.report.trends import Course, Resting, Trends
from host.report.trends_line import Line, Verdict, verdict_of
from host.report.trends_map import Acting, Acts
from host.report.trends_session import Level

OPEN = "cannot be told yet"
MINUS = "−"
ALL_QUIET = "all that should be quiet"
_MOST_PERCENT = 999.0
_SESSION = 6
"""Columns that a session takes in the table."""
_NAME = 26
_MANY = 4
"""Fewer lines need no warning of chance."""


def change_words(change: Measured, than: str) -> str:
    """Say in words what a logarithm of a ratio says: `than` is "than last time", say.

    Only an interval without 0 is called a change.
    """
    verdict = verdict_of(change)
    if not change.known:
        return f"{OPEN}: {change.reason}"
    if verdict is Verdict.OPEN:
        return f"{OPEN}: {percent_words(change)}"
    more_or_less = "less" if verdict is Verdict.FALLS else "more"
    return f"{more_or_less} involved {than}: {percent_words(change)}"


def slope_words(line: Line) -> str:
    """Say how much something changes from session to session."""
    if not line.slope.known:
        return f"{OPEN}: {line.slope.reason}"
    said = f"{percent_words(line.slope)} per session"
    return f"{OPEN}: {said}" if line.verdict is Verdict.OPEN else f"{line.verdict.value}, {said}"


def percent_words(change: Measured) -> str:
    """Return a logarithm as percent with its interval: −18 % (−30 … −4)."""
    if not change.known:
        return UNKNOWN
    found = percent_change(change)
    told = verdict_of(change) is not Verdict.OPEN
    low, high = (_signed(end, told=told) for end in (found.low, found.high))
    return f"{_signed(found.value, told=told)} % ({low} … {high})"


def _signed(percent: float, *, told: bool) -> str:
    """Return whole percents with their sign; a bound that tells a change is never called 0."""
    if not isfinite(percent) or percent > _MOST_PERCENT:
        return "?"
    digits = 1 if told and abs(percent) < 0.5 else 0
    text = f"{abs(percent):.{digits}f}"
    if float(text) == 0.0:
        return "0"
    return f"{MINUS if percent < 0 else '+'}{text}"


def trend_lines(trends: Trends) -> list[str]:
    """Return the whole report of a person's sessions for a terminal."""
    lines = [_head(trends), f"{_headline(trends)}", ""]
    lines += _table(trends)
    lines += _by_chance(trends)
    lines += _resting_lines(trends.resting)
    for one in trends.acting:
        if one.muscles:
            lines += ["", *map_lines(one, trends.affected.value)]
    return lines


def map_lines(one: Acting, affected: str) -> list[str]:
    """Return who acts when in one pattern, the affected side's muscles (P13)."""
    count = f"{one.attempts} attempt{'s' * (one.attempts != 1)}"
    lines = [f"Who acts when: {one.pattern} ({count}, {one.session})"]
    lines += [f"  {_acts_words(own)}" for own in one.muscles if own.side == affected]
    if one.selectivity.known:
        lines.append(f"  selectivity {ranged(one.selectivity)}, 1 is best")
    return lines


def _head(trends: Trends) -> str:
    count = len(trends.sessions)
    days = [_day(one.created) for one in trends.sessions if one.created]
    when = f", {days[0]} to {days[-1]}" if days else ""
    bare = sum(not one.calibrated for one in trends.sessions)
    told = f", {bare} of them without calibration" if bare else ""
    side = trends.affected.value
    return f"{count} session{'s' * (count != 1)}{when}{told}; affected side {side}"


def _headline(trends: Trends) -> str:
    said = slope_words(trends.overall)
    return f"Muscles that should be quiet, all together: {said}"


def _table(trends: Trends) -> list[str]:
    count = len(trends.sessions)
    numbers = "".join(f"{number:>{_SESSION}}" for number in range(1, count + 1))
    lines = [f"{'share of the leading muscle':{_NAME + 2}}{numbers}  change"]
    for one in trends.patterns:
        lines += ["", one.pattern, _row(ALL_QUIET, one.levels, one.line)]
        lines += [
            _row(_named(own), own.levels, own.line)
            for own in trends.courses
            if own.pair.pattern == one.pattern
        ]
    return lines


def _named(course: Course) -> str:
    plain = muscle(course.pair.muscle).plain
    return plain if course.role is Role.QUIET else f"{plain} (tolerated)"


def _row(name: str, levels: Sequence[Level], line: Line) -> str:
    cells = "".join(f"{_cell(one):>{_SESSION}}" for one in levels)
    return f"  {name:{_NAME}}{cells}  {slope_words(line)}"


def _cell(level: Level) -> str:
    return f"{max(level.ratio.value, 0.0):.2f}" if level.ratio.known else "–"


def _by_chance(trends: Trends) -> list[str]:
    """Say how many of so many intervals miss 0 by chance alone."""
    lines = [*(one.line for one in trends.courses), *(one.line for one in trends.patterns)]
    looked = sum(line.slope.known for line in lines)
    if looked < _MANY:
        return []
    said = (
        f"Of {looked} lines looked at one by one, about {round(looked / 20) or 1} would seem to "
        "change by chance alone: the one of all together decides."
    )
    return ["", said]


def _resting_lines(resting: Sequence[Resting]) -> list[str]:
    """Say what became of resting tone: relaxing does not make a side drop (P4)."""
    lines = []
    for one in resting:
        known = [found.value for found in one.to_other if found.known]
        if known:
            times = " ".join(f"{exp(value):.1f}" for value in known)
            name = muscle(one.muscle).plain.lower()
            lines.append(f"  {name}: {times} × the other side; {slope_words(one.line)}")
    if not lines:
        return []
    head = "Tone at rest, session by session. A quieter side is at ease, and does not drop:"
    return ["", head, *lines]


def _acts_words(own: Acts) -> str:
    name = f"{muscle(own.muscle).plain}, {own.side}"
    role = "" if own.role is None else f" ({own.role.value})"
    parts = [f"{name}{role}: level {ranged(own.level, least=0.0)}"]
    if own.share.known:
        parts.append(f"acts in {own.share.value:.0%} of attempts")
    if own.onset.known:
        parts.append(f"from {ranged(own.onset)} after the cue")
    if own.after_target.known:
        parts.append(f"{ranged(own.after_target)} after the leading muscle")
    return "; ".join(parts)


def _day(created: str) -> str:
    try:
        return f"{datetime.fromisoformat(created).astimezone():%Y-%m-%d}"
    except ValueError:
        return created
