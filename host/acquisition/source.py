"""What every source of samples offers: board, recording and simulated patient alike."""

import enum
import math
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from host.chain.stream import Chunk, Stream


class Link(enum.Enum):
    """Whether samples can be expected now."""

    CONNECTING = "connecting"
    STREAMING = "streaming"
    SILENT = "silent"
    """No rows for max(10 periods, 250 ms)."""
    RECONNECTING = "reconnecting"
    ENDED = "ended"
    """A recording is at its end, or the source is closed: nothing more will come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """The state of a source's link, and what has become of its samples so far."""

    link: Link
    message: str = ""
    """One sentence for the screen, empty while all is well."""
    lost: int = 0
    """Samples that the counter says were sent, or were due in a silence, and never came."""
    gaps: int = 0
    """How many jumps of the sample index those make."""
    reconnects: int = 0
    rate_hz: float | None = None
    """The measured rate, once enough samples have come; None for sources that have no clock."""
    overruns: int = 0
    """Packets that the board itself dropped, of those boards that tell; their samples are lost."""
    silent_s: float = 0.0
    """How long nothing has come of a board that sent before; what was due since is not in `lost`:
    only the next row tells."""
    remarks: tuple[str, ...] = ()
    """What a therapist should know of the board, one sentence each; not for the patient."""


class Source(Protocol):
    """A context manager that is read in chunks from one thread.

    `state` may be read from any thread. Entering connects and may take seconds; it raises
    DeviceError or RecordingError in words for the user.
    """

    @property
    def stream(self) -> Stream:
        """Rate, channels and grid: known before entering, and constant."""

    @property
    def state(self) -> LinkState:
        """The newest state of the link."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next samples, or None when none came within `timeout_s`.

        After a gap the next chunk starts later than the last one stopped. At `Link.ENDED`
        it returns None at once, for ever.
        """

    def host_time_s(self, sample: int) -> float:
        """Return when `sample` was taken, on `time.perf_counter`'s clock; NaN where unknown."""


class Unconnected:
    """What sources have in common that connect to nothing: entering is free, and no clock knows."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let nothing more come; here there is nothing to do for that."""

    def host_time_s(self, sample: int) -> float:
        """Return NaN: when it was taken says nothing about this computer's clock."""
        del sample
        return math.nan


class PassedOn:
    """A source passed on as it is, for those that change one thing of it."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def stream(self) -> Stream:
        """The source's stream."""
        return self._source.stream

    @property
    def state(self) -> LinkState:
        """The source's link."""
        return self._source.state

    def __enter__(self) -> Self:
        self._source.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._source.__exit__(kind, error, trace)

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next samples, as the source has them."""
        return self._source.read(timeout_s)

    def host_time_s(self, sample: int) -> float:
        """Return when a sample was taken, as the source has it."""
        return self._source.host_time_s(sample)
