"""Which stretches calibration accepts: contact, clipping, hum, length, steadiness."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from calibration.findings import Fault, Finding
from calibration.levels import Levels
from calibration.montage import Montage
from calibration.saying import Saying
from calibration.segments import LEAST_S, Segment, SegmentKind, of_kind
from calibration.tables import parse_table, read_table
from calibration.traces import FloatArray

TABLE = "fitting.toml"
PIECE_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a stretch may have; clinical judgement, to be edited."""

    most_clipped: float = 0.01
    most_loose: float = 0.1
    most_mains: float = 0.3
    least_known: float = 0.8
    """Shares of a stretch."""
    weak_ratio: float = 1.4
    """RMS level of a hold over that of rest."""
    weak_uv: float = 2.0
    """And least rise of a hold; a gentle contraction has 5 to 20 uV (T4), half at 250 Hz."""
    most_unsteady: float = 0.35
    """Relative spread of the level within a hold."""
    most_restless: float = 4.0
    """RMS level of the loud quarter of rest over the quiet one."""
    louder_ratio: float = 2.0
    """How many times more another muscle must rise to have answered louder,"""
    louder_share: float = 0.75
    """and how near to its own gentle level: synkinesis alone is not the wrong muscle."""
    along_ratio: float = 3.0
    """A synkinesis is not louder than so many times the muscle that it comes along with."""
    swapped_ratio: float = 1.5
    turned_ratio: float = 1.5
    """Two muscles may be exchanged where the one that was not asked rises by so many times as much,
    over both movements; between this and one over it nobody can tell."""
    own_ratio: float = 4.0
    """Where it is so many times the other way round, they are not, whatever leaks say."""
    exchanged_evidence: float = 10.0
    """By how much better the leaks of two exchanged channels must fit (chi-square)."""
    sides_differ: float = 0.5
    """What a leak of one side differs by from the other's, relative."""

    def __post_init__(self) -> None:
        """Refuse limits that would accept nothing, or anything."""
        for name in ("most_clipped", "most_loose", "most_mains", "least_known"):
            if not 0.0 <= getattr(self, name) < 1.0:
                raise ValueError(f"{name} must be from 0 to below 1, got {getattr(self, name)}")
        times = ("weak_ratio", "most_restless", "louder_ratio", "along_ratio")
        for name in (*times, "swapped_ratio", "turned_ratio", "own_ratio"):
            if not getattr(self, name) > 1.0:
                raise ValueError(f"{name} must be above 1, got {getattr(self, name)}")
        if not self.weak_uv >= 0.0:
            raise ValueError(f"weak_uv must not be negative, got {self.weak_uv}")
        if not 0.0 < self.louder_share <= 1.0:
            raise ValueError(f"louder_share must be above 0, at most 1, got {self.louder_share}")
        for name in ("most_unsteady", "exchanged_evidence", "sides_differ"):
            if not getattr(self, name) > 0.0:
                raise ValueError(f"{name} must be positive, got {getattr(self, name)}")


@cache
def limits() -> Limits:
    """Return the limits that ship with the program."""
    return _limits(read_table(TABLE), TABLE)


def limits_from_toml(text: str, name: str) -> Limits:
    """Read limits of one's own; ValueError says what is wrong with them."""
    return _limits(parse_table(text, name), name)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recorded:
    """What calibration looks at."""

    levels: Levels
    montage: Montage
    segments: tuple[Segment, ...]
    """In order of time; see `segments.checked`."""
    allowed: Limits

    def of_kind(self, kind: SegmentKind) -> tuple[Segment, ...]:
        """Return the stretches of one kind, in order."""
        return of_kind(self.segments, kind)

    def mean_power(self, segment: Segment, channel: int) -> float:
        """Return the mean power over what is known of a stretch, uV²; NaN where nothing is."""
        powers = self.levels.powers(segment, channel)
        known = powers[np.isfinite(powers)]
        return float(known.mean()) if len(known) else float("nan")

    def typical_power(self, segment: Segment, channel: int) -> float:
        """Return the median power of quarter seconds, so that a blink does not count.

        Where none is wholly known it is the mean over what is; NaN where nothing is.
        """
        powers = self.levels.means(self.levels.powers(segment, channel), PIECE_S)
        powers = powers[np.isfinite(powers)]
        return float(np.median(powers)) if len(powers) else self.mean_power(segment, channel)


def signal_fault(recorded: Recorded, segment: Segment, channel: int) -> tuple[Fault, str] | None:
    """Return what is wrong with the signal of one channel in a stretch, and how much."""
    levels, allowed = recorded.levels, recorded.allowed
    seconds = segment.seconds(levels.rate_hz)
    if segment.is_too_short(levels.rate_hz):
        return Fault.TOO_SHORT, Saying("{:.1f} s, need {:g} s", seconds, LEAST_S[segment.kind])
    rows = segment.rows(levels.hop)
    for fault, codes, most in (
        (Fault.LOOSE, levels.loose, allowed.most_loose),
        (Fault.CLIPPED, levels.clipped, allowed.most_clipped),
        (Fault.MAINS, levels.mains, allowed.most_mains),
    ):
        share = float(np.mean(codes[rows, channel]))
        if share > most:
            return fault, Saying("{:.0%} of the time", share)
    known = float(np.mean(np.isfinite(levels.powers(segment, channel))))
    if known < allowed.least_known:
        return Fault.LOST, Saying("known for {:.0%} of the time", known)
    return None


def unsteadiness(levels: Levels, segment: Segment, channel: int) -> float:
    """Return the relative spread of the level over quarter seconds; NaN if too short.

    Without what the noise of an estimate adds, `1 / (4 T B)` for a Gaussian signal of bandwidth
    `B` (half the band is taken, for EMG is not white).
    """
    pieces = np.sqrt(levels.means(levels.powers(segment, channel), PIECE_S))
    pieces = pieces[np.isfinite(pieces)]
    if len(pieces) < 3:
        return float("nan")
    bandwidth = (levels.band_hz[1] - levels.band_hz[0]) / 2.0
    spread = float(np.var(pieces, ddof=1)) / float(np.mean(pieces)) ** 2
    return float(np.sqrt(max(spread - 1.0 / (4.0 * PIECE_S * bandwidth), 0.0)))


def restlessness(powers: FloatArray) -> float:
    """Return how much higher the loud quarter of rest is than the quiet one, as RMS levels."""
    known = powers[np.isfinite(powers)]
    if len(known) < 4:
        return 1.0
    quiet, loud = np.quantile(known, [0.25, 0.75])
    return float(np.sqrt(loud / max(quiet, 1e-30)))


def finding(
    fault: Fault, detail: str, name: str, segment: Segment | None, channel: int | None
) -> Finding:
    """Return a finding about a channel (by its name) and a stretch."""
    where = name if segment is None else Saying("{}, {}", name, segment.kind.value)
    start = None if segment is None else segment.start
    return Finding(fault=fault, channel=channel, where=where, detail=detail, start=start)


def _limits(table: Mapping[str, Any], name: str) -> Limits:
    for key, value in table.items():
        if key not in Limits.__slots__:
            raise ValueError(f"{name} has an unknown entry {key!r}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{key!r} must be a number in {name}, got {value!r}")
    return Limits(**table)
