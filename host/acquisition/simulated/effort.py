"""How the patient follows the script: the level of every muscle that leads, blinks included."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from calibration.montage import Site
from calibration.muscles import Side, muscles
from calibration.patterns import Role
from host.acquisition.simulated.script import Attempt, Attempts
from host.acquisition.simulated.seeding import Purpose, Wander, generator
from host.chain.stream import FloatArray, Stream

FACE = tuple(Site(muscle=code, side=side) for side in Side for code in muscles())
"""Every muscle of both sides: the columns of all activation in the simulated face."""
LONGEST_S = 3.0
"""An attempt is felt for at most this long after its last cue."""
HARDLY = 0.01
"""How far a weak muscle's movement goes, as a share of what is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How a person turns cues into movement."""

    reaction_s: float = 0.2
    """From a cue until the muscles follow."""
    fall_s: float = 0.4
    """How long the led muscles take to let go."""
    variation: float = 0.08
    """Standard deviation of the level between attempts, as a share of it."""
    sides_variation: float = 0.05
    """The same between the two sides of one attempt (P17)."""
    tremor: float = 0.05
    """RMS of the slow unsteadiness within an attempt, as a share of the level."""
    spill: float = 0.15
    """Level of the other side where one side is asked alone, as a share of the asked one's."""
    along: float = 0.03
    """Level of quiet muscles as a share of the targets': healthy faces co-activate too (P15)."""
    along_other_side: float = 0.06
    """The same on the unaffected side, which is not a healthy face's either (T4)."""
    along_tolerated: float = 0.2
    """The same of muscles that the pattern tolerates, on both sides."""

    def __post_init__(self) -> None:
        """Refuse shares and times that no person has."""
        if not (0.0 <= self.reaction_s <= 1.0 and 0.02 <= self.fall_s <= 2.0):
            raise ValueError(f"need reaction_s within 0..1 and fall_s within 0.02..2, got {self}")
        if not 0.0 <= self.spill <= 1.0:
            raise ValueError(f"spill is a share of the asked side's level, got {self.spill}")
        shares = (self.variation, self.sides_variation, self.tremor)
        if not all(0.0 <= share <= 0.5 for share in shares):
            raise ValueError(f"a gentle effort varies by 0 to 0.5 of itself, got {self}")
        along = (self.along, self.along_other_side, self.along_tolerated)
        if not all(0.0 <= share <= 1.0 for share in along):
            raise ValueError(f"co-activation is a share of the targets' level, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blinks:
    """Spontaneous blinks of both eyes."""

    every_s: float = 6.0
    """Mean time between blinks; 0 for none."""
    length_s: float = 0.25
    peak: float = 1.0
    """Level of the eye's muscle, as a share of its gentle reference."""

    def __post_init__(self) -> None:
        """Refuse blinks that run into each other."""
        if not 0.05 <= self.length_s <= 1.0 or not 0.0 <= self.peak <= 10.0:
            raise ValueError(f"need length_s within 0.05..1 and peak within 0..10, got {self}")
        if self.every_s and not 2.0 * self.length_s <= self.every_s < 3600.0:
            raise ValueError(f"every_s must be 0 or at least two blinks long, got {self.every_s}")


class Voluntary:
    """Levels of the muscles that lead, and of those that a healthy face moves along with them."""

    def __init__(
        self,
        effort: Effort,
        timetable: Attempts,
        stream: Stream,
        *,
        affected: Side,
        seed: int,
        weak: Collection[Site] = (),
    ) -> None:
        self._effort, self._timetable, self._stream = effort, timetable, stream
        self._weak = frozenset(weak)
        self._affected, self._seed = affected, seed
        rng = generator(seed, Purpose.FACE)
        self._tremor = Wander(rng, len(FACE), low_hz=0.15, high_hz=2.0)
        self._habit = rng.uniform(0.5, 1.5, len(FACE))

    def at(self, start: int, stop: int) -> tuple[FloatArray, FloatArray]:
        """Return led and co-activated levels of `start..stop`, `(n_samples, len(FACE))` each."""
        led = np.zeros((stop - start, len(FACE)))
        along = np.zeros_like(led)
        reach = start - self._stream.samples(LONGEST_S)
        for attempt in self._timetable.attempts(reach, stop):
            if attempt.moved:
                self._add(attempt, np.arange(start, stop), led, along)
        if led.any():
            steadiness = self._tremor.at(np.arange(start, stop) / self._stream.rate_hz)
            factor = np.maximum(1.0 + self._effort.tremor * steadiness, 0.0)
            led *= factor
            along *= factor
        return led, along

    def _add(
        self, attempt: Attempt, samples: np.ndarray, led: FloatArray, along: FloatArray
    ) -> None:
        rng = generator(self._seed, Purpose.ATTEMPT, attempt.number)
        whole, left, right = rng.standard_normal(3)
        late = self._stream.rate_hz * self._effort.reaction_s * rng.uniform(0.8, 1.2)
        shape = self._shape(attempt, samples - late)
        for side, own in ((Side.LEFT, left), (Side.RIGHT, right)):
            factor = 1.0 + self._effort.variation * whole + self._effort.sides_variation * own
            level = attempt.step.effort * min(max(factor, 0.3), 2.0) * shape
            if attempt.step.side is side.other:
                level = self._effort.spill * level
            if any(Site(muscle=code, side=side) in self._weak for code in attempt.pattern.target):
                level = HARDLY * level
            for column, site in enumerate(FACE):
                if site.side is not side:
                    continue
                role = attempt.pattern.role(site.muscle)
                if role is Role.TARGET:
                    led[:, column] += level
                else:
                    along[:, column] += level * self._share(role, side) * self._habit[column]

    def _share(self, role: Role, side: Side) -> float:
        if role is Role.TOLERATED:
            return self._effort.along_tolerated
        on_affected = side is self._affected
        return self._effort.along if on_affected else self._effort.along_other_side

    def _shape(self, attempt: Attempt, samples: np.ndarray) -> FloatArray:
        """Return rise, hold and fall between 0 and 1."""
        fall = self._effort.fall_s * self._stream.rate_hz
        risen = _eased((samples - attempt.rise) / (attempt.hold - attempt.rise))
        return risen * (1.0 - _eased((samples - attempt.release) / fall))


class BlinkTrain:
    """Blinks at random times, known at every sample without history."""

    def __init__(self, blinks: Blinks, stream: Stream, *, seed: int) -> None:
        self._blinks, self._seed = blinks, seed
        self._length = stream.samples(blinks.length_s)
        # One blink in each slot, at a random place that leaves it whole.
        self._slot = stream.samples(blinks.every_s)

    def at(self, start: int, stop: int) -> FloatArray:
        """Return the level of both eyes' muscles in `start..stop`."""
        level = np.zeros(stop - start)
        if not self._blinks.every_s:
            return level
        for slot in range(max(start // self._slot, 0), max(-(-stop // self._slot), 0)):
            rng = generator(self._seed, Purpose.BLINK, slot)
            onset = slot * self._slot + int(rng.integers(self._slot - self._length))
            place = (np.arange(start, stop) - onset) / self._length
            height = self._blinks.peak * rng.uniform(0.7, 1.2)
            # The lid is shut in a third of the time that it takes to open.
            level += height * _eased(place / 0.25) * (1.0 - _eased((place - 0.25) / 0.75))
        return level


def _eased(share: FloatArray) -> FloatArray:
    """Go from 0 to 1 as a raised cosine, while `share` does."""
    eased: FloatArray = 0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0.0, 1.0))
    return eased
