"""Turn marked stretches into a calibration: numbers per channel, and findings in plain words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from calibration.accepting import Limits, Recorded, finding, limits, signal_fault
from calibration.channel import BLOCKS_MS, ChannelNumbers
from calibration.channel_model import ChannelModel, fit_channel, plain_channel
from calibration.findings import Fault, Finding
from calibration.fit_exchange import cable_findings
from calibration.fit_ramp import with_selectivity
from calibration.fit_reference import Hold, good_holds, reference_numbers
from calibration.fit_rest import Rest, fit_rest
from calibration.fit_sides import crossed, side_findings
from calibration.leakage import Leakage, neighbours
from calibration.leakage_fit import Contraction, fit_leakage
from calibration.levels import Levels
from calibration.montage import Montage
from calibration.patterns import Pattern, patterns
from calibration.saying import Saying
from calibration.segments import Segment, SegmentKind, checked
from calibration.spectrum import degrees_of_freedom, spectrum
from calibration.traces import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """What calibration found."""

    channels: tuple[ChannelNumbers, ...]
    """One per column; what could not be fitted is None, never a guess."""
    models: tuple[ChannelModel, ...]
    """One per column, for the estimator; plain where there are no samples or no good holds."""
    leakage: Leakage | None
    """What leaks where, for the separation; None where there are no samples or no good holds."""
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> frozenset[Fault]:
        """The kinds of findings."""
        return frozenset(found.fault for found in self.findings)


def fit(
    levels: Levels,
    montage: Montage,
    segments: Sequence[Segment],
    *,
    noise_uv: FloatArray | None = None,
    allowed: Limits | None = None,
    known_patterns: Mapping[str, Pattern] | None = None,
    left_out: Collection[int] = (),
) -> Fit:
    """Fit a calibration; stretches with a fault are left out of every number, and said.

    `noise_uv` is `(n_channels,)`, where the noise floor is known otherwise; else it is told from
    the spectrum at rest, or from the quietest part of rest. `known_patterns` say which muscles
    stay quiet in a ramp; None for those of T2. Of the columns in `left_out` nothing is known, and
    nothing is said: whoever calibrates goes without them.
    """
    if len(montage.sites) != levels.channels:
        raise ValueError(f"{len(montage.sites)} sites do not fit {levels.channels} channels")
    recorded = Recorded(
        levels=levels,
        montage=montage,
        segments=checked(segments, levels.samples),
        allowed=allowed or limits(),
    )
    rests, findings = _rests(recorded, noise_uv, left_out)
    all_holds, faults = _all_holds(recorded, rests)
    findings += faults
    columns = list(enumerate(zip(rests, all_holds, strict=True)))
    channels, faults = with_selectivity(
        recorded,
        rests,
        [_numbers(levels, rest, all_holds, at) for at, rest in enumerate(rests)],
        known_patterns or patterns(),
    )
    findings += faults
    leakage = _leakage(recorded, rests, all_holds)
    findings += cable_findings(recorded, rests, all_holds, leakage, findings)
    return Fit(
        channels=channels,
        models=tuple(_model(levels, rest, holds, at) for at, (rest, holds) in columns),
        leakage=leakage,
        findings=tuple(findings),
    )


def _all_holds(
    recorded: Recorded, rests: Sequence[Rest | None]
) -> tuple[list[list[Hold]], list[Finding]]:
    """Return the good holds of each channel, and what is wrong with sides, cables and holds."""
    all_holds: list[list[Hold]] = [[] for _ in rests]
    findings = list(side_findings(recorded, rests))
    # With sides swapped every hold would be taken for another muscle's, and named as such.
    if any(found.fault is Fault.SWAPPED for found in findings):
        return all_holds, findings
    exchanged = crossed(recorded, rests)
    findings += exchanged.values()
    wrong = {column for columns in exchanged for column in columns}
    for channel, holds in enumerate(all_holds):
        if channel in wrong:
            continue
        good, faults = good_holds(recorded, rests, channel)
        holds.extend(good)
        findings += faults
    return all_holds, findings


def _rests(
    recorded: Recorded, noise_uv: FloatArray | None, left_out: Collection[int]
) -> tuple[list[Rest | None], list[Finding]]:
    rests: list[Rest | None] = []
    findings: list[Finding] = []
    stretches = recorded.of_kind(SegmentKind.REST)
    if not stretches:
        said = Saying("it was not recorded")
        findings.append(finding(Fault.MISSING, said, Saying("Rest"), None, None))
    for channel in range(recorded.levels.channels):
        if channel in left_out:
            rests.append(None)
            continue
        name, good = recorded.montage.named(channel), []
        for segment in stretches:
            fault = signal_fault(recorded, segment, channel)
            if fault is None:
                good.append(segment)
            else:
                findings.append(finding(*fault, name, segment, channel))
        noise = None if noise_uv is None else float(noise_uv[channel])
        rest, restless = fit_rest(recorded, good, channel, noise)
        findings += [finding(*one, name, segment, channel) for segment, one in restless]
        rests.append(rest)
    return rests, findings


def _numbers(
    levels: Levels, rest: Rest | None, all_holds: Sequence[Sequence[Hold]], channel: int
) -> ChannelNumbers:
    if rest is None:
        return ChannelNumbers()
    at_rest = _runs(levels, rest.segments, channel)
    numbers = ChannelNumbers(
        noise_uv=rest.noise_uv,
        rest_uv=rest.rest_uv,
        rest_quantiles_uv=rest.quantiles_uv,
        rest_spectrum=_densities(at_rest, levels.rate_hz),
        rest_freedom=_freedom(at_rest, levels.rate_hz),
    )
    holds = all_holds[channel]
    found = reference_numbers(holds, [*all_holds[:channel], *all_holds[channel + 1 :]])
    if found is None:
        return numbers
    active = _runs(levels, [hold.segment for hold in holds], channel)
    return replace(
        numbers,
        reference_uv=found[0],
        reference_low_uv=found[1],
        reference_high_uv=found[2],
        holds=len(holds),
        active_spectrum=_densities(active, levels.rate_hz),
        active_freedom=_freedom(active, levels.rate_hz),
    )


def _model(levels: Levels, rest: Rest | None, holds: Sequence[Hold], channel: int) -> ChannelModel:
    """Return what the estimator needs of a channel."""
    if rest is None or not holds:
        return plain_channel(levels.rate_hz)
    runs = [_runs(levels, part, channel) for part in (rest.segments, [h.segment for h in holds])]
    if not all(runs):
        return plain_channel(levels.rate_hz, Saying("no samples at hand"))
    at_rest, active = [[run[:, 0] for run in part] for part in runs]
    return fit_channel(at_rest, active, levels.rate_hz)


def _leakage(
    recorded: Recorded, rests: Sequence[Rest | None], all_holds: Sequence[Sequence[Hold]]
) -> Leakage | None:
    """Return what leaks from the muscles that were held; None where nothing can be told."""
    levels = recorded.levels
    # One hold of both sides is one contraction: counted twice it would seem surer than it is.
    held: dict[Segment, list[int]] = {}
    for channel, holds in enumerate(all_holds):
        for hold in holds:
            held.setdefault(hold.segment, []).append(channel)
    parts = []
    for segment, (first, *others) in held.items():
        data = levels.raw(segment)
        if data is not None:
            valid = np.isfinite(data) & levels.known_samples(segment)
            data = np.where(valid, data, 0.0)
            parts.append(Contraction(source=first, also=tuple(others), data_uv=data, valid=valid))
    quiet = _quiet_samples(levels, rests)
    if not parts or not len(quiet):
        return None
    try:
        return fit_leakage(
            parts,
            rest_uv=quiet,
            rate_hz=levels.rate_hz,
            allowed=neighbours(recorded.montage),
        )
    except ValueError:
        # No hold was long enough to tell.
        return None


def _quiet_samples(levels: Levels, rests: Sequence[Rest | None]) -> FloatArray:
    """Return the samples in which every channel that has a rest is at rest, `(n, n_channels)`.

    One that has none counts as silent, or an electrode that is off would cost all the others.
    """
    known = [channel for channel, rest in enumerate(rests) if rest is not None]
    if levels.samples_uv is None or not known:
        return np.empty((0, levels.channels))
    at_rest = np.zeros((levels.samples, levels.channels), dtype=np.bool_)
    for channel, rest in enumerate(rests):
        for segment in rest.segments if rest is not None else ():
            at_rest[segment.start : segment.stop, channel] = True
    samples = levels.samples_uv[: len(at_rest)]
    sound = np.all(at_rest[:, known] & np.isfinite(samples[:, known]), axis=1)
    quiet = np.zeros((np.count_nonzero(sound), levels.channels))
    quiet[:, known] = samples[sound][:, known]
    return quiet


def _runs(levels: Levels, segments: Sequence[Segment], channel: int) -> list[FloatArray]:
    """Return a channel's sound samples in these stretches, `(n, 1)` each."""
    stretches = [levels.raw(segment) for segment in segments]
    own = [one[:, channel : channel + 1] for one in stretches if one is not None]
    return [one for one in own if np.isfinite(one).all()]


def _densities(runs: Sequence[FloatArray], rate_hz: float) -> tuple[float, ...]:
    density = spectrum(runs, rate_hz)[:, 0] if runs else np.empty(0)
    return () if np.isnan(density).any() else tuple(density.tolist())


def _freedom(runs: Sequence[FloatArray], rate_hz: float) -> tuple[float, ...]:
    found = [float(degrees_of_freedom(runs, rate_hz, ms)[0]) for ms in BLOCKS_MS] if runs else []
    return () if np.isnan(found).any() else tuple(found)
