"""A thread that builds a session and runs it to its end, so that no sample waits for a window."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import deque
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from calibration.saying import words_of
from host.acquisition.source import Link, LinkState

if TYPE_CHECKING:
    from collections.abc import Callable

READ_S = 0.05
"""How long a read may wait; also how soon the thread notices that it should stop."""
_STALE_S = 0.25
"""What is older than this says nothing of now, whatever the link says."""


class Stepped(Protocol):
    """A session that goes on by steps until it is over."""

    @property
    def over(self) -> bool:
        """Whether nothing more will come, or nothing more is wanted."""


class Staged(Protocol):
    """A session that is ready to run, with what is to be known of it."""

    @property
    def session(self) -> Stepped:
        """What the thread runs."""


StageT = TypeVar("StageT", bound=Staged)


class Threaded(ABC, Generic[StageT]):
    """Runs what it builds in a thread; whoever shows it asks for its newest moment.

    What belongs to one kind of session is what it does in a step, and what it tells of it.
    """

    def __init__(self, build: Callable[[ExitStack], StageT], *, name: str) -> None:
        """Build in the thread; what `build` enters on the stack is closed with the session."""
        self._build = build
        self._stop = threading.Event()
        self._wishes: deque[Callable[[StageT], None]] = deque()
        self.stage: StageT | None = None
        """What runs, once it is connected."""
        self.error: BaseException | None = None
        """What ended it early, for the window to show."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; imports, building and connecting happen in the thread."""
        self._thread.start()

    def stop(self, timeout_s: float | None = None) -> None:
        """Ask the thread to end and wait for it.

        BrainFlow may take seconds to let go, and a test current that flows is switched off first.
        """
        self._stop.set()
        self.join(timeout_s)

    def join(self, timeout_s: float | None = None) -> None:
        """Wait until it has ended by itself."""
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    @property
    def done(self) -> bool:
        """Whether it has ended, and let go of the board."""
        return self._thread.ident is not None and not self._thread.is_alive()

    @property
    def failure(self) -> str:
        """What ended it early, in one sentence, a saying perhaps; empty while nothing did."""
        return "" if self.error is None else words_of(self.error)

    def wish(self, wish: Callable[[StageT], None]) -> None:
        """Have something done by the thread, before it reads again."""
        self._wishes.append(wish)

    @abstractmethod
    def _step(self, stage: StageT) -> None:
        """Read once, for at most `READ_S`, and keep what is to be shown."""

    def _begin(self, stage: StageT) -> None:
        """Prepare what is shown before the first step."""

    def _finish(self, stage: StageT) -> None:
        """Conclude when the session is over or stopped, while everything is still open."""

    def _run(self) -> None:
        try:
            with ExitStack() as stack:
                self._go_through(self._build(stack))
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error

    def _go_through(self, stage: StageT) -> None:
        """Step until somebody stops it or the session is over."""
        self._begin(stage)
        self.stage = stage
        while not (self._stop.is_set() or stage.session.over):
            while self._wishes:
                self._wishes.popleft()(stage)
            self._step(stage)
        self._finish(stage)

    @property
    def _stopped(self) -> bool:
        """Whether somebody asked it to end."""
        return self._stop.is_set()


def known_link(state: LinkState, age_s: float) -> LinkState:
    """Return the link as it is known, where the newest that came is so old.

    A link that streams while nothing comes, as it does for a moment after a cable is back, is
    called silent: what came last must not stand for what nobody knows.
    """
    if state.link is Link.STREAMING and age_s > _STALE_S:
        return replace(state, link=Link.SILENT)
    return state
