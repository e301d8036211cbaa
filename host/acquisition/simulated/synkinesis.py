"""Synkinesis: muscles of the affected side that come along with a muscle that leads."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from calibration.montage import Site
from calibration.muscles import Side, muscle
from host.acquisition.simulated.effort import FACE
from host.acquisition.simulated.seeding import Purpose, Wander, generator
from host.chain.stream import FloatArray, Stream

MEMORY_STEP_S = 0.01
"""Slow release looks back in steps of this: finer than any muscle lets go."""
HELD_S = 0.3
"""What was held so long is let go slowly; a blink's synkinesis is as short as the blink."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupling:
    """One muscle that comes along with another."""

    target: str
    quiet: str
    severity: float
    """Activation of the quiet muscle over the target's, both as shares of their references."""
    delay_s: float = 0.04
    relax_s: float = 0.9
    """How much longer the quiet muscle takes to let go (P12)."""
    common: float = 0.0
    """Share of its power that comes from axons which also serve the target."""

    def __post_init__(self) -> None:
        """Refuse couplings that no nerve makes."""
        muscle(self.target)
        muscle(self.quiet)
        if self.target == self.quiet:
            raise ValueError(f"a muscle cannot come along with itself: {self.target}")
        if not 0.0 <= self.severity <= 5.0:
            raise ValueError(f"severity must be within 0 and 5, got {self.severity}")
        if not 0.0 <= self.delay_s <= 0.5:
            raise ValueError(f"delay_s must be within 0 and 0.5, got {self.delay_s}")
        if not 0.0 <= self.relax_s <= 2.0:
            raise ValueError(f"relax_s must be within 0 and 2, got {self.relax_s}")
        if not 0.0 <= self.common <= 1.0:
            raise ValueError(f"common must be a share, got {self.common}")


MODERATE = (
    Coupling(target="ZYG", quiet="OOC", severity=0.6, common=0.1),
    Coupling(target="ZYG", quiet="PLA", severity=0.3, delay_s=0.05),
    Coupling(target="OOC", quiet="ZYG", severity=0.5, delay_s=0.035, common=0.1),
    Coupling(target="OOC", quiet="OOR", severity=0.15),
    Coupling(target="OOR", quiet="OOC", severity=0.55, delay_s=0.045),
    Coupling(target="OOR", quiet="PLA", severity=0.35, delay_s=0.05),
    Coupling(target="FRO", quiet="ZYG", severity=0.45),
    Coupling(target="FRO", quiet="OOC", severity=0.3),
    Coupling(target="LLS", quiet="OOC", severity=0.4),
)
"""A moderately affected person."""


def column(code: str, side: Side) -> int:
    """Return the column of a muscle in the simulated face."""
    return FACE.index(Site(muscle=code, side=side))


class Synkinesis:
    """What the couplings of the affected side add to each muscle."""

    def __init__(
        self,
        couplings: Iterable[Coupling],
        stream: Stream,
        *,
        affected: Side,
        unsteadiness: float,
        seed: int,
    ) -> None:
        self._couplings = tuple(couplings)
        self._stream = stream
        self._unsteadiness = unsteadiness
        self._ends = [
            (column(coupling.target, affected), column(coupling.quiet, affected))
            for coupling in self._couplings
        ]
        rng = generator(seed, Purpose.SYNKINESIS)
        self._wander = Wander(rng, max(len(self._couplings), 1), low_hz=0.1, high_hz=1.0)
        self._step = stream.samples(MEMORY_STEP_S)
        self._held = round(HELD_S / MEMORY_STEP_S)
        self._delays = [round(c.delay_s * stream.rate_hz) for c in self._couplings]
        self._fadings = [_fading(c.relax_s * stream.rate_hz, self._step) for c in self._couplings]

    @property
    def memory(self) -> int:
        """How many samples of the past it looks at."""
        pairs = zip(self._delays, self._fadings, strict=True)
        longest = max((delay + self._step * len(fading) for delay, fading in pairs), default=0)
        return longest + self._step * self._held

    def at(self, start: int, led: FloatArray) -> FloatArray:
        """Return each coupling's activation from `start` on, `(n_samples, n_couplings)`.

        `led` begins `memory` samples before `start`.
        """
        count = len(led) - self.memory
        times_s = np.arange(start, start + count) / self._stream.rate_hz
        factor = np.maximum(1.0 + self._unsteadiness * self._wander.at(times_s), 0.0)
        added = np.zeros((count, len(self._couplings)))
        for index, coupling in enumerate(self._couplings):
            source = led[:, self._ends[index][0]]
            if source.any():
                lasting = self._lasting(source, index, count)
                added[:, index] = coupling.severity * lasting * factor[:, index]
        return added

    def onto_face(self, added: FloatArray) -> FloatArray:
        """Sum the couplings' activation over the muscles that they end in."""
        face = np.zeros((len(added), len(FACE)))
        for index, (_, quiet) in enumerate(self._ends):
            face[:, quiet] += added[:, index]
        return face

    def shared(self, added: FloatArray, led: FloatArray) -> list[tuple[int, int, FloatArray]]:
        """Return target, quiet muscle and level of what common axons carry, per coupling.

        It lets go together with the target, of which it is a part: what lasts longer is carried
        by the quiet muscle alone. `led` is as long as `added`.
        """
        shared = []
        for index, coupling in enumerate(self._couplings):
            if coupling.common:
                target, quiet = self._ends[index]
                bound = coupling.severity * led[:, target]
                level = np.sqrt(coupling.common) * np.minimum(added[:, index], bound)
                shared.append((target, quiet, level))
        return shared

    def _lasting(self, source: FloatArray, index: int, count: int) -> FloatArray:
        """Return the target's level, delayed; where it was held, each moment fades slowly."""
        fading, delay = self._fadings[index], self._delays[index]
        # From the oldest moment on whose fading still shows.
        oldest = delay + (len(fading) - 1) * self._step
        length = count + oldest - delay
        held = source[self.memory - oldest :][:length]
        for place in range(1, self._held + 1):
            begin = self.memory - oldest - place * self._step
            held = np.minimum(held, source[begin : begin + length])
        lasting = source[self.memory - delay :][:count]
        for place, share in enumerate(fading):
            begin = oldest - delay - place * self._step
            lasting = np.maximum(lasting, share * held[begin : begin + count])
        return lasting


def _fading(length: float, step: int) -> FloatArray:
    """Return what is left of a moment's level, every `step` samples until it is gone."""
    places = np.arange(0.0, max(length, 1.0), step)
    fading: FloatArray = 0.5 + 0.5 * np.cos(np.pi * places / max(length, 1.0))
    return fading
