"""Measure every attempt of a session once (T3), live and from a recording alike."""

from collections.abc import Iterable, Sequence
from math import inf, sqrt

import numpy as np

from calibration.freedom import plain_freedom_hz
from calibration.muscles import Side
from host.chain.delay import ringing
from host.chain.stream import FloatArray, Stream
from host.detection.attempted import Attempted
from host.detection.attempts import Attempt
from host.detection.frame import Frames
from host.detection.watch import Watch
from host.report.measured_course import Sureness
from host.report.measured_gathering import Gathered, Gathering
from host.report.measured_kinds import AttemptMeasures
from host.report.measured_leaks import Leaks
from host.report.measured_levels import level_rows
from host.report.measured_moments import moment_rows
from host.report.measured_seen import MeasuringTerms

RESTED_S = 20.0
"""For so long a calibration listens to a face at rest: twice 10 s."""
QUIETEST = 1.36
"""The mean of the two lowest of ten normal values lies 1.27 standard deviations below the middle,
and differs by 0.47: so far it is off, as a root of squares."""


def measuring_terms(watch: Watch, stream: Stream, affected: Side) -> MeasuringTerms:
    """Return the terms of a session."""
    channels = len(watch.montage.sites)
    floors = np.array(watch.floors) if watch.floors else np.zeros(channels)
    hop = stream.samples((watch.chain.adaptive or watch.chain.envelope).hop_s)
    return MeasuringTerms(
        montage=watch.montage,
        affected=affected,
        hop=hop,
        rate_hz=stream.rate_hz,
        lines=watch.release.lines(floors),
        sure=Sureness(
            rest=_rest_spread(watch, channels, stream.rate_hz),
            most_freedom_hz=inf if watch.chain.adaptive else plain_freedom_hz(stream.rate_hz),
        ),
        leaks=Leaks.of(watch.chain, channels),
        unmixed=watch.chain.crosstalk is not None,
        ringing=ringing(watch.chain, stream, hop),
    )


def _rest_spread(watch: Watch, channels: int, rate_hz: float) -> FloatArray:
    """Return how sure the power at rest is, relative.

    A median over the pieces of rest has `pi / 2` times the variance of a mean. Without a
    calibration it is that of the two quietest of ten seconds (`host.detection.rest`).
    """
    adaptive = watch.chain.adaptive
    if adaptive is None:
        second = sqrt(2.0 / plain_freedom_hz(rate_hz))
        return np.full(channels, QUIETEST * second)
    freedom = np.array([model.rest.long_hz for model in adaptive.channels]) * RESTED_S
    spread: FloatArray = np.sqrt(np.pi / 2.0 * 2.0 / freedom)
    return spread


def measures_of(
    frames: Iterable[Frames], terms: MeasuringTerms, over: Sequence[Attempted] = ()
) -> tuple[AttemptMeasures, ...]:
    """Return the measures of the attempts in these frames.

    For one attempt that is over give all frames from 1.5 s before its cue on; `over` are attempts
    that no frame tells of, such as the one that a session ended with.
    """
    measuring = Measuring(terms)
    for one in frames:
        measuring.push(one)
    measuring.close(over)
    return tuple(measuring.attempts)


class Measuring(Gathering):
    """Takes frames in order; has the measures of each attempt as soon as that is over."""

    def __init__(self, terms: MeasuringTerms, known: Iterable[Attempt] = ()) -> None:
        """Give attempts the numbers of those that are `known` beforehand; count the others."""
        super().__init__(terms, known, tell=lambda one: self.attempts.append(measured(one)))
        self.attempts: list[AttemptMeasures] = []
        """Those that are over, in order."""


def measured(one: Gathered) -> AttemptMeasures:
    """Return the rows of an attempt that is over."""
    seen = one.seen
    return AttemptMeasures(
        number=seen.number,
        pattern=one.pattern,
        start=seen.start,
        calibrated=one.calibrated,
        rows=(*level_rows(seen), *moment_rows(seen)),
    )
