"""The contact check behind the electrodes page: one at a time, and again by itself. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from host.errors import DeviceError, HostError
from host.session.contacting.view import ContactPhase, ContactView
from host.session.contacting.worker import ContactWorker
from host.translation import told_error, tr

if TYPE_CHECKING:
    from host.feedback.clinic.page import Closing
    from host.session.contacting.building import ContactBuild
    from host.session.contacting.running import ContactSession

Ordered = Callable[[], "ContactBuild"]
"""Returns a fresh order each time, for what was decided meanwhile."""
BACKOFF_S, LONGEST_S = 2.0, 8.0
"""A board that could not be opened is tried again after so long; then after twice as long."""
STALE_S = 1.0
"""A thread that does nothing for so long has views of the past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The newest of the check."""

    view: ContactView | None = None
    heard: bool = True
    error: str = ""
    retried: bool = False
    measured: str = ""
    """When impedance was measured last, as "10:32"."""


class ContactCheck:
    """Has the board while it runs; belongs to the window's thread, and never waits there."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._clock, self._now = clock, now
        self._ordered: Ordered | None = None
        self._worker: ContactWorker | None = None
        self._leaving: ContactWorker | None = None
        """The one before, which still lets go of the board."""
        self._error: BaseException | None = None
        self._due_s: float | None = None
        self._backoff_s = BACKOFF_S
        self._beat_s: float | None = None
        """When the thread was asked for a sign of life that it has not given yet."""
        self._phase = ContactPhase.CONNECTING
        self._measured = ""

    def begin(self, ordered: Ordered) -> None:
        """Begin; where one runs, as soon as that one has let go of the board."""
        self._ordered, self._error, self._due_s = ordered, None, None
        self._backoff_s, self._measured = BACKOFF_S, ""
        if self._worker is not None:
            # Without waiting: `look` goes on once it has ended.
            self._worker.stop(0.0)
            self._leaving, self._worker = self._worker, None
        if self._leaving is None:
            self._start()

    def look(self) -> Looked:
        """Return the newest; begin again what has to be begun again."""
        if self._worker is None:
            return self._waited()
        if self._worker.done:
            return self._ended(self._worker)
        if self._worker.stage is None:
            return self._told(None)
        self._error, self._backoff_s = None, BACKOFF_S
        view = self._worker.view
        if self._phase is ContactPhase.IMPEDANCE and view.phase is not ContactPhase.IMPEDANCE:
            found = any(one.positive or one.negative for one in view.channels)
            self._measured = f"{self._now():%H:%M}" if found else ""
        self._phase = view.phase
        return Looked(view=view, heard=self._heard(view), measured=self._measured)

    def ask(self, wish: Callable[[ContactSession], None]) -> None:
        """Have something done by the check's own thread; nothing where there is none."""
        if self._worker is not None and self._worker.stage is not None:
            self._worker.ask(wish)

    def end(self) -> Closing | None:
        """Let go; return what waits for it."""
        worker = self._worker or self._leaving
        self._worker = self._leaving = self._ordered = self._due_s = None
        return None if worker is None else worker.stop

    def _start(self) -> None:
        if self._ordered is None:
            return
        self._due_s = self._beat_s = None
        self._phase = ContactPhase.CONNECTING
        self._worker = ContactWorker(self._ordered())
        self._worker.start()

    def _waited(self) -> Looked:
        """Begin once the one before has ended, or once it is time to try again."""
        if self._leaving is not None and self._leaving.done:
            self._leaving = None
            self._start()
        elif self._due_s is not None and self._clock() >= self._due_s:
            self._start()
        return self._told(None)

    def _ended(self, worker: ContactWorker) -> Looked:
        """Keep why, and try again what may come right by itself: a board that is not there."""
        self._worker = None
        self._error = worker.error or HostError(tr("Nothing more comes from there."))
        if isinstance(self._error, DeviceError):
            self._due_s = self._clock() + self._backoff_s
            self._backoff_s = min(2.0 * self._backoff_s, LONGEST_S)
        return self._told(None)

    def _told(self, view: ContactView | None) -> Looked:
        error = self._error
        words = "" if error is None else told_error(error) or type(error).__name__
        return Looked(view=view, error=words, retried=isinstance(error, DeviceError))

    def _heard(self, view: ContactView) -> bool:
        """Tell whether the thread is at work: asked for a sign of life, it gives one at once."""
        if self._beat_s is None and self._worker is not None:
            self._beat_s = self._clock()
            self._worker.ask(self._beat)
        # Switching the test current takes two seconds, in which nothing else is done.
        busy = view.phase is ContactPhase.IMPEDANCE
        late = self._beat_s is not None and self._clock() - self._beat_s > STALE_S
        return busy or not late

    def _beat(self, _session: ContactSession) -> None:
        """Give a sign of life; called in the check's thread."""
        self._beat_s = None
