"""Write any recording as one BDF+ file, equal sample by sample, for other programs to read."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import numpy as np

from host.chain.stream import DIGITAL_MAX, IntArray
from host.recording import bdf
from host.recording.events import Event, Gap
from host.recording.placing import Annotations
from host.recording.recorded import Recorded

_AT_ONCE = 64
"""Records decoded in one go."""
_UNKNOWN = datetime(1985, 1, 1)  # noqa: DTZ001  EDF+ 2.1.3.3: the date of a file without one


def write_bdf(
    path: Path,
    recorded: Recorded,
    shape: bdf.Layout,
    events: Iterable[Event],
    *,
    started: datetime | None,
    patient: str,
) -> int:
    """Write a new file; return the samples per channel in it, the last record's padding included.

    Gaps hold the last values and are annotated, as is the padding; of the events those are
    annotated that a session annotates. OSError where the disk refuses.
    """
    begin = started or _UNKNOWN
    local = begin.astimezone() if begin.tzinfo else begin
    with path.open("xb") as file:
        file.write(bdf.header(shape, started=local, patient=patient))
        count = 0
        for content in _records(recorded, shape, events):
            file.write(content)
            count += 1
        file.seek(bdf.COUNT_AT)
        file.write(bdf.record_count(count))
    return count * shape.samples


def gaps_in(recorded: Recorded) -> tuple[Gap, ...]:
    """Return what lies between the spans of a recording, and before the first."""
    stops = [0, *(span.stop for span in recorded.spans)]
    return tuple(
        Gap(sample=stop, stop=span.start)
        for stop, span in zip(stops, recorded.spans, strict=False)
        if stop < span.start
    )


def _records(recorded: Recorded, shape: bdf.Layout, events: Iterable[Event]) -> Iterator[bytes]:
    """Yield whole records; the last ones are padded, and hold what is still to be annotated."""
    stop, samples = recorded.spans[-1].stop, shape.samples
    held, annotations = _Held(recorded), Annotations(shape)
    shown = [event for event in events if not isinstance(event, Gap)]
    coming = deque(sorted([*gaps_in(recorded), *shown], key=lambda event: event.sample))
    full, rest = divmod(stop, samples)
    for first in range(0, full, _AT_ONCE):
        last = min(first + _AT_ONCE, full)
        rows = held.counts(first * samples, last * samples)
        for number in range(first, last):
            _queue(annotations, coming, (number + 1) * samples)
            part = rows[(number - first) * samples :][:samples]
            yield _record(shape, part, annotations, number)
    _queue(annotations, coming, None)
    if rest or annotations:
        for number in range(full, annotations.add_end(stop, full)):
            part = held.counts(number * samples, (number + 1) * samples)
            yield _record(shape, part, annotations, number)


def _queue(annotations: Annotations, coming: deque[Event], before: int | None) -> None:
    """Let those events wait for a record whose samples are there."""
    while coming and (before is None or coming[0].sample < before):
        event = coming.popleft()
        if isinstance(event, Gap):
            annotations.add_gap(event.sample, event.stop)
        else:
            annotations.add(event)


def _record(shape: bdf.Layout, rows: IntArray, annotations: Annotations, number: int) -> bytes:
    notes = b"".join(annotations.take(number))
    return bdf.record(shape, rows, annotations.began(number), notes)


class _Held:
    """Counts of a recording from its beginning, the last ones held where nothing is known."""

    def __init__(self, recorded: Recorded) -> None:
        self._recorded = recorded
        self._starts = [span.start for span in recorded.spans]
        self._last: IntArray = np.zeros(len(recorded.stream.channels), dtype=np.int64)

    def counts(self, start: int, stop: int) -> IntArray:
        """Return `(stop - start, n_channels)` counts; each call goes on where the last ended."""
        rows = np.empty((stop - start, len(self._last)), dtype=np.int64)
        at = start
        for span in self._recorded.spans[max(0, bisect_right(self._starts, start) - 1) :]:
            if span.start >= stop:
                break
            first, last = max(span.start, start), min(span.stop, stop)
            if first < last:
                rows[at - start : first - start] = self._last
                rows[first - start : last - start] = self._measured(first, last)
                self._last, at = rows[last - start - 1].copy(), last
        rows[at - start :] = self._last
        return rows

    def _measured(self, start: int, stop: int) -> IntArray:
        step_uv = self._recorded.stream.step_uv
        counts = np.rint(self._recorded.samples(start, stop) / step_uv).astype(np.int64)
        return np.clip(counts, -DIGITAL_MAX, DIGITAL_MAX)
