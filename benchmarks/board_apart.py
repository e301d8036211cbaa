"""A simulated Cyton in a process of its own: a real board takes nothing from the app's either.

Beside the window and the chain it would hold the interpreter's lock for milliseconds whenever it
makes a piece of its patient's signal, and what is measured would be partly the simulator.
"""

from __future__ import annotations

import multiprocessing
from functools import partial
from typing import TYPE_CHECKING, Self

from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.patient import PatientSource
from host.chain.stream import Stream, channel_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event
    from types import TracebackType

    from host.acquisition.simulated.script import Step
    from host.acquisition.simulated.settings import PatientSettings
    from host.acquisition.source import Source

_NO_FAULTS = Faults()
_READY_S = 60.0
"""A new process imports what it needs; on a busy machine that takes a while."""
_LOOK_S = 0.02
_CHUNK_S = 0.1
"""As the app has its simulated patient rendered."""


def patient_feed(settings: PatientSettings) -> PatientSource:
    """Return the simulated patient as the app has it."""
    return PatientSource(demonstration(settings), chunk_s=_CHUNK_S)


class BoardApart:
    """Plays a board in another process from entering to leaving; it moves as it is asked."""

    def __init__(
        self, feed: Callable[[], Source], *, daisy: bool = False, faults: Faults = _NO_FAULTS
    ) -> None:
        """Send what `feed` returns; it is called in the other process."""
        context = multiprocessing.get_context("spawn")
        self.stream = Stream(
            rate_hz=125.0 if daisy else 250.0, channels=channel_names(16 if daisy else 8)
        )
        """What a session reads."""
        self._daisy = daisy
        self._port = ""
        self._ours, self._theirs = context.Pipe()
        self._finished = context.Event()
        self._process = context.Process(
            target=_play, args=(feed, daisy, faults, self._theirs, self._finished), daemon=True
        )

    @property
    def settings(self) -> BoardSettings:
        """How a session reaches it."""
        return BoardSettings(board="cyton-daisy" if self._daisy else "cyton", port=self._port)

    @property
    def finished(self) -> bool:
        """Whether all of its feed was sent."""
        return self._finished.is_set()

    def ask(self, step: Step, start: int | None = None) -> None:
        """Have the patient take a step; see `SimulatedPatient.ask`."""
        self._ours.send(partial(_ask, step=step, start=start))

    def call_off(self, sample: int | None = None) -> None:
        """Let go of all that was asked for."""
        self._ours.send(partial(_call_off, sample=sample))

    def __enter__(self) -> Self:
        self._process.start()
        self._theirs.close()
        if not self._ours.poll(_READY_S):
            raise TimeoutError(f"the simulated board was not there after {_READY_S:g} s")
        self._port = self._ours.recv()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ours.close()  # it reads that nobody is left, and ends
        self._process.join()


def _play(
    made: Callable[[], Source],
    daisy: bool,  # noqa: FBT001  only positions are passed on to a process
    faults: Faults,
    pipe: Connection,
    finished: Event,
) -> None:
    """Play the board until nobody holds the other end of the pipe."""
    feed = made()
    with SimulatedCyton(feed, daisy=daisy, faults=faults) as cyton:
        pipe.send(cyton.port)
        while True:
            try:
                while pipe.poll(_LOOK_S):
                    pipe.recv()(feed)
            except (EOFError, OSError):
                return
            if cyton.finished.is_set():
                finished.set()


def _ask(feed: PatientSource, *, step: Step, start: int | None) -> None:
    feed.ask(step, start)


def _call_off(feed: PatientSource, *, sample: int | None) -> None:
    feed.call_off(sample)
