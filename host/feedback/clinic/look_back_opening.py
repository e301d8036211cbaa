"""Open recordings of practice: what they tell by themselves is there before anything is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calibration.saying import words_of
from host.errors import HostError, SettingsError
from host.feedback.clinic.look_back_checkpoints import Checkpoints
from host.feedback.clinic.look_back_found import SessionFound, made_in
from host.feedback.sentences import sentence
from host.translation import told, told_error, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from host.clinic.repository import Clinic
    from host.feedback.clinic.appointment import Appointment


def earlier_folders(clinic: Clinic, now: Appointment) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return a patient's sessions from before, in order of time, and what is wrong with others."""
    if now.patient is None:
        return (), ()
    try:
        listing = clinic.sessions(now.patient.code)
    except HostError as error:
        return (), (told_error(error),)
    today = set(now.sessions)
    found = tuple(one.folder for one in listing.found if one.folder not in today)
    return found, tuple(map(told, listing.damaged))


def opened_sessions(
    today: Sequence[Path], earlier: Sequence[Path]
) -> tuple[tuple[SessionFound, ...], tuple[Path, ...], tuple[str, ...]]:
    """Return the sessions to look back on, what was earlier than them, and what is left out.

    Without any of today the newest recording in which somebody practised stands in for it.
    """
    shown, left = _opened(today)
    before = list(earlier)
    while not shown and before:
        shown, more = _opened([before.pop()])
        left = (*left, *more)
    return shown, tuple(before), left


def left_out(said: str) -> str:
    """Say that a recording is left out, and why."""
    return tr("Left out: {}").format(sentence(told(said)))


def _opened(folders: Sequence[Path]) -> tuple[tuple[SessionFound, ...], tuple[str, ...]]:
    found, left = [], []
    for folder in folders:
        try:
            found.append(_session(folder))
        except SettingsError:
            continue  # nobody practised in bouts: a calibration, say
        except HostError as error:
            left.append(left_out(words_of(error)))
    return tuple(found), tuple(left)


def _session(folder: Path) -> SessionFound:
    """Open a recording; SettingsError where nobody practised in bouts."""
    from host.recording.bout_events import BoutBegun
    from host.session.asked import Asked
    from host.session.opened import open_session
    from host.session.practising.past import bouts_in

    opened = open_session(folder, Asked())
    begun = [one for one in bouts_in(opened) if isinstance(one, BoutBegun)]
    return SessionFound(
        folder=folder,
        opened=opened,
        checkpoints=Checkpoints(opened.monitor),
        made=made_in(opened, [(one.sample, one.number, one.pattern, one.mode) for one in begun]),
    )
