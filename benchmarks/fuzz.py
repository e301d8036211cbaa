"""Spoiled recordings: whatever a file holds, reading it gives one sentence, quickly.

Every importer gets as many inputs, each a sound file with a few edits: bits turned, pieces
deleted, doubled, exchanged or cut off, signs and numbers put in, lengths overwritten. An input
that ends in anything but a recording or a RecordingError is kept in the folder for temporary
files, and fails the benchmark; so does a warning.
"""

import os
import platform
import random
import struct
import tempfile
import time
import warnings
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.fuzz_seeds import Importer, importers
from host.errors import RecordingError
from host.recording.foreign.files import read_foreign_bytes

SEEDS = (1,)
INPUTS = 40_000
_LONGEST = 1 << 16
_MOST_EDITS = 5
_MOST_SHOWN = 5

_TOKENS = (
    *(b",", b";", b"\t", b" ", b"\n", b"\r", b"\0", b"%", b'"', b"#", b"//", b"/*", b"*/", b":"),
    *(b"-", b".", b"e", b"nan", b"inf", b"-1", b"0", b"1e308", b"1e17", b"9" * 30, b"\xff" * 4),
    *(b"\x01", b"\x04", b"\x08", b"\x14", b"\x14\x14\0", b"\x15", b"+0", b"+1e9", b"+99999999"),
    *(b"-1      ", b"0       ", b"99999999", b"        ", b"1e-300  ", b"EDF+D", b"BDF+C"),
    *(b"<!DOCTYPE a>", b"<info>", b"</info>", b"&amp;", b"<x>" * 200, "µ".encode(), b"\xc3"),
    *(b"%Sample Rate = ", b"%Number of channels = ", b"Timestamp", b"BAD_gap", b"Marker"),
)
_LENGTHS = (0, 1, 2, 7, 127, 255, 256, 65_535, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1)


def run() -> list[Figure]:
    """Spoil and read; the slowest input is measured by the time of the process."""
    before_mb = peak_mb()
    figures = []
    escapes = 0
    for importer in importers():
        tally = _Tally()
        for number in range(INPUTS):
            tally.read(importer, spoiled(importer, number))
        escapes += tally.escapes
        figures += [
            Figure(name=f"{importer.name}: inputs", value=INPUTS, unit="files"),
            Figure(name=f"{importer.name}: still readable", value=tally.good, unit="files"),
            Figure(name=f"{importer.name}: slowest", value=tally.slowest_s, unit="s", goal=1.0),
        ]
    growth_mb = peak_mb() - before_mb
    return [
        *figures,
        Figure(name="growth of the peak memory", value=growth_mb, unit="MB", goal=200.0),
        Figure(name="escapes", value=escapes, unit="files", goal=1.0),
    ]


class _Tally:
    """What became of the inputs of one importer."""

    def __init__(self) -> None:
        self.good = 0
        self.escapes = 0
        self.slowest_s = 0.0

    def read(self, importer: Importer, content: bytes) -> None:
        """Read one input, and its first and last samples where there are any."""
        began_s = time.process_time()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                found = read_foreign_bytes(content, "spoiled", mapping=importer.mapping)
                for span in (found.spans[0], found.spans[-1]):
                    found.samples(span.start, min(span.start + 10, span.stop))
            self.good += 1
        except RecordingError:
            pass
        except Exception as error:  # noqa: BLE001  finding these is what this is for
            self.escapes += 1
            if self.escapes <= _MOST_SHOWN:
                print(f"{importer.name}: {error!r}, by {_kept(importer, content)}")
        took_s = time.process_time() - began_s
        if took_s > max(self.slowest_s, 0.1):
            print(f"{importer.name}: {took_s:.2f} s for {_kept(importer, content)}")
        self.slowest_s = max(self.slowest_s, took_s)


def spoiled(importer: Importer, number: int) -> bytes:
    """Return an input of an importer; the same for the same number."""
    chance = random.Random(f"{SEEDS[0]} {importer.name} {number}")
    content = bytearray(chance.choice(importer.seeds))
    for _ in range(chance.randint(1, _MOST_EDITS)):
        chance.choice(_EDITS)(content, chance)
        del content[_LONGEST:]
    return bytes(content)


def _piece(content: bytearray, chance: random.Random) -> slice:
    first = chance.randrange(len(content) + 1)
    return slice(first, first + int(chance.expovariate(0.05)))


def _turn_bit(content: bytearray, chance: random.Random) -> None:
    if content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _delete(content: bytearray, chance: random.Random) -> None:
    del content[_piece(content, chance)]


def _double(content: bytearray, chance: random.Random) -> None:
    piece = _piece(content, chance)
    content[piece.start : piece.start] = content[piece] * chance.choice((1, 1, 2, 50))


def _exchange(content: bytearray, chance: random.Random) -> None:
    piece = bytes(content[_piece(content, chance)])
    content[_piece(content, chance)] = piece


def _cut_off(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content) + 1) :]


def _put_in(content: bytearray, chance: random.Random) -> None:
    first = chance.randrange(len(content) + 1)
    content[first:first] = chance.choice(_TOKENS)


def _overwrite(content: bytearray, chance: random.Random) -> None:
    first, token = chance.randrange(len(content) + 1), chance.choice(_TOKENS)
    content[first : first + len(token)] = token


def _overwrite_field(content: bytearray, chance: random.Random) -> None:
    """Overwrite eight characters where an EDF header can have a field."""
    first = 8 * chance.randrange(1 + min(len(content), 1024) // 8) + chance.choice((0, 0, 4))
    token = chance.choice(_TOKENS)
    content[first : first + 8] = token[:8].ljust(8)


def _overwrite_length(content: bytearray, chance: random.Random) -> None:
    form = chance.choice(["<B", "<H", "<I", "<Q"])
    size = struct.calcsize(form)
    first = chance.randrange(len(content) + 1)
    wanted = chance.choice(_LENGTHS) & (256**size - 1)
    content[first : first + size] = struct.pack(form, wanted)


_EDITS = (
    _turn_bit,
    _turn_bit,
    _delete,
    _double,
    _exchange,
    _cut_off,
    _put_in,
    _overwrite,
    _overwrite_field,
    _overwrite_length,
)


def _kept(importer: Importer, content: bytes) -> Path:
    """Keep an input for whoever mends what it shows."""
    handle, name = tempfile.mkstemp(prefix=f"quietface-{importer.name.replace(' ', '-')}-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return Path(name)


def peak_mb() -> float:
    """Return the largest resident memory so far."""
    import resource  # not on Windows, where this benchmark cannot run

    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / (1e6 if platform.system() == "Darwin" else 1e3)
