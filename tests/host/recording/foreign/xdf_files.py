"""Small XDF files, made chunk by chunk as LabRecorder makes them."""

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BOUNDARY = bytes.fromhex("43a546dccbf5410fb30ed5467383cbe4")
TYPES = {
    "int8": "<i1",
    "int16": "<i2",
    "int32": "<i4",
    "int64": "<i8",
    "float32": "<f4",
    "double64": "<f8",
}


def chunk(tag: int, content: bytes, *, width: int = 4) -> bytes:
    """Return one chunk with a length of so many bytes."""
    size = len(content) + 2
    return bytes([width]) + size.to_bytes(width, "little") + struct.pack("<H", tag) + content


def file_header(extra: str = "<datetime>2024-03-02T10:11:12+0100</datetime>") -> bytes:
    return chunk(1, f'<?xml version="1.0"?><info><version>1.0</version>{extra}</info>'.encode())


def stream_header(
    number: int,
    *,
    name: str = "Amp",
    type: str = "EMG",  # noqa: A002  as in the file
    channels: int = 2,
    rate_hz: object = 250,
    form: str = "float32",
    labels: Sequence[str] = (),
    units: Sequence[str] = (),
    types: Sequence[str] = (),
) -> bytes:
    described = "".join(
        "<channel>"
        + "".join(
            f"<{entry}>{texts[place]}</{entry}>"
            for entry, texts in (("label", labels), ("unit", units), ("type", types))
            if texts
        )
        + "</channel>"
        for place in range(max(len(labels), len(units), len(types)))
    )
    text = (
        f'<?xml version="1.0"?><info><name>{name}</name><type>{type}</type>'
        f"<channel_count>{channels}</channel_count><nominal_srate>{rate_hz}</nominal_srate>"
        f"<channel_format>{form}</channel_format><created_at>1.0</created_at>"
        f"<desc><channels>{described}</channels></desc></info>"
    )
    return chunk(2, struct.pack("<I", number) + text.encode())


def samples(
    number: int,
    data: NDArray[np.generic],
    stamps: Sequence[float | None],
    form: str = "float32",
    *,
    width: int = 4,
) -> bytes:
    """Return a chunk of `(n_samples, n_channels)`; a stamp of None is left out."""
    content = struct.pack("<I", number) + bytes([width]) + len(data).to_bytes(width, "little")
    for row, stamp in zip(data, stamps, strict=True):
        content += _stamp(stamp) + row.astype(TYPES[form]).tobytes()
    return chunk(3, content)


def texts(number: int, events: Sequence[tuple[float | None, str]]) -> bytes:
    """Return a chunk of one-channel strings."""
    content = struct.pack("<I", number) + bytes([1, len(events)])
    for stamp, text in events:
        word = text.encode()
        content += _stamp(stamp) + bytes([4]) + struct.pack("<I", len(word)) + word
    return chunk(3, content)


def offset(number: int, time_s: float, value_s: float) -> bytes:
    return chunk(4, struct.pack("<Idd", number, time_s, value_s))


def boundary() -> bytes:
    return chunk(5, BOUNDARY, width=1)


def footer(number: int) -> bytes:
    return chunk(6, struct.pack("<I", number) + b"<info><sample_count>1</sample_count></info>")


def xdf_file(*chunks: bytes) -> bytes:
    return b"XDF:" + file_header() + b"".join(chunks)


def _stamp(stamp: float | None) -> bytes:
    return b"\0" if stamp is None else b"\x08" + struct.pack("<d", stamp)
