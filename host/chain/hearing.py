"""From raw chunks to the EMG band, without the mains that is heard in the beginning."""

from dataclasses import replace

import numpy as np

from host.chain.conditioning import Conditioned, Conditioner, Conditioning
from host.chain.mains import mains_present
from host.chain.stream import Chunk, Stream


class Hearing:
    """Listens for so long, chooses the mains frequencies to remove, and conditions all samples."""

    def __init__(self, conditioning: Conditioning, listen_s: float, stream: Stream) -> None:
        self._settings, self._stream = conditioning, stream
        self._wanted = round(listen_s * stream.rate_hz)
        self._heard: list[Chunk] = []
        self._conditioner: Conditioner | None = None

    def push(self, chunk: Chunk) -> list[Conditioned]:
        """Return what this chunk completes; nothing while it listens for the mains."""
        if self._conditioner is not None:
            return self._conditioner.push(chunk)
        self._heard.append(chunk)
        if sum(map(len, self._heard)) < self._wanted:
            return []
        conditioner = self._conditioner = Conditioner(self._conditioning(), self._stream)
        heard, self._heard = self._heard, []
        return [piece for early in heard for piece in conditioner.push(early)]

    def _conditioning(self) -> Conditioning:
        """Choose among the mains frequencies from the first samples."""
        settings, among_hz = self._settings, self._settings.mains.base_hz
        if not self._wanted or len(among_hz) < 2:
            return settings
        data = np.concatenate([chunk.data for chunk in self._heard])[: self._wanted]
        base_hz = mains_present(data, self._stream.rate_hz, among_hz)
        return replace(settings, mains=replace(settings.mains, base_hz=base_hz))
