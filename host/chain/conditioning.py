"""From raw samples to the EMG band: mains out, gaps bridged, garbled samples left out."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from host.chain.compiled.library import Owned, library, place
from host.chain.compiled.structures import (
    ConditionedRows,
    ConditioningLimits,
    filled,
    reference,
)
from host.chain.filters import (
    BandPass,
    MainsRemoval,
    Sections,
    design_band_pass,
    design_mains_removal,
)
from host.chain.glitch import GlitchLimits
from host.chain.hum import HumLimits
from host.chain.quality import CodeArray, QualityLimits
from host.chain.stream import Chunk, FloatArray, Stream

_BLOCK = 1024
"""Rows at a time: enough to be quick, few enough to stay in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditioning:
    """Settings of everything between the raw sample and the estimate of amplitude."""

    band_pass: BandPass = BandPass()
    mains: MainsRemoval = MainsRemoval()
    glitch: GlitchLimits = GlitchLimits()
    hum: HumLimits = HumLimits()
    quality: QualityLimits = QualityLimits()
    bridge_s: float = 0.05
    """A gap up to this length is bridged: the filters go on as if nothing had changed, and the
    samples count as lost. A longer one starts the filters anew."""

    def __post_init__(self) -> None:
        """Refuse a bridge over which the mains would be lost."""
        if not 0.0 <= self.bridge_s <= 0.1:
            raise ValueError(f"bridge_s must be 0 to 0.1, got {self.bridge_s}")


@dataclass(frozen=True, slots=True, eq=False)
class Conditioned:
    """Consecutive samples in the EMG band, and what is wrong with each."""

    start: int
    data: FloatArray
    """uV, `(n_samples, n_channels)`."""
    flaws: CodeArray
    """`Flaw` bits, same shape."""
    hum: FloatArray
    """uV of mains and harmonics that were taken out, same shape."""


class Conditioner:
    """Conditions chunk by chunk, one sample behind: it takes the next one to know a garbled one."""

    def __init__(self, settings: Conditioning, stream: Stream) -> None:
        self._made_of = settings, stream
        channels = len(stream.channels)
        upper_hz = settings.band_pass.upper_hz(stream.rate_hz)
        mains = Sections(design_mains_removal(settings.mains, stream.rate_hz, upper_hz))
        band = Sections(design_band_pass(settings.band_pass, stream.rate_hz))
        limits = _limits(settings, mains.echo, stream)
        designs = reference(mains.design), reference(band.design)
        address = library.conditioner_new(channels, reference(limits), *designs)
        self._loop = Owned(address, library.conditioner_memory, library.conditioner_free)
        self._bridge = int(settings.bridge_s * stream.rate_hz)
        room = (max(_BLOCK, self._bridge) + 1, channels)
        self._raw = np.empty(room)
        self._raw_at = place(self._raw)
        self._data, self._hum = np.empty(room), np.empty(room)
        self._flaws: CodeArray = np.empty(room, dtype=np.uint8)
        rows = filled(ConditionedRows, data=self._data, hum=self._hum, flaws=self._flaws)
        self._out = reference(rows)
        self._next: int | None = None
        self._first = 0
        """Index of the next row that comes out."""

    def __getstate__(self) -> tuple[Any, ...]:
        """Return what a copy, in this process or another, is made of."""
        return self._made_of, self._loop.remembered, self._next, self._first

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Make it again."""
        made_of, remembered, following, first = state
        self.__init__(*made_of)  # type: ignore[misc]  # made anew, as it was
        self._loop.remembered, self._next, self._first = remembered, following, first

    def push(self, chunk: Chunk) -> list[Conditioned]:
        """Condition one chunk; several pieces where it is long, or where a long gap lies between.

        Raises ValueError where it overlaps with what was pushed before, or has other channels.
        """
        if not len(chunk):
            return []
        if chunk.data.shape[1] != self._raw.shape[1]:
            raise ValueError(f"need {self._raw.shape[1]} channels, got {chunk.data.shape[1]}")
        pieces: list[Conditioned | None] = []
        if self._next is None:
            self._first = chunk.start
        elif chunk.start != self._next:
            if chunk.start < self._next:
                raise ValueError(f"chunks must not overlap: {chunk.start} after {self._next}")
            pieces += self._cross_gap(chunk.start - self._next)
            self._first = chunk.start
        for begin in range(0, len(chunk), _BLOCK):
            rows = chunk.data[begin : begin + _BLOCK]
            self._raw[: len(rows)] = rows
            pieces.append(self._taken(library.conditioner_push, self._raw_at, len(rows)))
        self._next = chunk.stop
        return [piece for piece in pieces if piece is not None]

    def _cross_gap(self, lost: int) -> list[Conditioned | None]:
        """Finish what came before a gap, and bridge it or start anew behind it."""
        last = self._taken(library.conditioner_close)
        if lost <= self._bridge:
            return [last, self._taken(library.conditioner_bridge, lost)]
        library.conditioner_break(self._loop.address)
        return [last]

    def _taken(self, function: Any, *arguments: int) -> Conditioned | None:
        """Return what the loop gives out; None where that is nothing."""
        count = function(self._loop.address, *arguments, self._first, self._out)
        if not count:
            return None
        first, self._first = self._first, self._first + count
        rows = slice(count)
        data, flaws, hum = self._data[rows].copy(), self._flaws[rows].copy(), self._hum[rows].copy()
        return Conditioned(first, data, flaws, hum)


def _limits(settings: Conditioning, echo: float, stream: Stream) -> ConditioningLimits:
    """Return all limits in the units of the loop: uV and samples."""
    quality, glitch, hum = settings.quality, settings.glitch, settings.hum
    return ConditioningLimits(
        rail_uv=quality.rail_share * stream.range_uv,
        artefact_uv=quality.artefact_uv,
        glitch_floor_uv=glitch.floor_uv,
        glitch_level_ratio=glitch.level_ratio,
        glitch_near_share=glitch.near_share,
        glitch_near_ratio=glitch.near_ratio,
        glitch_echo=echo,
        hum_rise=hum.rise,
        hum_floor_uv=hum.floor_uv,
        hum_ceiling_uv=hum.ceiling_uv,
        flat_run=quality.flat_run(stream),
        settle=stream.samples(quality.settle_s),
        artefact_hold=stream.samples(quality.artefact_hold_s),
        hum_hold=stream.samples(hum.hold_s),
        per_second=stream.samples(1.0),
    )
