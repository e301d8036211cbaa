"""Levels and quality of each channel, hop by hop, by the compiled loop.

A window's quality is the worst that is true of it. `compiled/judge.c` looks at mains, at samples
that are missing, and at single flaws, of which one is enough.
"""

from typing import Any

import numpy as np

from host.chain.amplitude import Levels
from host.chain.compiled.library import Owned, library, place
from host.chain.compiled.structures import AdaptiveDesign, MeterLimits, MeterRows, filled, reference
from host.chain.conditioning import Conditioned
from host.chain.hum import HumLimits
from host.chain.quality import CodeArray, QualityLimits
from host.chain.stream import FloatArray, IntArray, Stream

_ROWS = 1024
"""Samples at a time."""


class Meter:
    """Cuts conditioned samples into hops on the grid of the sample index, and measures each."""

    def __init__(
        self,
        stream: Stream,
        hop: int,
        hops: int,
        limits: QualityLimits,
        hums: HumLimits,
        *,
        design: AdaptiveDesign | None = None,
        noise_uv: FloatArray | None = None,
        freedom_per_sample: float = 0.0,
    ) -> None:
        """Judge windows of so many hops of so many samples.

        Without a design the level is the RMS of that window, with these degrees of freedom.
        """
        channels = len(stream.channels)
        self._hop, self._noise_uv = hop, noise_uv
        judged = MeterLimits(
            limits.valid_share, limits.hum_uv, hums.apart, hums.apart_floor_uv, hop, hops
        )
        designed = None if design is None else reference(design)
        address = library.meter_new(channels, reference(judged), designed, freedom_per_sample)
        self._loop = Owned(address, library.meter_memory, library.meter_free)
        room = (_ROWS // hop + 2, channels)
        self._rms_uv, self._freedom, self._power = (np.empty(room) for _ in range(3))
        self._quality: CodeArray = np.empty(room, dtype=np.uint8)
        self._lost: IntArray = np.empty(room, dtype=np.int64)
        rows = filled(
            MeterRows,
            rms_uv=self._rms_uv,
            freedom=self._freedom,
            hop_power_uv2=self._power,
            quality=self._quality,
            lost=self._lost,
        )
        self._out = reference(rows)
        self._stop: int | None = None
        self._first = 0

    @property
    def remembered(self) -> tuple[bytes, int | None, int]:
        """All that it remembers: can be given to another that was made of the same."""
        return self._loop.remembered, self._stop, self._first

    @remembered.setter
    def remembered(self, remembered: tuple[bytes, int | None, int]) -> None:
        self._loop.remembered, self._stop, self._first = remembered

    def push(self, piece: Conditioned) -> Levels:
        """Return the levels of all hops that this piece completes.

        After a jump of the index nothing is known of what came before. Raises ValueError where it
        has other channels.
        """
        shape = len(piece.data), self._rms_uv.shape[1]
        if not shape == piece.data.shape == piece.hum.shape == piece.flaws.shape:
            raise ValueError(f"need {shape[1]} channels, got pieces of {piece.data.shape}")
        if piece.start != self._stop:
            library.meter_restart(self._loop.address, piece.start)
            self._first = -(-piece.start // self._hop)
        rows = len(piece.data)
        self._stop = piece.start + rows
        parts = [self._part(piece, begin) for begin in range(0, max(rows, 1), _ROWS)]
        return parts[0] if len(parts) == 1 else joined(parts)

    def _part(self, piece: Conditioned, begin: int) -> Levels:
        rows = slice(begin, begin + _ROWS)
        data, hum, flaws = piece.data[rows], piece.hum[rows], piece.flaws[rows]
        count = library.meter_push(
            self._loop.address, place(data), place(hum), place(flaws), len(data), self._out
        )
        first, self._first = self._first, self._first + count
        done = slice(count)
        return Levels(
            first,
            self._hop,
            self._rms_uv[done].copy(),
            self._quality[done].copy(),
            self._lost[done].copy(),
            self._freedom[done].copy(),
            self._noise_uv,
            self._power[done].copy(),
        )


class Metered:
    """An envelope around a meter: it can be copied, and taken to another process."""

    _made_of: tuple[Any, ...]
    """What `__init__` was given."""
    _meter: Meter

    def __getstate__(self) -> tuple[Any, ...]:
        """Return what a copy is made of."""
        return self._made_of, self._meter.remembered

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Make it again."""
        made_of, remembered = state
        self.__init__(*made_of)  # type: ignore[misc]  # made anew, as it was
        self._meter.remembered = remembered

    def push(self, piece: Conditioned) -> Levels:
        """Return the levels of all hops that this piece completes."""
        return self._meter.push(piece)


def joined(parts: list[Levels]) -> Levels:
    """Return consecutive levels as one."""

    def all_of(name: str) -> Any:
        return np.concatenate([getattr(part, name) for part in parts])

    return Levels(
        parts[0].first,
        parts[0].hop,
        all_of("rms_uv"),
        all_of("quality"),
        all_of("lost"),
        all_of("freedom"),
        parts[0].noise_uv,
        all_of("hop_power_uv2"),
    )
