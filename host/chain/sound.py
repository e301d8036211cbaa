"""Runs of sound samples in the EMG band: what calibration learns about a channel from."""

from collections.abc import Iterable

import numpy as np

from host.chain.conditioning import Conditioned, Conditioner
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, FloatArray, Stream


def condition(
    settings: ChainSettings, stream: Stream, chunks: Iterable[Chunk]
) -> list[Conditioned]:
    """Return what the chain makes of chunks before it estimates amplitudes.

    The mains frequencies are all those of the settings: name the one that was heard.
    """
    conditioner = Conditioner(settings.conditioning, stream)
    return [piece for chunk in chunks for piece in conditioner.push(chunk)]


def sound_runs(
    pieces: Iterable[Conditioned], channel: int, start: int, stop: int
) -> list[FloatArray]:
    """Return one channel's uV from sample `start` to `stop`, cut wherever something is wrong."""
    runs: list[FloatArray] = []
    last = -1
    for piece in pieces:
        begin, end = max(start, piece.start), min(stop, piece.start + len(piece.data))
        inside = slice(begin - piece.start, max(end, begin) - piece.start)
        data, flawed = piece.data[inside, channel], piece.flaws[inside, channel] != 0
        edges = np.flatnonzero(np.diff(flawed, prepend=True, append=True))
        for first, stopped in zip(edges[::2], edges[1::2], strict=True):
            if runs and begin + first == last:
                runs[-1] = np.concatenate([runs[-1], data[first:stopped]])
            else:
                runs.append(data[first:stopped].copy())
            last = begin + stopped
    return runs
