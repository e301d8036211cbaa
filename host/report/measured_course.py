"""The powers of one attempt, kept until it is over: from them every muscle is measured."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.power_trace import power_trace, shared_error, trace_about
from calibration.reference import Reference
from calibration.ringing import Ringing
from calibration.traces import Trace
from host.chain.stream import FloatArray
from host.detection.course import RISE_PIECE_S, joined, numbers_of
from host.report.measured_kept import Kept
from host.report.measured_leaks import Leaks

UV_ABOVE_REST = "uV above rest"
NO_REFERENCE = "the muscle has no reference yet"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sureness:
    """How sure the numbers are by which powers are measured, relative standard deviations.

    `(n_channels,)` each; 0 where not known: intervals then leave it out.
    """

    reference: FloatArray
    """Of the gentle reference. A recorded session keeps it without its interval."""
    rest: FloatArray
    """Of the power at rest."""
    most_freedom_hz: float = inf
    """Powers have no more degrees of freedom a second; the plain mode is cautious."""

    def __post_init__(self) -> None:
        """Refuse what no deviation can be."""
        if self.reference.shape != self.rest.shape or self.reference.ndim != 1:
            raise ValueError("need one number a channel for the reference and one for rest")
        if not (np.all(self.reference >= 0.0) and np.all(self.rest >= 0.0)):
            raise ValueError(f"standard deviations must not be negative, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LevelCourse:
    """Powers of hops, `(n_hops, n_channels)`, and what turns them into activations."""

    start: int
    """First sample."""
    hop: int
    rate_hz: float
    power_uv2: FloatArray
    """NaN where unknown, touched or in a blink."""
    leaked_uv2: FloatArray
    """What leaks from muscles that nobody drives, on average: taken off all that is measured."""
    doubtful_uv2: FloatArray
    """How much of each power may be crosstalk still."""
    reference: Reference
    sure: Sureness

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
        )

    @property
    def _hop_s(self) -> float:
        return self.hop / self.rate_hz

    def _rows(self, start: int, stop: int) -> slice:
        first, last = ((at - self.start) // self.hop for at in (start, stop))
        return slice(max(first, 0), max(last, 0))

    def _numbers(self, channel: int) -> ChannelNumbers:
        return numbers_of(self.reference, channel, float(self.sure.reference[channel]))

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
    kept: Sequence[Kept], span: tuple[int, int], sure: Sureness, leaks: Leaks
) -> LevelCourse:
    """Return the powers of samples `span`; what was not kept is unknown.

    `leaks` is what the chain has not taken out: here it is, on average.
    """
    last = kept[-1]
    hop, columns = last.hop, last.power_uv2.powers.shape[1]
    first = -(-span[0] // hop)
    stop = max(span[1] // hop, first)
    power_uv2 = joined((one.power_uv2 for one in kept), first, stop, columns)
    _leave_out_blinks(power_uv2, kept, first)
    doubts = [one.doubt for one in kept if one.doubt is not None]
    doubt = joined(doubts, first, stop, columns) if doubts else np.zeros(power_uv2.shape)
    heard, unsure = leaks.heard(power_uv2, last.reference)
    return LevelCourse(
        start=first * hop,
        hop=hop,
        rate_hz=last.rate_hz,
        power_uv2=power_uv2,
        leaked_uv2=heard,
        doubtful_uv2=np.nan_to_num(doubt * power_uv2) + unsure,
        reference=last.reference,
        sure=sure,
    )


def _leave_out_blinks(power_uv2: FloatArray, kept: Sequence[Kept], first: int) -> None:
    """Forget powers of an eye that only blinked: that is no synkinesis."""
    hop = kept[-1].hop
    for blink in (blink for one in kept for blink in one.blinks):
        begin, end = blink.onset // hop, -(-blink.offset // hop)
        rows = slice(max(begin - first, 0), max(end - first, 0))
        power_uv2[rows, list(blink.channels)] = np.nan
