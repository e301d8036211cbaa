"""A recording as a source, and any source in real time."""

import dataclasses
import math
import time
from collections.abc import Callable
from types import TracebackType

from host.acquisition.source import Link, LinkState, PassedOn, Source, Unconnected
from host.chain.stream import Chunk, Stream
from host.recording.recorded import Recorded

_SILENT_PERIODS = 10
_SILENT_S = 0.25


class ReplaySource(Unconnected):
    """Gives a recording as fast as it is read, in chunks cut at fixed sample indices."""

    def __init__(self, recording: Recorded, *, chunk_s: float = 0.01) -> None:
        if not (math.isfinite(chunk_s) and chunk_s > 0):
            raise ValueError(f"chunk_s must be positive, got {chunk_s}")
        self._stream = recording.stream
        self._recording = recording
        self._spans = recording.spans
        self._hop = recording.stream.samples(chunk_s)
        self._span = 0
        self._next = 0
        self._state = LinkState(link=Link.STREAMING)

    @property
    def stream(self) -> Stream:
        """Rate, channels and grid of the recording."""
        return self._stream

    @property
    def state(self) -> LinkState:
        """Streaming until the last sample has been read."""
        return self._state

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next samples; None at the end. Never waits, whatever `timeout_s`."""
        del timeout_s
        if self._span == len(self._spans):
            self.close()
            return None
        span = self._spans[self._span]
        start = max(self._next, span.start)
        self._count_gap(start - self._next)
        stop = min(span.stop, (start // self._hop + 1) * self._hop)
        self._next = stop
        self._span += stop == span.stop
        return Chunk(start, self._recording.samples(start, stop))

    def _count_gap(self, samples: int) -> None:
        if samples:
            state = self._state
            self._state = dataclasses.replace(state, lost=state.lost + samples, gaps=state.gaps + 1)

    def close(self) -> None:
        """Let nothing more come: the recording is at its end."""
        self._span = len(self._spans)
        self._state = dataclasses.replace(
            self._state, link=Link.ENDED, message="The recording is at its end."
        )


class Paced(PassedOn):
    """Gives what another source has at the time it would have been measured.

    The schedule is absolute: a sample is due at its index over the rate after the first read,
    so that a slow reader catches up, and a gap lasts as long as it lasted.
    """

    def __init__(
        self,
        source: Source,
        *,
        speed: float = 1.0,
        clock: Callable[[], float] = time.perf_counter,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        if not (math.isfinite(speed) and speed > 0):
            raise ValueError(f"speed must be positive, got {speed}")
        super().__init__(source)
        self._samples_per_s = source.stream.rate_hz * speed
        self._silent_after = max(_SILENT_PERIODS, _SILENT_S * source.stream.rate_hz)
        self._clock = clock
        self._wait = wait
        self._started_s = math.nan
        self._held: Chunk | None = None
        self._next = 0
        self._silent = False

    @property
    def state(self) -> LinkState:
        """The wrapped source's state; silent while a long gap is waited out."""
        state = self._source.state
        if self._silent:
            return dataclasses.replace(
                state, link=Link.SILENT, message="Nothing was recorded here."
            )
        return state

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held, self._silent = None, False
        self._source.__exit__(kind, error, trace)

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next chunk once its last sample is due; None when that is not yet."""
        until_s = self._clock() + timeout_s
        if math.isnan(self._started_s):
            self._started_s = self._clock()
        if self._held is None:
            self._held = self._source.read(timeout_s)
        chunk = self._held
        if chunk is None:
            return None
        self._silent = chunk.start - self._next > self._silent_after
        due_s = self.host_time_s(chunk.stop)
        while (now_s := self._clock()) < due_s:
            if now_s >= until_s:
                return None
            self._wait(min(due_s, until_s) - now_s)
        self._held, self._silent, self._next = None, False, chunk.stop
        return chunk

    def host_time_s(self, sample: int) -> float:
        """Return when `sample` is due, on the clock; NaN before the first read."""
        return self._started_s + sample / self._samples_per_s
