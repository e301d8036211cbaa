"""The simulated patient alive at an emulated board's inputs: heard by it, and told what to do."""

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from host.acquisition.simulated.patient import SimulatedPatient
from host.acquisition.simulated.script import Step
from host.acquisition.source import Source
from host.chain.stream import Stream
from tests.firmware.emulated import EmulatedBoard
from tests.firmware.play_patient import FRAMES_HZ, frames_of

PIPE_BYTES = 8192
"""Holds a quarter of a second: so long what is asked stays in the pipe before it is felt."""


class LivingPatient:
    """Moves while it is entered; a thread of its own feeds the inputs through the pipe."""

    def __init__(
        self, patient: SimulatedPatient, board: EmulatedBoard, pipe: Path, *, gain: float
    ) -> None:
        self.patient = patient
        self._board, self._pipe, self._gain = board, pipe, gain
        self._over = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._live, name="patient")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(10.0)
        if self._error is not None and error is None:
            raise self._error

    def sample_at(self, sample: int, rate_hz: float) -> int:
        """Return the patient's own sample at the inputs when the board takes its `sample`.

        In the chip's time, so that it holds also where the chip is late.
        """
        sent, frames = self._board.moment()
        return max(0, frames + round((sample - sent) * FRAMES_HZ / rate_hz))

    def before(self, source: Source) -> "AsHeard":
        """Return it as a session asks it that reads this source."""
        return AsHeard(self, source)

    def _live(self) -> None:
        import fcntl  # Linux alone has it, as the emulator

        try:
            with self._pipe.open("wb", buffering=0) as pipe:
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
                for piece in frames_of(self.patient, self._gain):
                    if self._over.is_set():
                        return
                    write_all(pipe.fileno(), piece)
        except BaseException as error:  # noqa: BLE001 - raised where it is left
            self._error = error


class AsHeard:
    """The patient, asked at samples of what a board sends."""

    def __init__(self, living: LivingPatient, source: Source) -> None:
        self._living, self._source = living, source

    @property
    def stream(self) -> Stream:
        """What the session reads."""
        return self._source.stream

    def ask(self, step: Step, start: int | None = None) -> object:
        """Ask for a step whose rest begins when the board takes sample `start`."""
        return self._living.patient.ask(step, self._sample(start))

    def call_off(self, sample: int | None = None) -> None:
        """Let go when the board takes this sample."""
        self._living.patient.call_off(self._sample(sample))

    def _sample(self, sample: int | None) -> int | None:
        if sample is None:
            return None
        return self._living.sample_at(sample, self.stream.rate_hz)


def write_all(descriptor: int, data: bytes) -> None:
    """Write to a pipe, which may take a part at a time."""
    while data:
        data = data[os.write(descriptor, data) :]
