"""Faults planted in the samples of a sound calibration, and whether the fit finds them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.calibration_people import Sitting, sitting, two_a_side
from benchmarks.calibration_signal import PLAIN, fitted_samples, hear
from calibration.findings import REMARKS, Fault, Finding
from calibration.fit import Fit, fit
from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind
from host.acquisition.simulated.disturbance import Hum, Mains
from host.chain.stream import FloatArray

IN_AIR, REFERENCE_OFF = 40.0, 120.0
"""Mains over that of a sound electrode, where one hangs in the air, or the reference is off."""
LET_GO_S = 1.5
"""How much longer a hold is marked than it was held."""
SHORT_S = 0.6
SMALL = 4
"""Channels of the montage with two muscles a side."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Planted:
    """A calibration with one fault."""

    fault: Fault
    columns: frozenset[int]
    """Where it is."""
    everywhere: bool
    """Whether it may show in other channels too."""
    named: frozenset[Fault]
    """As what it may be found: exchanged cables answer wrongly, or leak wrongly."""
    raw_uv: FloatArray
    segments: tuple[Segment, ...]

    def is_found(self, found: Fit) -> bool:
        """Tell whether the fit names the fault, at one of its channels at least."""
        named = {one.channel for one in found.findings if one.fault in self.named}
        return bool(named & {*self.columns, None})

    def is_wrong(self, found: Fit) -> bool:
        """Tell whether there is a finding about a channel in which nothing was planted.

        A ramp compares its muscle with others: what is wrong with those makes it wrong too.
        """
        ramps = {one.start for one in self.segments if one.kind is SegmentKind.RAMP}
        channels = {one.channel for one in wrong(found) if one.start not in ramps}
        return not self.everywhere and not channels <= {*self.columns}


def wrong(found: Fit) -> list[Finding]:
    """Return the findings but for mere remarks."""
    return [one for one in found.findings if one.fault not in REMARKS]


def plant(fault: Fault, sound: Sitting, number: int, column: int | None = None) -> Planted:
    """Return this person's calibration with a fault, at a channel that is drawn unless given."""
    random = np.random.default_rng([sound.person.seed, number, 1])
    drawn = int(random.integers(len(sound.montage.sites)))
    return _PLANTS[fault](sound, number, drawn if column is None else column)


def fitted(sound: Sitting, planted: Planted) -> Fit:
    """Fit what was planted, from the powers of its hops; exchanged cables show in samples too.

    Not so where there are two muscles a side, of which leaks say nothing.
    """
    raw_uv = planted.raw_uv[: sound.calibrated]
    if Fault.EXCHANGED in planted.named and len(sound.montage.sites) > SMALL:
        return fitted_samples(sound, raw_uv, planted.segments)[0]
    return fitted_powers(sound, raw_uv, planted.segments)


def fitted_powers(sound: Sitting, raw_uv: FloatArray, segments: Sequence[Segment]) -> Fit:
    """Fit a sitting's calibration from the powers of other samples, and other stretches."""
    return fit(hear(PLAIN, sound, raw_uv), sound.montage, segments)


def _swapped(sound: Sitting, number: int, column: int) -> Planted:  # noqa: ARG001
    raw_uv = np.roll(sound.raw_uv, len(sound.montage.sites) // 2, axis=1)
    return _planted(Fault.SWAPPED, sound, (), raw_uv=raw_uv, everywhere=True)


def _loose(sound: Sitting, number: int, column: int) -> Planted:
    """Let an electrode hang in the air from the muscle's first hold on."""
    raw_uv, start = sound.raw_uv.copy(), _holds(sound, column)[0].start
    air_uv = np.full(len(raw_uv) - start, raw_uv[start, column])
    raw_uv[start:, column] = air_uv + _hum(sound, IN_AIR, number)[start:, column]
    return _planted(Fault.LOOSE, sound, (column,), raw_uv=raw_uv)


def _clipped(sound: Sitting, number: int, column: int) -> Planted:  # noqa: ARG001
    """Move a channel so near to the end of the converter's range that its holds reach it."""
    raw_uv, most = sound.raw_uv.copy(), sound.stream.range_uv
    held = np.concatenate([raw_uv[one.start : one.stop, column] for one in _holds(sound, column)])
    shift_uv = most - float(np.quantile(held, 0.8))
    raw_uv[:, column] = np.minimum(raw_uv[:, column] + shift_uv, most)
    return _planted(Fault.CLIPPED, sound, (column,), raw_uv=raw_uv)


def _mains(sound: Sitting, number: int, column: int) -> Planted:  # noqa: ARG001
    """Take the reference electrode off: all channels hum."""
    raw_uv = sound.raw_uv + _hum(sound, REFERENCE_OFF, number)
    columns = range(len(sound.montage.sites))
    return _planted(Fault.MAINS, sound, columns, raw_uv=raw_uv, everywhere=True)


def _weak(sound: Sitting, number: int, column: int) -> Planted:
    """Let the person hardly move a muscle, on both sides."""
    code = sound.montage.sites[column].muscle
    faint = sitting(sound.person, number, faint=code)
    if len(faint.montage.sites) > len(sound.montage.sites):
        faint = two_a_side(faint)
    return _planted(Fault.WEAK, sound, _both(sound, column), raw_uv=faint.raw_uv)


def _wrong(sound: Sitting, number: int, column: int) -> Planted:  # noqa: ARG001
    """Exchange the cables of a muscle and the next one on its side."""
    site = sound.montage.sites[column]
    same = [at for at, other in enumerate(sound.montage.sites) if other.side is site.side]
    other = same[(same.index(column) + 1) % len(same)]
    raw_uv = sound.raw_uv.copy()
    raw_uv[:, [column, other]] = raw_uv[:, [other, column]]
    return _planted(Fault.WRONG_MUSCLE, sound, (column, other), raw_uv=raw_uv)


def _unsteady(sound: Sitting, number: int, column: int) -> Planted:  # noqa: ARG001
    """Mark the holds of a muscle for longer than they were held."""
    late = sound.stream.samples(LET_GO_S)
    return _marked(Fault.UNSTEADY, sound, column, lambda one: replace(one, stop=one.stop + late))


def _short(sound: Sitting, number: int, column: int) -> Planted:  # noqa: ARG001
    length = sound.stream.samples(SHORT_S)
    return _marked(
        Fault.TOO_SHORT, sound, column, lambda one: replace(one, stop=one.start + length)
    )


def _restless(sound: Sitting, number: int, column: int) -> Planted:  # noqa: ARG001
    """Mark a movement of a muscle as the second rest."""
    hold = _holds(sound, column)[0]
    before, after = sound.stream.samples(3.0), sound.stream.samples(2.0)
    rest = Segment(kind=SegmentKind.REST, start=hold.start - before, stop=hold.stop + after)
    kept = [one for one in sound.segments if one.stop <= rest.start or one.start >= rest.stop]
    rests = [one for one in kept if one.kind is SegmentKind.REST]
    segments = (*(one for one in kept if one not in rests[1:]), rest)
    return _planted(Fault.RESTLESS, sound, _both(sound, column), segments=segments, everywhere=True)


_PLANTS: dict[Fault, Callable[[Sitting, int, int], Planted]] = {
    Fault.SWAPPED: _swapped,
    Fault.LOOSE: _loose,
    Fault.CLIPPED: _clipped,
    Fault.WEAK: _weak,
    Fault.WRONG_MUSCLE: _wrong,
    Fault.MAINS: _mains,
    Fault.UNSTEADY: _unsteady,
    Fault.RESTLESS: _restless,
    Fault.TOO_SHORT: _short,
}
FAULTS = tuple(_PLANTS)


def _planted(
    fault: Fault,
    sound: Sitting,
    columns: Sequence[int],
    *,
    raw_uv: FloatArray | None = None,
    segments: tuple[Segment, ...] = (),
    everywhere: bool = False,
) -> Planted:
    return Planted(
        fault=fault,
        columns=frozenset(columns),
        everywhere=everywhere,
        named=frozenset({fault, Fault.EXCHANGED} if fault is Fault.WRONG_MUSCLE else {fault}),
        raw_uv=sound.raw_uv if raw_uv is None else raw_uv,
        segments=segments or sound.segments,
    )


def _marked(
    fault: Fault, sound: Sitting, column: int, change: Callable[[Segment], Segment]
) -> Planted:
    """Change how the holds of a muscle are marked."""
    own = _holds(sound, column)
    segments = tuple(change(one) if one in own else one for one in sound.segments)
    return _planted(fault, sound, _both(sound, column), segments=segments)


def _holds(sound: Sitting, column: int) -> list[Segment]:
    code = sound.montage.sites[column].muscle
    asked = (one for one in sound.segments if one.kind is SegmentKind.REFERENCE)
    return [one for one in asked if one.muscle == code]


def _both(sound: Sitting, column: int) -> list[int]:
    """Return the columns of a muscle on both sides, which are asked together."""
    code = sound.montage.sites[column].muscle
    columns = [sound.montage.column(code, side) for side in Side]
    return [at for at in columns if at is not None]


def _hum(sound: Sitting, times: float, number: int) -> FloatArray:
    """Return mains so many times that of an average electrode, `(n_samples, n_channels)`."""
    mains = Mains(level_uv=times * Mains().level_uv)
    hum = Hum(mains, mains_hz=50.0, channels=len(sound.montage.sites), seed=number)
    return hum.at(np.arange(len(sound.raw_uv)) / sound.stream.rate_hz)
