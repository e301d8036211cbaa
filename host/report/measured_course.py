"""The levels of one attempt, kept until it is over: from them every measure of a hold is taken."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.reference import Reference
from calibration.traces import Trace
from host.chain.stream import FloatArray
from host.detection.course import PIECE_S, joined
from host.report.measured_kept import Kept
from host.report.measured_scatter import Scatter, alike

UV_ABOVE_REST = "uV above rest"
NO_REFERENCE = "the muscle has no reference yet"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LevelCourse:
    """Activations in pieces of some hops, with how sure they are; `(n_pieces, n_channels)`.

    From the levels of the display, each put where the middle of its window lies. They are not cut
    off at zero.
    """

    start: int
    """First sample."""
    samples: int
    """Per piece."""
    rate_hz: float
    activation: FloatArray
    """Share of the gentle reference; NaN where unknown, touched or in a blink."""
    sd: FloatArray
    correlated: FloatArray
    """Pieces that make one independent value, `(n_channels,)`."""
    windows_s: FloatArray | None
    """How far back each level reaches; None where all are in the middle of their windows."""
    doubtful: FloatArray
    """Standard deviation by which all of an activation may still be crosstalk."""
    reference: Reference
    reference_spread: FloatArray
    """Relative standard deviation of the gentle reference, `(n_channels,)`; 0 where not known."""

    @property
    def stop(self) -> int:
        """Index after the last sample."""
        return self.start + self.samples * len(self.activation)

    def missing(self, channel: int) -> str:
        """Return why nothing of a channel can be a share of its reference; empty where it can."""
        known = self.reference
        parts = (known.noise_uv, known.rest_uv, known.gentle_uv)
        return "" if all(np.isfinite(part[channel]) for part in parts) else NO_REFERENCE

    def trace(self, channel: int, start: int, stop: int) -> Trace:
        """Return one muscle from sample `start` to `stop`, as far as it was kept.

        What may be crosstalk is the same error in all of the stretch, as that of the reference is.
        """
        rows = self._rows(start, stop)
        activation = self.activation[rows, channel]
        shared = self._shared(rows, channel)
        return Trace(
            activation=activation,
            sd=self.sd[rows, channel],
            hop_s=self.samples / self.rate_hz,
            correlated_hops=float(self.correlated[channel]),
            reference_spread=float(np.hypot(self.reference_spread[channel], shared)),
        )

    def trace_uv(self, channel: int, start: int, stop: int) -> Trace:
        """Return the same in microvolts above rest, which need no reference."""
        rows, gentle_uv = self._rows(start, stop), float(self.reference.gentle_uv[channel])
        return Trace(
            activation=self.activation[rows, channel] * gentle_uv,
            sd=self.sd[rows, channel] * gentle_uv,
            hop_s=self.samples / self.rate_hz,
            correlated_hops=float(self.correlated[channel]),
            reference_spread=self._shared(rows, channel),
            unit=UV_ABOVE_REST,
        )

    def late_s(self, channel: int, sample: float) -> float:
        """Return the window of the level at a sample: the moment it shows may lie so far back."""
        if self.windows_s is None or not len(self.windows_s):
            return 0.0
        row = int(np.clip((sample - self.start) // self.samples, 0, len(self.windows_s) - 1))
        return float(np.nan_to_num(self.windows_s[row, channel]))

    def _rows(self, start: int, stop: int) -> slice:
        first, last = ((at - self.start) // self.samples for at in (start, stop))
        return slice(max(first, 0), max(last, 0))

    def _shared(self, rows: slice, channel: int) -> float:
        """Return what may be crosstalk as a share of the mean of a stretch."""
        known = np.isfinite(self.activation[rows, channel])
        if not known.any():
            return 0.0
        doubtful = float(np.mean(self.doubtful[rows, channel][known]))
        mean = abs(float(np.mean(self.activation[rows, channel][known])))
        return doubtful / max(mean, 1e-9)


def level_course(
    kept: Sequence[Kept],
    span: tuple[int, int],
    hold: tuple[int, int],
    scatter: Scatter,
    reference_spread: FloatArray,
) -> LevelCourse:
    """Return the levels of samples `span`; what was not kept is unknown.

    `hold` is where the length of windows is taken from.
    """
    last = kept[-1]
    hop, per_piece = last.hop, max(1, round(PIECE_S * last.rate_hz / last.hop))
    first = -(-span[0] // hop // per_piece) * per_piece
    # Levels that are in the middle of their windows later than the end are left out.
    count = max(span[1] // hop - scatter.lag - first, 0) // per_piece * per_piece
    power, freedom, doubt = _averaged(kept, first, count, per_piece, scatter.lag)
    windows = np.where(np.isnan(power), np.nan, scatter.windows(freedom) / per_piece)
    inside = slice(*(min(max(at // hop - first, 0), count) // per_piece for at in hold))
    correlated = alike(windows[inside])
    per_value = scatter.per_hop(power) * per_piece * correlated
    activation, sd = _activation(power, per_value, last.reference)
    return LevelCourse(
        start=first * hop,
        samples=per_piece * hop,
        rate_hz=last.rate_hz,
        activation=np.where(freedom > 0.0, activation, np.nan),
        sd=sd,
        correlated=correlated,
        windows_s=windows * per_piece * hop / last.rate_hz if scatter.adaptive else None,
        doubtful=np.sqrt(power) * doubt / 2.0 / last.reference.gentle_uv,
        reference=last.reference,
        reference_spread=reference_spread,
    )


def _averaged(
    kept: Sequence[Kept], first: int, count: int, per_piece: int, lag: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return power, degrees of freedom and doubt of pieces, `(n_pieces, n_channels)` each."""
    rms_uv, freedom, doubt = _joined(kept, first + lag, count)
    _leave_out_blinks(rms_uv, kept, first, lag)
    return (
        _pieces(rms_uv**2, per_piece),
        _pieces(freedom, per_piece),
        _pieces(doubt, per_piece),
    )


def _joined(
    kept: Sequence[Kept], first: int, count: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return RMS, degrees of freedom and doubt of so many hops, `(count, n_channels)`."""
    stop, columns = first + count, kept[-1].rms_uv.powers.shape[1]
    rms_uv = joined((one.rms_uv for one in kept), first, stop, columns)
    freedom = joined((one.freedom for one in kept), first, stop, columns)
    doubts = [one.doubt for one in kept if one.doubt is not None]
    doubt = joined(doubts, first, stop, columns) if doubts else np.zeros(rms_uv.shape)
    return rms_uv, freedom, np.nan_to_num(doubt)


def _leave_out_blinks(rms_uv: FloatArray, kept: Sequence[Kept], first: int, lag: int) -> None:
    """Forget levels of an eye that only blinked: that is no synkinesis."""
    hop = kept[-1].hop
    for blink in (blink for one in kept for blink in one.blinks):
        begin, end = blink.onset // hop - lag, -(-blink.offset // hop) + lag
        rows = slice(max(begin - first, 0), max(end - first, 0))
        rms_uv[rows, list(blink.channels)] = np.nan


def _pieces(values: FloatArray, per_piece: int) -> FloatArray:
    """Average so many hops at a time, in order; NaN where one of them is."""
    count, columns = values.shape
    pieces: FloatArray = values.reshape(count // per_piece, per_piece, columns).mean(axis=1)
    return pieces


def _activation(
    power: FloatArray, freedom: FloatArray, reference: Reference
) -> tuple[FloatArray, FloatArray]:
    """Return activation (T3), not cut off at zero, and its standard deviation.

    A power with `f` degrees of freedom scatters by `sqrt(2 / f)` of itself. The rest is as in
    `calibration.power_trace`, which tells the scatter from powers that do not overlap.
    """
    sd_uv2 = power * np.sqrt(2.0 / freedom)
    muscle_uv2 = power - reference.noise_uv**2
    # Near zero the root turns an error of the power into about its own root.
    root_uv = np.sqrt(np.maximum(np.maximum(muscle_uv2, sd_uv2), 1e-30))
    sd_uv = sd_uv2 / (2.0 * root_uv)
    # A root of noisy values is too low by `sd² / (2 root)`, where it is not cut off at zero.
    clear = np.clip(muscle_uv2 / np.maximum(4.0 * sd_uv2, 1e-30), 0.0, 1.0)
    amplitude_uv = np.sqrt(np.maximum(muscle_uv2, 0.0)) + clear * sd_uv**2 / (2.0 * root_uv)
    activation: FloatArray = (amplitude_uv - reference.rest_uv) / reference.gentle_uv
    return activation, sd_uv / reference.gentle_uv
