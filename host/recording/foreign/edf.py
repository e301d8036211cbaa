"""EDF, EDF+, BDF and BDF+ of any program, decoded where somebody looks.

The header says what is where; opening a file reads it, and the annotations, and nothing else.
"""

from dataclasses import dataclass

import numpy as np

from calibration.saying import Saying
from host.chain.stream import Stream, channel_names
from host.errors import RecordingError
from host.recording.bdf import ByteArray
from host.recording.events import Marker
from host.recording.foreign.edf_axis import Axis, axis
from host.recording.foreign.edf_channels import choose
from host.recording.foreign.edf_header import FIXED_BYTES, Header, most_header_bytes, parse_header
from host.recording.foreign.edf_notes import Notes, read_notes
from host.recording.foreign.edf_samples import EdfSamples
from host.recording.foreign.inferring import settle_rate
from host.recording.foreign.remarks import about_channels, about_outside, rail_uv
from host.recording.foreign.runs import FileRun
from host.recording.foreign.text_rows import Content


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EdfReading:
    """What one file says."""

    stream: Stream
    runs: tuple[FileRun, ...]
    format: str
    remarks: tuple[str, ...]
    markers: tuple[Marker, ...]
    labels: tuple[str, ...]
    started: str


def read(content: Content, name: str, asked_hz: float | None) -> EdfReading:
    """Open a file that `is_edf`; markers say that they are from `name`."""
    header = parse_header(content[: most_header_bytes(content[:FIXED_BYTES])])
    records, about_records = _records(content, header)
    channels = choose(header)
    found_hz = round(channels.samples / header.record_s, 6) if header.record_s else None
    rate_hz, about_rate = settle_rate(found_hz, "the header", asked_hz)
    stream = Stream(
        rate_hz=rate_hz,
        channels=channel_names(len(channels.signals)),
        range_uv=channels.range_uv,
    )
    notes = read_notes(header, records)
    placed = axis(header, notes, channels.samples, rate_hz)
    samples = EdfSamples(header, records, channels, stream)
    runs = tuple(
        FileRun(start=start, length=stop - start, at=at, decode=samples.decode)
        for start, stop, at in placed.runs
    )
    markers, about_markers = _markers(notes, placed, name)
    constant = samples.constant()
    return EdfReading(
        stream=stream,
        runs=runs,
        format=f"{header.kind}, {8 * header.width} bits",
        markers=markers,
        labels=channels.labels,
        started=header.started,
        remarks=(
            *about_rate,
            *about_records,
            *channels.remarks,
            *placed.remarks,
            *about_channels(np.abs(constant) >= rail_uv(stream), constant),
            *about_markers,
        ),
    )


def _records(content: Content, header: Header) -> tuple[ByteArray, tuple[str, ...]]:
    """Return `(n_records, record_bytes)`, and what to say about their number."""
    size = header.record_bytes
    whole, rest = divmod(len(content) - header.header_bytes, size) if size else (0, 0)
    claimed = header.records
    said = []
    if header.claimed_bytes != header.header_bytes:
        said.append(f"Its header is {header.header_bytes} bytes long, and claims another length.")
    if claimed < 0 or (claimed == 0 and whole):
        said.append("The program that wrote it did not close it.")
    elif claimed > whole:
        said.append(f"Its header claims {claimed} records, and {whole} are there.")
    elif claimed < whole:
        behind = (whole - claimed) * size + rest
        said.append(f"{behind} bytes behind its last record were left out.")
        whole, rest = claimed, 0
    if rest:
        said.append("The last record is incomplete and was left out.")
    if not whole:
        raise RecordingError(Saying("it holds no whole record of samples"))
    flat = np.frombuffer(content, dtype=np.uint8, count=whole * size, offset=header.header_bytes)
    return flat.reshape(whole, size), tuple(said)


def _markers(notes: Notes, placed: Axis, name: str) -> tuple[tuple[Marker, ...], tuple[str, ...]]:
    """Return the annotations as markers, in order."""
    markers = []
    for note in sorted(notes.notes, key=lambda note: note.onset_s):
        sample = placed.sample(note.onset_s)
        if 0 <= sample <= placed.stop:
            sample = min(sample, placed.stop - 1)
            lasts = round(note.duration_s * placed.rate_hz)
            markers.append(Marker(sample=sample, text=note.text, samples=lasts, by=name))
    said = about_outside(len(notes.notes) - len(markers))
    if notes.left_out:
        said = (*said, f"It has {notes.left_out} more annotations, which were left out.")
    return tuple(markers), said
