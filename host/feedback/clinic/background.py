"""Work behind an open page, in a thread that nobody has to wait for."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod


class Background(ABC):
    """A thread that works until it is done or given up."""

    def __init__(self, name: str) -> None:
        self._stop = threading.Event()
        self.error: BaseException | None = None
        """What ended it early, for the window to show."""
        # No daemon: one in the midst of an import would crash the end of the program.
        self._thread = threading.Thread(target=self._run, name=name)

    def start(self) -> None:
        """Begin; imports happen in the thread."""
        self._thread.start()

    def give_up(self) -> None:
        """End soon; nobody need wait for it."""
        self._stop.set()

    def wait(self) -> None:
        """Wait for the end."""
        if self._thread.is_alive():
            self._thread.join()

    @property
    def busy(self) -> bool:
        """Whether more may come."""
        return self._thread.is_alive()

    @abstractmethod
    def _work(self) -> None:
        """Do it, in the thread; look at `_stop` between two pieces."""

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error
