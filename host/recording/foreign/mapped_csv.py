"""Text in columns that a mapping describes: any separator, comments of C, decimal commas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.foreign.mapping import SEPARATORS, TIME_UNITS, Column, CsvMapping
from host.recording.foreign.marks import Mark, clean, from_column
from host.recording.foreign.reading import UNKNOWN, Board, Reading, day_and_time, rate_from_times
from host.recording.foreign.remarks import listed
from host.recording.foreign.text_rows import clock_s, fields, number, numbers, usual_width

_BLOCK_COMMENT = re.compile(r"/\*.*?(\*/|\Z)", re.DOTALL)
_LINE_COMMENT = re.compile(r"//.*")
_JOINED = "\x1f"
"""Separator of rows whose own separator is also the decimal sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The rows of a file, ready to be read."""

    rows: Sequence[str]
    plain: Sequence[str]
    """The same with decimal points."""
    separator: str
    width: int
    names: tuple[str, ...]
    """Of the columns; empty where there is no line of names."""

    def column(self, entry: str, wanted: Column) -> int:
        """Return the place of a column; the sentence names the entry that is wrong."""
        if isinstance(wanted, int):
            if wanted <= self.width:
                return wanted - 1
            raise RecordingError(
                Saying(
                    "the mapping's {} asks for column {}, and there are {}",
                    entry,
                    wanted,
                    self.width,
                )
            )
        for names, name in ((self.names, wanted), (map(str.lower, self.names), wanted.lower())):
            places = [place for place, given in enumerate(names) if given == name.strip()]
            if places and places[0] < self.width:
                return places[0]
        raise RecordingError(
            Saying(
                "the mapping's {} asks for a column {!r}; the columns are named {}",
                entry,
                clean(wanted),
                listed([clean(name) for name in self.names]) or "nothing",
            )
        )

    def values(self, columns: Sequence[int]) -> FloatArray:
        """Return `(n_rows, n_columns)` numbers."""
        return numbers(self.plain, self.separator, self.width, columns)


def read(text: str, mapping: CsvMapping) -> Reading:
    """Read text as the mapping says."""
    table = _table(text, mapping)
    columns = [table.column("channels", wanted) for wanted in mapping.channels]
    time_s = None if mapping.time is None else _times(table, mapping.time, mapping.time_unit)
    counter = None
    if mapping.index is not None:
        counter = table.values([table.column("index", mapping.index)])[:, 0]
    marks: tuple[Mark, ...] = ()
    about_marks: tuple[str, ...] = ()
    if mapping.marker is not None:
        column = table.column("marker", mapping.marker)
        marks, about_marks = from_column(
            table.rows, table.separator, column, _label(mapping.marker)
        )
    rate_hz, rate_from = mapping.rate_hz, "the mapping"
    if rate_hz is None and time_s is not None:
        rate_hz, rate_from = rate_from_times(time_s), "the column of times"
    board = UNKNOWN
    if mapping.range_uv is not None:
        board = Board(name="board of the mapping", range_uv=mapping.range_uv)
    return Reading(
        format="CSV with a mapping",
        board=board,
        data_uv=table.values(columns) * mapping.factor_uv,
        rate_hz=rate_hz,
        rate_from=rate_from,
        counter=counter,
        time_s=time_s,
        remarks=about_marks,
        labels=tuple(map(_label, mapping.channels)),
        marks=marks,
        started=day_and_time(time_s),
    )


def _label(column: Column) -> str:
    return clean(column) if isinstance(column, str) else f"column {column}"


def _times(table: _Table, wanted: Column, unit: str) -> FloatArray:
    column = table.column("time", wanted)
    if unit == "clock":
        return clock_s(table.plain, table.separator, column)
    return table.values([column])[:, 0] * TIME_UNITS[unit]


def _table(text: str, mapping: CsvMapping) -> _Table:
    """Skip what is to be skipped, and find separator, names and rows."""
    lines = _without_comments(text.splitlines()[mapping.header_lines :])
    if not lines:
        raise RecordingError(Saying("below the lines that the mapping skips there is nothing"))
    separator = SEPARATORS.get(mapping.separator) or _separator(lines, mapping.decimal)
    if separator == " ":
        lines = [" ".join(line.split()) for line in lines]
    elif separator == mapping.decimal:
        lines, separator = [_JOINED.join(fields(line, separator)) for line in lines], _JOINED
    plain = lines
    if mapping.decimal == ",":
        plain = [line.replace(",", ".") for line in lines]
    names: tuple[str, ...] = ()
    if _by_name(mapping) or not _starts_with_numbers(plain[0], separator, mapping):
        names = tuple(fields(lines[0], separator))
        lines, plain = lines[1:], plain[1:]
    if not lines:
        raise RecordingError(Saying("there is a line of names, and no samples below it"))
    return _Table(
        rows=lines,
        plain=plain,
        separator=separator,
        width=usual_width(lines, separator),
        names=names,
    )


def _without_comments(lines: Sequence[str]) -> list[str]:
    """Return the lines that are neither blank nor comments."""
    text = "\n".join(lines)
    if "/*" in text:
        text = _BLOCK_COMMENT.sub(" ", text)
    if "//" in text:
        text = _LINE_COMMENT.sub("", text)
    return [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]


def _separator(lines: Sequence[str], decimal: str) -> str:
    """Return the sign that divides the last rows into most columns; blanks where none does."""
    last = lines[-5:]
    signs = [sign for sign in ";\t,|" if sign != decimal]
    best = max(signs, key=lambda sign: min(line.count(sign) for line in last))
    return best if any(best in line for line in last) else " "


def _by_name(mapping: CsvMapping) -> bool:
    wanted = (*mapping.channels, mapping.time, mapping.index, mapping.marker)
    return any(isinstance(column, str) for column in wanted)


def _starts_with_numbers(line: str, separator: str, mapping: CsvMapping) -> bool:
    """Tell a row from a line of names, where all columns are asked for by number."""
    cells = fields(line, separator)
    columns = [column for column in mapping.channels if isinstance(column, int)]
    return any(column > len(cells) or not np.isnan(number(cells[column - 1])) for column in columns)
