"""From raw chunks to the EMG band, without the mains that was heard: what a calibration keeps."""

from dataclasses import replace

import numpy as np

from host.chain.conditioning import Conditioned, Conditioner, Conditioning
from host.chain.mains import mains_present
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, Stream


class Hearing:
    """Conditions a stream just as `SignalChain` does, and gives the samples themselves."""

    def __init__(self, settings: ChainSettings, stream: Stream) -> None:
        self._settings, self._stream = settings, stream
        self._wanted = round(settings.listen_s * stream.rate_hz)
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
        conditioning = self._settings.conditioning
        among_hz = conditioning.mains.base_hz
        if not self._wanted or len(among_hz) < 2:
            return conditioning
        data = np.concatenate([chunk.data for chunk in self._heard])[: self._wanted]
        base_hz = mains_present(data, self._stream.rate_hz, among_hz)
        return replace(conditioning, mains=replace(conditioning.mains, base_hz=base_hz))
