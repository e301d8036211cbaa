"""Our own BDF+C: 24-bit samples in short records, each with the annotations of its time.

BDF+ is EDF+ (Kemp and Olivier 2003) with 24-bit samples (BioSemi). Records are so short that a
crash costs little, and so long that samples over duration give the rate exactly.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from host.chain.stream import DIGITAL_MAX, FloatArray, IntArray, Stream

ByteArray = NDArray[np.uint8]

BIOSEMI = b"\xffBIOSEMI"
"""How a BDF file begins."""
OPEN = -1
"""Number of records in the header of a file that is still being written."""
COUNT_AT = 236
"""Where that number stands, in eight characters."""
ANNOTATION_BYTES = 120
"""Room for annotations in a record, its own time included."""
GAP = "BAD_gap"
"""Annotation of samples that are held values; MNE leaves out what begins with BAD."""
LONGEST_NOTE = ANNOTATION_BYTES - 24
"""Bytes of the longest annotation that fits into any record beside its time."""

_RECORD_S = 0.1
_WIDEST_RECORD_S = 0.2
_HIGHEST_HZ = 100_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a stream lies in records."""

    stream: Stream
    labels: tuple[str, ...]
    """Standard labels such as `EMG ZygMaj L`, at most 16 ASCII characters each."""
    samples: int
    """Samples per channel in a record."""
    duration: str
    """Seconds of a record, as in the header."""

    def __post_init__(self) -> None:
        """Refuse labels that a header cannot hold."""
        if len(self.labels) != len(self.stream.channels):
            raise ValueError(f"need a label for each channel, got {self.labels}")
        if any(len(label) > 16 or not label.isascii() for label in self.labels):
            raise ValueError(f"a label has at most 16 ASCII characters, got {self.labels}")

    @property
    def rate(self) -> Fraction:
        """Samples per second, exactly as the header has it."""
        return self.samples / Fraction(self.duration)

    @property
    def header_bytes(self) -> int:
        """Bytes before the first record."""
        return 256 * (2 + len(self.labels))

    @property
    def data_bytes(self) -> int:
        """Bytes of samples in a record."""
        return 3 * self.samples * len(self.labels)

    @property
    def record_bytes(self) -> int:
        """Bytes of a record, annotations included."""
        return self.data_bytes + ANNOTATION_BYTES


def layout(stream: Stream, labels: tuple[str, ...]) -> Layout:
    """Choose the length of a record: about 0.1 s, and exact in eight characters."""
    samples, duration = record_length(stream.rate_hz)
    return Layout(stream=stream, labels=labels, samples=samples, duration=duration)


def record_length(rate_hz: float) -> tuple[int, str]:
    """Return samples and seconds of a record whose quotient is the rate.

    Where no duration in eight characters gives the rate to one in 10⁹, the nearest is taken.
    """
    if not 0 < rate_hz <= _HIGHEST_HZ:
        raise ValueError(f"records hold at most {_HIGHEST_HZ:.0f} samples a second, got {rate_hz}")
    most = max(1, math.ceil(_WIDEST_RECORD_S * rate_hz))
    found = [(samples, _eight(samples / rate_hz)) for samples in range(1, most + 1)]
    exact = [
        (samples, text)
        for samples, text in found
        if float(text) > 0 and abs(samples / float(text) / rate_hz - 1.0) < 1e-9
    ]
    wanted = _RECORD_S * rate_hz
    if exact:
        return min(exact, key=lambda one: abs(one[0] - wanted))
    return min(found[-max(1, most // 2) :], key=lambda one: _error(one, rate_hz))


def _error(record: tuple[int, str], rate_hz: float) -> float:
    return abs(record[0] / float(record[1]) / rate_hz - 1.0)


def _eight(number: float) -> str:
    """Write a positive number below 10 in at most eight characters."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def header(shape: Layout, *, started: datetime, patient: str = "X", records: int = OPEN) -> bytes:
    """Return the header; `patient` is a code, never a name."""
    recording = f"Startdate {_day(started)} X X Quietface"
    code = "".join(sign if sign.isascii() and sign.isprintable() else "_" for sign in patient)
    fixed = [
        (BIOSEMI, 8),
        (f"{code.replace(' ', '_') or 'X'} X X X"[:80], 80),
        (recording, 80),
        (started.strftime("%d.%m.%y"), 8),
        (started.strftime("%H.%M.%S"), 8),
        (shape.header_bytes, 8),
        ("BDF+C", 44),
        (records, 8),
        (shape.duration, 8),
        (len(shape.labels) + 1, 4),
    ]
    channels = len(shape.labels)
    most_uv = limit(shape.stream.range_uv)
    columns: list[tuple[list[object], int]] = [
        ([*shape.labels, "BDF Annotations"], 16),
        ([*["surface electrodes, bipolar"] * channels, ""], 80),
        ([*["uV"] * channels, ""], 8),
        ([*[f"-{most_uv}"] * channels, "-1"], 8),
        ([*[most_uv] * channels, "1"], 8),
        ([*[-DIGITAL_MAX] * channels, -DIGITAL_MAX - 1], 8),
        ([*[DIGITAL_MAX] * channels, DIGITAL_MAX], 8),
        ([*["none"] * channels, ""], 80),
        ([*[shape.samples] * channels, ANNOTATION_BYTES // 3], 8),
        ([""] * (channels + 1), 32),
    ]
    fields = fixed + [(value, width) for values, width in columns for value in values]
    return b"".join(_field(value, width) for value, width in fields)


def _field(value: object, width: int) -> bytes:
    content = value if isinstance(value, bytes) else str(value).encode("ascii")
    if len(content) > width:
        raise ValueError(f"{value!r} has more than {width} characters")
    return content.ljust(width)


def limit(range_uv: float) -> str:
    """Write the range in the seven characters that are left beside a minus sign.

    That is exact for every gain of the Cyton, and to 5 in 10⁶ for any range; `session.json` has
    all of its digits.
    """
    for digits in range(6, -1, -1):
        text = f"{range_uv:.{digits}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        if len(text) <= 7 and float(text) > 0:
            return text
    raise ValueError(f"a range of {range_uv} uV does not fit into a header")


def _day(started: datetime) -> str:
    # Not strftime's %b: the standard asks for English whatever the locale.
    months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    return f"{started.day:02}-{months[started.month - 1]}-{started.year}"


def record_count(records: int) -> bytes:
    """Return the header's field for the number of records."""
    return _field(records, 8)


def annotation(onset: Fraction, text: str, duration: Fraction | None = None) -> bytes:
    """Return one annotation (a TAL); times in seconds, exact to a microsecond."""
    lasts = b"" if duration is None else b"\x15" + _seconds(duration).lstrip("+").encode()
    clean = " ".join("".join(max(sign, " ") for sign in text).split())
    return _seconds(onset).encode() + lasts + b"\x14" + _cut(clean) + b"\x14\x00"


def _cut(text: str) -> bytes:
    """Return text that fits into a record beside its times; all of it stands in the events."""
    room = ANNOTATION_BYTES - 64
    content = text.encode(errors="replace")
    if len(content) <= room:
        return content
    return content[: room - 3].decode(errors="ignore").encode() + "…".encode()


def _seconds(time: Fraction) -> str:
    micros = round(time * 1_000_000)
    whole, rest = divmod(abs(micros), 1_000_000)
    part = f".{rest:06}".rstrip("0") if rest else ""
    return f"{'-' if micros < 0 else '+'}{whole}{part}"


def record(shape: Layout, counts: IntArray, began: Fraction, notes: bytes) -> bytes:
    """Return one record: `(samples, n_channels)` counts, its own time, and annotations."""
    if counts.shape != (shape.samples, len(shape.labels)):
        raise ValueError(f"a record has {shape.samples} samples, got {counts.shape}")
    own = _own_time(began)
    if len(own) + len(notes) > ANNOTATION_BYTES:
        raise ValueError(f"{len(notes)} bytes of annotations do not fit into a record")
    words = np.ascontiguousarray(counts.T, dtype="<i4")
    samples = words.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    return samples + (own + notes).ljust(ANNOTATION_BYTES, b"\x00")


def is_record(content: bytes, number: int, shape: Layout) -> bool:
    """Tell whether bytes are the record of this number, by the time that it carries."""
    began = number * shape.samples / shape.rate
    return content.startswith(_own_time(began), shape.data_bytes)


def room_for_notes(began: Fraction) -> int:
    """Return how many bytes of annotations a record can take beside its own time."""
    return ANNOTATION_BYTES - len(_own_time(began))


def _own_time(began: Fraction) -> bytes:
    return _seconds(began).encode() + b"\x14\x14\x00"


def microvolts(samples: ByteArray, shape: Layout) -> FloatArray:
    """Decode `(n_records, data_bytes)` to `(n_records * samples, n_channels)` on the grid."""
    channels = len(shape.labels)
    words = np.zeros((len(samples), channels, shape.samples, 4), dtype=np.uint8)
    words[..., 1:] = samples.reshape(len(samples), channels, shape.samples, 3)
    counts = words.view("<i4")[..., 0] >> 8
    rows = counts.transpose(0, 2, 1).reshape(-1, channels).astype(np.float64)
    rows *= shape.stream.step_uv
    return rows
