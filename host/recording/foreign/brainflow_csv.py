"""Files that BrainFlow's streamer and `DataFilter.write_file` write: no header, one row per sample.

The number of columns tells the board, and where two boards share it, the rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.foreign.marks import from_numbers
from host.recording.foreign.reading import (
    CYTON,
    DAISY,
    GANGLION,
    Board,
    Reading,
    day_and_time,
    rate_from_times,
)
from host.recording.foreign.text_rows import WHAT_IS_READ, fields, number, numbers, usual_width


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where BrainFlow 5 puts what, for one board."""

    board: Board
    columns: int
    rate_hz: float
    channels: int
    """They follow the package number, which is column 0."""
    time: int
    """Column of the arrival time, in seconds since 1970."""

    @property
    def marker(self) -> int:
        """Column of the markers that a program inserts; most rows hold 0 there."""
        return self.time + 1


def _other(name: str, range_uv: float = 187_500.0) -> Board:
    return Board(name=name, range_uv=range_uv)


LAYOUTS = tuple(
    Layout(board=board, columns=columns, rate_hz=rate_hz, channels=channels, time=time)
    for board, columns, rate_hz, channels, time in (
        (CYTON, 24, 250.0, 8, 22),
        (CYTON, 24, 1000.0, 8, 22),  # through the WiFi shield
        (DAISY, 32, 125.0, 16, 30),
        (_other("BrainFlow's synthetic board"), 32, 250.0, 16, 30),
        (_other("Cyton with Daisy through WiFi"), 32, 1000.0, 16, 30),
        (GANGLION, 15, 200.0, 4, 13),
        (GANGLION, 25, 1600.0, 4, 23),  # through the WiFi shield
        (_other("NTL WiFi"), 25, 250.0, 8, 23),
        (_other("Callibri EMG"), 4, 1000.0, 1, 2),
        (_other("gForcePro"), 11, 500.0, 8, 9),
        (_other("PiEEG"), 11, 250.0, 8, 9),
        (_other("Mentalab Explore, 8 channels"), 12, 250.0, 8, 10),
        (_other("NeuroPawn Knight"), 13, 125.0, 8, 11),
        (_other("BioListener"), 13, 500.0, 8, 11),
        (_other("FreeEEG32"), 35, 512.0, 32, 33),
    )
)
"""From `BoardShim.get_board_descr` of BrainFlow 5.23; boards below 100 Hz are left out."""

_SINCE_1970_S = (1e8, 1e10)


def read(lines: Sequence[str]) -> Reading:
    """Read the lines of a file that begins with numbers."""
    separator = "\t" if lines[0].count("\t") else ","
    width = usual_width(lines, separator)
    fitting = [layout for layout in LAYOUTS if layout.columns == width]
    if not fitting:
        raise RecordingError(
            Saying(
                "numbers in {} columns without a header fit no board of BrainFlow's; {}",
                width,
                WHAT_IS_READ,
            )
        )
    layout, time_s = _choose(fitting, lines, separator)
    marker = numbers(lines, separator, width, [layout.marker])[:, 0]
    marks, about_marks = from_numbers(marker, "marker")
    table = numbers(lines, separator, width, range(layout.channels + 1))
    return Reading(
        format=f"BrainFlow CSV, {layout.board.name}",
        board=layout.board,
        data_uv=table[:, 1:],
        rate_hz=layout.rate_hz,
        rate_from=f"BrainFlow's table, for {layout.columns} columns",
        counter=table[:, 0],
        time_s=time_s,
        remarks=about_marks,
        marks=marks,
        started=day_and_time(time_s),
    )


def looks_numeric(line: str) -> bool:
    """Tell a row of numbers from a header."""
    separator = "\t" if "\t" in line else ";" if ";" in line else ","
    cells = [cell for cell in fields(line, separator) if cell]
    return len(cells) > 1 and not any(np.isnan(number(cell)) for cell in cells)


def _choose(
    fitting: Sequence[Layout], lines: Sequence[str], separator: str
) -> tuple[Layout, FloatArray]:
    """Return the layout whose rate is nearest to that of the time stamps, and those."""
    found: list[tuple[float, Layout, FloatArray]] = []
    for layout in fitting:
        time_s = numbers(lines, separator, layout.columns, [layout.time])[:, 0]
        low, high = _SINCE_1970_S
        known = time_s[np.isfinite(time_s)]
        if not len(known) or not low < np.median(known) < high:
            continue
        measured_hz = rate_from_times(time_s) or layout.rate_hz
        found.append((abs(np.log(measured_hz / layout.rate_hz)), layout, time_s))
    if not found:
        raise RecordingError(
            Saying(
                "the columns without a header hold no time stamp where BrainFlow puts it; {}",
                WHAT_IS_READ,
            )
        )
    _, layout, time_s = min(found, key=lambda item: item[0])
    return layout, time_s
