"""One loop: read the source, watch what comes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from host.acquisition.source import Link

if TYPE_CHECKING:  # the monitor brings scipy, for which the first window does not wait
    from collections.abc import Callable

    from host.acquisition.source import Source
    from host.detection.cocontraction import Episode
    from host.detection.frame import Frame
    from host.detection.monitor import Monitor

_LATE_S = 1.0
"""A session with a limit ends so much later by the clock when its last samples never come."""


class Session:
    """Reads a source into a monitor, step by step, until it is over."""

    def __init__(
        self,
        source: Source,
        monitor: Monitor,
        *,
        limit_s: float | None = None,
        exhausted: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """End after `limit_s` of the stream; or when the source is silent and `exhausted`."""
        self.source = source
        self._monitor = monitor
        self._limit_s = limit_s
        self._exhausted = exhausted
        self._clock = clock
        self._began_s: float | None = None
        self._stop = 0

    @property
    def hop(self) -> int:
        """Samples between two frames."""
        return self._monitor.hop

    @property
    def received_s(self) -> float:
        """Time in the stream up to which samples have come."""
        return self._stop / self.source.stream.rate_hz

    @property
    def over(self) -> bool:
        """Whether nothing more will come, or nothing more is wanted."""
        link = self.source.state.link
        if link is Link.ENDED or (link is not Link.STREAMING and self._exhausted()):
            return True
        if self._limit_s is None or self._began_s is None:
            return False
        late_s = self._clock() - self._began_s - self._limit_s
        return self.received_s >= self._limit_s or late_s > _LATE_S

    def finish(self) -> tuple[Episode, ...]:
        """Return the episodes that went on when the session ended."""
        return self._monitor.finish()

    def step(self, timeout_s: float) -> list[Frame]:
        """Read once; return the frames that this gave, often none."""
        if self._began_s is None:
            self._began_s = self._clock()
        chunk = self.source.read(timeout_s)
        if chunk is None:
            return []
        self._stop = chunk.stop
        return self._monitor.push(chunk)
