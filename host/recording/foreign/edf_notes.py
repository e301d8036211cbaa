"""Annotations of EDF+ and BDF+: when each record began, and what was written beside it."""

import math
import re
from dataclasses import dataclass

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.bdf import GAP, ByteArray
from host.recording.foreign.edf_header import Header
from host.recording.foreign.marks import MOST, clean

GAPS = (GAP, "BAD_ACQ_SKIP")
"""Stretches without samples, as we and MNE-Python mark them."""

_HEAD = re.compile(rb"([+-]\d{1,10}(?:\.\d{0,12})?)(?:\x15(\d{1,10}(?:\.\d{0,12})?))?")
_MOST_GAPS = 1_000_000
_AT_ONCE_BYTES = 2**22


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One annotation, in seconds from the start that the header names."""

    onset_s: float
    duration_s: float
    text: str

    @property
    def gap(self) -> bool:
        """Whether it marks a stretch without samples."""
        return self.text in GAPS and self.duration_s > 0


class Notes:
    """All that the annotation signals of a file hold."""

    def __init__(self, records: int) -> None:
        self.began_s: FloatArray = np.full(records, math.nan)
        """When each record began; NaN where it does not say."""
        self.notes: list[Note] = []
        self.gaps: list[Note] = []
        self.left_out = 0
        """Annotations beyond those that one file may have."""

    def take(self, note: Note) -> None:
        """Keep a note, or count it where there are too many."""
        found, most = (self.gaps, _MOST_GAPS) if note.gap else (self.notes, MOST)
        if len(found) < most:
            found.append(note)
        else:
            self.left_out += 1


def read_notes(header: Header, records: ByteArray) -> Notes:
    """Read the annotations of `(n_records, record_bytes)`.

    The first signal of annotations says when each record began.
    """
    notes = Notes(len(records))
    signals = [signal for signal in header.signals if signal.annotations and signal.samples]
    for place, signal in enumerate(signals):
        size = header.width * signal.samples
        if size > _AT_ONCE_BYTES:
            raise RecordingError(
                Saying("its header is damaged: it claims {} bytes of annotations in a record", size)
            )
        column = records[:, signal.at : signal.at + size]
        for first in range(0, len(records), _AT_ONCE_BYTES // size):
            block = np.ascontiguousarray(column[first : first + _AT_ONCE_BYTES // size])
            # As texts of bytes, which numpy returns without the zeros behind them.
            for number, content in enumerate(block.view(f"S{size}")[:, 0].tolist(), start=first):
                _read_record(content, number, notes, timed=place == 0)
    return notes


def _read_record(content: bytes, number: int, notes: Notes, *, timed: bool) -> None:
    r"""Read lists of annotations: `+onset[\x15duration]\x14text\x14text\x14\0`."""
    for part in content.split(b"\0"):
        head, *texts = part.split(b"\x14")
        match = _HEAD.fullmatch(head) if texts else None
        if not match:
            continue
        onset_s = float(match[1])
        if timed and not texts[0] and np.isnan(notes.began_s[number]):
            notes.began_s[number] = onset_s
        for text in filter(None, texts):
            shown = clean(text.decode("utf-8", errors="replace"))
            notes.take(Note(onset_s=onset_s, duration_s=float(match[2] or 0.0), text=shown))
