"""The simulated board's time, run faster: an appointment of six minutes is tested in two."""

import time
from collections import deque
from typing import Any

import numpy as np
import pytest
from brainflow.board_shim import BoardShim

PACE = 4.0
"""So many times as fast as real time."""
CALM_S = 0.008
"""While it sends, the simulated board looks at the clock this often, where the machine lets it."""
BUSY = 0.01
"""Share of the time beyond that which counts: on a busy machine time goes slower for all."""


class Hurried:
    """Stands for the module `time` where a board asks for it.

    Only the simulated board lets time go on. While the machine does something else, it nearly
    stands still: whatever the load, samples come in time.
    """

    def __init__(self) -> None:
        now_s = time.perf_counter()
        self._line = now_s, now_s
        """A moment in real time, and what it was told as; replaced as one, for many threads."""
        self._past = deque([self._line], maxlen=300)
        self._to_date_s = time.time() - now_s

    def perf_counter(self) -> float:
        """Return seconds."""
        real_s, told_s = self._line
        passed_s = time.perf_counter() - real_s
        calm_s = min(passed_s, CALM_S)
        return told_s + PACE * (calm_s + BUSY * (passed_s - calm_s))

    def sleep(self, seconds: float) -> None:
        """Wait for so many of these seconds."""
        time.sleep(seconds / PACE)

    def time(self) -> float:
        """Return the date, which goes as fast."""
        return self.perf_counter() + self._to_date_s

    def go_on(self) -> float:
        """Let time go on, and return it; for the simulated board alone."""
        told_s = self.perf_counter()
        self._line = time.perf_counter(), told_s
        self._past.append(self._line)
        return told_s

    def dated(self, dates_s: Any) -> Any:
        """Return what an array of real dates are in this time."""
        real_s, told_s = np.array(
            [*self._past.copy(), (time.perf_counter(), self.perf_counter())]
        ).T
        to_real_s = time.perf_counter() - time.time()
        return np.interp(dates_s + to_real_s, real_s, told_s) + self._to_date_s


class Driving:
    """Stands for the module `time` in the simulated board."""

    def __init__(self, clock: Hurried) -> None:
        self.perf_counter = clock.go_on


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let boards, and the simulated one, live in this time."""
    clock = Hurried()

    class HurriedShim(BoardShim):  # type: ignore[misc]  # BrainFlow has no types
        """BrainFlow dates its rows itself, by the real clock."""

        def get_board_data(self, *asked: Any) -> Any:
            """Return the rows with dates of the hurried time."""
            table = super().get_board_data(*asked)
            row = BoardShim.get_timestamp_channel(self.board_id)
            table[row] = clock.dated(table[row])
            return table

    monkeypatch.setattr("host.acquisition.board.BoardShim", HurriedShim)
    monkeypatch.setattr("host.acquisition.board.time", clock)
    monkeypatch.setattr("host.acquisition.live.time", clock)
    monkeypatch.setattr("host.acquisition.simulated.cyton.time", Driving(clock))
