"""A source that lets somebody see its samples on their way: for raw traces on a screen."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from host.acquisition.source import LinkState, Source
    from host.chain.stream import Chunk, Stream

KEPT = 400
"""Chunks that wait for a window that does not look; older ones are let go of."""


class Tap:
    """Where samples wait for a window: one thread puts them in, another takes them out."""

    def __init__(self) -> None:
        self._chunks: deque[Chunk] = deque(maxlen=KEPT)
        self.stream: Stream | None = None
        """What the samples are of; None before the board is reached."""

    def put(self, chunk: Chunk) -> None:
        """Put in what was read."""
        self._chunks.append(chunk)

    def take(self) -> list[Chunk]:
        """Take out what has come since, oldest first."""
        taken = []
        while self._chunks:
            taken.append(self._chunks.popleft())
        return taken


class Tapped:
    """Passes a source on, unchanged; what is read from it goes to a tap too."""

    def __init__(self, source: Source, tap: Tap) -> None:
        self._source, self._tap = source, tap
        tap.stream = source.stream

    @property
    def stream(self) -> Stream:
        """The source's stream."""
        return self._source.stream

    @property
    def state(self) -> LinkState:
        """The source's link."""
        return self._source.state

    def __enter__(self) -> Self:
        self._source.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._source.__exit__(kind, error, trace)

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next samples, as the source has them."""
        chunk = self._source.read(timeout_s)
        if chunk is not None:
            self._tap.put(chunk)
        return chunk

    def host_time_s(self, sample: int) -> float:
        """Return when a sample was taken, as the source has it."""
        return self._source.host_time_s(sample)
