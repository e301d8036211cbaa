"""Small EDF and BDF files, made as other programs make them, or wrong where a test asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, kw_only=True)
class EdfSignal:
    """One signal: header fields as text, and counts by record."""

    label: str = "EMG1"
    unit: str = "uV"
    physical: tuple[object, object] = (-3276.8, 3276.7)
    digital: tuple[object, object] = (-32768, 32767)
    counts: Sequence[Sequence[int]] = ()
    """Per record."""
    samples: object = None
    """As in the header; None for as many as there are."""


def ramp(records: int, length: int, **entries: Any) -> EdfSignal:
    """Return a signal of so many samples a record, whose counts rise by one."""
    rows = [list(range(record * length, (record + 1) * length)) for record in range(records)]
    return EdfSignal(**{"counts": rows, **entries})


def tal(onset: str, *texts: str, duration: str = "") -> bytes:
    """Return one list of annotations; without a text, the time of a record."""
    lasts = f"\x15{duration}" if duration else ""
    said = "".join(f"{text}\x14" for text in texts or [""])
    return f"{onset}{lasts}\x14{said}\0".encode()


def edf_file(
    signals: Sequence[EdfSignal],
    *,
    kind: str = "EDF",
    record_s: object = 1,
    records: object = None,
    notes: Sequence[bytes] = (),
    note_bytes: int = 60,
    recording: str = "Startdate 02-MAR-2024 X X somebody",
    started: str = "02.03.2410.11.12",
    header_bytes: object = None,
) -> bytes:
    """Return a whole file; `notes` are the annotations of each record."""
    width = 3 if kind.startswith("BDF") else 2
    count = len(signals[0].counts) if signals else len(notes)
    every = [*signals]
    if notes:
        label = f"{kind[:3]} Annotations"
        top = 2 ** (8 * width - 1)
        every.append(
            EdfSignal(
                label=label,
                unit="",
                physical=(-1, 1),
                digital=(-top, top - 1),
                samples=note_bytes // width,
            )
        )
    head = [
        (b"\xffBIOSEMI" if width == 3 else b"0", 8),
        ("X X X X", 80),
        (recording, 80),
        (started, 16),
        (256 * (1 + len(every)) if header_bytes is None else header_bytes, 8),
        (("24BIT" if width == 3 else "") if "+" not in kind else kind, 44),
        (count if records is None else records, 8),
        (record_s, 8),
        (len(every), 4),
    ]
    head += _about(every)
    body = b""
    for record in range(count):
        body += b"".join(_packed(one.counts[record], width) for one in signals)
        body += notes[record].ljust(note_bytes, b"\0") if notes else b""
    return b"".join(_field(value, size) for value, size in head) + body


def _about(signals: Sequence[EdfSignal]) -> list[tuple[object, int]]:
    """Return the header's fields of every signal with their sizes, kind by kind."""
    head: list[tuple[object, int]] = [(one.label, 16) for one in signals]
    head += [("", 80) for _ in signals]
    head += [(one.unit, 8) for one in signals]
    head += [(one.physical[0], 8) for one in signals] + [(one.physical[1], 8) for one in signals]
    head += [(one.digital[0], 8) for one in signals] + [(one.digital[1], 8) for one in signals]
    head += [("", 80) for _ in signals]
    head += [(len(one.counts[0]) if one.samples is None else one.samples, 8) for one in signals]
    head += [("", 32) for _ in signals]
    return head


def _field(value: object, size: int) -> bytes:
    content = value if isinstance(value, bytes) else str(value).encode("latin-1")
    return content[:size].ljust(size)


def _packed(counts: Sequence[int], width: int) -> bytes:
    words = np.asarray(counts, dtype="<i4").view(np.uint8).reshape(-1, 4)
    return words[:, :width].tobytes()
