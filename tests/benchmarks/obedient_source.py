"""A source whose samples say what was asked of it, for a board in a process of its own."""

import numpy as np

from host.acquisition.simulated.script import Step
from host.acquisition.source import Link, LinkState, Unconnected
from host.chain.stream import Chunk, Stream, channel_names

RATE_HZ, CHUNK = 250.0, 25
QUIET_UV, ASKED_UV, CALLED_OFF_UV = 0.0, 100.0, 50.0


class ObedientSource(Unconnected):
    """Sends one level after another, for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.stream = Stream(rate_hz=RATE_HZ, channels=channel_names(8))
        self._chunks = round(seconds * RATE_HZ / CHUNK)
        self._sent = 0
        self._level_uv = QUIET_UV

    @property
    def state(self) -> LinkState:
        """Return whether all was sent."""
        over = self._sent == self._chunks
        return LinkState(link=Link.ENDED if over else Link.STREAMING)

    def ask(self, _step: Step, start: int | None = None) -> None:
        """Go up, and higher where it is to begin at a sample."""
        self._level_uv = ASKED_UV if start is None else ASKED_UV + start

    def call_off(self, _sample: int | None = None) -> None:
        """Go down."""
        self._level_uv = CALLED_OFF_UV

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next tenth of a second."""
        del timeout_s
        if self._sent == self._chunks:
            return None
        self._sent += 1
        data = np.full((CHUNK, 8), self._level_uv)
        return Chunk((self._sent - 1) * CHUNK, self.stream.on_grid(data))
