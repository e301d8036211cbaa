"""What a recording says of its bouts: the events that they can be followed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calibration.saying import Saying, words_of
from host.errors import RecordingError, SettingsError
from host.recording.bout_events import OF_BOUTS, BoutBegun
from host.recording.events import CueGiven, Event
from host.recording.reader import SessionRecording
from host.session.practising.asked import BoutTerms

if TYPE_CHECKING:
    from host.session.opened import Opened


def bouts_in(opened: Opened) -> tuple[Event, ...]:
    """Return the events of bouts and their cues, in order.

    SettingsError where there are none, RecordingError where one has terms that nobody knows.
    """
    recorded = opened.recorded
    events = recorded.events if isinstance(recorded, SessionRecording) else ()
    found = [event for event in events if isinstance(event, (*OF_BOUTS, CueGiven))]
    if not any(isinstance(event, BoutBegun) for event in found):
        raise SettingsError(Saying("nobody practised in bouts in {}.", opened.name))
    for event in found:
        if isinstance(event, BoutBegun):
            _refuse_unknown(event, opened.name)
    return tuple(sorted(found, key=lambda event: event.sample))


def _refuse_unknown(begun: BoutBegun, name: str) -> None:
    try:
        BoutTerms.on_record(begun)
    except ValueError as error:
        raise RecordingError(
            Saying(
                "{} has a bout on terms that this version does not know ({}): open it with "
                "a newer one.",
                name,
                words_of(error),
            )
        ) from error
