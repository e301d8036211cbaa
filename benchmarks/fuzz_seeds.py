"""Small sound recordings of every kind that is read, for the fuzzer to spoil."""

from dataclasses import dataclass

import numpy as np

from host.recording.foreign.mapping import CsvMapping
from tests.host.recording.foreign.edf_files import edf_file, ramp, tal
from tests.host.recording.foreign.xdf_files import (
    boundary,
    chunk,
    offset,
    samples,
    stream_header,
    texts,
    xdf_file,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One kind of file."""

    name: str
    seeds: tuple[bytes, ...]
    mapping: CsvMapping | None = None


def importers() -> tuple[Importer, ...]:
    """Return all kinds, each with sound files to begin with."""
    return (
        Importer(name="OpenBCI text, version 3", seeds=(_v3(), _v3(pairs=True))),
        Importer(name="OpenBCI text, version 4", seeds=(_v4(),)),
        Importer(name="OpenBCI text, version 5", seeds=(_v5(1e3), _v5(1.0))),
        Importer(name="OpenBCI text, version 6", seeds=(_v6(),)),
        Importer(name="BrainFlow CSV", seeds=(_brainflow("\t"), _brainflow(","))),
        Importer(name="plain CSV", seeds=_plain()),
        Importer(name="mapped CSV", seeds=_mapped(), mapping=MAPPING),
        Importer(name="EDF", seeds=_edf("EDF")),
        Importer(name="BDF", seeds=_edf("BDF")),
        Importer(name="XDF", seeds=_xdf()),
    )


_START_MS = 1557936053329


def _v3(*, pairs: bool = False) -> bytes:
    rows = [
        f"{((k // 2 if pairs else k) + 190) % 201}, {k}.25, -{k}.50, 3.00, 0.00, 0.1, 0.2, 0.3, "
        f"23:59:59.{900 + 5 * k:03}\n"
        for k in range(16)
    ]
    return ("%OpenBCI Raw EEG Data\n%\n%Sample Rate = 200.0 Hz\n" + "".join(rows)).encode()


def _v4() -> bytes:
    head = "%OpenBCI Raw EEG Data\n%Number of channels = 2\n%Sample Rate = 250.0 Hz\n"
    rows = [
        f"{(k + 250) % 256}, {k}.25, -{k}.50, 0.1, 0.2, 0.3, 12:00:53.{329 + 4 * k}, "
        f"{_START_MS + 4 * k}\n"
        for k in range(16)
    ]
    return (head + "".join(rows)).encode()


def _v5(scale: float) -> bytes:
    head = "%OpenBCI Raw EEG Data\n%Number of channels = 2\n%Sample Rate = 250 Hz\n"
    head += "%Board = OpenBCI_GUI$BoardCytonSerial\n0.0,0.0,0.0,0.0,0.0,0.0\n"
    rows = [
        f"{k}, {k}.25, -{k}.50, 0.1, {(_START_MS + 4 * k) / 1e3 * scale:E}, "
        f"12:00:53.{329 + 4 * k}\n"
        for k in range(16)
    ]
    return (head + "".join(rows)).encode()


def _v6() -> bytes:
    head = "%OpenBCI Raw EXG Data\n%Number of channels = 2\n%Sample Rate = 250 Hz\n"
    head += "%Board = OpenBCI_GUI$BoardCytonSerial\n"
    head += "Sample Index, EXG Channel 0, EXG Channel 1, Timestamp, Marker Channel, "
    head += "Timestamp (Formatted)\n"
    rows = [
        f"{k}, {k}.25, -{k}.50, {_START_MS + 4 * k + 4000 * (k > 8)}, {3 * (k == 5)}, 12:00:53.3\n"
        for k in range(16)
    ]
    return (head + "".join(rows)).encode()


def _brainflow(separator: str) -> bytes:
    rows = [
        separator.join(
            [f"{k}.0", f"{k}.5", *["-1.0"] * 11, f"{1695115288.85 + k / 200:.6f}", f"{k == 3:d}"]
        )
        for k in range(12)
    ]
    return "\n".join(rows).encode()


def _plain() -> tuple[bytes, ...]:
    rows = "".join(f"{k / 1000},{k}.5,{k % 256},-{k}e-1,{'go' * (k > 9)}\n" for k in range(16))
    named = f"time,EMG1 (mV),Sample Index,emg_2 (uV),WORD\n{rows}"
    step = 187_500 / (2**23 - 1)
    cyton = "Channel_1;Channel_2\n" + "".join(f"{k * step!r};{-k * step!r}\n" for k in range(12))
    return named.encode(), cyton.encode()


MAPPING = CsvMapping(
    channels=("a", 4),
    time="t",
    time_unit="ms",
    index="n",
    marker="m",
    decimal=",",
    header_lines=1,
)


def _mapped() -> tuple[bytes, ...]:
    rows = "".join(f"{k};{2 * k},0;{k},5;-{k};{'go' * (k > 4)}\n" for k in range(12))
    blanks = rows.replace("go", "1").replace(";\n", ";0\n").replace(";", "  ")
    return (
        f"rec 1\n// mine\nn;t;a;b;m // names\n/* two\nlines */\n{rows}".encode(),
        f"rec 1\nn t a b m\n{blanks}".encode(),
    )


def _edf(kind: str) -> tuple[bytes, ...]:
    notes = [
        tal("+0") + tal("+0.25", "BAD_gap", duration="0.1"),
        tal("+0.5") + tal("+0.7", "smile", "Lächeln", duration="0.25"),
        tal("+2"),
    ]
    signals = [ramp(3, 60), ramp(3, 60, label="EMG2", unit="mV", physical=(-3, 3))]
    return (
        edf_file(signals, kind=f"{kind}+D", record_s="0.5", notes=notes),
        edf_file(signals, kind=f"{kind}+C", record_s="0.5", notes=notes, records=-1)[:-9],
        edf_file([*signals, ramp(3, 1, label="Status", unit="")], kind=kind, record_s="0.5"),
    )


def _xdf() -> tuple[bytes, ...]:
    data = np.arange(40.0).reshape(20, 2)
    cues = stream_header(2, name="Cues", type="Markers", channels=1, rate_hz=0, form="string")
    one = xdf_file(
        stream_header(1, labels=["a", "b"], units=["uV", "mV"], types=["EMG", "EMG"]),
        cues,
        samples(1, data, [1.0, *[None] * 18, 1.08]),
        offset(1, 1.0, -0.5),
        offset(2, 1.0, 0.5),
        boundary(),
        texts(2, [(1.0, "smile"), (None, "rest")]),
        samples(1, data, [3.0, *[None] * 19]),
        offset(1, 3.0, -0.6),
        chunk(6, b"\1\0\0\0<info/>"),
    )
    two = xdf_file(
        stream_header(1, form="int16", rate_hz=1000),
        stream_header(3, name="Trigger", type="Stim", channels=1, form="int32"),
        samples(1, data, [*np.arange(20) / 1000], "int16", width=1),
        samples(3, np.arange(8).reshape(8, 1) // 3, [*np.arange(8) / 250], "int32", width=8),
    )
    return one, two
