"""Stretches that somebody marked elsewhere, as a table: kind, start_s, stop_s, muscle, side."""

import csv
from collections.abc import Mapping
from typing import TypeVar

from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind, checked
from host.errors import SettingsError

_Choice = TypeVar("_Choice", SegmentKind, Side)

HEADER = ("kind", "start_s", "stop_s", "muscle", "side")


def segments_from_csv(text: str, name: str, rate_hz: float, samples: int) -> tuple[Segment, ...]:
    """Read a CSV with this header; SettingsError says in one sentence which line is wrong."""
    rows = csv.DictReader(text.splitlines(), skipinitialspace=True)
    columns = tuple(column.strip() for column in rows.fieldnames or ())
    if set(columns) != set(HEADER):
        raise SettingsError(f"{name} needs the header {','.join(HEADER)}.")
    rows.fieldnames = list(columns)
    found = []
    for row in rows:
        try:
            found.append(_segment(row, rate_hz))
        except ValueError as error:
            raise SettingsError(f"{name}, line {rows.line_num}: {error}.") from error
    if not found:
        raise SettingsError(f"{name} marks nothing.")
    try:
        return checked(found, samples)
    except ValueError as error:
        raise SettingsError(f"{name}: {error}.") from error


def _segment(row: Mapping[str | None, object], rate_hz: float) -> Segment:
    if None in row or None in row.values():
        raise ValueError(f"need {len(HEADER)} entries")
    words = {str(key): str(value).strip() for key, value in row.items()}
    return Segment(
        kind=_choice(SegmentKind, words["kind"], "kind"),
        start=_sample(words, "start_s", rate_hz),
        stop=_sample(words, "stop_s", rate_hz),
        muscle=words["muscle"],
        side=_choice(Side, words["side"], "side") if words["side"] else None,
    )


def _sample(words: Mapping[str, str], name: str, rate_hz: float) -> int:
    try:
        seconds = float(words[name])
    except ValueError:
        raise ValueError(f"{name} must be a number of seconds, got {words[name]!r}") from None
    if not 0.0 <= seconds < 1e6:
        raise ValueError(f"{name} must be within the recording, got {words[name]!r}")
    return round(seconds * rate_hz)


def _choice(kind: type[_Choice], value: str, name: str) -> _Choice:
    for member in kind:
        if member.value == value:
            return member
    known = ", ".join(member.value for member in kind)
    raise ValueError(f"there is no {name} {value!r}, only {known}")
