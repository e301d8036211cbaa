"""The powers of one attempt, kept until it is over: from them every muscle is measured."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf, isfinite, sqrt

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.power_trace import power_trace, shared_error, trace_about
from calibration.reference import Reference
from calibration.ringing import Ringing
from calibration.traces import Trace
from calibration.unmeasured import Unmeasured
from host.chain.stream import FloatArray
from host.detection.attempt_measures import Blinking
from host.detection.course import RISE_PIECE_S, joined, numbers_of
from host.report.measured_blinks import blinking_in, leave_out
from host.report.measured_kept import Kept
from host.report.measured_leaks import Leaks

UV_ABOVE_REST = "uV above rest"
NO_REFERENCE = "the muscle has no reference yet"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sureness:
    """How sure the numbers are by which powers are measured; the reference knows its own."""

    rest: FloatArray
    """Relative standard deviation of the power at rest, `(n_channels,)`."""
    most_freedom_hz: float = inf
    """Powers have no more degrees of freedom a second; the plain mode is cautious."""

    def __post_init__(self) -> None:
        """Refuse what no deviation can be."""
        if self.rest.ndim != 1 or not np.all(self.rest >= 0.0):
            raise ValueError(f"need a standard deviation a channel, not negative, got {self.rest}")


@dataclass(frozen=True, kw_only=True, eq=False)
class LevelCourse:
    """Powers of hops, `(n_hops, n_channels)`, and what turns them into activations."""

    start: int
    """First sample."""
    hop: int
    rate_hz: float
    power_uv2: FloatArray
    """NaN where unknown, touched or left out for a blink."""
    blinking: Blinking
    """Where blinks are left out: of all muscles from the cue to release on, and before of those
    that do not lead."""
    leaked_uv2: FloatArray
    """What leaks from muscles that nobody drives, on average: taken off all that is measured."""
    doubtful_uv2: FloatArray
    """How much of each power may be crosstalk still."""
    reference: Reference
    sure: Sureness
    unmeasured: Unmeasured
    """What may have leaked from muscles that are not measured."""

    @property
    def stop(self) -> int:
        """Index after the last sample."""
        return self.start + self.hop * len(self.power_uv2)

    def missing(self, channel: int) -> str:
        """Return why nothing of a channel can be a share of its reference; empty where it can."""
        known = self.reference
        parts = (known.noise_uv, known.rest_uv, known.gentle_uv)
        return "" if all(isfinite(part[channel]) for part in parts) else NO_REFERENCE

    def trace(self, channel: int, start: int, stop: int) -> Trace:
        """Return one muscle from sample `start` to `stop`, as far as it was kept.

        What may be crosstalk is the same error in all of the stretch, as those of rest and of the
        reference are.
        """
        rows, numbers = self._rows(start, stop), self._numbers(channel)
        shared = self._shared(rows, channel, numbers)
        return power_trace(
            self.power_uv2[rows, channel],
            numbers,
            self._hop_s,
            shared=shared,
            leaked_uv2=self.leaked_uv2[rows, channel],
            most_freedom_hz=self.sure.most_freedom_hz,
            too_high=self._too_high(rows, channel),
            too_low=self._too_low(rows, channel),
        )

    def about(self, channel: int, start: int, stop: int, level: float, rings: Ringing) -> Trace:
        """Return the same for telling when it crosses a level near rest, without what rings."""
        rows, numbers = self._rows(start, stop), self._numbers(channel)
        shared = self._shared(rows, channel, numbers)
        powers = self.power_uv2[:, channel]
        heard = rings.heard(powers)[rows]
        return trace_about(
            powers[rows],
            numbers,
            self._hop_s,
            level,
            shared=shared,
            ringing=heard,
            leaked_uv2=self.leaked_uv2[rows, channel],
        )

    def fine(self, channel: int, start: int, stop: int) -> Trace:
        """Return it in short pieces, for levels far above rest."""
        rows, numbers = self._rows(start, stop), self._numbers(channel)
        powers = self.power_uv2[rows, channel]
        leaked = self.leaked_uv2[rows, channel]
        return power_trace(powers, numbers, self._hop_s, RISE_PIECE_S, leaked_uv2=leaked)

    def trace_uv(self, channel: int, start: int, stop: int) -> Trace:
        """Return it in microvolts above rest, which need no reference."""
        share, gentle_uv = self.trace(channel, start, stop), self.reference.gentle_uv[channel]
        return replace(
            share,
            activation=share.activation * gentle_uv,
            sd=share.sd * gentle_uv,
            reference_spread=0.0,
            unit=UV_ABOVE_REST,
            shared=share.shared * float(gentle_uv),
            too_high=share.too_high * float(gentle_uv),
            too_low=share.too_low * float(gentle_uv),
        )

    @property
    def _hop_s(self) -> float:
        return self.hop / self.rate_hz

    def _rows(self, start: int, stop: int) -> slice:
        first, last = ((at - self.start) // self.hop for at in (start, stop))
        return slice(max(first, 0), max(last, 0))

    def _numbers(self, channel: int) -> ChannelNumbers:
        return numbers_of(self.reference, channel)

    def _too_high(self, rows: slice, channel: int) -> float:
        """Return by how much a channel may be too high: no lower than its rest."""
        at_rest, noise = self._at_rest, self.reference.noise_uv[channel] ** 2
        above = _means(self.power_uv2[rows] - self.leaked_uv2[rows]) - at_rest
        if not isfinite(above[channel]):
            return 0.0
        most = float(self.unmeasured.most_uv2(above)[channel])
        rest_uv2 = float(at_rest[channel] - noise)
        muscle_uv2 = rest_uv2 + max(float(above[channel]), 0.0)
        left_uv2 = max(muscle_uv2 - most, rest_uv2)
        return (sqrt(muscle_uv2) - sqrt(left_uv2)) / float(self.reference.gentle_uv[channel])

    def _too_low(self, rows: slice, channel: int) -> float:
        """Return by how much it may be too low: all of rest may be noise where nobody knows it.

        Noise comes off the power, tone off the amplitude.
        """
        known = self.reference
        power = _means(self.power_uv2[rows] - self.leaked_uv2[rows])[channel]
        if known.noise_uv[channel] > 0.0 or not isfinite(power):
            return 0.0
        rest_uv = float(known.rest_uv[channel])
        level_uv = sqrt(max(float(power), rest_uv**2))
        as_noise_uv = sqrt(level_uv**2 - rest_uv**2)
        return (as_noise_uv - (level_uv - rest_uv)) / float(known.gentle_uv[channel])

    @cached_property
    def _at_rest(self) -> FloatArray:
        """Power at rest, noise in it, `(n_channels,)`; NaN where not known."""
        at_rest: FloatArray = self.reference.noise_uv**2 + self.reference.rest_uv**2
        return at_rest

    def _shared(self, rows: slice, channel: int, numbers: ChannelNumbers) -> float:
        powers, doubtful = self.power_uv2[rows, channel], self.doubtful_uv2[rows, channel]
        known = np.isfinite(powers)
        if not known.any():
            return 0.0
        doubtful_uv2 = float(np.mean(doubtful[known]))
        power_uv2 = max(float(np.mean(powers[known])), 0.0)
        rest_spread = float(self.sure.rest[channel])
        return shared_error(numbers, rest_spread, doubtful_uv2, power_uv2)


def level_course(
    kept: Sequence[Kept],
    span: tuple[int, int],
    sure: Sureness,
    leaks: Leaks,
    unmeasured: Unmeasured,
    *,
    release: int | None = None,
) -> LevelCourse:
    """Return the powers of samples `span`; what was not kept is unknown.

    `leaks` is what the chain has not taken out: here it is, on average. What is `unmeasured` may
    leak as well. `release` is the sample of the cue to release.
    """
    last = kept[-1]
    hop, columns = last.hop, last.power_uv2.powers.shape[1]
    first = -(-span[0] // hop)
    stop = max(span[1] // hop, first)
    power_uv2 = joined((one.power_uv2 for one in kept), first, stop, columns)
    blinking = tuple(blinking_in(kept, unmeasured, release))
    rows = tuple((begin // hop - first, stop // hop - first) for begin, stop in blinking)
    released = None if release is None else release // hop - first
    leave_out(power_uv2, rows, quiet=~unmeasured.leading, released=released)
    doubts = [one.doubt for one in kept if one.doubt is not None]
    doubt = joined(doubts, first, stop, columns) if doubts else np.zeros(power_uv2.shape)
    heard, unsure = leaks.heard(power_uv2, last.reference)
    return LevelCourse(
        start=first * hop,
        hop=hop,
        rate_hz=last.rate_hz,
        power_uv2=power_uv2,
        blinking=blinking,
        leaked_uv2=heard,
        doubtful_uv2=np.nan_to_num(doubt * power_uv2) + unsure,
        reference=last.reference,
        sure=sure,
        unmeasured=unmeasured,
    )


def _means(power_uv2: FloatArray) -> FloatArray:
    """Return the mean of what is known in each column, NaN where nothing is, `(n_columns,)`."""
    known = np.isfinite(power_uv2)
    count = np.count_nonzero(known, axis=0)
    sums = np.sum(np.where(known, power_uv2, 0.0), axis=0)
    return np.where(count > 0, sums / np.maximum(count, 1), np.nan)
