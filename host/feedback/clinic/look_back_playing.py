"""Plays one attempt again: the very frames of the session, from a thread. No Qt."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.acquisition.source import Link
from host.feedback.bar_state import ScreenState, screen_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.detection.attempts import Attempt
    from host.feedback.clinic.look_back_found import SessionFound
    from host.session.player import Player
    from host.session.way import Way

AFTER_S = 3.0
"""So much of the rest after an attempt is replayed too: how it lets go is part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayLineState:
    """Where in its attempt a replay is."""

    phases: tuple[float, float, float] = (0.2, 0.5, 0.3)
    """Shares of rise, hold and letting go; they sum to 1."""
    at: float = 0.0
    playing: bool = False


def replayed(attempt: Attempt, rate_hz: float) -> tuple[int, int]:
    """Return from which sample to which an attempt is replayed."""
    release = attempt.hold[1] if attempt.hold[0] < attempt.hold[1] else attempt.stop
    return attempt.start, min(attempt.stop, release + round(AFTER_S * rate_hz))


def line_state(attempt: Attempt, rate_hz: float, sample: int, *, playing: bool) -> ReplayLineState:
    """Return the line of an attempt with the replay at a sample."""
    start, stop = replayed(attempt, rate_hz)
    whole = max(stop - start, 1)
    begin, release = (min(max(edge, start), stop) for edge in attempt.hold)
    return ReplayLineState(
        phases=((begin - start) / whole, (release - begin) / whole, (stop - release) / whole),
        at=min(max((sample - start) / whole, 0.0), 1.0),
        playing=playing,
    )


class Playing:
    """Has a player of the recording that was last played from."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._player: Player | None = None
        self._session: SessionFound | None = None
        self._attempt: Attempt | None = None

    @property
    def on(self) -> bool:
        """Whether an attempt is shown again, playing or held."""
        return self._attempt is not None

    @property
    def error(self) -> BaseException | None:
        """Why bars cannot follow any more."""
        return None if self._player is None else self._player.error

    @property
    def reached(self) -> int | None:
        """The sample of the newest frame; None while there is none."""
        frame = None if self._player is None else self._player.view.frame
        return None if frame is None else frame.sample

    def begin(self, session: SessionFound, attempt: Attempt) -> None:
        """Play an attempt from its cue to rise on."""
        player = self._player_of(session)
        self._session, self._attempt = session, attempt
        player.seek(replayed(attempt, session.opened.recorded.stream.rate_hz)[0])
        player.play()

    def hold(self) -> None:
        """Stand still, or go on; from the beginning where it had ended."""
        session, attempt, player = self._session, self._attempt, self._player
        if session is None or attempt is None or player is None:
            return
        _, stop = replayed(attempt, session.opened.recorded.stream.rate_hz)
        if player.playing or player.position < stop:
            player.play(on=not player.playing)
        else:
            self.begin(session, attempt)

    def seek(self, sample: int) -> None:
        """Stand still at a sample."""
        if self._player is not None:
            self._player.play(on=False)
            self._player.seek(sample)

    def moment(self) -> tuple[ScreenState, ReplayLineState] | None:
        """Return what is to be shown now; None while nothing is known of the place yet.

        It stands still at the attempt's end.
        """
        session, attempt, player = self._session, self._attempt, self._player
        if session is None or attempt is None or player is None:
            return None
        rate_hz = session.opened.recorded.stream.rate_hz
        position = player.position
        if player.playing and position >= replayed(attempt, rate_hz)[1]:
            player.play(on=False)
        view = player.view
        if view.frame is None and view.link.link is Link.CONNECTING:
            return None
        line = line_state(attempt, rate_hz, position, playing=player.playing)
        return screen_state(view), line

    def end(self) -> None:
        """Show no attempt any more; the player waits for the next one."""
        if self._player is not None:
            self._player.play(on=False)
        self._attempt = None

    def close(self) -> Callable[[], None] | None:
        """Let go of the player; return what waits for its end."""
        player, self._player = self._player, None
        self._session = self._attempt = None
        return None if player is None else player.close

    def _player_of(self, session: SessionFound) -> Player:
        from host.session.player import Player

        before = self._session
        if self._player is not None and before is not None and before.folder == session.folder:
            return self._player
        if self._player is not None:
            threading.Thread(target=self._player.close, name="last replay").start()
        self._player = Player(session.opened, session.checkpoints.before, self._way)
        self._player.start()
        return self._player
