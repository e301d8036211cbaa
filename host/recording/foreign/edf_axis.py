"""Where the records of an EDF file lie on the axis of samples: onsets, and marked gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray, IntArray
from host.errors import RecordingError
from host.recording.foreign.counting import LONGEST_GAP_S
from host.recording.foreign.edf_header import Header
from host.recording.foreign.edf_notes import Note, Notes

_ROUNDED_S = 0.001
"""Programs that write onsets to a millisecond leave no gaps of a millisecond."""

Stretch = tuple[int, int, int]
"""Index of the first sample, index after the last, and which sample of the file is the first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Axis:
    """Which samples are on record, and when they were taken."""

    runs: tuple[Stretch, ...]
    rate_hz: float
    began_s: FloatArray
    """When each record began, in seconds from the start that the header names."""
    began: IntArray
    """Index of the first sample of each record."""
    remarks: tuple[str, ...] = ()

    @property
    def stop(self) -> int:
        """Index after the last sample."""
        return self.runs[-1][1]

    def sample(self, time_s: float) -> int:
        """Return the index at a time of the file; negative before the first sample."""
        record = max(0, int(np.searchsorted(self.began_s, time_s, side="right")) - 1)
        since_s = time_s - float(self.began_s[record])
        sample = int(self.began[record]) + round(since_s * self.rate_hz)
        last = record + 1 == len(self.began)
        return sample if last else min(sample, int(self.began[record + 1]))


def axis(header: Header, notes: Notes, samples: int, rate_hz: float) -> Axis:
    """Place records of so many samples; the first sample that is not marked as missing is 0."""
    records = len(notes.began_s)
    record_s = header.record_s or samples / rate_hz
    began_s = _filled(notes.began_s, record_s)
    remarks: list[str] = []
    lost = np.zeros(records - 1, dtype=np.int64)
    if header.interrupted:
        lost, remarks = _lost(began_s, record_s, rate_hz)
        began_s = np.maximum.accumulate(began_s)
    else:
        began_s = began_s[0] + np.arange(records) * record_s
    began = np.concatenate([[0], np.cumsum(samples + lost)])
    whole = Axis(runs=(), rate_hz=rate_hz, began_s=began_s, began=began)
    runs = list(_without(_stretches(began, lost, samples), _holes(notes.gaps, whole)))
    if not runs:
        raise RecordingError(Saying("all of its samples are marked as missing"))
    first = runs[0][0]
    return Axis(
        runs=tuple((start - first, stop - first, at) for start, stop, at in runs),
        rate_hz=rate_hz,
        began_s=began_s,
        began=began - first,
        remarks=tuple(remarks),
    )


def _filled(began_s: FloatArray, record_s: float) -> FloatArray:
    """Let records without a time follow the one before."""
    numbers = np.arange(len(began_s))
    known = np.isfinite(began_s)
    if not known.any():
        return numbers * np.float64(record_s)
    latest = np.maximum.accumulate(np.where(known, numbers, -1))
    nearest = np.where(latest < 0, np.argmax(known), latest)
    filled: FloatArray = began_s[nearest] + (numbers - nearest) * record_s
    return filled


def _lost(began_s: FloatArray, record_s: float, rate_hz: float) -> tuple[IntArray, list[str]]:
    """Return how many samples are missing before each record but the first."""
    late = (np.diff(began_s) - record_s) * rate_hz
    late[np.abs(late) <= max(0.75, _ROUNDED_S * rate_hz)] = 0.0
    said = []
    back, far = late < 0, late > LONGEST_GAP_S * rate_hz
    if back.any():
        late[back] = 0.0
        many = np.count_nonzero(back)
        which = "1 record begins" if many == 1 else f"{many} records begin"
        said.append(f"{which} before the one before it ends; no gap was taken from that.")
    if far.any():
        late[far] = 1.0
        said.append("The clock leaps by hours between records; how long the gap was is unknown.")
    return np.rint(late).astype(np.int64), said


def _stretches(began: IntArray, lost: IntArray, samples: int) -> Iterator[Stretch]:
    """Yield records that follow each other as one stretch."""
    firsts = [0, *(np.flatnonzero(lost) + 1).tolist(), len(began)]
    for first, after in pairwise(firsts):
        yield int(began[first]), int(began[after - 1]) + samples, first * samples


def _holes(gaps: Sequence[Note], whole: Axis) -> list[tuple[int, int]]:
    """Return marked gaps as samples, in order."""
    ends = [(whole.sample(gap.onset_s), whole.sample(gap.onset_s + gap.duration_s)) for gap in gaps]
    return sorted((start, stop) for start, stop in ends if start < stop)


def _without(runs: Iterator[Stretch], holes: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """Yield what is left of the runs between the holes; both are in order."""
    place, reached = 0, 0
    for start, stop, at in runs:
        begin = max(start, min(reached, stop))
        while place < len(holes) and holes[place][0] < stop:
            hole_start, hole_stop = holes[place]
            if begin < hole_start:
                yield begin, hole_start, at + begin - start
            begin = min(max(begin, hole_stop), stop)
            reached = max(reached, hole_stop)
            place += 1
        if begin < stop:
            yield begin, stop, at + begin - start
