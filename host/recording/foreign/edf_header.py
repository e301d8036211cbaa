"""Headers of EDF and BDF files by any program: what is in a record, and where.

EDF (Kemp et al. 1992), EDF+ (Kemp and Olivier 2003), BDF (BioSemi) and BDF+ differ in the width
of a sample and in whether records hold annotations. Writers bend the rules; readers should not.
"""

import math
import re
from dataclasses import dataclass
from datetime import datetime

from calibration.saying import Saying
from host.errors import RecordingError
from host.recording.foreign.marks import clean

FIXED_BYTES = 256
"""The part of the header that every file has; each signal adds as much again."""

_EDF, _BDF = b"0       ", b"\xffBIOSEMI"
_MOST_SIGNALS = 4096
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One signal of the header: label, limits, and its place in a record."""

    number: int
    label: str
    unit: str
    """As written, in lower case."""
    physical: tuple[float, float]
    """What the digital limits stand for, in `unit`; NaN where the header holds no number."""
    digital: tuple[float, float]
    samples: int
    """Samples in a record."""
    at: int
    """Byte of a record with its first sample."""

    @property
    def annotations(self) -> bool:
        """Whether it holds text."""
        return self.label.lower() in {"edf annotations", "bdf annotations"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A whole header."""

    kind: str
    """`EDF`, `EDF+C`, `EDF+D`, `BDF`, `BDF+C` or `BDF+D`."""
    width: int
    """Bytes of a sample."""
    records: int
    """As the header says; negative for a file that was not closed."""
    record_s: float
    signals: tuple[Signal, ...]
    started: str
    """ISO 8601; empty where the header holds no date."""
    claimed_bytes: int | None
    """Length of the header by its own account."""
    program: str
    """The field of the recording, in which programs name themselves."""

    @property
    def header_bytes(self) -> int:
        """Bytes before the first record."""
        return FIXED_BYTES * (1 + len(self.signals))

    @property
    def record_bytes(self) -> int:
        """Bytes of a record."""
        return self.width * sum(signal.samples for signal in self.signals)

    @property
    def interrupted(self) -> bool:
        """Whether records may have gaps between them."""
        return self.kind.endswith("+D")


def is_edf(head: bytes) -> bool:
    """Tell by its first 256 bytes whether a file is EDF or BDF."""
    # Text can begin with "0" in a column eight wide, but its lines are shorter.
    return head.startswith(_BDF) or (head.startswith(_EDF) and not re.search(rb"[\r\n]", head))


def parse_header(head: bytes) -> Header:
    """Parse a header; RecordingError says what is wrong with it."""
    if len(head) < FIXED_BYTES:
        raise RecordingError(Saying("its header is cut short"))
    count = _whole(head[252:256])
    if count is None or not 1 <= count <= _MOST_SIGNALS:
        raise RecordingError(
            Saying("its header is damaged: it claims {} signals", _shown(head[252:256]))
        )
    if len(head) < FIXED_BYTES * (1 + count):
        raise RecordingError(Saying("its header is cut short: it claims {} signals", count))
    binary = head.startswith(_BDF)
    width = 3 if binary else 2
    records, record_s = _whole(head[236:244]), _number(head[244:252])
    if not 0.0 <= record_s < 1e6:
        raise RecordingError(
            Saying("its header is damaged: a record would last {} seconds", _shown(head[244:252]))
        )
    plus = re.match(rb"[EB]DF\+([CD])", head[192:197])
    return Header(
        kind=("BDF" if binary else "EDF") + (f"+{plus[1].decode()}" if plus else ""),
        width=width,
        records=-1 if records is None else records,
        record_s=record_s,
        signals=_signals(head[FIXED_BYTES:], count, width),
        started=_started(head[168:184], head[88:168]),
        claimed_bytes=_whole(head[184:192]),
        program=_text(head[88:168]),
    )


def most_header_bytes(head: bytes) -> int:
    """Return how many bytes a header with this beginning can have."""
    count = _whole(head[252:256]) or 0
    return FIXED_BYTES * (1 + min(max(count, 0), _MOST_SIGNALS))


def _signals(columns: bytes, count: int, width: int) -> tuple[Signal, ...]:
    widths = (16, 80, 8, 8, 8, 8, 8, 80, 8)
    starts = [count * sum(widths[:column]) for column in range(len(widths))]

    def field(column: int, number: int) -> bytes:
        first = starts[column] + number * widths[column]
        return columns[first : first + widths[column]]

    signals, at = [], 0
    for number in range(count):
        samples = _whole(field(8, number))
        if samples is None or samples < 0:
            raise RecordingError(
                Saying(
                    "its header is damaged: signal {} would have {} samples in a record",
                    number + 1,
                    _shown(field(8, number)),
                )
            )
        signals.append(
            Signal(
                number=number + 1,
                label=_text(field(0, number)),
                unit=_text(field(2, number)).lower(),
                physical=(_number(field(3, number)), _number(field(4, number))),
                digital=(_number(field(5, number)), _number(field(6, number))),
                samples=samples,
                at=at,
            )
        )
        at += width * samples
    return tuple(signals)


def _text(field: bytes) -> str:
    """Return a text field; ASCII by the standard, UTF-8 or Latin-1 by those who bend it."""
    try:
        text = field.decode("utf-8")
    except UnicodeDecodeError:
        text = field.decode("latin-1")
    return clean(text)


def _shown(field: bytes) -> str:
    return _text(field) or "no"


def _number(field: bytes) -> float:
    """Return a number, also with a decimal comma; NaN for anything else."""
    match = re.fullmatch(
        rb"\s*([+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?)\s*",
        field.replace(b",", b".").replace(b"\0", b" ").lower(),
    )
    value = float(match[1]) if match else math.nan
    return value if math.isfinite(value) else math.nan


def _whole(field: bytes) -> int | None:
    value = _number(field)
    return int(value) if value == value and value == int(value) else None  # noqa: PLR0124  NaN


def _started(fixed: bytes, recording: bytes) -> str:
    """Return the start: the four-digit year of EDF+ where there is one, else 1985 to 2084."""
    match = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d\d)(\d\d)\.(\d\d)\.(\d\d)", fixed.decode("latin-1"))
    if not match:
        return ""
    day, month, year, hour, minute, second = (int(part) for part in match.groups())
    year += 1900 if year >= 85 else 2000
    full = re.match(rb"Startdate (\d\d)-([A-Z]{3})-(\d{4})", recording)
    if full and full[2].decode() in _MONTHS:
        day, month, year = int(full[1]), _MONTHS.index(full[2].decode()) + 1, int(full[3])
    try:
        # Without a zone, as the file is.
        return datetime(year, month, day, hour, minute, second).isoformat()  # noqa: DTZ001
    except ValueError:
        return ""
