"""Selectivity of every muscle of which a slow ramp was recorded (T3, P13; Schieber 1991)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from calibration.accepting import Recorded, finding, signal_fault
from calibration.channel import ChannelNumbers
from calibration.findings import Fault, Finding
from calibration.fit_reference import answer_fault
from calibration.fit_rest import Rest
from calibration.measured import Measured, pooled
from calibration.measures_ramp import selectivity
from calibration.patterns import Pattern, own_pattern
from calibration.power_trace import power_trace
from calibration.saying import Saying
from calibration.segments import Segment, SegmentKind
from calibration.traces import Trace, gap

MOST_UNSURE = 0.5
"""A ramp whose selectivity is not known better than this, half its interval, tells nothing."""

Said = tuple[Fault, str]


def with_selectivity(
    recorded: Recorded,
    rests: Sequence[Rest | None],
    channels: Sequence[ChannelNumbers],
    patterns: Mapping[str, Pattern],
) -> tuple[tuple[ChannelNumbers, ...], list[Finding]]:
    """Return the channels with their selectivity, and what is wrong with the ramps.

    Of a muscle without a reference, or that no pattern moves alone, there is none; nor where all
    muscles that its pattern keeps quiet are without a reference, on its side.
    """
    found, findings = list(channels), list[Finding]()
    for channel in range(len(channels)):
        quiet = _quiet(recorded, channels, patterns, channel)
        if not quiet:
            continue
        ramps = []
        for segment in _own_ramps(recorded, channel):
            ramp, faults = _ramp(recorded, segment, rests, channels, (channel, *quiet))
            ramps += [] if ramp is None else [ramp]
            findings += [
                finding(*fault, recorded.montage.named(at), segment, at) for at, fault in faults
            ]
        found[channel] = replace(channels[channel], selectivity=_value(ramps))
    return tuple(found), findings


def _quiet(
    recorded: Recorded,
    channels: Sequence[ChannelNumbers],
    patterns: Mapping[str, Pattern],
    channel: int,
) -> tuple[int, ...]:
    """Return the channels that a muscle's own pattern keeps quiet, and that can be compared."""
    site = recorded.montage.sites[channel]
    own = own_pattern(site.muscle, patterns)
    if own is None or site.side is None or channels[channel].reference_uv is None:
        return ()
    columns = [recorded.montage.column(code, site.side) for code in own.quiet]
    return tuple(at for at in columns if at is not None and channels[at].reference_uv is not None)


def _own_ramps(recorded: Recorded, channel: int) -> list[Segment]:
    site = recorded.montage.sites[channel]
    return [
        segment
        for segment in recorded.of_kind(SegmentKind.RAMP)
        if segment.muscle == site.muscle and segment.side in (None, site.side)
    ]


def _ramp(
    recorded: Recorded,
    segment: Segment,
    rests: Sequence[Rest | None],
    channels: Sequence[ChannelNumbers],
    columns: Sequence[int],
) -> tuple[Measured | None, list[tuple[int, Said]]]:
    """Return what one ramp says, or what is wrong with it, by channel.

    `columns` are the muscle that was asked for, then those that are to stay quiet.
    """
    target = columns[0]
    fault = signal_fault(recorded, segment, target)
    fault = fault or answer_fault(recorded, _end(segment), rests, target)
    if fault is not None:
        return None, [(target, fault)]
    if faults := _signal_faults(recorded, segment, columns[1:]):
        return None, faults
    parts = [_trace(recorded, segment, channels[at], at) for at in columns]
    if reason := gap(*parts):
        return None, [(target, (Fault.LOST, Saying("{} in all muscles at once", reason)))]
    found = selectivity(parts[1:], parts[0])
    if found.known and found.half_width < MOST_UNSURE:
        return found, []
    reason = found.reason or Saying("it was too noisy to tell which muscles came along")
    return None, [(target, (Fault.WEAK, reason))]


def _end(segment: Segment) -> Segment:
    """Return the last third of a ramp, where the muscle that was asked for should be heard."""
    third = (segment.stop - segment.start) // 3
    return replace(segment, kind=SegmentKind.MOVEMENT, start=segment.stop - third)


def _signal_faults(
    recorded: Recorded, segment: Segment, columns: Sequence[int]
) -> list[tuple[int, Said]]:
    faults = [(at, signal_fault(recorded, segment, at)) for at in columns]
    return [(at, fault) for at, fault in faults if fault is not None]


def _trace(recorded: Recorded, segment: Segment, numbers: ChannelNumbers, channel: int) -> Trace:
    levels = recorded.levels
    return power_trace(levels.powers(segment, channel), numbers, levels.hop / levels.rate_hz)


def _value(ramps: Sequence[Measured]) -> float | None:
    found = pooled(ramps) if ramps else None
    return found.value if found is not None and found.known else None
