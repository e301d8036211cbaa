"""What the columns of somebody's own CSV hold, said once in a small TOML file."""

import math
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from calibration.saying import Saying, words_of
from host.errors import RecordingError
from host.recording.foreign.reading import MICROVOLTS

Column = str | int
"""Name in the header line, or number of the column, from 1."""

SEPARATORS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "space": " ",
    "bar": "|",
    **{sign: sign for sign in ",;\t |"},
}
TIME_UNITS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ns": 1e-9, "clock": 1.0}
"""Seconds in one of each; `clock` is a time of day as 12:02:23.166."""

_MOST_COLUMNS = 4096
_MOST_BYTES = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvMapping:
    """How to read one kind of text file."""

    channels: tuple[Column, ...]
    """The electrodes, in the order they are to have."""
    rate_hz: float | None = None
    time: Column | None = None
    """Column of times; with it, gaps can be told."""
    time_unit: str = "s"
    index: Column | None = None
    """Column in which the samples are counted; with it, lost ones can be told."""
    marker: Column | None = None
    """Column that holds something other than nothing or 0 where something happened."""
    separator: str = ""
    """One sign, or its name; empty to find out."""
    decimal: str = "."
    unit: str = "uV"
    scale_uv: float | None = None
    """Microvolts in one of the file's numbers; goes before `unit`."""
    range_uv: float | None = None
    """Largest magnitude of the converter."""
    header_lines: int = 0
    """Lines at the top that are to be skipped, the line of names not among them."""

    def __post_init__(self) -> None:
        """Refuse what no file could be read with; the sentence names the entry."""
        if not isinstance(self.channels, tuple) or not self.channels:
            raise ValueError(
                f"channels must list column names or numbers, got {_shown(self.channels)}"
            )
        for column in self.channels:
            _check_column("channels", column)
        if len(set(self.channels)) != len(self.channels):
            raise ValueError(f"channels names a column twice: {_shown(self.channels)}")
        for name in ("time", "index", "marker"):
            if getattr(self, name) is not None:
                _check_column(name, getattr(self, name))
        for name in ("rate_hz", "scale_uv", "range_uv"):
            if getattr(self, name) is not None:
                _check_number(name, getattr(self, name))
        _check_choice("separator", self.separator, ("", *SEPARATORS))
        _check_choice("decimal", self.decimal, (".", ","))
        _check_choice("time_unit", self.time_unit, tuple(TIME_UNITS))
        if not isinstance(self.unit, str) or self.unit.lower() not in MICROVOLTS:
            raise ValueError(f"unit must be uV, mV, V or nV, got {_shown(self.unit)}")
        lines = self.header_lines
        if isinstance(lines, bool) or not isinstance(lines, int) or not 0 <= lines <= 10_000:
            raise ValueError(f"header_lines must be a number from 0, got {_shown(lines)}")

    @property
    def factor_uv(self) -> float:
        """Microvolts in one of the file's numbers."""
        return MICROVOLTS[self.unit.lower()] if self.scale_uv is None else self.scale_uv


def mapping_from_toml(text: str, name: str) -> CsvMapping:
    """Read a mapping; ValueError says in one sentence which entry of it is wrong."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name} is not valid TOML: {error}") from error
    known = {entry.name for entry in fields(CsvMapping)}
    strange = [entry for entry in table if entry not in known]
    if strange:
        raise ValueError(
            f"{name}: there is no entry {_shown(strange[0])}; there are {', '.join(sorted(known))}"
        )
    if "channels" not in table:
        raise ValueError(f"{name}: channels is missing: list the columns of the electrodes")
    channels = table["channels"]
    entries = {**table, "channels": tuple(channels) if isinstance(channels, list) else channels}
    try:
        return CsvMapping(**entries)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from error


def read_mapping(path: Path) -> CsvMapping:
    """Read a mapping from a file; RecordingError, one sentence, where that cannot be."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise RecordingError(Saying("{} cannot be read: {}", path, error.strerror)) from error
    if len(content) > _MOST_BYTES:
        raise RecordingError(Saying("{} is too large for a mapping", path.name))
    try:
        return mapping_from_toml(content.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise RecordingError(Saying("{} is no text in UTF-8", path.name)) from error
    except ValueError as error:
        raise RecordingError(words_of(error)) from error


def _check_column(name: str, column: Any) -> None:
    if isinstance(column, str) and column.strip():
        return
    if isinstance(column, bool) or not isinstance(column, int) or not 1 <= column <= _MOST_COLUMNS:
        raise ValueError(
            f"{name} must be a column's name or its number from 1, got {_shown(column)}"
        )


def _check_number(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} must be a number, got {_shown(value)}")
    if not 0 < value < math.inf:
        raise ValueError(f"{name} must be above 0, got {value}")


def _check_choice(name: str, value: Any, choices: tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} must be one of {_shown(choices)}, got {_shown(value)}")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
