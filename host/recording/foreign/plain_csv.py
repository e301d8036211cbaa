"""CSV files whose first line names channels, as people save them from their own scripts."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.foreign.marks import Marked, clean, from_column
from host.recording.foreign.reading import (
    CYTON,
    DAISY,
    MICROVOLTS,
    UNKNOWN,
    Board,
    Reading,
    day_and_time,
    rate_from_times,
)
from host.recording.foreign.text_rows import WHAT_IS_READ, fields, numbers, stamp_s, usual_width

_CHANNEL = re.compile(r"s?emg.*|(exg|eeg)([ _.-].*|\d+)|(channel|chan|ch)[ _.-]*\d+", re.ASCII)
_TIME = re.compile(r"(lsl[ _.-]?|unix[ _.-]?)?(times?|time[ _.-]?stamps?|seconds|secs?|t)")
_INDEX = re.compile(r"(sample|package|packet)[ _.-]?(index|num|number|count|counter)|index")
_MARKER = re.compile(
    r"word|(marker|trigger|event|label|cue|stim|stimulus|annotation)s?([ _.-]?(channel|code))?"
)
_UNIT = re.compile(r"\s*[\[(]\s*(\w+)\s*[\])]\s*$|[ _](n|u|µ|μ|m)?(v|s)$")
_SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ns": 1e-9}

_LONGEST_PERIOD_S = 0.0101
"""100 samples per second is the slowest that is of any use."""


def read(lines: Sequence[str]) -> Reading:
    """Read a header and the rows below it."""
    lines = [line for line in lines if not line.startswith(("#", "//"))] or [""]
    separator = max(",;\t", key=lines[0].count)
    written = fields(lines[0], separator)
    names = [clean(name).lower() for name in written]
    plain = [_UNIT.sub("", name) for name in names]
    exg = [column for column, name in enumerate(plain) if _CHANNEL.fullmatch(name)]
    if not exg:
        raise RecordingError(Saying("no column is named like a channel; {}", WHAT_IS_READ))
    rows = lines[1:]
    if not rows:
        raise RecordingError(Saying("there is a header, and no samples below it"))
    _refuse_other_rows(rows, separator, len(names))
    table = numbers(rows, separator, len(names), exg)
    data_uv, about_unit = _microvolts(table, [_unit(names[column]) for column in exg])
    time, index = _named(plain, _TIME), _named(plain, _INDEX)
    time_s = None
    if time is not None:
        time_s = _seconds(numbers(rows, separator, len(names), [time])[:, 0], _unit(names[time]))
    board = _board(data_uv)
    if board is not UNKNOWN:
        about_unit = ()  # values on the grid of a board are proof enough
    rate_hz, rate_from = _rate(time_s, board)
    marking = [column for column, name in enumerate(plain) if _MARKER.fullmatch(name)]
    marks, about_marks = _marks(rows, separator, {column: written[column] for column in marking})
    return Reading(
        format="CSV with named channels",
        board=board,
        data_uv=data_uv,
        rate_hz=rate_hz,
        rate_from=rate_from,
        counter=None if index is None else numbers(rows, separator, len(names), [index])[:, 0],
        time_s=time_s,
        remarks=(*about_unit, *_about_names(written, exg, {time, index, *marking}), *about_marks),
        labels=tuple(clean(written[column]) for column in exg),
        marks=marks,
        started=day_and_time(time_s),
    )


def _named(names: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((column for column, name in enumerate(names) if pattern.fullmatch(name)), None)


def _marks(rows: Sequence[str], separator: str, columns: Mapping[int, str]) -> Marked:
    """Return the marks of all columns that have a name for marks."""
    found = [from_column(rows, separator, column, name) for column, name in columns.items()]
    return (
        tuple(mark for marks, _ in found for mark in marks),
        tuple(sentence for _, said in found for sentence in said),
    )


def _refuse_other_rows(rows: Sequence[str], separator: str, width: int) -> None:
    """Refuse rows that the header does not describe."""
    found = usual_width(rows, separator)
    if found != width:
        raise RecordingError(
            Saying("the header names {} columns, and the rows below have {}", width, found)
        )
    if separator == ";" and any(re.search(r"\d,\d", line) for line in rows[:10]):
        raise RecordingError(
            Saying(
                "it has decimal commas; save it with decimal points, or give a mapping that says so"
            )
        )


def _unit(name: str) -> str:
    match = _UNIT.search(name)
    return match.group().strip(" _[]()") if match else ""


def _microvolts(data: FloatArray, units: Sequence[str]) -> tuple[FloatArray, tuple[str, ...]]:
    """Scale columns by the unit in their names, or by their size where there is none."""
    scale = np.array([MICROVOLTS.get(unit, np.nan) for unit in units])
    known = data[np.isfinite(data)]
    if not np.isnan(scale).any():
        return data * scale, ()
    # No converter is so quiet that a recording in microvolts stays below one.
    if 0 < np.max(np.abs(known), initial=0.0) < 1.0:
        return data * np.where(np.isnan(scale), 1e3, scale), (
            "The columns name no unit; their values are all below 1 and were taken as millivolts.",
        )
    return data * np.where(np.isnan(scale), 1.0, scale), (
        "The columns name no unit; their values were taken as microvolts.",
    )


def _seconds(times: FloatArray, unit: str) -> FloatArray | None:
    """Return seconds; a column that does not run forwards is no time."""
    steps = np.diff(times[np.isfinite(times)])
    if not len(steps) or not np.mean(steps) > 0:
        return None
    if unit in _SECONDS:
        return times * _SECONDS[unit]
    if np.median(times[np.isfinite(times)]) > 1e8:
        return stamp_s(times)
    period = float(np.mean(steps))
    thousands = next((k for k in (0, 1, 2, 3) if period / 1e3**k <= _LONGEST_PERIOD_S), 0)
    return times / 1e3**thousands


def _board(data_uv: FloatArray) -> Board:
    """Recognise the Cyton: every value lies on its converter's grid."""
    rows = data_uv[np.isfinite(data_uv).all(axis=1)]
    steps = rows / (CYTON.range_uv / (2**23 - 1))
    if not rows.any() or np.max(np.abs(steps - np.rint(steps))) > 1e-3:
        return UNKNOWN
    return DAISY if data_uv.shape[1] > 8 else CYTON


def _rate(time_s: FloatArray | None, board: Board) -> tuple[float | None, str]:
    if time_s is not None:
        return rate_from_times(time_s), "the column of times"
    if board is UNKNOWN:
        return None, ""
    return 125.0 if board is DAISY else 250.0, f"the {board.name}, on whose grid all values lie"


def _about_names(
    names: Sequence[str], exg: Sequence[int], used: set[int | None]
) -> tuple[str, ...]:
    """Say which columns became which channels, and which were left."""
    plain = [_UNIT.sub("", names[column].lower()) for column in exg]
    numbered = all(
        re.fullmatch(rf".*\D0*{place}", name) for place, name in enumerate(plain, start=1)
    )
    became = ", ".join(names[column] for column in exg)
    left = ", ".join(
        name for column, name in enumerate(names) if column not in used and column not in exg
    )
    renamed = (
        f"Channel 1 is the column {became}."
        if len(exg) == 1
        else f"Channels 1 to {len(exg)} are the columns {became}."
    )
    ignored = f"Columns that hold no channel were ignored: {left}."
    return (*((renamed,) if not numbered else ()), *((ignored,) if left else ()))
