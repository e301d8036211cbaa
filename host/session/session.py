"""One loop: read the source, record, watch what comes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from host.acquisition.source import Link
from host.recording.state import RecordingState, Unrecorded

if TYPE_CHECKING:  # the monitor brings scipy, for which the first window does not wait
    from collections.abc import Callable, Iterable, Sequence

    from host.acquisition.source import Source
    from host.detection.adjustments import Adjustment
    from host.detection.cues import Cue
    from host.detection.frame import Frame
    from host.detection.judge import Over
    from host.detection.monitor import Monitor
    from host.recording.events import Event
    from host.session.journal import Journal
    from host.session.rest_today import RestToday

_LATE_S = 1.0
"""A session with a limit ends so much later by the clock when its last samples never come."""


class Conductor(Protocol):
    """Whoever leads a session: sees what comes, and says what is to happen next."""

    def conduct(self, frames: Sequence[Frame], stop: int) -> Iterable[Event]:
        """Take the frames of one step, after which `stop` is the next sample.

        Return what happens now: cues and adjustments are given to the monitor from that sample
        on, and all is written down.
        """


class Session:
    """Reads a source into a recording and a monitor, step by step, until it is over."""

    def __init__(
        self,
        source: Source,
        monitor: Monitor,
        *,
        journal: Journal | None = None,
        rest_today: RestToday | None = None,
        conductor: Conductor | None = None,
        limit_s: float | None = None,
        exhausted: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """End after `limit_s` of the stream; or when the source is silent and `exhausted`."""
        self.source = source
        self._monitor = monitor
        self._journal = journal
        self._rest_today = rest_today
        self._conductor = conductor
        self._limit_s = limit_s
        self._exhausted = exhausted
        self._clock = clock
        self._began_s: float | None = None
        self._stop = 0
        self._touched = False
        self._touch_cue: tuple[str, ...] = ()
        """Muscles that the pattern of the newest frame asks to touch."""

    @property
    def hop(self) -> int:
        """Samples between two frames."""
        return self._monitor.hop

    @property
    def monitor(self) -> Monitor:
        """What judges; it stands where the last step ended."""
        return self._monitor

    @property
    def received(self) -> int:
        """Index after the last sample that has come."""
        return self._stop

    @property
    def received_s(self) -> float:
        """Time in the stream up to which samples have come."""
        return self._stop / self.source.stream.rate_hz

    @property
    def recording(self) -> RecordingState:
        """The newest state of its recording, from any thread."""
        return _NOT_RECORDED if self._journal is None else self._journal.state

    @property
    def warnings(self) -> tuple[str, ...]:
        """Where rest differs from the calibration's; empty while that is not known."""
        return () if self._rest_today is None else self._rest_today.warnings

    @property
    def over(self) -> bool:
        """Whether nothing more will come, or nothing more is wanted."""
        link = self.source.state.link
        if link is Link.ENDED or (link is not Link.STREAMING and self._exhausted()):
            return True
        if self._limit_s is None or self._began_s is None:
            return False
        late_s = self._clock() - self._began_s - self._limit_s
        return self.received_s >= self._limit_s or late_s > _LATE_S

    def finish(self) -> Over:
        """Return what went on when the session ended: episodes, and the attempt."""
        return self._monitor.close()

    def step(self, timeout_s: float) -> list[Frame]:
        """Read once; return the frames that this gave, often none."""
        if self._began_s is None:
            self._began_s = self._clock()
        chunk = self.source.read(timeout_s)
        if chunk is None:
            if self._journal is not None:
                self._journal.look()
            return []
        self._stop = chunk.stop
        if self._journal is not None:
            self._journal.took(chunk)
        frames = self._monitor.push(chunk)
        self._saw(frames)
        if self._conductor is not None:
            self.happen(self._conductor.conduct(frames, chunk.stop))
        return frames

    def _saw(self, frames: Sequence[Frame]) -> None:
        """Remember of new frames what is asked about later, and note what has changed."""
        if frames:
            self._touch_cue = frames[-1].asked.touch
        if self._rest_today is not None and not self._rest_today.done:
            for frame in frames:
                self._rest_today.push(frame)
        if self._journal is not None:
            for frame in frames:
                self._journal.saw(frame)

    def happen(self, events: Iterable[Event]) -> None:
        """Let these happen, in order: see `Conductor.conduct`."""
        from host.recording.events import Adjusted, CueGiven

        for event in events:
            if isinstance(event, CueGiven):
                self.cue(event.cue)
            elif isinstance(event, Adjusted):
                self.adjust(event.change)
            elif self._journal is not None:
                self._journal.note(event)

    def cue(self, cue: Cue) -> None:
        """Ask the patient for this from the next sample on, whatever sample `cue` names."""
        from dataclasses import replace

        cue = replace(cue, start=self._stop)
        if self._journal is not None:
            self._journal.cued(cue)
        self._monitor.cue(cue)

    def adjust(self, change: Adjustment) -> None:
        """Change what is judged from the next sample on, whatever sample `change` names."""
        from dataclasses import replace

        change = replace(change, start=self._stop)
        if self._journal is not None:
            self._journal.adjusted(change)
        self._monitor.adjust(change)

    def mark(self, text: str = "") -> None:
        """Mark this moment in the recording."""
        if self._journal is not None:
            self._journal.mark(text)

    def touch(self, muscles: tuple[str, ...] = (), *, on: bool | None = None) -> None:
        """Take up a finger on muscles, or off them (P5); the other of the two where not said.

        From the next sample on nothing is scored there; it is kept, and labelled. Where no muscle
        is named, it is on those that the pattern asks to touch (T2), or somewhere.
        """
        from host.detection.touching import Touched

        self._touched = not self._touched if on is None else on
        if self._touched and not muscles:
            muscles = self._touch_cue
        if self._journal is not None:
            self._journal.touch(muscles, on=self._touched)
        self._monitor.touch(Touched(start=self._stop, muscles=muscles, on=self._touched))


_NOT_RECORDED = Unrecorded().state
