"""Findings of drawn bouts, for the tests of what is shown when two people look back."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from host.detection.attempts import Attempt
from host.feedback.clinic.look_back_checkpoints import Checkpoints
from host.feedback.clinic.look_back_found import (
    BoutJudged,
    BoutMade,
    Findings,
    SessionFound,
)
from host.report.bout_course import Courses, course_over
from host.report.bout_practised import Practised
from host.report.bout_report import bout_report
from host.report.trends import trends_of
from host.report.trends_session import SessionMeasures
from host.session.opened import Opened
from tests.host.report.bout_drawn import practised
from tests.host.report.frames import RATE_HZ, SMILE, frames
from tests.host.session.recordings import opened

BARS = "bars"


def session(made: Practised, root: Path, *earlier: SessionMeasures) -> SessionFound:
    """Return a session as a reading finds it once it is judged."""
    base: Opened = opened(root)
    attempts = {
        number: tuple(
            Attempt(
                number=one.index,
                pattern=one.pattern,
                start=one.start,
                hold=(one.start + 300, one.stop - 3000),
                stop=one.stop,
            )
            for one in made.bout(number)
        )
        for number in made.bouts
    }
    judged = []
    for number in made.bouts:
        courses = Courses(RATE_HZ)
        for one in made.bout(number):
            levels = [[0.0, 0.0, one.muscles[2].mean or 0.0, 0.8]] * 1500
            courses.push(frames(one.start // 2, np.array(levels)))
        starts = {one.start for one in made.bout(number) if one.result.scored}
        judged.append(
            BoutJudged(
                report=bout_report(made, number, earlier),
                course=course_over(courses.of(attempts[number]), starts, RATE_HZ),
            )
        )
    return SessionFound(
        folder=root,
        opened=base,
        checkpoints=Checkpoints(base.monitor),
        made=tuple(
            BoutMade(number=number, pattern=SMILE, mode=BARS, attempts=attempts[number])
            for number in made.bouts
        ),
        judged=tuple(judged),
    )


def found(root: Path, *bouts: tuple[float, ...]) -> Findings:
    """Return findings of bouts of smiles: of each attempt how far the right eye came along."""
    return Findings(sessions=(session(practised(*bouts), root),))


def measures(*eyes: float, name: str = "before", created: str = "") -> SessionMeasures:
    """Return a session in which the right eye came along so far."""
    made = practised(eyes)
    return SessionMeasures(
        name=name, created=created, affected=made.affected, attempts=made.measures, resting={}
    )


def over_sessions(findings: Findings, *sessions: SessionMeasures) -> Findings:
    """Return findings with the trends of these sessions."""
    return replace(findings, trends=trends_of(sessions))
