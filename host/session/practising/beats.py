"""A source in pieces that end at the beats of its stream: so decisions do not depend on its cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.acquisition.source import Link, PassedOn
from host.chain.stream import Chunk
from host.session.practising.lengths import beat_of

if TYPE_CHECKING:
    from host.acquisition.source import LinkState, Source


class OnBeats(PassedOn):
    """Passes a source on; no piece of it reaches over a beat, and none waits for the next."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._beat = beat_of(source.stream)
        self._rest: Chunk | None = None

    @property
    def state(self) -> LinkState:
        """The source's link; it streams while there is something left of its last chunk."""
        state = self._source.state
        if self._rest is not None and state.link is Link.ENDED:
            return replace(state, link=Link.STREAMING)
        return state

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next piece of what came, at once where there is one; no empty ones."""
        chunk = self._rest if self._rest is not None else self._source.read(timeout_s)
        self._rest = None
        if chunk is None or not len(chunk):
            return None
        room = self._beat - chunk.start % self._beat
        if len(chunk) <= room:
            return chunk
        self._rest = Chunk(chunk.start + room, chunk.data[room:])
        return Chunk(chunk.start, chunk.data[:room])
