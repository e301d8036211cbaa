"""One session as trends see it: its measures, and each synkinesis ratio with its logarithm (T3)."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from calibration.intervals import Z95
from calibration.measured import Measured, normal, pooled, unknown
from calibration.muscles import Side
from calibration.patterns import Role
from host.detection.frame import Frames
from host.recording.bout_events import AttemptLeftOut
from host.recording.reader import SessionRecording
from host.report.measured_kinds import AttemptMeasures, Measure, MeasureRow
from host.report.results import judged, measuring_of
from host.session.opened import Opened

LN = "ln"
NOT_PRACTISED = "it was not practised"
AT_REST = "it cannot be told from rest, so it has no logarithm"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SessionMeasures:
    """What one session gives to a trend."""

    name: str
    created: str
    """ISO 8601; empty where unknown."""
    affected: Side
    attempts: tuple[AttemptMeasures, ...]
    resting: Mapping[tuple[str, str], float]
    """Resting level by muscle and side, uV, freed of noise; those that are known (P4)."""

    @property
    def calibrated(self) -> bool:
        """Whether a calibration stands behind all of it."""
        return bool(self.attempts) and all(one.calibrated for one in self.attempts)


def session_measures(
    opened: Opened, watch: Callable[[Frames], None] = lambda _frames: None
) -> SessionMeasures:
    """Judge and measure a whole recording, as it was judged when it was recorded.

    `watch` sees all of its frames.
    """
    return measures_of_session(opened, judged(opened, watch, measuring_of(opened)).measures)


def measures_of_session(opened: Opened, every: Sequence[AttemptMeasures]) -> SessionMeasures:
    """Return what a session gives to a trend; attempts that were broken off do not count."""
    return SessionMeasures(
        name=opened.name,
        created=opened.created,
        affected=opened.affected,
        attempts=_kept(every, _left_out(opened)),
        resting=resting_of(opened),
    )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Pair:
    """A muscle that comes along with the one that leads a pattern, on one side."""

    pattern: str
    muscle: str
    side: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A ratio in one session."""

    ratio: Measured
    """Pooled over its attempts."""
    log: Measured
    """Its logarithm; unknown where the mean is not above rest."""
    variance: float = 0.0
    """Of the logarithm."""
    attempts: int = 0
    """That are known."""


def ratios_of(session: SessionMeasures) -> dict[Pair, list[Measured]]:
    """Return the synkinesis ratio of every pair in every attempt."""
    found: dict[Pair, list[Measured]] = {}
    for attempt in session.attempts:
        for row in attempt.of(Measure.RATIO):
            found.setdefault(_pair(attempt, row), []).append(row.measured)
    return found


def roles_of(sessions: Iterable[SessionMeasures]) -> dict[Pair, Role | None]:
    """Return the last role that each pair's muscle had."""
    return {
        _pair(attempt, row): row.role
        for session in sessions
        for attempt in session.attempts
        for row in attempt.of(Measure.RATIO)
    }


def quiet_in_all(sessions: Iterable[SessionMeasures], pattern: str) -> frozenset[str]:
    """Return the muscles that a pattern keeps quiet in every attempt at it, affected side.

    Others came or went with electrodes and roles: they tell no change.
    """
    found = [
        frozenset(row.muscle for row in _quiet_ratios(attempt, session.affected))
        for session in sessions
        for attempt in session.attempts
        if attempt.pattern == pattern
    ]
    return frozenset.intersection(*found) if found else frozenset()


def together(session: SessionMeasures, pattern: str, muscles: Collection[str]) -> list[Measured]:
    """Return the mean ratio of some quiet muscles in each attempt at a pattern (P14).

    Of the affected side. An attempt in which one of them is unknown is left out: unknown is never
    quiet. Errors count as if all were alike.
    """
    found = []
    for attempt in session.attempts:
        rows = _quiet_ratios(attempt, session.affected) if attempt.pattern == pattern else []
        own = [row.measured for row in rows if row.muscle in muscles]
        if own and all(_is_known(one) for one in own):
            value = float(np.mean([one.value for one in own]))
            half = float(np.mean([one.own_half_width for one in own]))
            found.append(normal(value, (half / Z95) ** 2, ""))
    return found


def levels_over(sessions: Sequence[Sequence[Measured]]) -> tuple[Level, ...]:
    """Return the level of each session from its attempts' ratios.

    How much attempts differ is a trait of a person: their scatter, relative to the session's mean,
    is pooled over all sessions, for three attempts hardly tell it. It is never less than what the
    attempts' own intervals allow.
    """
    known = [
        np.array([(one.value, one.own_half_width / Z95) for one in attempts if _is_known(one)])
        for attempts in sessions
    ]
    scatter, freedom = _scatter(known)
    return tuple(
        _level(attempts, numbers, scatter, freedom)
        for attempts, numbers in zip(sessions, known, strict=True)
    )


def _quiet_ratios(attempt: AttemptMeasures, affected: Side) -> list[MeasureRow]:
    return [
        row
        for row in attempt.of(Measure.RATIO)
        if row.side == affected.value and row.role is Role.QUIET
    ]


def _level(
    attempts: Sequence[Measured], numbers: np.ndarray, scatter: float, freedom: int
) -> Level:
    if not attempts:
        return Level(ratio=unknown("", NOT_PRACTISED), log=unknown(LN, NOT_PRACTISED))
    ratio = pooled(attempts)
    if not len(numbers) or not ratio.known:
        return Level(ratio=ratio, log=unknown(LN, ratio.reason or NOT_PRACTISED))
    mean = float(numbers[:, 0].mean())
    if mean <= 0.0:
        return Level(ratio=ratio, log=unknown(LN, AT_REST), attempts=len(numbers))
    own = float(np.mean(numbers[:, 1] ** 2)) / mean**2
    variance = max(scatter, own) / len(numbers)
    return Level(
        ratio=ratio,
        log=_by_t(log(mean), variance, freedom, len(numbers)),
        variance=variance,
        attempts=len(numbers),
    )


def _scatter(known: Sequence[np.ndarray]) -> tuple[float, int]:
    """Return the relative variance between attempts of one session, and its freedom."""
    several = [one[:, 0] for one in known if len(one) > 1 and one[:, 0].mean() > 0.0]
    freedom = sum(len(one) - 1 for one in several)
    squares = sum(float(np.sum((one / one.mean() - 1.0) ** 2)) for one in several)
    return (squares / freedom if freedom else 0.0), freedom


def _by_t(value: float, variance: float, freedom: int, n: int) -> Measured:
    from scipy.special import stdtrit

    half = (float(stdtrit(freedom, 0.975)) if freedom else Z95) * sqrt(variance)
    return Measured(value=value, low=value - half, high=value + half, unit=LN, n=n)


def _is_known(one: Measured) -> bool:
    return one.known and bool(np.isfinite(one.half_width))


def _pair(attempt: AttemptMeasures, row: MeasureRow) -> Pair:
    return Pair(pattern=attempt.pattern, muscle=row.muscle, side=row.side, target=row.target)


def _left_out(opened: Opened) -> list[int]:
    """Return the samples at which attempts were broken off."""
    recorded = opened.recorded
    events = recorded.events if isinstance(recorded, SessionRecording) else ()
    return [event.sample for event in events if isinstance(event, AttemptLeftOut)]


def _kept(attempts: Sequence[AttemptMeasures], left: Sequence[int]) -> tuple[AttemptMeasures, ...]:
    """Return the attempts that were not broken off."""
    starts = [one.start for one in attempts]
    broken = {bisect_right(starts, sample) - 1 for sample in left}
    return tuple(one for place, one in enumerate(attempts) if place not in broken)


def resting_of(opened: Opened) -> dict[tuple[str, str], float]:
    """Return what a calibration found at rest; nothing where there was none."""
    if opened.reference is None:
        return {}
    sites = opened.watch.montage.sites
    return {
        (site.muscle, site.side.value): float(level_uv)
        for site, level_uv in zip(sites, opened.reference.rest_uv, strict=True)
        if site.side is not None and site.muscle and np.isfinite(level_uv)
    }
