"""What is wrong with the stretches so far, in plain words."""

from collections.abc import Collection, Sequence

from calibration.accepting import Recorded, finding, limits, signal_fault
from calibration.findings import Fault, Finding
from calibration.fit import fit
from calibration.levels import Levels
from calibration.montage import Montage
from calibration.segments import Segment, SegmentKind

OF_THE_SIGNAL = frozenset({Fault.LOOSE, Fault.CLIPPED, Fault.MAINS, Fault.LOST})
"""Faults of a channel, whatever the patient does."""
OF_THE_SIDES = frozenset({Fault.SWAPPED, Fault.SIDES_UNCLEAR})
_AT_THE_END = frozenset({Fault.MISSING})
"""While steps are to come, that they are missing is no finding."""


def contact_findings(
    levels: Levels, montage: Montage, start: int, stop: int, *, left_out: Collection[int] = ()
) -> tuple[Finding, ...]:
    """Return which channels with a muscle had no sound signal in a stretch, but for those left out.

    `start` and `stop` are samples, `left_out` columns.
    """
    held = Segment(kind=SegmentKind.MOVEMENT, start=start, stop=stop)
    recorded = Recorded(levels=levels, montage=montage, segments=(), allowed=limits())
    asked = [at for at in range(levels.channels) if is_placed(montage, at) and at not in left_out]
    faults = [(at, signal_fault(recorded, held, at)) for at in asked]
    found = [(at, fault) for at, fault in faults if fault is not None]
    return tuple(finding(*fault, montage.named(at), None, at) for at, fault in found)


def findings_so_far(
    levels: Levels,
    montage: Montage,
    segments: Sequence[Segment],
    *,
    sides_done: bool,
    left_out: Collection[int] = (),
) -> tuple[Finding, ...]:
    """Return what is wrong with the stretches that there are; nothing of the columns `left_out`.

    Left and right cannot be told before both were asked.
    """
    if not segments:
        return ()
    later = _AT_THE_END if sides_done else _AT_THE_END | OF_THE_SIDES
    found = fit(levels, montage, segments, left_out=left_out).findings
    return tuple(one for one in placed(found, montage) if one.fault not in later)


def placed(found: Sequence[Finding], montage: Montage) -> tuple[Finding, ...]:
    """Return the findings without those of channels that lie on no muscle."""
    return tuple(one for one in found if one.channel is None or is_placed(montage, one.channel))


def is_placed(montage: Montage, channel: int) -> bool:
    """Tell whether a channel lies on a muscle."""
    return bool(montage.sites[channel].muscle)
