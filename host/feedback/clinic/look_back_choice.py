"""What is chosen of what was found: a bout, an attempt, or what to look at. No Qt."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.translation import mark

if TYPE_CHECKING:
    from host.detection.attempts import Attempt
    from host.feedback.clinic.look_back_found import Findings, SessionFound


class Look(enum.Enum):
    """What is looked at."""

    BOUT = mark("This bout")
    SESSIONS = mark("Over sessions")
    MAP = mark("Who acts when")

    @property
    def next(self) -> Look:
        """The one after it."""
        every = list(Look)
        return every[(every.index(self) + 1) % len(every)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen; places count from 0, and what is not there is not shown."""

    look: Look = Look.BOUT
    bout: int | None = None
    """None for the last one."""
    attempt: int | None = None
    """None for none yet."""


def bout_at(findings: Findings, choice: Choice) -> int | None:
    """Return the place of the bout that is shown; None where there is none."""
    count = len(findings.bouts)
    if not count:
        return None
    return count - 1 if choice.bout is None else min(max(choice.bout, 0), count - 1)


def attempt_at(findings: Findings, choice: Choice) -> int | None:
    """Return the place of the chosen attempt in its bout; None for none."""
    at = bout_at(findings, choice)
    count = 0 if at is None else len(findings.bouts[at][1].attempts)
    if choice.attempt is None or not count:
        return None
    return min(max(choice.attempt, 0), count - 1)


def step_attempt(findings: Findings, choice: Choice, step: int) -> Choice:
    """Return the choice of the next attempt, or of the one before; across bouts."""
    at = bout_at(findings, choice)
    if at is None:
        return choice
    now = attempt_at(findings, choice)
    counts = [len(one.attempts) for _, one in findings.bouts]
    place = (0 if step > 0 else counts[at] - 1) if now is None else now + step
    while not 0 <= place < counts[at]:
        if not 0 <= at + step < len(counts):
            return choice
        at += step
        place = 0 if step > 0 else counts[at] - 1
    return Choice(look=Look.BOUT, bout=at, attempt=place)


def chosen_attempt(findings: Findings, choice: Choice) -> tuple[SessionFound, Attempt] | None:
    """Return the attempt that a replay would show, with its recording; None for none."""
    at, place = bout_at(findings, choice), attempt_at(findings, choice)
    if at is None or place is None:
        return None
    session, made = findings.bouts[at]
    return session, made.attempts[place]
