"""A source that lets somebody see its samples on their way: for raw traces on a screen."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from host.acquisition.source import PassedOn

if TYPE_CHECKING:
    from host.acquisition.source import Source
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


class Tapped(PassedOn):
    """Passes a source on, unchanged; what is read from it goes to a tap too."""

    def __init__(self, source: Source, tap: Tap) -> None:
        super().__init__(source)
        self._tap = tap
        tap.stream = source.stream

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next samples, as the source has them."""
        chunk = self._source.read(timeout_s)
        if chunk is not None:
            self._tap.put(chunk)
        return chunk
