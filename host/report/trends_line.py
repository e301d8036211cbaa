"""A line through sessions: how much something changes from each to the next, and how surely.

Logarithms `y` of session `s` and group `g` (a pattern): `y = a_g + b s + u_s + w_gs + e`, where `e`
has the variance that the scatter of the attempts gives it, `w_gs` is of that group on that day, and
`u_s`, which a session's groups share, is what new electrodes and the day do (random effects).
"""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite, sqrt

import numpy as np

from calibration.measured import Measured, difference, normal, unknown
from calibration.tables import read_table
from calibration.traces import FloatArray

TABLE = "trends.toml"
PER_SESSION = "ln per session"
LEAST_SESSIONS = 3
"""Two points always lie on a line: from three sessions on something can be told from chance."""
TOO_FEW = "a trend needs three sessions"
_FINEST = 1e-9
"""Variance of a value that has no scatter of its own."""
_STEPS, _NEAR, _MOST = 40, 1e-6, 1e4
"""How a variance is searched for."""


class Verdict(enum.Enum):
    """What an interval says of a change."""

    FALLS = "falls"
    RISES = "rises"
    OPEN = "cannot be told yet"
    """No change lies within the interval, or nothing is known."""


def verdict_of(change: Measured) -> Verdict:
    """Tell whether no change (0) lies outside of an interval, and on which side."""
    if change.known and change.high < 0.0:
        return Verdict.FALLS
    return Verdict.RISES if change.known and change.low > 0.0 else Verdict.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One logarithm of one session."""

    session: int
    """Its place in the course; those left out keep theirs."""
    value: float
    variance: float
    """Of what the session's own attempts leave open."""
    group: str = ""
    """Points of different groups have levels of their own, and one slope."""

    def __post_init__(self) -> None:
        """Refuse what no session can say."""
        if self.session < 0 or not isfinite(self.value):
            raise ValueError(f"a point has a session and a finite value, got {self}")
        if not 0.0 <= self.variance < np.inf:
            raise ValueError(f"a variance is finite and not negative, got {self.variance}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line through all points."""

    slope: Measured
    """Per session; its `n` is the number of sessions."""
    between: float
    """Standard deviation between sessions beyond what attempts explain; NaN where unknown."""

    @property
    def verdict(self) -> Verdict:
        """What the slope says."""
        return verdict_of(self.slope)


def line_through(points: Sequence[Point]) -> Line:
    """Fit the line; unknown with the reason for fewer than three sessions.

    Both variances as Paule & Mandel (1982) have them; the interval by t with two degrees of freedom
    fewer than sessions, its variance never less than the points' own allow (Knapp & Hartung 2003).
    """
    system = _System.of(_comparable(points))
    freedom = system.of_line - system.of_groups
    if system.sessions.shape[1] < LEAST_SESSIONS or freedom < 1:
        return Line(slope=unknown(PER_SESSION, TOO_FEW), between=float("nan"))
    from scipy.special import stdtrit

    among = _variance(system.disagreement)
    apart = system.squares_apart(among)

    def scatter(between: float) -> float:
        return (system.line(among, between)[2] - apart) / freedom

    between = _variance(scatter)
    slope, variance, _ = system.line(among, between)
    excess = scatter(between)
    half = float(stdtrit(freedom, 0.975)) * sqrt(variance * max(excess, 1.0))
    found = Measured(
        value=slope,
        low=slope - half,
        high=slope + half,
        unit=PER_SESSION,
        n=system.sessions.shape[1],
    )
    return Line(slope=found, between=sqrt(between))


def _comparable(points: Sequence[Point]) -> list[Point]:
    """Return the points of groups that several sessions have: others say nothing of a change."""
    sessions: dict[str, set[int]] = {}
    for point in points:
        sessions.setdefault(point.group, set()).add(point.session)
    return [point for point in points if len(sessions[point.group]) > 1]


def between_sessions(later: Measured, earlier: Measured, spread: float | None = None) -> Measured:
    """Return `later - earlier` of two sessions' logarithms: electrodes were put on anew.

    `spread` is what that does to each, as a standard deviation; that of the table where not given.
    """
    change = difference(later, earlier)
    if not change.known:
        return change
    each = placement_spread() if spread is None else spread
    return difference(change, normal(0.0, 2.0 * each**2, change.unit, change.n))


@cache
def placement_spread() -> float:
    """Return the spread of the table that ships with the program (`trends.toml`)."""
    value = read_table(TABLE).get("placement_spread")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= 2.0:
        raise ValueError(f"placement_spread must be within 0 and 2 in {TABLE}, got {value!r}")
    return float(value)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _System:
    """Points as a regression: levels of the groups, then the slope or each session."""

    values: FloatArray
    """`(n_points,)`."""
    variances: FloatArray
    """`(n_points,)`."""
    groups: FloatArray
    """1 where a point is of a group, `(n_points, n_groups)`."""
    sessions: FloatArray
    """1 where a point is of a session, `(n_points, n_sessions)`."""
    places: FloatArray
    """Of the points' sessions in the course, `(n_points,)`."""

    @classmethod
    def of(cls, points: Sequence[Point]) -> "_System":
        places = np.array([point.session for point in points], dtype=np.float64)
        names = np.array([point.group for point in points])
        return cls(
            values=np.array([point.value for point in points]),
            variances=np.array([max(point.variance, _FINEST) for point in points]),
            groups=(names[:, np.newaxis] == np.unique(names)).astype(np.float64),
            sessions=(places[:, np.newaxis] == np.unique(places)).astype(np.float64),
            places=places,
        )

    @property
    def of_groups(self) -> int:
        """On how many counts groups can disagree about sessions."""
        return len(self.values) - int(np.linalg.matrix_rank(self._apart))

    @property
    def of_line(self) -> int:
        """On how many counts points can miss the line."""
        return int(len(self.values) - self.groups.shape[1] - 1)

    def disagreement(self, among: float) -> float:
        """Return how much more groups disagree about sessions than they should."""
        freedom = self.of_groups
        return self.squares_apart(among) / freedom if freedom else 0.0

    def line(self, among: float, between: float) -> tuple[float, float, float]:
        """Return the slope, its variance, and by how much points miss the line, squared, weighed.

        Of the last, `squares_apart` is what groups disagree about, whatever lies between sessions.
        """
        shared = between * self.sessions @ self.sessions.T
        weights = np.linalg.inv(np.diag(self.variances + among) + shared)
        design = np.column_stack([self.groups, self.places])
        inverse = np.linalg.inv(design.T @ weights @ design)
        found = inverse @ design.T @ weights @ self.values
        left = self.values - design @ found
        return float(found[-1]), float(inverse[-1, -1]), float(left @ weights @ left)

    def squares_apart(self, among: float) -> float:
        """Return by how much groups disagree about sessions, squared and weighed."""
        roots = 1.0 / np.sqrt(self.variances + among)
        design, values = self._apart * roots[:, np.newaxis], self.values * roots
        left = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
        return float(left @ left)

    @property
    def _apart(self) -> FloatArray:
        """The design in which every group and every session has a level of its own."""
        return np.hstack([self.groups, self.sessions])


def _variance(excess: Callable[[float], float]) -> float:
    """Return the least variance with which points scatter as they should: an excess of 1.

    It falls with the variance, nearly as one over it: so its inverse is followed by its chord.
    """
    at, before = 0.0, excess(0.0)
    if before <= 1.0:
        return 0.0
    low, high = 0.0, 1e-4
    while (over := excess(high)) > 1.0 and high < _MOST:
        low, before, high = high, over, 4.0 * high
    for _ in range(_STEPS):
        slope = (1.0 / over - 1.0 / before) / (high - low)
        at = low + (1.0 - 1.0 / before) / slope if slope > 0.0 else 0.5 * (low + high)
        now = excess(at)
        if abs(now - 1.0) < _NEAR:
            break
        if now > 1.0:
            low, before = at, now
        else:
            high, over = at, now
    return at
