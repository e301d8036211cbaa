"""Levels ten times a second as rows of a table, made while a recording is being judged."""

from collections.abc import Iterator

import numpy as np

from host.chain.quality import CodeArray, Quality
from host.chain.stream import FloatArray, IntArray
from host.detection.frame import Frames
from host.report.tables import SHARE, Column, Row, Table, seconds
from host.session.opened import Opened

PER_S = 10


def levels_table(opened: Opened) -> Table:
    """Return the columns: for each channel its level, activation, the same uncorrected, quality."""
    columns = [seconds("time_s", "Beginning of the tenth of a second")]
    sites = opened.watch.montage.sites
    for name, site in zip(opened.recorded.stream.channels, sites, strict=True):
        what = f"{site.muscle}, {site.side.value}" if site.side else name
        columns += [
            Column(
                name=f"{name}_uv",
                type="number",
                unit="uV RMS",
                about=f"{what}: largest level; empty where none of it is known",
            ),
            Column(
                name=f"{name}_activation",
                type="number",
                unit=SHARE,
                about=f"{what}: largest activation; empty where none of it is known",
            ),
            Column(
                name=f"{name}_uncorrected",
                type="number",
                unit=SHARE,
                about=f"{what}: the same with what leaks from muscles that work on purpose",
            ),
            Column(name=f"{name}_quality", about=f"{what}: the worst quality in it"),
        ]
    return Table(name="levels", columns=tuple(columns))


class LevelRows:
    """Turns frames into rows; a tenth that no frame begins in is a gap, and its levels unknown."""

    def __init__(self, channels: int, stop: int, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._tenths = int(_tenth(np.array([max(stop - 1, 0)]), rate_hz)[0]) + 1
        """How many the recording has."""
        self._next = 0
        """The tenth that is being filled."""
        self._uv, self._activation, self._total = np.full((3, channels), np.nan)
        self._quality: CodeArray = np.zeros(channels, dtype=np.uint8)
        self._seen = False

    def push(self, frames: Frames) -> Iterator[Row]:
        """Take frames, in order; yield the rows that they complete."""
        if not len(frames):
            return
        starts = np.arange(frames.start, frames.stop, frames.hop)
        tenths = _tenth(starts, self._rate_hz)
        edges = np.flatnonzero(np.diff(tenths, prepend=tenths[:1] - 1))
        uv = np.fmax.reduceat(frames.rms_uv, edges, axis=0)
        activation = np.fmax.reduceat(frames.activation, edges, axis=0)
        total = np.fmax.reduceat(frames.total, edges, axis=0)
        quality = np.maximum.reduceat(frames.quality, edges, axis=0)
        for row, tenth in enumerate(tenths[edges].tolist()):
            yield from self._up_to(tenth)
            self._uv = np.fmax(self._uv, uv[row])
            self._activation = np.fmax(self._activation, activation[row])
            self._total = np.fmax(self._total, total[row])
            self._quality = np.maximum(self._quality, quality[row])
            self._seen = True

    def close(self) -> Iterator[Row]:
        """Yield what is left, up to the end of the recording."""
        yield from self._up_to(self._tenths)

    def _up_to(self, tenth: int) -> Iterator[Row]:
        """Yield rows until this tenth is the one to fill."""
        while self._next < tenth:
            yield self._row()
            self._next += 1
            self._uv = np.full_like(self._uv, np.nan)
            self._activation = np.full_like(self._activation, np.nan)
            self._total = np.full_like(self._total, np.nan)
            self._quality = np.zeros_like(self._quality)
            self._seen = False

    def _row(self) -> Row:
        quality = self._quality if self._seen else np.full_like(self._quality, Quality.GAP)
        numbers = (_known(part) for part in (self._uv, self._activation, self._total))
        channels = zip(*numbers, quality.tolist(), strict=True)
        cells = ((*levels, Quality(code).name.lower()) for *levels, code in channels)
        return (self._next / PER_S, *(value for one in cells for value in one))


def _tenth(samples: IntArray, rate_hz: float) -> IntArray:
    """Return the tenth of a second in which a sample lies."""
    # A sample on a boundary belongs behind it, whatever the division leaves of it.
    tenths: IntArray = np.floor(samples * PER_S / rate_hz + 1e-9).astype(np.int64)
    return tenths


def _known(values: FloatArray) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]  # noqa: PLR0124  NaN
