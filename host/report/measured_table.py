"""The measures of T3 as a table: a row for each measure of each muscle in each attempt."""

from collections.abc import Iterator
from math import isfinite

from host.report.measured_kinds import ABOUT, AttemptMeasures, MeasureRow
from host.report.results import Results
from host.report.tables import Column, Row, Table
from host.session.opened import Opened

MEASURES = Table(
    name="measures",
    columns=(
        Column(name="attempt", type="whole", about="Counted from 1 in the recording"),
        Column(name="pattern", about="Movement pattern that was asked for"),
        Column(name="measure", about="Its name in T3"),
        Column(name="channel", about="Name of the wire; empty for more than one"),
        Column(name="muscle", about="Code of the muscle; empty for a whole side"),
        Column(name="side", about="The patient's own: left, right, left - right, affected / other"),
        Column(name="target", about="Leading muscle of that side, where compared with it"),
        Column(name="role", about="target, quiet or tolerated in this pattern"),
        Column(name="value", type="number", about="In `unit`; empty where unknown"),
        Column(name="low", type="number", about="Lower end of its 95 % interval; empty: no bound"),
        Column(name="high", type="number", about="Upper end of its 95 % interval; empty: no bound"),
        Column(name="unit", about="Empty for a plain ratio"),
        Column(name="n", type="number", about="Independent values behind it, about", digits=1),
        Column(name="reason", about="Why it is unknown"),
        Column(name="calibrated", type="yes or no", about="By a calibration, not a first guess"),
        Column(
            name="healthy_limit",
            type="number",
            about="Absolute asymmetry below which nothing is flagged; empty where nobody measured",
        ),
        Column(name="beyond_healthy", type="yes or no", about="Whether it is surely beyond that"),
        Column(name="what", about="What the measure says, in plain words"),
        Column(name="citation", about="Where it is defined"),
    ),
)


def measure_rows(opened: Opened, results: Results) -> Iterator[Row]:
    """Yield a row for each measure."""
    channels = opened.recorded.stream.channels
    for attempt in results.measures:
        yield from (_row(attempt, one, channels) for one in attempt.rows)


def _row(attempt: AttemptMeasures, one: MeasureRow, channels: tuple[str, ...]) -> Row:
    about, found = ABOUT[one.measure], one.measured
    return (
        attempt.number,
        attempt.pattern,
        one.measure.value,
        None if one.channel is None else channels[one.channel],
        one.muscle or None,
        one.side or None,
        one.target or None,
        None if one.role is None else one.role.value,
        _number(found.value),
        _number(found.low),
        _number(found.high),
        found.unit or None,
        found.n if found.known else None,
        found.reason or None,
        attempt.calibrated,
        one.healthy_limit,
        one.beyond,
        about.what,
        about.citation,
    )


def _number(value: float) -> float | None:
    return value if isfinite(value) else None
