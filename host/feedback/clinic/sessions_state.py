"""What is said of a patient's earlier sessions. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from host.translation import tr

if TYPE_CHECKING:
    from host.clinic.sessions import StoredSession

_OF_PLAN = " of the plan: "
"""What stands before the patterns in the record of a session of practice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One line of the list."""

    folder: Path
    words: str


def session_rows(sessions: tuple[StoredSession, ...]) -> tuple[SessionRow, ...]:
    """Return a line for each session, the newest first."""
    return tuple(SessionRow(folder=one.folder, words=_words(one)) for one in reversed(sessions))


def _words(session: StoredSession) -> str:
    """Write when it was, how long, and what it was for."""
    when = datetime.fromisoformat(session.created).astimezone()
    long = (
        tr("never closed")
        if session.duration_s is None
        else tr("{:.0f} min").format(max(session.duration_s / 60.0, 1.0))
    )
    return f"{when:%Y-%m-%d %H:%M} · {long} · {_purpose(session.plan)}"


def _purpose(plan: str) -> str:
    """Say what a session was for: of practice the patterns alone, for a line has little room."""
    patterns = plan.partition(_OF_PLAN)[2]
    if patterns:
        return ", ".join(tr(name) for name in patterns.split(", "))
    return plan or tr("nothing planned")
