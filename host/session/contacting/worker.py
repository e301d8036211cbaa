"""The one thread that runs a contact check, so that no sample waits for a window."""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack

from host.session.contacting.building import ContactBuild, ContactStage
from host.session.contacting.running import ContactSession
from host.session.contacting.view import ContactView

_READ_S = 0.05
"""How long a read may wait; also how soon the thread notices that it should stop."""


class ContactWorker:
    """Runs a contact check in a thread; whoever shows it asks for its newest view."""

    def __init__(self, build: ContactBuild) -> None:
        self._build = build
        self._stop = threading.Event()
        self._wishes: deque[Callable[[ContactSession], None]] = deque()
        self.stage: ContactStage | None = None
        """The check, once it is connected."""
        self.error: BaseException | None = None
        """What ended it early, for the window to show."""
        self._thread = threading.Thread(target=self._run, name="contact", daemon=True)

    def start(self) -> None:
        """Begin; building and connecting happen in the thread."""
        self._thread.start()

    def stop(self, timeout_s: float | None = None) -> None:
        """Ask the thread to end and wait for it.

        A test current that still flows is switched off first, which takes two seconds.
        """
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    @property
    def done(self) -> bool:
        """Whether the check has ended."""
        return self._thread.ident is not None and not self._thread.is_alive()

    @property
    def view(self) -> ContactView:
        """The newest moment; cheap, from any thread."""
        stage = self.stage
        return ContactView() if stage is None else stage.session.view

    def ask(self, wish: Callable[[ContactSession], None]) -> None:
        """Have something done to the check, by its own thread, before it reads again."""
        self._wishes.append(wish)

    def _run(self) -> None:
        try:
            with ExitStack() as stack:
                stage = self._build(stack)
                self.stage = stage
                while not (self._stop.is_set() or stage.session.over):
                    while self._wishes:
                        self._wishes.popleft()(stage.session)
                    stage.session.step(_READ_S)
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error
