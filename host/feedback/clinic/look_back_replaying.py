"""Replays the chosen attempt on the boards, moment by moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer

from host.feedback.clinic.look_back_playing import Playing
from host.feedback.sentences import sentence
from host.translation import told_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from host.detection.attempts import Attempt
    from host.feedback.clinic.look_back_board import LookBackBoard
    from host.feedback.clinic.look_back_found import SessionFound
    from host.feedback.clinic.page import Closing
    from host.session.way import Way

REPLAY_MS = 33


class Replaying(QObject):
    """Shows what `Playing` plays while it plays; decides nothing."""

    def __init__(
        self,
        way: Way,
        boards: Sequence[LookBackBoard],
        say: Callable[[str], None],
        parent: QObject,
    ) -> None:
        """Show it on those boards that somebody looks at; `say` what went wrong."""
        super().__init__(parent)
        self.playing = Playing(way)
        self._way, self._boards, self._say = way, boards, say
        self._timer = QTimer(self)
        self._timer.setInterval(REPLAY_MS)
        self._timer.timeout.connect(self.follow)

    @property
    def on(self) -> bool:
        """Whether an attempt is shown again, playing or held."""
        return self.playing.on

    def begin(self, session: SessionFound, attempt: Attempt) -> None:
        """Replay an attempt from its cue on."""
        self.playing.begin(session, attempt)
        self._timer.start()
        self.follow()

    def hold(self) -> bool:
        """Stand still, or go on; False where nothing is replayed."""
        if self.on:
            self.playing.hold()
        return self.on

    def follow(self) -> None:
        """Show the newest moment."""
        moment = self.playing.moment()
        if moment is None:
            return
        with self._way.claimed():
            for board in self._boards:
                if not board.isVisible():
                    continue
                board.show_moment(*moment)
                board.replay.repaint()
        if self.playing.error is not None:
            self._say(sentence(told_error(self.playing.error)))

    def end(self) -> None:
        """Show the bout again."""
        self._timer.stop()
        self.playing.end()
        for board in self._boards:
            board.set_replaying(on=False)

    def close(self) -> Closing | None:
        """Let go of the recording; return what waits for its end."""
        return self.playing.close()
