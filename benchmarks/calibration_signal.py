"""What a calibration of samples finds, and what the calibrated chain then says of attempts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.calibration_people import PATTERNS, Sitting
from calibration.channel import ChannelNumbers
from calibration.fit import Fit, fit
from calibration.levels import Levels as Heard
from calibration.measured import Measured, pooled
from calibration.measures import involvement_count
from calibration.patterns import Role
from calibration.power_trace import power_trace
from calibration.proposals import with_thresholds
from calibration.segments import Segment, SegmentKind
from calibration.thresholds import shaping
from calibration.whitening import noise_behind
from host.acquisition.simulated.script import Attempt
from host.chain.adaptive import AdaptiveWindow
from host.chain.conditioning import Conditioning
from host.chain.filters import MainsRemoval
from host.chain.own_envelope import CrosstalkRemoval
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.quality import USABLE, Quality
from host.chain.sound import condition
from host.chain.stream import Chunk, FloatArray

PLAIN = ChainSettings(conditioning=Conditioning(mains=MainsRemoval(base_hz=(50.0,))))
"""The chain while nobody has calibrated; the mains frequency is known."""
GRADES = (1.0, 2.0, 3.0)
"""Slight, clear and strong involvement: above so many times the quiet threshold."""
SETTLED_S = 0.5
"""After the cue to hold, until the movement is there."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calibrated:
    """A calibration in the terms of the chain that it made."""

    channels: tuple[ChannelNumbers, ...]
    heard: Heard
    """All of the sitting, as that chain shows it."""


def first_fit(sound: Sitting) -> tuple[Fit, Heard]:
    """Fit the calibration of a sitting as it is done before anything is known of the channels."""
    return fitted_samples(sound, sound.raw_uv[: sound.calibrated], sound.segments)


def fitted_samples(
    sound: Sitting, raw_uv: FloatArray, segments: Sequence[Segment]
) -> tuple[Fit, Heard]:
    """Fit a sitting's calibration from other samples, `(n_samples, n_channels)`, and stretches."""
    heard = hear(PLAIN, sound, raw_uv)
    samples_uv = np.full_like(raw_uv, np.nan)
    for piece in condition(PLAIN, sound.stream, [Chunk(0, raw_uv)]):
        rows = slice(piece.start, piece.start + len(piece.data))
        samples_uv[rows] = np.where(piece.flaws == 0, piece.data, np.nan)
    heard = replace(heard, samples_uv=samples_uv)
    return fit(heard, sound.montage, segments), heard


def calibrated(sitting: Sitting, found: Fit, before: Heard) -> Calibrated | None:
    """Hear all of a sitting through the chain that its first fit makes, and fit that.

    None where leakage could not be fitted, so that there is no such chain.
    """
    if found.leakage is None:
        return None
    settings = replace(
        PLAIN,
        adaptive=AdaptiveWindow(channels=found.models),
        crosstalk=CrosstalkRemoval(leakage=found.leakage),
    )
    heard = hear(settings, sitting, sitting.raw_uv, sitting.asked)
    noise_uv = [
        noise_behind(model.taps, numbers.noise_uv or np.nan, before.band_hz, before.rate_hz)
        for model, numbers in zip(found.models, found.channels, strict=True)
    ]
    again = fit(heard, sitting.montage, sitting.segments, noise_uv=np.array(noise_uv))
    channels = tuple(with_thresholds(one, shaping()) for one in again.channels)
    return Calibrated(channels=channels, heard=heard)


def involvement(sitting: Sitting, known: Calibrated, grades: Sequence[float]) -> float:
    """Return the involvement count (T3) pooled over attempts, summed over patterns and grades."""
    counts = [
        pooled([_count(sitting, known, one, grade) for one in _attempts(sitting, name)]).value
        for name in PATTERNS
        for grade in grades
    ]
    return float(np.sum(counts))


def _attempts(sitting: Sitting, name: str) -> list[Attempt]:
    return [one for one in sitting.attempts if one.pattern.name == name]


def _count(sitting: Sitting, known: Calibrated, attempt: Attempt, grade: float) -> Measured:
    """Count the muscles of the affected side that came along in one hold."""
    start = attempt.hold + sitting.stream.samples(SETTLED_S)
    hold = Segment(kind=SegmentKind.MOVEMENT, start=start, stop=attempt.release)
    traces, thresholds = [], []
    for channel, site in enumerate(sitting.montage.sites):
        numbers = known.channels[channel]
        judged = site.side is sitting.person.affected and numbers.quiet_threshold is not None
        if judged and attempt.pattern.role(site.muscle) is Role.QUIET:
            hop_s = known.heard.hop / known.heard.rate_hz
            traces.append(power_trace(known.heard.powers(hold, channel), numbers, hop_s))
            allowance = attempt.pattern.allowance(site.muscle)
            thresholds.append(grade * allowance * (numbers.quiet_threshold or np.nan))
    return involvement_count(traces, thresholds)


def hear(
    settings: ChainSettings, who: Sitting, raw_uv: FloatArray, asked: Sequence[Attempt] = ()
) -> Heard:
    """Return what a chain says of samples; it knows who is `asked` to move when."""
    chain, sites = SignalChain(settings, who.stream), who.montage.sites
    for one in asked:
        led = [s.muscle in one.pattern.target and one.step.side in (None, s.side) for s in sites]
        chain.drive(np.array(led), one.rise)
        chain.drive(np.zeros(len(sites), dtype=np.bool_), one.stop)
    power = np.full((len(raw_uv) // chain.hop, len(sites)), np.nan)
    quality = np.full(power.shape, Quality.GAP, dtype=np.uint8)
    shown = power.copy()
    for levels in chain.push(Chunk(0, raw_uv)):
        rows = slice(levels.first, levels.first + len(levels))
        quality[rows], shown[rows] = levels.quality, levels.rms_uv
        if levels.hop_power_uv2 is not None:
            power[rows] = levels.hop_power_uv2
    band = settings.conditioning.band_pass
    return Heard(
        power_uv2=power,
        known=(quality <= USABLE) & np.isfinite(power),
        clipped=quality == Quality.RAILED,
        mains=quality == Quality.MAINS,
        loose=(quality == Quality.LOOSE) | (quality == Quality.FLAT),
        hop=chain.hop,
        rate_hz=who.stream.rate_hz,
        band_hz=(band.low_hz, band.upper_hz(who.stream.rate_hz)),
        shown_uv=shown,
    )
