"""Levels as a table: one row per tenth of a second, written as they come."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from host.chain.stream import FloatArray
from host.detection.frame import Frame
from host.errors import SettingsError


class LevelsTable:
    """A CSV with the largest level in each tenth of a second; empty where there was no signal."""

    def __init__(self, path: Path, channels: tuple[str, ...]) -> None:
        try:
            self._file = path.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise SettingsError(f"levels cannot be written to {path}: {error.strerror}") from error
        self._rows = csv.writer(self._file)
        self._rows.writerow(["time_s", *(f"{channel}_uv" for channel in channels)])
        self._tenth: int | None = None
        self._peak: FloatArray = np.full(len(channels), np.nan)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close_row()
        self._file.close()

    def push(self, frame: Frame) -> None:
        """Take one frame."""
        tenth = int(frame.time_s * 10)
        if tenth != self._tenth:
            self._close_row()
            self._tenth = tenth
        self._peak = np.fmax(self._peak, frame.rms_uv)

    def _close_row(self) -> None:
        if self._tenth is not None:
            cells = ["" if np.isnan(level) else f"{level:.3f}" for level in self._peak]
            self._rows.writerow([f"{self._tenth / 10:.1f}", *cells])
            self._peak = np.full_like(self._peak, np.nan)
