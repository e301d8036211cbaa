"""Text files as lines and columns of numbers, whatever a crash or an editor did to them."""

import csv
import mmap
import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.translation import mark

Content: TypeAlias = bytes | mmap.mmap
"""The bytes of a file: both have a length, slices that are bytes, and `find`."""

WHAT_IS_READ = mark(
    "read are OpenBCI GUI text (versions 3 to 6), BrainFlow CSV, EDF, BDF, XDF, "
    "and CSV whose first line names channels (Channel_1, EMG1, …) or whose columns a mapping names"
)
"""The end of every sentence about a file of another kind."""

_MAX_BYTES = 2**30
"""About seven hours of a Cyton as text; more would not fit into a small computer's memory."""

_HEAD = 4096
"""Text begins as text; what a crash appends (NUL bytes) stands at the end."""

_LARGEST = 1e18
"""Nothing that a recording holds is larger, time stamps in microseconds included."""

_CLOCK = re.compile(r"(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)\s*$", re.ASCII)


def text_of(content: Content) -> str:
    """Return the text of a file; RecordingError where it is none."""
    if len(content) > _MAX_BYTES:
        raise RecordingError(Saying("it is larger than 1 GB; cut it into parts and open those"))
    text = content[:].decode("utf-8-sig", errors="replace")
    head = text[:_HEAD]
    if "\0" in head or "\ufffd" in head:
        raise RecordingError(Saying("this is no text file in UTF-8; {}", WHAT_IS_READ))
    if not text.strip():
        raise RecordingError(Saying("the file is empty; {}", WHAT_IS_READ))
    return text


def lines_of(text: str) -> list[str]:
    """Return the lines that are not blank, without their ends."""
    return [line for line in text.splitlines() if line.strip()]


def fields(line: str, separator: str) -> list[str]:
    """Split one line, minding quotes where there are any."""
    if '"' not in line:
        return [field.strip() for field in line.split(separator)]
    try:
        return [field.strip() for field in next(csv.reader([line], delimiter=separator))]
    except (csv.Error, StopIteration):
        return []


def usual_width(lines: Sequence[str], separator: str) -> int:
    """Return how many columns most lines have; 0 for no lines."""
    counts = Counter(line.count(separator) for line in lines if '"' not in line)
    if not counts:
        counts = Counter(len(fields(line, separator)) - 1 for line in lines)
    return counts.most_common(1)[0][0] + 1 if counts else 0


def number(text: str) -> float:
    """Return a finite number, or NaN."""
    try:
        value = float(text)
    except ValueError:
        return np.nan
    return value if abs(value) < _LARGEST else np.nan


def numbers(lines: Sequence[str], separator: str, width: int, columns: Sequence[int]) -> FloatArray:
    """Return `(n_lines, n_columns)`; NaN for what is no number, and for lines of another width."""
    if lines and columns and all(line.count(separator) == width - 1 for line in lines):
        try:
            table = np.loadtxt(lines, delimiter=separator, usecols=columns, comments=None, ndmin=2)
        except ValueError:
            pass  # some cell is no number: look at every one
        else:
            if len(table) == len(lines):
                return np.where(np.abs(table) < _LARGEST, table, np.nan)
    table = np.full((len(lines), len(columns)), np.nan)
    for row, line in enumerate(lines):
        cells = fields(line, separator)
        if len(cells) == width:
            table[row] = [number(cells[column]) for column in columns]
    return table


def clock_s(lines: Sequence[str], separator: str, column: int) -> FloatArray:
    """Return seconds from a column of clock times (`12:02:23.166`), counting on past midnight."""
    seconds = np.full(len(lines), np.nan)
    for row, line in enumerate(lines):
        cells = line.split(separator, column + 1)
        match = _CLOCK.search(cells[column]) if len(cells) > column else None
        if match:
            hours, minutes, rest = match.groups()
            seconds[row] = int(hours) * 3600 + int(minutes) * 60 + float(rest)
    known = np.isfinite(seconds)
    seconds[known] = np.unwrap(seconds[known], period=86_400.0)
    return seconds


def stamp_s(stamps: FloatArray) -> FloatArray:
    """Return time stamps since 1970 in seconds, be they seconds, milli- or microseconds."""
    known = stamps[np.isfinite(stamps)]
    typical = float(np.median(known)) if len(known) else 0.0
    unit = 1e-6 if typical > 1e14 else 1e-3 if typical > 1e11 else 1.0
    return stamps * unit
