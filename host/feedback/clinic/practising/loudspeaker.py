"""The patient's tone, opened late: its libraries must stall neither the first paint nor a bout."""

from __future__ import annotations

import importlib
import threading
from typing import TYPE_CHECKING

from host.feedback.sound.audio_out import STARTING, AudioOut, open_audio
from host.feedback.sound.listening import listened_to
from host.feedback.sound.tone_state import tone_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.session.worker import View


class Loudspeaker:
    """Plays what a view sounds like, once there is somewhere for it to go.

    What synthesises is imported in a thread. Qt's part is imported and opened from the window's
    thread, by `play`: imported in another while widgets change, it crashed the app now and then.
    """

    def __init__(self, opened: Callable[[], AudioOut] = open_audio) -> None:
        self._open = opened
        self._out: AudioOut | None = None
        self._thread = threading.Thread(target=_import, name="sound libraries", daemon=True)

    @property
    def notice(self) -> str:
        """Why nothing can be heard, in one sentence; empty while it can."""
        return STARTING if self._out is None else self._out.notice

    def prepare(self) -> None:
        """Import what it needs, behind; call it once a session's own imports are done."""
        if self._out is None and self._thread.ident is None:
            self._thread.start()

    def play(self, view: View, *, on: bool) -> None:
        """Let the view be heard, or nothing; silence means that all is known to rest."""
        if self._out is None and self._thread.ident is not None and not self._thread.is_alive():
            self._out = self._open()
        if self._out is not None:
            self._out.mixer.play(tone_state(listened_to(view)) if on else ())

    def close(self) -> None:
        """Fall silent, and give the loudspeaker back."""
        out, self._out = self._out, None
        if out is not None:
            out.mixer.play(())
            out.close()


def _import() -> None:
    """Import what takes long, and nothing of Qt."""
    importlib.import_module("host.feedback.sound.synth")
