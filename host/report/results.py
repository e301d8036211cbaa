"""The results of judging a recording once: attempts, episodes, and on which terms."""

from collections.abc import Callable
from dataclasses import dataclass

from calibration.montage import Montage
from calibration.muscles import Side
from calibration.reference import Reference
from host.detection.attempts import attempts_in
from host.detection.cocontraction import Episode
from host.detection.frame import Frames
from host.detection.watch import Watch
from host.report.measured import Measuring, measuring_terms
from host.report.measured_kinds import AttemptMeasures
from host.report.outcomes import AttemptOutcome, Outcomes
from host.session.judging import STEP_S, Judging
from host.session.opened import Opened


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Results:
    """What came out of one judgement of a whole recording."""

    montage: Montage
    affected: Side
    rate_hz: float
    watch: Watch
    """Thresholds, effort and roles from which it started."""
    reference: Reference | None
    attempts: tuple[AttemptOutcome, ...]
    episodes: tuple[Episode, ...]
    """In order of their start."""
    measures: tuple[AttemptMeasures, ...] = ()
    """The rows of T3 for each attempt; () where nobody asked for them."""


def outcomes_of(opened: Opened) -> Outcomes:
    """Return what adds up the frames of a recording, attempt by attempt."""
    attempts = attempts_in(opened.cues, opened.stop)
    rate_hz = opened.recorded.stream.rate_hz
    return Outcomes(attempts, opened.watch.montage, opened.affected, rate_hz)


def measuring_of(opened: Opened) -> Measuring:
    """Return what measures the attempts of a recording (T3)."""
    terms = measuring_terms(opened.watch, opened.recorded.stream, opened.affected)
    return Measuring(terms, attempts_in(opened.cues, opened.stop))


def results_of(opened: Opened, outcomes: Outcomes, measuring: Measuring | None = None) -> Results:
    """Return the results of a recording whose frames have all been added up."""
    return Results(
        montage=opened.watch.montage,
        affected=opened.affected,
        rate_hz=opened.recorded.stream.rate_hz,
        watch=opened.watch,
        reference=opened.reference,
        attempts=outcomes.attempts,
        episodes=tuple(sorted(outcomes.episodes, key=lambda one: (one.start, one.channel))),
        measures=() if measuring is None else tuple(measuring.attempts),
    )


def judged(
    opened: Opened,
    watch: Callable[[Frames], None] = lambda _frames: None,
    measuring: Measuring | None = None,
    *,
    step_s: float = STEP_S,
) -> Results:
    """Judge a whole recording; `watch` sees all of its frames, and `measuring` measures them.

    It goes in pieces of `step_s`: smaller ones let others work in between.
    """
    judging, outcomes = Judging(opened, step_s=step_s), outcomes_of(opened)
    for frames in judging:
        outcomes.push(frames)
        watch(frames)
        if measuring is not None:
            measuring.push(frames)
    over = judging.monitor.close()
    outcomes.close(over.episodes)
    if measuring is not None:
        measuring.close(over.attempts)
    return results_of(opened, outcomes, measuring)
