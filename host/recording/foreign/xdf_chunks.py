"""XDF as chunks: what stands where in the file, its streams, and the places where it is damaged.

A file is `XDF:` and chunks of length, tag and content. Where a length cannot be right, reading
goes on behind the next boundary chunk, of which LabRecorder writes one every ten seconds.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree import ElementTree as ET

from calibration.saying import Saying
from host.recording.foreign.marks import clean
from host.recording.foreign.text_rows import Content

MAGIC = b"XDF:"

FILE_HEADER, STREAM_HEADER, SAMPLES, CLOCK_OFFSET = 1, 2, 3, 4
_TAGS = range(1, 7)
_BOUNDARY = bytes.fromhex("43a546dccbf5410fb30ed5467383cbe4")
_MOST_XML_BYTES = 2**20
_MOST_STREAMS = 500
_MOST_CHANNELS = 1024
_MOST_DAMAGED = 10_000
"""A file with more broken places than this is read no further."""

WIDTHS = {"int8": 1, "int16": 2, "int32": 4, "int64": 8, "float32": 4, "double64": 8, "string": 0}
"""Bytes of a value in each format."""


@dataclass(frozen=True, slots=True)
class RawChunk:
    """One chunk: its tag, and where its content lies."""

    tag: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class XdfStream:
    """What the header of a stream says."""

    number: int
    name: str
    type: str
    channels: int
    format: str
    rate_hz: float
    """As claimed; 0 for events."""
    labels: tuple[str, ...] = ()
    """One per channel; empty where the header does not name them all, as are the next two."""
    units: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Name, type, number of channels and rate, for a sentence."""
        has_rate = Saying("{:g} per second", self.rate_hz)
        rate = has_rate if self.rate_hz else Saying("no fixed rate")
        numbers = Saying("{} channels, {}", self.channels, rate)
        what = Saying("text") if self.format == "string" else numbers
        return Saying("{} ({}, {})", self.name, self.type or Saying("no type"), what)


@dataclass(slots=True)
class XdfFile:
    """A file as its chunks."""

    content: Content
    streams: dict[int, XdfStream] = field(default_factory=dict)
    samples: dict[int, list[RawChunk]] = field(default_factory=dict)
    """Chunks of samples of each stream, in order."""
    offsets: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    """When each stream's clock was compared, and what was to be added to it."""
    started: str = ""
    damaged: int = 0
    """Places where the file could not be read."""


def scan(content: Content) -> XdfFile:
    """Find all chunks of a file that begins with `MAGIC`; values are decoded later."""
    found = XdfFile(content)
    for chunk in _chunks(found):
        if chunk.tag == FILE_HEADER:
            found.started = _started(content[chunk.start : chunk.stop])
        elif chunk.tag in {STREAM_HEADER, SAMPLES, CLOCK_OFFSET}:
            _take(found, chunk)
    return found


def _take(found: XdfFile, chunk: RawChunk) -> None:
    """Take a chunk that belongs to a stream."""
    start = chunk.start + 4
    if start > chunk.stop:
        found.damaged += 1
        return
    number = int.from_bytes(found.content[chunk.start : start], "little")
    if chunk.tag == STREAM_HEADER and number not in found.streams:
        stream = _stream(number, found.content[start : chunk.stop])
        if stream is None or len(found.streams) == _MOST_STREAMS:
            found.damaged += 1
        else:
            found.streams[number] = stream
    elif chunk.tag == SAMPLES:
        found.samples.setdefault(number, []).append(RawChunk(SAMPLES, start, chunk.stop))
    elif chunk.tag == CLOCK_OFFSET and chunk.stop - start >= 16:
        time_s, offset_s = struct.unpack("<dd", found.content[start : start + 16])
        if abs(time_s) < 1e12 and abs(offset_s) < 1e12:  # neither NaN nor nonsense
            found.offsets.setdefault(number, []).append((time_s, offset_s))


def _chunks(found: XdfFile) -> Iterator[RawChunk]:
    """Yield chunks; where a length or a tag is wrong, go on behind the next boundary."""
    content, at = found.content, len(MAGIC)
    while at < len(content) and found.damaged < _MOST_DAMAGED:
        size, begin = length(content, at, len(content))
        tag = int.from_bytes(content[begin : begin + 2], "little")
        stop = begin + size
        if size >= 2 and tag in _TAGS and stop <= len(content):
            yield RawChunk(tag, begin + 2, stop)
            at = stop
            continue
        found.damaged += 1
        fits = size >= 2 and stop <= len(content)
        boundary = content.find(_BOUNDARY, at, stop if fits else len(content))
        if boundary >= 0:
            at = boundary + len(_BOUNDARY)
        elif fits:
            at = stop  # a kind of chunk that is not known here
        else:
            if size >= 2 and tag in _TAGS:
                # The last chunk was cut short: what is there of it is good.
                yield RawChunk(tag, min(begin + 2, len(content)), len(content))
            return


def length(content: Content, at: int, stop: int) -> tuple[int, int]:
    """Read a length of 1, 4 or 8 bytes, and return it and where it ends; -1 for none."""
    width = content[at] if at < stop else 0
    if width not in {1, 4, 8} or at + 1 + width > stop:
        return -1, at + 1
    return int.from_bytes(content[at + 1 : at + 1 + width], "little"), at + 1 + width


def _parse(content: bytes) -> ET.Element | None:
    """Parse XML that is small and declares nothing; None for any other."""
    text = content.decode("utf-8", errors="replace").strip("\0 \r\n\t")
    # Without a document type there are no entities that could grow without bound.
    if len(content) > _MOST_XML_BYTES or "<!" in text.replace("<!--", "").replace("<![CDATA[", ""):
        return None
    try:
        return ET.fromstring(text)  # noqa: S314  bounded, and without a document type
    except (ET.ParseError, ValueError):
        return None


def _started(content: bytes) -> str:
    root = _parse(content)
    text = "" if root is None else (root.findtext("datetime") or "").strip()
    try:
        # LabRecorder writes +0100, which Python reads from 3.11 on.
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _stream(number: int, content: bytes) -> XdfStream | None:
    """Read a stream's header; None where it says nothing usable."""
    root = _parse(content)
    if root is None:
        return None
    channels, rate_hz = _number(root, "channel_count"), _number(root, "nominal_srate")
    form = (root.findtext("channel_format") or "").strip()
    if form not in WIDTHS or not 1 <= channels <= _MOST_CHANNELS or channels != int(channels):
        return None
    described = root.findall("desc/channels/channel")[: int(channels) + 1]

    def entries(name: str) -> tuple[str, ...]:
        texts = tuple(clean(one.findtext(name) or "") for one in described)
        return texts if len(texts) == channels and any(texts) else ()

    return XdfStream(
        number=number,
        name=clean(root.findtext("name") or "") or f"stream {number}",
        type=clean(root.findtext("type") or ""),
        channels=int(channels),
        format=form,
        rate_hz=rate_hz if rate_hz > 0 else 0.0,
        labels=entries("label"),
        units=entries("unit"),
        types=entries("type"),
    )


def _number(root: ET.Element, name: str) -> float:
    try:
        value = float(root.findtext(name) or 0.0)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e9 else 0.0
