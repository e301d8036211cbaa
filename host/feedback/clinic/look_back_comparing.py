"""From what was judged to what is shown: reports of bouts, and what the sessions say together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.feedback.clinic.look_back_found import BoutJudged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from host.feedback.clinic.look_back_found import SessionFound
    from host.report.session_judged import SessionJudged
    from host.report.trends import Trends
    from host.report.trends_session import SessionMeasures


def reported(
    shown: Sequence[SessionFound],
    judged: Mapping[Path, SessionJudged],
    earlier: Sequence[SessionMeasures],
) -> tuple[SessionFound, ...]:
    """Return the sessions with the reports of their bouts, as far as they are judged."""
    return tuple(_reported(one, judged.get(one.folder), earlier) for one in shown)


def compared(
    shown: Sequence[SessionFound],
    judged: Mapping[Path, SessionJudged],
    earlier: Sequence[SessionMeasures],
) -> Trends | None:
    """Return what all sessions say together; None without any."""
    from host.report.trends import trends_of

    today = _together(shown, judged)
    sessions = [*earlier, *([] if today is None else [today])]
    return trends_of(sessions) if sessions else None


def comparable(
    shown: Sequence[SessionFound], earlier: Iterable[SessionMeasures]
) -> tuple[SessionMeasures, ...]:
    """Return those earlier sessions in which something was attempted, on the same side."""
    kept = [one for one in earlier if one.attempts]
    sides = [*(one.opened.affected for one in shown), *(one.affected for one in reversed(kept))]
    return tuple(one for one in kept if one.affected is sides[0])


def _reported(
    session: SessionFound, judged: SessionJudged | None, earlier: Sequence[SessionMeasures]
) -> SessionFound:
    from host.report.bout_course import course_over
    from host.report.bout_report import bout_report

    practised = None if judged is None else judged.practised
    if judged is None or practised is None:
        return session
    rate_hz = session.opened.recorded.stream.rate_hz
    made = []
    for number in practised.bouts:
        report = bout_report(practised, number, earlier)
        scored = {one.start for one in report.attempts if one.result.scored}
        course = course_over(judged.courses, scored, rate_hz)
        made.append(BoutJudged(report=report, course=course))
    return replace(session, judged=tuple(made))


def _together(
    shown: Sequence[SessionFound], judged: Mapping[Path, SessionJudged]
) -> SessionMeasures | None:
    """Return the sessions that are looked back on as one: electrodes stayed where they were."""
    found = [judged[one.folder] for one in shown if one.folder in judged]
    practised = [one.practised for one in found if one.practised is not None]
    attempts = tuple(measures for one in practised for measures in one.measured(one.tried))
    return replace(found[-1].measures, attempts=attempts) if attempts else None
