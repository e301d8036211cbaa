"""The tables of a recording's results: columns with type, unit and meaning, and their rows.

One description for every kind of file. None is what is not known, and never a zero.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from calibration.muscles import Side
from host.detection.cocontraction import Episode
from host.recording.event_words import kind_of, samples_of, text_of
from host.recording.events import Event
from host.report.outcomes import AttemptOutcome, MuscleOutcome
from host.report.results import Results
from host.session.opened import Opened

Type = Literal["text", "whole", "number", "yes or no"]
Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

SHARE = "share of the gentle reference"
_S_DIGITS, _LEVEL_DIGITS = 6, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    name: str
    """With its unit, where it has one that is short: `start_s`, `ch1_uv`."""
    type: Type = "text"
    unit: str = ""
    about: str
    digits: int = _LEVEL_DIGITS
    """Decimals of a number: more would claim what no electrode can know."""

    def cell(self, value: Cell) -> Cell:
        """Return a value as every kind of file has it."""
        if isinstance(value, str):
            return value.encode(errors="replace").decode()
        if self.type != "number" or value is None:
            return value
        return None if math.isnan(value) else round(float(value), self.digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A name and columns; the rows come as they are known."""

    name: str
    columns: tuple[Column, ...]

    def cells(self, rows: Iterable[Row]) -> list[Row]:
        """Return rows as every kind of file has them."""
        return [
            tuple(column.cell(value) for column, value in zip(self.columns, row, strict=True))
            for row in rows
        ]


def seconds(name: str, about: str) -> Column:
    """Return a column of times since sample 0, or of lengths."""
    return Column(name=name, type="number", unit="s", about=about, digits=_S_DIGITS)


def _share(name: str, about: str) -> Column:
    return Column(name=name, type="number", unit=SHARE, about=about)


_CHANNEL = (
    Column(name="channel", about="Name of the wire"),
    Column(name="muscle", about="Code of the muscle; empty where none was assigned"),
    Column(name="side", about="The patient's own left or right"),
    Column(name="affected", type="yes or no", about="On the side with synkinesis"),
)

ATTEMPTS = Table(
    name="attempts",
    columns=(
        Column(name="number", type="whole", about="Counted from 1 in the recording"),
        Column(name="pattern", about="Movement pattern that was asked for"),
        seconds("start_s", "Cue to rise"),
        seconds("hold_start_s", "Cue to hold; empty where it never came to that"),
        seconds("hold_stop_s", "Cue to release"),
        seconds("stop_s", "Next attempt, another pattern, or the end"),
        Column(name="verdict", about="By the quiet muscles of the affected side"),
        *_CHANNEL,
        Column(name="role", about="target, quiet or tolerated in this pattern"),
        _share("threshold", "What a quiet muscle should stay below; empty where not judged"),
        _share("hold_mean", "Mean over the hold; empty where unknown"),
        _share("peak", "Largest in the attempt; empty where unknown"),
        Column(name="known_share", type="number", about="Share of the hold with a signal"),
        Column(name="episodes", type="whole", about="How often the muscle came along"),
        seconds("along_s", "For how long in all"),
        seconds("too_strong_s", "For how long the target was above its ceiling; of the attempt"),
    ),
)

EPISODES = Table(
    name="episodes",
    columns=(
        seconds("start_s", "When the muscle began to come along"),
        seconds("stop_s", "When it was quiet again"),
        _share("peak", "Largest in the episode"),
        *_CHANNEL,
        Column(name="pattern", about="Movement pattern that was asked for"),
        Column(name="attempt", type="whole", about="First attempt in it; empty between attempts"),
        Column(name="cut", type="yes or no", about="Signal lost or pattern changed before its end"),
        Column(
            name="with_blink",
            type="yes or no",
            about="It came along with a blink, and says nothing of the pattern",
        ),
    ),
)

EVENTS = Table(
    name="events",
    columns=(
        seconds("time_s", "Since sample 0"),
        Column(name="sample", type="whole", about="Index of the sample, from 0"),
        seconds("duration_s", "How long it lasts by itself; empty for a moment"),
        Column(name="type", about="cue, marker, touch, adjusted, quality, gap, …"),
        Column(name="text", about="The rest of it, in one line"),
    ),
)


def channel_cells(opened: Opened, column: int) -> Row:
    """Return channel, muscle, side and whether it is the affected one."""
    site = opened.watch.montage.sites[column]
    affected = None if site.side is None else site.side is opened.affected
    return (
        opened.recorded.stream.channels[column],
        site.muscle or None,
        site.side.value if isinstance(site.side, Side) else None,
        affected,
    )


def attempt_rows(opened: Opened, results: Results) -> Iterator[Row]:
    """Yield a row for each muscle in each attempt."""
    for outcome in results.attempts:
        yield from (
            (
                *_attempt_cells(outcome, results.rate_hz),
                *channel_cells(opened, one.channel),
                *_muscle_cells(one),
                outcome.too_strong_s,
            )
            for one in outcome.muscles
        )


def _attempt_cells(outcome: AttemptOutcome, rate_hz: float) -> Row:
    attempt = outcome.attempt
    begin, end = attempt.hold
    held = begin < end
    return (
        attempt.number,
        attempt.pattern,
        attempt.start / rate_hz,
        begin / rate_hz if held else None,
        end / rate_hz if held else None,
        attempt.stop / rate_hz,
        outcome.verdict.value,
    )


def _muscle_cells(one: MuscleOutcome) -> Row:
    return (
        one.role.value,
        one.threshold,
        one.hold_mean,
        one.peak,
        one.known,
        one.episodes,
        one.along_s,
    )


def episode_rows(opened: Opened, results: Results) -> Iterator[Row]:
    """Yield a row for each episode."""
    for episode in results.episodes:
        yield (
            episode.start / results.rate_hz,
            episode.stop / results.rate_hz,
            episode.peak,
            *channel_cells(opened, episode.channel),
            episode.pattern,
            _attempt_of(episode, results),
            episode.cut,
            episode.with_blink,
        )


def _attempt_of(episode: Episode, results: Results) -> int | None:
    attempts = (outcome.attempt for outcome in results.attempts)
    return next(
        (
            attempt.number
            for attempt in attempts
            if episode.start < attempt.stop and episode.stop > attempt.start
        ),
        None,
    )


def event_rows(events: Iterable[Event], rate_hz: float) -> Iterator[Row]:
    """Yield a row for each event, in order of samples."""
    for event in sorted(events, key=lambda event: event.sample):
        lasts = samples_of(event)
        yield (
            event.sample / rate_hz,
            event.sample,
            lasts / rate_hz if lasts else None,
            kind_of(event),
            " ".join(text_of(event).split()) or None,
        )
