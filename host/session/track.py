"""A recording that is judged from some sample on, piece by piece."""

from bisect import bisect_right

from host.chain.stream import Chunk
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.recording.recorded import Recorded


class Track:
    """Lets a monitor judge a recording on from `at`, which is as far as it has judged."""

    def __init__(self, recorded: Recorded, monitor: Monitor, at: int) -> None:
        self._recorded = recorded
        self._monitor = monitor
        self.at = at
        """Index after the last sample that was judged."""
        self.frame: Frame | None = None
        """The newest frame; None before the first."""

    def go(self, stop: int) -> None:
        """Judge up to sample `stop`; what was not recorded is a gap."""
        spans = self._recorded.spans
        place = bisect_right(spans, self.at, key=lambda span: span.stop)
        while place < len(spans) and spans[place].start < stop:
            begin, end = max(spans[place].start, self.at), min(spans[place].stop, stop)
            for frames in self._monitor.advance(Chunk(begin, self._recorded.samples(begin, end))):
                self.frame = frames[len(frames) - 1]
            place += 1
        self.at = stop
