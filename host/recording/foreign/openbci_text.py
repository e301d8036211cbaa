"""Recordings of the OpenBCI GUI as text, versions 3 to 6.

All begin with lines of `%`. Then follow, per sample: index, channels in microvolts,
accelerometer, other columns, and one or two times, whose order changed with the version.
"""

import re
from collections.abc import Sequence

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.foreign.marks import Marked, clean, from_numbers
from host.recording.foreign.reading import (
    CYTON,
    DAISY,
    GANGLION,
    UNKNOWN,
    Board,
    Reading,
    day_and_time,
    rate_from_times,
)
from host.recording.foreign.text_rows import (
    WHAT_IS_READ,
    clock_s,
    fields,
    number,
    numbers,
    stamp_s,
    usual_width,
)

_EPOCH = 1e8
"""No column but a time stamp holds values above this."""
_ACCELEROMETER = 3
_CHANNELS = {CYTON: 8, DAISY: 16, GANGLION: 4}
_DECIMAL_COMMA = re.compile(r"\s*\d+,\s+-?\d+,\d", re.ASCII)
"""The GUI before 2017 wrote `0, 1,50, -2,25` where a computer's language has decimal commas."""


def read(lines: Sequence[str]) -> Reading:
    """Read the lines of a file that begins with `%`."""
    header = [line for line in lines if line.startswith("%")]
    rows = [line for line in lines if line[:1] != "%" and not line.lstrip()[:1].isalpha()]
    names = next((fields(line, ",") for line in lines if line.lstrip()[:1].isalpha()), [])
    width = usual_width(rows, ",")
    _refuse_other_text(header, rows, width)
    example = _example(rows, width)
    times = [
        column for column in range(1, width) if ":" in example[column] or _is_stamp(example[column])
    ]
    board = _board(_entry(header, "Board"), _entry(header, "Number of channels"), len(names))
    exg = _channels(header, names, width, len(times), board)
    if board is UNKNOWN:
        board = {8: CYTON, 16: DAISY, 4: GANGLION}.get(len(exg), UNKNOWN)
    table = numbers(rows, ",", width, [0, *exg])
    time_s = _times(rows, width, times, example)
    marks, about_marks = _marks(rows, names, width)
    rate_hz, rate_from = _rate(_entry(header, "Sample Rate"), time_s)
    return Reading(
        format=f"OpenBCI GUI text, version {_version(header, names, example, times)}",
        board=board,
        data_uv=table[:, 1:],
        rate_hz=rate_hz,
        rate_from=rate_from,
        counter=table[:, 0],
        time_s=time_s,
        remarks=(*_joined(lines, rows), *about_marks),
        labels=tuple(clean(names[column]) for column in exg) if len(names) > max(exg) else (),
        marks=marks,
        started=day_and_time(time_s),
    )


def _marks(rows: Sequence[str], names: Sequence[str], width: int) -> Marked:
    """Return what stands in the column of markers, which came with version 6."""
    columns = [column for column, name in enumerate(names[:width]) if name.startswith("Marker")]
    if not columns:
        return (), ()
    return from_numbers(numbers(rows, ",", width, columns[:1])[:, 0], names[columns[0]])


def _refuse_other_text(header: Sequence[str], rows: Sequence[str], width: int) -> None:
    """Refuse what begins with `%` and is something else, or cannot be told apart."""
    if any(line.startswith(("%START AT", "%STOP AT")) for line in header):
        raise RecordingError(
            Saying("this is a hexadecimal file from the board's SD card; {}", WHAT_IS_READ)
        )
    if not rows:
        raise RecordingError(Saying("this OpenBCI recording holds no samples"))
    if width < 3:
        raise RecordingError(
            Saying(
                "it begins with % as OpenBCI's recordings do, but no columns follow; {}",
                WHAT_IS_READ,
            )
        )
    if any(_DECIMAL_COMMA.match(line) for line in rows[:10]):
        raise RecordingError(
            Saying("it has decimal commas between commas; record it with a newer OpenBCI GUI")
        )


def _entry(header: Sequence[str], name: str) -> str:
    """Return what follows `%name =`; empty when the line is missing or blank."""
    for line in header:
        key, _, value = line.lstrip("% ").partition("=")
        if key.strip() == name:
            return value.strip()
    return ""


def _example(rows: Sequence[str], width: int) -> list[str]:
    """Return the fields of a whole row, a late one: the first can be all zeros."""
    for line in reversed(rows):
        cells = fields(line, ",")
        if len(cells) == width:
            return cells
    return [""] * width


def _is_stamp(cell: str) -> bool:
    return number(cell) > _EPOCH


def _board(name: str, count: str, named: int) -> Board:
    if "Ganglion" in name:
        return GANGLION
    if "Cyton" in name:
        return DAISY if "Daisy" in name or (count == "16" and not named) else CYTON
    return UNKNOWN


def _channels(
    header: Sequence[str], names: Sequence[str], width: int, times: int, board: Board
) -> list[int]:
    """Return the columns of the channels: by their names, else the header, else by counting."""
    named = [
        column
        for column, name in enumerate(names)
        if re.match(r"(EXG|EEG|EMG) Channel", name, re.IGNORECASE) and 0 < column < width
    ]
    if named:
        return named
    claimed = number(_entry(header, "Number of channels"))
    if np.isnan(claimed):
        of_board = _CHANNELS.get(board)
        claimed = width - 1 - _ACCELEROMETER - times if of_board is None else of_board
    if not 1 <= claimed < width:
        raise RecordingError(
            Saying(
                "this OpenBCI recording has {} columns, which leaves no room for {:g} channels",
                width,
                claimed,
            )
        )
    return list(range(1, int(claimed) + 1))


def _times(
    rows: Sequence[str], width: int, times: Sequence[int], example: Sequence[str]
) -> FloatArray | None:
    """Return arrival times in seconds: from the time stamp, else from the clock."""
    stamps = [column for column in times if _is_stamp(example[column])]
    if stamps:
        return stamp_s(numbers(rows, ",", width, stamps[:1])[:, 0])
    return clock_s(rows, ",", times[-1]) if times else None


def _rate(entry: str, time_s: FloatArray | None) -> tuple[float | None, str]:
    match = re.match(r"\d+(\.\d+)?", entry, re.ASCII)
    if match:
        return float(match[0]), "the header"
    return (None, "") if time_s is None else (rate_from_times(time_s), "the timestamps")


def _version(
    header: Sequence[str], names: Sequence[str], example: Sequence[str], times: Sequence[int]
) -> int:
    """Tell the versions apart by what each was first to write."""
    if any(name.startswith("Marker") for name in names):
        return 6
    if names or _entry(header, "Board"):
        return 5
    return 4 if any(_is_stamp(example[column]) for column in times) else 3


def _joined(lines: Sequence[str], rows: Sequence[str]) -> tuple[str, ...]:
    """Remark on header lines after the first sample: files put one behind the other."""
    first = next(place for place, line in enumerate(lines) if line is rows[0])
    inside = len(lines) - first - len(rows)
    return (f"{inside} header lines between the samples were skipped.",) * bool(inside)
