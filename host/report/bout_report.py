"""What one bout was like: who stayed quiet or came along, and when; release; sides (P12, P14, P17).

Every number is pooled over the bout's attempts and has its interval; unknown is never quiet.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from calibration.intervals import wilson
from calibration.measured import Measured, bounded, pooled, unknown
from calibration.muscles import Side
from calibration.patterns import Role
from host.report.bout_change import BoutChange, changes
from host.report.bout_felt import FeltBout, felt_bout
from host.report.bout_moments import lasting
from host.report.bout_practised import Practised
from host.report.measured_kinds import BOTH, AttemptMeasures, Measure
from host.report.trends_map import OF_ATTEMPTS, Acts, acting_in, pooled_rows
from host.report.trends_session import SessionMeasures
from host.session.practising.tried import AttemptResult, MuscleTried, Tried

NOT_MEASURED = "it was not measured"


class Stayed(enum.Enum):
    """What a muscle that was asked to be quiet did in a bout."""

    QUIET = "stayed quiet"
    """In every attempt that is known."""
    ALONG = "came along"
    """In one attempt at least."""
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutMuscle:
    """One channel in a bout."""

    channel: int
    muscle: str
    side: Side
    role: Role
    judged: bool
    """Whether the attempts' results depend on it: quiet, affected side."""
    stayed: Stayed
    along: int
    """In how many attempts it was beyond its line."""
    known: int
    """In how many attempts that is known."""
    share: Measured
    """The one over the other."""
    acts: Acts | None
    """Level and onsets; None where nothing was measured."""
    ratio: Measured
    """Synkinesis ratio to the leading muscle of its side (P15)."""
    release: Measured
    """From the cue to release until it stays at rest (P12)."""
    remaining: Measured
    """What is left of it 10 s later (P4, P12)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutSides:
    """A muscle on the left against the same on the right (P17)."""

    muscle: str
    onset: Measured
    """Left minus right."""
    offset: Measured
    level: Measured
    """`(L - R) / (L + R)` of the hold; unknown for muscles that do not lead."""
    beyond: bool | None
    """Whether the level is surely more unlike than in healthy faces; None where not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What the score of a bout leaves out."""

    not_scored: int
    """Attempts of which too little could be measured."""
    broken_off: int
    share: float
    """Of the quiet muscles' time in the attempts that were not broken off; 0 without any."""
    why: tuple[str, ...]
    """A sentence for each such attempt, the same one once."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoutReport:
    """One bout."""

    number: int
    pattern: str
    affected: Side
    attempts: tuple[Tried, ...]
    """All of them, in order: those left out too."""
    measures: tuple[AttemptMeasures, ...]
    muscles: tuple[BoutMuscle, ...]
    """By channel."""
    sides: tuple[BoutSides, ...]
    selectivity: Measured
    felt: FeltBout
    left_out: LeftOut
    changes: tuple[BoutChange, ...]

    @property
    def scored(self) -> int:
        """How many attempts count."""
        return sum(one.result.scored for one in self.attempts)

    def judged(self, stayed: Stayed) -> tuple[BoutMuscle, ...]:
        """Return the judged muscles that did so."""
        return tuple(one for one in self.muscles if one.judged and one.stayed is stayed)


def bout_report(
    practised: Practised, number: int, earlier: Sequence[SessionMeasures] = ()
) -> BoutReport:
    """Return the report of a bout; `earlier` are this person's sessions before, in order of time.

    ValueError where there is no attempt in a bout of this number.
    """
    attempts = practised.bout(number)
    if not attempts:
        raise ValueError(f"there is no attempt in bout {number}")
    measures = practised.measured(attempts)
    affected = practised.affected
    acting = acting_in(measures, affected.value) if measures else None
    acts = {} if acting is None else {one.channel: one for one in acting.muscles}
    nothing = unknown("", NOT_MEASURED)
    return BoutReport(
        number=number,
        pattern=attempts[-1].pattern,
        affected=affected,
        attempts=attempts,
        measures=measures,
        muscles=tuple(
            _muscle(practised, attempts, measures, one, acts.get(one.channel))
            for one in _last_known(attempts)
        ),
        sides=tuple(_sides(measures)),
        selectivity=nothing if acting is None else acting.selectivity,
        felt=felt_bout(attempts),
        left_out=_left_out(attempts),
        changes=changes(practised, number, earlier),
    )


def bout_reports(
    practised: Practised, earlier: Sequence[SessionMeasures] = ()
) -> tuple[BoutReport, ...]:
    """Return the report of every bout, in order."""
    return tuple(bout_report(practised, number, earlier) for number in practised.bouts)


def _last_known(attempts: Sequence[Tried]) -> tuple[MuscleTried, ...]:
    """Return the muscles as the last attempt has them of which frames came."""
    return next((one.muscles for one in reversed(attempts) if one.muscles), ())


def _muscle(
    practised: Practised,
    attempts: Sequence[Tried],
    measures: Sequence[AttemptMeasures],
    last: MuscleTried,
    acts: Acts | None,
) -> BoutMuscle:
    channel = last.channel
    side = practised.montage.sites[channel].side
    along, known = _along(attempts, channel)
    share = unknown(OF_ATTEMPTS, "it is known in no attempt")
    if known:
        share = bounded(along / known, wilson(along / known, known), OF_ATTEMPTS, known)
    stayed = Stayed.ALONG if along else Stayed.QUIET if known else Stayed.UNKNOWN
    return BoutMuscle(
        channel=channel,
        muscle=last.muscle,
        side=side or practised.affected,
        role=last.role,
        judged=last.judged,
        stayed=stayed,
        along=along,
        known=known,
        share=share,
        acts=acts,
        ratio=pooled_rows(measures, Measure.RATIO, channel),
        release=lasting(pooled_rows(measures, Measure.RELEASE, channel)),
        remaining=pooled_rows(measures, Measure.REMAINING, channel),
    )


def _along(attempts: Sequence[Tried], channel: int) -> tuple[int, int]:
    """Count attempts in which a muscle came along, and those in which that is known."""
    along = known = 0
    for attempt in attempts:
        if not attempt.result.scored and attempt.result is not AttemptResult.NOT_SCORED:
            continue
        for one in attempt.muscles:
            if one.channel == channel:
                along += one.along_s > 0.0
                known += one.along_s > 0.0 or one.moved is not None
    return along, known


def _sides(measures: Sequence[AttemptMeasures]) -> list[BoutSides]:
    rows = [row for one in measures for row in one.rows if row.side == BOTH]
    found = []
    for muscle in dict.fromkeys(row.muscle for row in rows):
        own = [row for row in rows if row.muscle == muscle]
        by = {
            measure: [row.measured for row in own if row.measure is measure]
            for measure in (Measure.ONSET_DIFFERENCE, Measure.OFFSET_DIFFERENCE, Measure.ASYMMETRY)
        }
        flags = [row.beyond for row in own if row.measure is Measure.ASYMMETRY]
        known = [flag for flag in flags if flag is not None]
        found.append(
            BoutSides(
                muscle=muscle,
                onset=_pooled(by[Measure.ONSET_DIFFERENCE]),
                offset=_pooled(by[Measure.OFFSET_DIFFERENCE]),
                level=_pooled(by[Measure.ASYMMETRY]),
                beyond=2 * sum(known) > len(known) if known else None,
            )
        )
    return found


def _pooled(found: Sequence[Measured]) -> Measured:
    return pooled(found) if found else unknown("", NOT_MEASURED)


def _left_out(attempts: Sequence[Tried]) -> LeftOut:
    kept = [one for one in attempts if one.result is not AttemptResult.LEFT_OUT]
    unscored = [one for one in attempts if not one.result.scored]
    return LeftOut(
        not_scored=sum(one.result is AttemptResult.NOT_SCORED for one in attempts),
        broken_off=len(attempts) - len(kept),
        share=sum(one.left_out for one in kept) / len(kept) if kept else 0.0,
        why=tuple(dict.fromkeys(one.reason for one in unscored if one.reason)),
    )
