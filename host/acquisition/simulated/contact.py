"""Electrodes that are touched through the skin, and electrodes that come loose."""

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.montage import Site
from calibration.muscles import Side
from host.acquisition.simulated.script import Attempt, Attempts
from host.acquisition.simulated.seeding import Purpose, Wander, generator
from host.chain.stream import BoolArray, FloatArray, Stream

SETTLING_S = 1.0
"""How long an electrode swings after a finger has left it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touching:
    """What a finger on a muscle does to the electrodes there (P5)."""

    step_uv: float = 600.0
    """Change of the offset while the finger presses."""
    swing_uv: float = 900.0
    """Largest swing as it comes and goes; it dies away below 5 Hz."""
    tremble_uv: float = 40.0
    """RMS of the unrest below 15 Hz while it is there."""

    def __post_init__(self) -> None:
        """Refuse touches that rail the converter, and negative ones."""
        if not all(0.0 <= v <= 20_000.0 for v in (self.step_uv, self.swing_uv, self.tremble_uv)):
            raise ValueError(f"a touch makes 0 to 20000 uV, got {self}")


class Touches:
    """The fingers that the script asks for, on the electrodes of the affected side."""

    def __init__(
        self,
        touching: Touching,
        timetable: Attempts,
        stream: Stream,
        *,
        electrodes: Sequence[Site],
        affected: Side,
        seed: int,
    ) -> None:
        self._touching, self._timetable, self._stream = touching, timetable, stream
        self._electrodes, self._affected, self._seed = tuple(electrodes), affected, seed
        self._settling = stream.samples(SETTLING_S)

    def mask(self, start: int, stop: int) -> BoolArray:
        """Tell where a finger is on a channel or has just left it, `(n_samples, channels)`."""
        mask = np.zeros((stop - start, len(self._electrodes)), dtype=np.bool_)
        for attempt in self._attempts(start, stop):
            on, off = _pressed(attempt)
            first = max(on - start, 0)
            last = max(off + self._settling - start, 0)
            mask[first:last, self._columns(attempt)] = True
        return mask

    def at(self, places: FloatArray) -> FloatArray:
        """Return microvolts at sample numbers, fractions included, `(n, channels)`."""
        artefact = np.zeros((len(places), len(self._electrodes)))
        for attempt in self._attempts(math.floor(places[0]), math.ceil(places[-1]) + 1):
            rng = generator(self._seed, Purpose.TOUCH, attempt.number)
            for column in self._columns(attempt):
                artefact[:, column] += self._artefact(attempt, places, rng)
        return artefact

    def _attempts(self, start: int, stop: int) -> list[Attempt]:
        found = self._timetable.attempts(start - self._settling, stop)
        return [one for one in found if one.step.touched and _pressed(one)[0] < one.stop]

    def _columns(self, attempt: Attempt) -> list[int]:
        touched = {Site(muscle=code, side=self._affected) for code in attempt.step.touched}
        return [column for column, site in enumerate(self._electrodes) if site in touched]

    def _artefact(
        self, attempt: Attempt, places: FloatArray, rng: np.random.Generator
    ) -> FloatArray:
        touching = self._touching
        on_s, off_s = ((places - edge) / self._stream.rate_hz for edge in _pressed(attempt))
        size = rng.choice([-1.0, 1.0]) * rng.uniform(0.6, 1.2)
        pressed = _within(on_s) - _within(off_s)
        swings = _swing(on_s, rng.uniform(1.5, 4.0)) - _swing(off_s, rng.uniform(1.5, 4.0))
        tremble = Wander(rng, 1, low_hz=0.5, high_hz=15.0).at(places / self._stream.rate_hz)[:, 0]
        steady = size * (touching.step_uv * pressed + touching.swing_uv * swings)
        artefact: FloatArray = steady + touching.tremble_uv * pressed * tremble
        return artefact


def _pressed(attempt: Attempt) -> tuple[int, int]:
    """Return from when until when a finger is there."""
    return (attempt.start + attempt.rise) // 2, attempt.stop


def _within(since_s: FloatArray) -> FloatArray:
    """Go from 0 to 1 within 60 ms: a finger has no edge."""
    eased: FloatArray = 0.5 - 0.5 * np.cos(np.pi * np.clip(since_s / 0.06, 0.0, 1.0))
    return eased


def _swing(since_s: FloatArray, hz: float) -> FloatArray:
    """Return an oscillation that begins softly and is gone after `SETTLING_S`."""
    since_s = np.clip(since_s, 0.0, SETTLING_S)
    dying = np.exp(-since_s / 0.25) * (1.0 - since_s / SETTLING_S)
    swing: FloatArray = np.sin(2.0 * np.pi * hz * since_s) * dying
    return swing


class Fault(enum.Enum):
    """What a converter reads from an electrode that hangs in the air."""

    RAILS = "rails"
    """The end of its range."""
    FLOATS = "floats"
    """No muscle, and a lot of mains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """An electrode that comes off, and perhaps is put back."""

    channel: int
    """Column of the channel, from 0."""
    start_s: float
    stop_s: float = math.inf
    fault: Fault = Fault.FLOATS
    hum: float = 40.0
    """Mains in the air over mains on the skin."""

    def __post_init__(self) -> None:
        """Refuse an electrode that is put back before it came off."""
        if self.channel < 0:
            raise ValueError(f"channels are counted from 0, got {self.channel}")
        if not 0.0 <= self.start_s < self.stop_s:
            raise ValueError(f"need 0 <= start_s < stop_s, got {self}")
        if not 1.0 <= self.hum <= 10_000.0:
            raise ValueError(f"hum must be within 1 and 10000, got {self.hum}")


class Contact:
    """Which electrodes are loose, sample by sample."""

    def __init__(self, loose: Sequence[Loose], stream: Stream) -> None:
        self._loose, self._stream = tuple(loose), stream

    def mask(self, start: int, stop: int, fault: Fault | None = None) -> BoolArray:
        """Tell where a channel is loose (in this way), `(n_samples, channels)`."""
        mask = np.zeros((stop - start, len(self._stream.channels)), dtype=np.bool_)
        for loose in self._loose:
            if fault in (None, loose.fault):
                mask[self._rows(loose, start, stop), loose.channel] = True
        return mask

    def hum(self, start: int, stop: int) -> FloatArray:
        """Return the factor on each channel's mains, `(n_samples, channels)`."""
        factor = np.ones((stop - start, len(self._stream.channels)))
        for loose in self._loose:
            if loose.fault is Fault.FLOATS:
                factor[self._rows(loose, start, stop), loose.channel] = loose.hum
        return factor

    def _rows(self, loose: Loose, start: int, stop: int) -> slice:
        rate_hz = self._stream.rate_hz
        first = round(loose.start_s * rate_hz)
        last = stop if math.isinf(loose.stop_s) else round(loose.stop_s * rate_hz)
        return slice(min(max(first - start, 0), stop - start), max(last - start, 0))
