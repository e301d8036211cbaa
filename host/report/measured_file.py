"""Measured results of a finished session, kept beside its recording so that nobody reads it again.

The file is disposable: it is read only where its key is that of the recording and of this program
(`measured_key`). One that is damaged, or of another version, is as good as none, and is replaced.
"""

import zlib
from pathlib import Path

import msgspec
import numpy as np

from calibration.montage import Montage
from calibration.muscles import Side
from host.chain.stream import FloatArray
from host.recording.arrays import read, written
from host.recording.durable import write_atomically
from host.recording.manifest import read_manifest
from host.report.bout_course import BINS, AttemptCourse
from host.report.bout_practised import Practised
from host.report.measured_key import key_of
from host.report.measured_kinds import AttemptMeasures
from host.report.session_judged import SessionJudged
from host.report.trends_session import SessionMeasures
from host.session.practising.tried import Tried

NAME = "measured.results"
_FORMAT, _VERSION = "quietface-measured", 1
_FLOAT = np.dtype("<f8")


class _Course(msgspec.Struct, frozen=True, kw_only=True):
    """An `AttemptCourse`, its arrays as bytes."""

    parts: tuple[int, int, int, int]
    sums: bytes
    known: bytes
    along: bytes
    frames: bytes
    lines: bytes


class _Practice(msgspec.Struct, frozen=True, kw_only=True):
    montage: Montage
    tried: tuple[Tried, ...]
    courses: tuple[_Course, ...]


class _Stored(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    version: int
    key: str
    created: str
    affected: Side
    measures: tuple[AttemptMeasures, ...]
    """Of every attempt, also those that were broken off."""
    whole: tuple[int, ...]
    """Places among them of the others."""
    resting: tuple[tuple[str, str, float], ...]
    practice: _Practice | None


def recalled(folder: Path) -> SessionJudged | None:
    """Return what was kept of a session; None where nothing was that still holds."""
    try:
        packed = zlib.decompress((folder / NAME).read_bytes())
        stored = msgspec.msgpack.decode(packed, type=_Stored, dec_hook=read)
        if (stored.format, stored.version, stored.key) != (_FORMAT, _VERSION, key_of(folder)):
            return None
        return _judged(stored, folder.name)
    except (OSError, zlib.error, ValueError, IndexError, RecursionError):
        return None


def keep(folder: Path, judged: SessionJudged) -> bool:
    """Keep what a session gave; False where it still goes on, or the disk takes nothing."""
    if read_manifest(folder).samples is None:
        return False
    packed = msgspec.msgpack.encode(_stored(judged, key_of(folder)), enc_hook=written)
    try:
        write_atomically(folder / NAME, zlib.compress(packed, 1))
    except OSError:
        return False
    return True


def _stored(judged: SessionJudged, key: str) -> _Stored:
    measures, practised = judged.measures, judged.practised
    every = measures.attempts if practised is None else practised.measures
    counted = {id(one) for one in measures.attempts}
    return _Stored(
        format=_FORMAT,
        version=_VERSION,
        key=key,
        created=measures.created,
        affected=measures.affected,
        measures=every,
        whole=tuple(at for at, one in enumerate(every) if id(one) in counted),
        resting=tuple((*whose, level) for whose, level in measures.resting.items()),
        practice=None if practised is None else _practice(practised, judged.courses),
    )


def _practice(practised: Practised, courses: tuple[AttemptCourse, ...]) -> _Practice:
    return _Practice(
        montage=practised.montage,
        tried=practised.tried,
        courses=tuple(
            _Course(
                parts=one.parts,
                sums=one.sums.astype(_FLOAT).tobytes(),
                known=one.known.astype(_FLOAT).tobytes(),
                along=one.along.tobytes(),
                frames=one.frames.astype(_FLOAT).tobytes(),
                lines=one.lines.astype(_FLOAT).tobytes(),
            )
            for one in courses
        ),
    )


def _judged(stored: _Stored, name: str) -> SessionJudged:
    practice = stored.practice
    return SessionJudged(
        measures=SessionMeasures(
            name=name,
            created=stored.created,
            affected=stored.affected,
            attempts=tuple(stored.measures[at] for at in stored.whole),
            resting={(code, side): level for code, side, level in stored.resting},
        ),
        practised=None
        if practice is None
        else Practised(
            montage=practice.montage,
            affected=stored.affected,
            tried=practice.tried,
            measures=stored.measures,
        ),
        courses=() if practice is None else tuple(_course(one) for one in practice.courses),
    )


def _course(one: _Course) -> AttemptCourse:
    def binned(packed: bytes) -> FloatArray:
        return np.frombuffer(packed, _FLOAT).reshape(BINS, -1)

    return AttemptCourse(
        parts=one.parts,
        sums=binned(one.sums),
        known=binned(one.known),
        along=np.frombuffer(one.along, np.bool_).reshape(BINS, -1),
        frames=np.frombuffer(one.frames, _FLOAT),
        lines=np.frombuffer(one.lines, _FLOAT),
    )
