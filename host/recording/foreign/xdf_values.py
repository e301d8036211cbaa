"""Values and time stamps in the chunks of one XDF stream.

A chunk has a number of samples; each is a time stamp, which may be left out, and its values.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host.chain.stream import FloatArray
from host.recording.bdf import ByteArray
from host.recording.foreign.marks import MOST, clean
from host.recording.foreign.text_rows import Content
from host.recording.foreign.xdf_chunks import WIDTHS, RawChunk, XdfStream, length

_TYPES = {
    "int8": "<i1",
    "int16": "<i2",
    "int32": "<i4",
    "int64": "<i8",
    "float32": "<f4",
    "double64": "<f8",
}
_STAMP_BYTES = 8
_LARGEST_S = 1e12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Values:
    """What one numeric stream holds."""

    data: NDArray[np.generic]
    """`(n_samples, n_channels)` in the stream's own format."""
    time_s: FloatArray
    """As the sender's clock said, or followed from the sample before."""
    damaged: int
    """Chunks of which a part could not be read."""


def read_values(
    content: Content, chunks: Sequence[RawChunk], stream: XdfStream, most: int
) -> Values:
    """Read up to `most` samples of a numeric stream."""
    width = stream.channels * WIDTHS[stream.format]
    samples: list[ByteArray] = []
    stamps: list[FloatArray] = []
    total = damaged = 0
    for chunk in chunks:
        claimed, at = length(content, chunk.start, chunk.stop)
        left = max(claimed, 0)
        while left and total < most:
            block = _alike(content, at, chunk.stop, width, min(left, most - total))
            if not len(block):
                break
            known = block.shape[1] > 1 + width
            stamps.append(_stamps(block) if known else np.full(len(block), np.nan))
            samples.append(block[:, block.shape[1] - width :])
            at, left, total = at + block.size, left - len(block), total + len(block)
        damaged += claimed < 0 or (left > 0 and total < most)
    data = np.concatenate(samples) if samples else np.empty((0, width), dtype=np.uint8)
    time_s = np.concatenate(stamps) if stamps else np.empty(0)
    return Values(
        data=np.ascontiguousarray(data).view(_TYPES[stream.format]),
        time_s=_followed(time_s, stream.rate_hz),
        damaged=damaged,
    )


def _alike(content: Content, at: int, stop: int, width: int, most: int) -> ByteArray:
    """Return the next samples that all have a time stamp, or all have none; empty for damage."""
    flag = content[at] if at < stop else 1
    size = 1 + flag + width
    fitting = min(most, (stop - at) // size)
    if flag not in {0, _STAMP_BYTES} or fitting < 1:
        return np.empty((0, size), dtype=np.uint8)
    # Few are alike or all are: look at ever more, so that no file makes this slow.
    count = 1
    while count < fitting:
        reach = min(fitting, 8 * count)
        flags = np.frombuffer(content, np.uint8, (reach - 1) * size + 1, at)[::size]
        if (flags != flag).any():
            fitting = int(np.argmax(flags != flag))
            break
        count = reach
    return np.frombuffer(content, np.uint8, fitting * size, at).reshape(fitting, size)


def _stamps(block: ByteArray) -> FloatArray:
    stamps = np.ascontiguousarray(block[:, 1 : 1 + _STAMP_BYTES]).view("<f8")[:, 0]
    return np.where(np.abs(stamps) < _LARGEST_S, stamps, np.nan)


def _followed(time_s: FloatArray, rate_hz: float) -> FloatArray:
    """Let samples without a time stamp follow the one before, at the stream's rate."""
    known = np.isfinite(time_s)
    numbers = np.arange(len(time_s))
    latest = np.maximum.accumulate(np.where(known, numbers, -1))
    base = np.where(latest < 0, 0.0, time_s[latest])
    period_s = 1.0 / rate_hz if rate_hz else 0.0
    followed: FloatArray = base + (numbers - latest) * period_s
    return followed


def read_texts(
    content: Content, chunks: Sequence[RawChunk], stream: XdfStream
) -> list[tuple[float, str]]:
    """Return time and text of a stream of strings, as many as one file may have."""
    period_s = 1.0 / stream.rate_hz if stream.rate_hz else 0.0
    texts: list[tuple[float, str]] = []
    time_s = 0.0
    for chunk in chunks:
        left, at = length(content, chunk.start, chunk.stop)
        while left > 0 and len(texts) < MOST:
            flag = content[at] if at < chunk.stop else 1
            if flag not in {0, _STAMP_BYTES} or at + 1 + flag > chunk.stop:
                break
            time_s += period_s
            if flag:
                (stamp,) = np.frombuffer(content, "<f8", 1, at + 1).tolist()
                time_s = stamp if abs(stamp) < _LARGEST_S else time_s
            words, at = _words(content, at + 1 + flag, chunk.stop, stream.channels)
            texts.append((time_s, clean(" ".join(words))))
            left -= 1
    return texts


def _words(content: Content, at: int, stop: int, count: int) -> tuple[list[str], int]:
    """Read one string per channel; at the end of the chunk, fewer."""
    words: list[str] = []
    for _ in range(count):
        size, begin = length(content, at, stop)
        if size < 0 or begin + size > stop:
            return words, stop
        words.append(content[begin : begin + size].decode("utf-8", errors="replace"))
        at = begin + size
    return words, at
