"""Write a session down as it happens: samples first, then what was asked and what became known."""

from __future__ import annotations

import itertools
import math
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from host.recording.events import (
    Adjusted,
    Counters,
    CueGiven,
    HostTime,
    LinkChanged,
    Marker,
    QualityChanged,
    Touch,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from host.acquisition.source import LinkState, Source
    from host.chain.stream import Chunk
    from host.detection.adjustments import Adjustment
    from host.detection.cues import Cue
    from host.detection.frame import Frame
    from host.recording.events import Event
    from host.recording.state import Recording, RecordingState

_EVERY_S = 10.0
"""Clocks and counters are noted so often, in time of the stream."""


class Journal:
    """Turns what happens in a session into samples and events of its recording."""

    def __init__(
        self, recording: Recording, source: Source, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.recording = recording
        """Where all of it goes."""
        self._source = source
        self._clock = clock
        self._cues: Iterator[Cue] = iter(())
        self._cue: Cue | None = None
        """The next cue to be noted."""
        self._every = round(_EVERY_S * source.stream.rate_hz)
        self._due = 0
        self._stop = 0
        self._marks = 0
        self._touched = False
        self._quality = b""
        self._link: tuple[str, str] | None = None
        self._counters: tuple[int, int, int] | None = None

    @property
    def state(self) -> RecordingState:
        """The newest state of the recording, and what was marked in it."""
        return replace(self.recording.state, marks=self._marks, touched=self._touched)

    def following(self, cues: Iterable[Cue]) -> Iterator[Cue]:
        """Return the same cues; each is noted with the chunk that holds its sample."""
        # Two readers: a monitor asks for a cue only when it has come to the one before, and of
        # two cues in the last chunk the second would never be noted.
        given, self._cues = itertools.tee(cues)
        self._cue = next(self._cues, None)
        return given

    def took(self, chunk: Chunk) -> None:
        """Record samples, and what was due with them."""
        while self._cue is not None and self._cue.start < chunk.stop:
            self.recording.note(CueGiven.of(self._cue))
            self._cue = next(self._cues, None)
        if chunk.stop > self._due:
            self._due = chunk.stop - chunk.stop % self._every + self._every
            self._note_time(chunk.start)
            self._note_counters(chunk.start)
        self._stop = chunk.stop
        self.recording.take(chunk)
        self.look()

    def look(self) -> None:
        """Note a change of the link."""
        state = self._source.state
        if (state.link.value, state.message) != self._link:
            self._link = state.link.value, state.message
            self.recording.note(
                LinkChanged(sample=self._stop, link=state.link.value, message=state.message)
            )

    def saw(self, frame: Frame) -> None:
        """Note a change of the channels' quality."""
        quality = frame.quality.tobytes()
        if quality != self._quality:
            self._quality = quality
            from host.chain.quality import Quality

            names = tuple(Quality(code).name.lower() for code in quality)
            self.recording.note(QualityChanged(sample=frame.sample, quality=names))

    def mark(self, text: str) -> None:
        """Note a marker at the newest sample."""
        self._marks += 1
        self.recording.note(Marker(sample=self._stop, text=text, by="live", utc=_utc(0.0)))

    def touch(self, muscles: tuple[str, ...], *, on: bool) -> None:
        """Note a finger on muscles, or off them (P5)."""
        self._touched = on
        self.recording.note(Touch(sample=self._stop, muscles=muscles, on=on))

    def cued(self, cue: Cue) -> None:
        """Note a cue that was given while the session runs."""
        self.recording.note(CueGiven.of(cue))

    def note(self, event: Event) -> None:
        """Note whatever else happens, as it is."""
        self._marks += isinstance(event, Marker)
        self.recording.note(event)

    def adjusted(self, change: Adjustment) -> None:
        """Note what a therapist changed."""
        self.recording.note(Adjusted(sample=change.start, change=change))

    def _note_time(self, sample: int) -> None:
        now_s = self._clock()
        taken_s = self._source.host_time_s(sample)
        if math.isnan(taken_s):
            taken_s = now_s
        self.recording.note(
            HostTime(
                sample=sample,
                utc=_utc(now_s - taken_s),
                host_s=taken_s,
                rate_hz=self._source.state.rate_hz,
            )
        )

    def _note_counters(self, sample: int) -> None:
        state: LinkState = self._source.state
        counters = state.lost, state.gaps, state.reconnects
        if counters != self._counters:
            self._counters = counters
            lost, gaps, reconnects = counters
            self.recording.note(
                Counters(sample=sample, lost=lost, gaps=gaps, reconnects=reconnects)
            )


def _utc(ago_s: float) -> str:
    return (datetime.now(tz=UTC) - timedelta(seconds=ago_s)).isoformat(timespec="microseconds")
