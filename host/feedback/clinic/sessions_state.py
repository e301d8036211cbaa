"""What is said of a patient's earlier sessions. No Qt."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from host.translation import tr

if TYPE_CHECKING:
    from host.clinic.sessions import StoredSession

SHOWN = 8
"""So many of the newest are listed."""


def session_rows(sessions: tuple[StoredSession, ...]) -> tuple[str, ...]:
    """Return a line for each of the newest sessions, the newest first; a sentence for none."""
    if not sessions:
        return (tr("None yet."),)
    rows = tuple(_row(one) for one in reversed(sessions[-SHOWN:]))
    left = len(sessions) - len(rows)
    return (*rows, tr("and {} before these").format(left)) if left else rows


def _row(session: StoredSession) -> str:
    """Write when it was, how long, and what it was for."""
    when = datetime.fromisoformat(session.created).astimezone()
    long = (
        tr("never closed")
        if session.duration_s is None
        else tr("{:.0f} min").format(max(session.duration_s / 60.0, 1.0))
    )
    plan = session.plan or tr("nothing planned")
    return f"{when:%Y-%m-%d %H:%M} · {long} · {plan}"
