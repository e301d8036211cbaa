"""Who acts when: a map of muscles and patterns, and how selective each pattern is (P13, P17)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from calibration.intervals import wilson
from calibration.measured import Measured, bounded, pooled, unknown
from calibration.measures_time import NEVER_REACHED, synchrony
from calibration.patterns import Role
from host.report.measured_kinds import AttemptMeasures, Measure, MeasureRow
from host.report.measured_moments import STAYED
from host.report.trends_session import NOT_PRACTISED, SessionMeasures

OF_ATTEMPTS = "of the attempts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What one muscle does in one pattern, over the attempts at it."""

    channel: int
    muscle: str
    side: str
    role: Role | None
    level: Measured
    """In the hold, share of the gentle reference."""
    share: Measured
    """In how many of the attempts that are known it left its rest."""
    onset: Measured
    """After the cue to rise, where it did."""
    after_target: Measured
    """Onset after that of the muscle that leads on its side; unknown for that muscle itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """One pattern of the map."""

    pattern: str
    attempts: int
    muscles: tuple[Acts, ...]
    """By channel."""
    selectivity: Measured
    """Of the affected side (Schieber; T3)."""
    session: str = ""
    """Name of the session that it is from."""


def acting(sessions: Sequence[SessionMeasures]) -> tuple[Acting, ...]:
    """Return each pattern as the newest session shows it that asked for it."""
    newest: dict[str, Acting] = {}
    for session in sessions:
        attempts = sorted(session.attempts, key=lambda one: one.pattern)
        for name, own in groupby(attempts, key=lambda one: one.pattern):
            newest[name] = acting_in(list(own), session.affected.value, session.name)
    order = dict.fromkeys(one.pattern for session in sessions for one in session.attempts)
    return tuple(newest[name] for name in order)


def acting_in(attempts: Sequence[AttemptMeasures], affected: str, session: str = "") -> Acting:
    """Return what the muscles do in attempts at one pattern, of which there is at least one."""
    channels = sorted(
        {
            row.channel
            for one in attempts
            for row in one.of(Measure.ACTIVATION)
            if row.channel is not None
        }
    )
    return Acting(
        pattern=attempts[0].pattern,
        attempts=len(attempts),
        muscles=tuple(_acts(attempts, channel) for channel in channels),
        selectivity=_pooled(_selectivities(attempts, affected)),
        session=session,
    )


def pooled_rows(attempts: Iterable[AttemptMeasures], measure: Measure, channel: int) -> Measured:
    """Return a measure of one channel, pooled over attempts."""
    return _pooled(row.measured for row in _rows(attempts, measure, channel))


def left_rest(attempts: Iterable[AttemptMeasures], channel: int) -> Measured:
    """Return in how many of the attempts that are known a muscle left its rest (Wilson 1927).

    When it did may be unknown all the same. Where its level in the hold is unknown, nobody knows;
    of tolerated muscles nobody asks.
    """
    moved = [acted for one in attempts if (acted := acted_in(one, channel)) is not None]
    if not moved:
        return unknown(OF_ATTEMPTS, "it is known in no attempt")
    share = sum(moved) / len(moved)
    return bounded(share, wilson(share, len(moved)), OF_ATTEMPTS, len(moved))


def acted_in(attempt: AttemptMeasures, channel: int) -> bool | None:
    """Tell whether a muscle left its rest in an attempt; None where that is not known."""
    levels = _rows([attempt], Measure.ACTIVATION, channel)
    onsets = _rows([attempt], Measure.ONSET, channel)
    if not onsets or not any(row.measured.known for row in levels):
        return None
    return onsets[0].measured.reason not in (STAYED, NEVER_REACHED)


def _acts(attempts: Sequence[AttemptMeasures], channel: int) -> Acts:
    last = _rows(attempts, Measure.ACTIVATION, channel)[-1]
    onset = pooled_rows(attempts, Measure.ONSET, channel)
    return Acts(
        channel=channel,
        muscle=last.muscle,
        side=last.side,
        role=last.role,
        level=pooled_rows(attempts, Measure.ACTIVATION, channel),
        share=left_rest(attempts, channel),
        onset=onset,
        after_target=_pooled(_after_target(attempts, last)),
    )


def _after_target(attempts: Sequence[AttemptMeasures], own: MeasureRow) -> Iterable[Measured]:
    """Yield the onset of a muscle after the leading one's of its side, attempt by attempt."""
    if own.role is Role.TARGET:
        return
    for one in attempts:
        leading = [
            row for row in one.of(Measure.ONSET) if row.side == own.side and row.role is Role.TARGET
        ]
        for row in _rows([one], Measure.ONSET, own.channel):
            if leading:
                yield synchrony(row.measured, leading[0].measured)


def _selectivities(attempts: Sequence[AttemptMeasures], affected: str) -> Iterable[Measured]:
    return (
        row.measured
        for one in attempts
        for row in one.of(Measure.SELECTIVITY)
        if row.side == affected
    )


def _rows(
    attempts: Iterable[AttemptMeasures], measure: Measure, channel: int | None
) -> list[MeasureRow]:
    return [row for one in attempts for row in one.of(measure) if row.channel == channel]


def _pooled(found: Iterable[Measured]) -> Measured:
    every = list(found)
    return pooled(every) if every else unknown("", NOT_PRACTISED)
