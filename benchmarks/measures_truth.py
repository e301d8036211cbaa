"""What simulated patients did, as the measures of T3 have it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.crossings import STAY_S
from calibration.measured import Measured
from calibration.measures_time import REMAINING_S
from calibration.muscles import Side
from calibration.patterns import Role
from calibration.reference import Reference
from host.chain.stream import FloatArray
from host.detection.attempt import BEFORE_S
from host.detection.attempt_measures import LET_GO
from host.detection.cues import Cue, Phase
from host.report.measured_gathering import AFTER_S
from host.report.measured_kinds import Measure, MeasureRow
from host.report.measured_seen import MeasuringTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One measure of one muscle in one attempt, and the truth."""

    seed: int
    """Of the patient."""
    plain: bool
    """Whether nobody had calibrated."""
    measure: Measure
    role: Role | None
    held: float
    """What the muscle truly held, share of its reference."""
    true: float
    measured: Measured

    @property
    def kind(self) -> tuple[str, str, str]:
        """What is measured, of whom, and whether without a calibration."""
        role = "" if self.role is None else self.role.value
        return self.measure.value, role, "plain" if self.plain else ""

    @property
    def covered(self) -> bool:
        """Whether the truth lies within."""
        return self.measured.low <= self.true <= self.measured.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One attempt, as samples of its cues."""

    start: int
    hold: tuple[int, int]
    stop: int
    """Where measuring ends."""


def asked_of(start: int, cues: Sequence[Cue], terms: MeasuringTerms) -> Asked:
    """Return what was asked in the attempt whose cue was at a sample."""
    later = [cue for cue in cues if cue.start >= start]
    hold = next(cue.start for cue in later if cue.phase is Phase.HOLD)
    release = next(cue.start for cue in later if cue.phase is Phase.RELEASE)
    following = [cue.start for cue in later if cue.phase is Phase.RISE and cue.start > release]
    stop = release + round(AFTER_S * terms.rate_hz)
    return Asked(start=start, hold=(hold, release), stop=min([stop, *following]))


class Truth:
    """What the patient's muscles did: shares of the gentle reference above rest.

    Powers of tone and movement add up. A movement of 1 is the gentle reference, so its power is
    `(ref + rest)² - rest²`, and that of a movement `a` is `a²` times as much; its level above rest,
    `sqrt(a² ((ref + rest)² - rest²) + rest²) - rest`, is divided by `ref`. Nobody can tell a
    muscle's resting tone from noise by its power: what the calibration took for tone is taken here.
    """

    def __init__(self, moved: FloatArray, terms: MeasuringTerms, reference: Reference) -> None:
        """Take the activation of every sample, `(n_samples, n_channels)`."""
        tone = reference.rest_uv / reference.gentle_uv
        self._share = np.sqrt(moved**2 * (1.0 + 2.0 * tone) + tone**2) - tone
        self._terms = terms

    def of(self, row: MeasureRow, asked: Asked) -> float | None:
        """Return the truth of a row; None where there is none, or nobody has worked it out."""
        if row.channel is None:
            return None
        if row.measure in {Measure.ACTIVATION, Measure.RATIO, Measure.REMAINING}:
            return self._of_level(row, row.channel, asked)
        return self._of_moment(row.measure, row.channel, asked)

    def level(self, channel: int, hold: tuple[int, int]) -> float:
        """Return the mean of a stretch."""
        return float(np.mean(self._share[slice(*hold), channel]))

    def _of_level(self, row: MeasureRow, channel: int, asked: Asked) -> float | None:
        level = self.level(channel, asked.hold)
        if row.measure is Measure.RATIO:
            target = self._terms.montage.column(row.target, Side(row.side))
            return None if target is None else level / self.level(target, asked.hold)
        if row.measure is Measure.REMAINING:
            start, stop = (asked.hold[1] + round(s * self._terms.rate_hz) for s in REMAINING_S)
            return self.level(channel, (start, stop))
        return level

    def _of_moment(self, measure: Measure, channel: int, asked: Asked) -> float | None:
        rate_hz, line = self._terms.rate_hz, float(self._terms.lines[channel])
        span = (asked.start - round(BEFORE_S * rate_hz), asked.stop)
        if measure is Measure.ONSET:
            at = self._first_above(channel, line, span)
        elif measure is Measure.OFFSET:
            at = self._last_above(channel, LET_GO * self.level(channel, asked.hold), span)
        elif measure is Measure.RELEASE:
            at = self._last_above(channel, line, (asked.hold[1], asked.stop))
            return 0.0 if at is None else (at - asked.hold[1]) / rate_hz
        else:
            return None
        return None if at is None else (at - asked.start) / rate_hz

    def _first_above(self, channel: int, line: float, span: tuple[int, int]) -> int | None:
        """Return the first sample from which it stays at or above the line for 0.2 s."""
        stay = round(STAY_S * self._terms.rate_hz)
        above = self._share[slice(*span), channel] >= line
        runs = np.convolve(above, np.ones(stay, dtype=np.int64), mode="valid")
        found = np.flatnonzero(runs == stay)
        return span[0] + int(found[0]) if len(found) else None

    def _last_above(self, channel: int, line: float, span: tuple[int, int]) -> int | None:
        """Return the sample after the last one at or above the line."""
        above = np.flatnonzero(self._share[slice(*span), channel] >= line)
        return span[0] + int(above[-1]) + 1 if len(above) else None
