"""Trends over sessions: a simulated patient who learns, and one who varies as much and does not."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from benchmarks.figures import Figure
from benchmarks.learning_drawn import drawn_course
from host.acquisition.simulated.learning import Learner
from host.report.trends import Trends, trends_of
from host.report.trends_line import Verdict
from host.report.trends_simulated import course_of

SEEDS = (1, 2, 3, 4, 5, 6)
"""Of the people who are streamed through the whole chain."""
SESSIONS = 5
FALLS = 0.2
DRAWN = 400
"""People drawn as numbers, of each kind."""


def run() -> list[Figure]:
    """Stream a few courses, then draw many."""
    with ProcessPoolExecutor() as pool:
        learned = list(pool.map(streamed, SEEDS, [FALLS] * len(SEEDS)))
        steady = list(pool.map(streamed, SEEDS, [0.0] * len(SEEDS)))
        many = list(pool.map(drawn, range(DRAWN), [FALLS] * DRAWN, chunksize=20))
        none = list(pool.map(drawn, range(DRAWN), [0.0] * DRAWN, chunksize=20))
    return [
        *_verdicts("streamed", learned, steady),
        *_scatter([*learned, *steady]),
        *_verdicts("drawn", many, none),
        *_singly(none),
    ]


def streamed(seed: int, falls: float) -> Trends:
    """Return the trends of a simulated patient, calibrated and judged at each appointment."""
    return trends_of(course_of(Learner(seed=seed, falls=falls), SESSIONS))


def drawn(seed: int, falls: float) -> Trends:
    """Return the trends of a drawn person."""
    return trends_of(drawn_course(seed, falls=falls, sessions=SESSIONS))


def _verdicts(name: str, learned: Sequence[Trends], steady: Sequence[Trends]) -> list[Figure]:
    missed = [one.verdict is not Verdict.FALLS for one in learned]
    false = [one.verdict is not Verdict.OPEN for one in steady]
    slopes = [one.overall.slope for one in learned]
    covered = [one.low <= np.log(1.0 - FALLS) <= one.high for one in slopes]
    fall = 100.0 * (1.0 - float(np.exp(np.mean([one.value for one in slopes]))))
    half = 100.0 * float(np.mean([one.half_width for one in slopes]))
    return [
        _percent(f"{name}: learners whose fall is missed, of {len(missed)}", missed, 20.0),
        _percent(f"{name}: non-learners with a change, of {len(false)}", false, 5.5),
        _percent(f"{name}: slopes whose interval misses the truth", np.invert(covered), 7.5),
        Figure(name=f"{name}: learners' mean fall, of 20 %", value=fall, unit="%"),
        Figure(name=f"{name}: half an interval, about", value=half, unit="%"),
    ]


def _scatter(found: Sequence[Trends]) -> list[Figure]:
    """Return how much streamed ratios scatter: what the drawn ones are drawn with."""
    levels = [
        level
        for one in found
        for course in one.courses
        if course.levels[0].ratio.value > 0.1
        for level in course.levels
        if level.log.known
    ]
    within = np.sqrt(np.median([level.variance * level.attempts for level in levels]))
    between = np.median(
        [
            course.line.between
            for one in found
            for course in one.courses
            if course.levels[0].ratio.value > 0.1 and course.line.slope.known
        ]
    )
    return [
        Figure(name="streamed: attempts of a session, SD", value=100.0 * float(within), unit="%"),
        Figure(name="streamed: sessions about a line, SD", value=100.0 * float(between), unit="%"),
    ]


def _singly(steady: Sequence[Trends]) -> list[Figure]:
    """Return how often a single muscle of somebody who does not learn seems to change."""
    lines = [course.line.verdict is not Verdict.OPEN for one in steady for course in one.courses]
    return [_percent("drawn: single muscles with a change", lines, 5.5)]


def _percent(name: str, marks: Sequence[bool] | np.ndarray, goal: float) -> Figure:
    return Figure(name=name, value=100.0 * float(np.mean(marks)), unit="%", goal=goal)
