"""A recording that cannot be begun yet: what comes is kept until a disk takes it, or the end.

A thread looks now and then whether there is room by now. Then all that was kept goes to a recorder,
in order, and what comes from then on too: it is as if that had been there from the start.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeAlias

from calibration.saying import Saying, words_of
from host.chain.stream import Chunk
from host.errors import RecordingError
from host.recording.events import Event
from host.recording.recorder import Recorder
from host.recording.state import RecordingState

_LOOK_S = 2.0
_PAUSE_S = 0.02
_MOST_BYTES = 128 * 2**20
"""So much is kept: two hours of 8 channels at 250 Hz, a quarter of an hour of 16 at 1 kHz."""
_MOST_WAITING_S = 20.0
"""A recorder is handed no more than it keeps while its disk is busy."""
_CLOSE_S = 10.0


@dataclass(frozen=True, slots=True)
class _Skipped:
    """So many samples that there was no room for."""

    samples: int


_Item: TypeAlias = Chunk | Event | _Skipped


class Postponed:
    """A `Recording` that begins as soon as it can; a context manager."""

    def __init__(
        self, begin: Callable[[], Recorder], why: str, *, most_bytes: int = _MOST_BYTES
    ) -> None:
        """Keep what comes until `begin` returns; it raises RecordingError while it cannot.

        `why` says in a sentence why it could not just now.
        """
        self._begin, self._why, self._most_bytes = begin, why, most_bytes
        self._kept: deque[_Item] = deque()
        self._bytes = self._missed = 0
        self._keeping = threading.Lock()
        self._recorder: Recorder | None = None
        """Takes what comes, once all that was kept has gone there."""
        self._stuck = False
        self._stack = ExitStack()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recording begins", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join(_CLOSE_S)
        if not self._thread.is_alive():
            self.look()
        self._stack.close()

    @property
    def state(self) -> RecordingState:
        """Return the newest state, from any thread."""
        recorder, missed = self._recorder, self._missed
        if recorder is not None:
            return recorder.state
        if self._ended.is_set():
            return RecordingState(message=Saying("Not recorded: {}", self._why), missed=missed)
        said = Saying(
            "Not recorded yet: {} All is kept meanwhile, and recorded once that is over.", self._why
        )
        return RecordingState(message=said, missed=missed)

    def take(self, chunk: Chunk) -> None:
        """Keep samples, or hand them on."""
        if not self._keep(chunk) and self._recorder is not None:
            self._recorder.take(chunk)

    def note(self, event: Event) -> None:
        """Keep an event, or hand it on."""
        if not self._keep(event) and self._recorder is not None:
            self._recorder.note(event)

    def look(self) -> bool:
        """Begin if that is possible by now; tell whether it has begun."""
        if self._recorder is None:
            try:
                recorder = self._begin()
            except RecordingError as error:
                self._why = words_of(error)
                return False
            self._hand_over(self._stack.enter_context(recorder))
        return True

    def _keep(self, item: Chunk | Event) -> bool:
        """Tell whether it is kept; samples for which there is no room are counted as missed."""
        with self._keeping:
            if self._recorder is not None:
                return False
            if not isinstance(item, Chunk):
                self._kept.append(item)
            elif self._bytes + item.data.nbytes <= self._most_bytes:
                self._bytes += item.data.nbytes
                self._kept.append(item)
            else:
                self._missed += len(item)
                self._kept.append(_Skipped(len(item)))
            return True

    def _hand_over(self, recorder: Recorder) -> None:
        """Give a recorder what was kept, as fast as it takes it; then let it take all."""
        while True:
            with self._keeping:
                if not self._kept:
                    self._recorder = recorder
                    return
                item = self._kept.popleft()
                self._bytes -= item.data.nbytes if isinstance(item, Chunk) else 0
            match item:
                case _Skipped(samples):
                    recorder.skip(samples)
                case Chunk():
                    self._pass(recorder, item)
                case _:
                    recorder.note(item)

    def _pass(self, recorder: Recorder, chunk: Chunk) -> None:
        """Give a recorder samples once there is room in its queue, unless its disk is stuck."""
        until_s = time.monotonic() + _CLOSE_S
        while not self._stuck and recorder.state.waiting_s > _MOST_WAITING_S:
            time.sleep(_PAUSE_S)
            self._stuck = time.monotonic() > until_s
        recorder.take(chunk)

    def _run(self) -> None:
        while not self._ended.wait(_LOOK_S):
            if self.look():
                return
