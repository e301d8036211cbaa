"""Drawn attempts for the tests of measures: levels by phase, known to the last digit."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from calibration.montage import Montage, montages, plain_montage
from calibration.muscles import Side
from calibration.patterns import pattern
from host.chain.pipeline import ChainSettings
from host.chain.plain import RmsWindow
from host.chain.stream import FloatArray, Stream, channel_names
from host.detection.cues import Cue, Phase
from host.detection.frame import Frames
from host.detection.watch import Watch
from host.report.measured import measures_of, measuring_terms
from host.report.measured_kinds import AttemptMeasures, Measure, MeasureRow
from host.report.measured_seen import MeasuringTerms
from tests.host.report.frames import HOP, RATE_HZ, SMILE, frames

FACE = montages()["face-4"]
EYE_LEFT, CHEEK_LEFT, EYE_RIGHT, CHEEK_RIGHT = range(4)
SECONDS = {Phase.REST: 2.0, Phase.RISE: 1.2, Phase.HOLD: 4.0, Phase.RELEASE: 12.0}
REST = (0.0, 0.0, 0.0, 0.0)
NOISE_UV = 1.0
HELD = (0.04, 0.9, 0.2, 0.8)
"""Eye and cheek, left and right: the right eye comes along with a quarter of the cheek."""


def terms(montage: Montage = FACE) -> MeasuringTerms:
    """Return terms for frames of `HOP` samples, with rest known and crosstalk taken out.

    The right side is affected.
    """
    envelope = RmsWindow(hop_s=HOP / RATE_HZ)
    watch = Watch(montage=montage, chain=ChainSettings(envelope=envelope))
    stream = Stream(rate_hz=RATE_HZ, channels=channel_names(len(montage.sites)))
    own = measuring_terms(watch, stream, Side.RIGHT)
    return replace(own, unmixed=True, sure=replace(own.sure, rest=np.zeros(len(montage.sites))))


def part(
    first: int, phase: Phase, levels: FloatArray, *, name: str = SMILE, calibrated: bool = True
) -> Frames:
    """Return frames under one cue, from hop `first` on."""
    cue = Cue(start=first * HOP, pattern=name, phase=phase)
    made = frames(first, levels, asked=pattern(name))
    noise_uv = np.full(levels.shape[1], NOISE_UV)
    reference = replace(made.certainty.reference, noise_uv=noise_uv)
    return replace(
        made,
        cue=cue,
        calibrated=calibrated,
        # Not exactly at rest: a level of 0 would count as cut off.
        power_uv2=made.power_uv2 + NOISE_UV**2 + 1e-9,
        certainty=replace(made.certainty, reference=reference),
    )


def attempt(
    held: Sequence[float] = HELD,
    *,
    name: str = SMILE,
    first: int = 0,
    seconds: dict[Phase, float] = SECONDS,
    calibrated: bool = True,
) -> list[Frames]:
    """Return the frames of one attempt: a straight rise, the hold, and rest at once."""
    parts = []
    for phase in (Phase.REST, Phase.RISE, Phase.HOLD, Phase.RELEASE):
        if phase not in seconds:
            continue
        count = round(seconds[phase] * RATE_HZ / HOP)
        share = {Phase.RISE: np.linspace(0.0, 1.0, count), Phase.HOLD: np.ones(count)}
        levels = share.get(phase, np.zeros(count))[:, np.newaxis] * np.array(held)
        parts.append(part(first, phase, levels, name=name, calibrated=calibrated))
        first += count
    return parts


def measured(*attempts: Sequence[Frames], montage: Montage = FACE) -> tuple[AttemptMeasures, ...]:
    """Return the measures of drawn attempts."""
    return measures_of([one for parts in attempts for one in parts], terms(montage))


def row(
    found: AttemptMeasures, measure: Measure, muscle: str = "", side: str = "right"
) -> MeasureRow:
    """Return the one row of a measure, muscle and side."""
    (one,) = [each for each in found.of(measure) if (each.muscle, each.side) == (muscle, side)]
    return one


PLAIN = plain_montage(4)
