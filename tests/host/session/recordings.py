"""A small recorded face for the tests of replay, review and what-if: four attempts in 32 s."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from calibration.montage import montages, plain_montage
from calibration.muscles import Side
from calibration.reference import Reference
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.watch import Watch
from host.recording.events import Marker
from host.recording.foreign.files import ForeignRecording
from host.session.opened import Opened

RATE = 250
STREAM = Stream(rate_hz=float(RATE), channels=channel_names(4))
"""Eye and cheek, left and right."""
EYE_LEFT, CHEEK_LEFT, EYE_RIGHT, CHEEK_RIGHT = range(4)
STOP = 32 * RATE
GAP = (27 * RATE, 29 * RATE)
"""Two seconds that are missing from the hold of the last attempt."""
SMILE, CLOSURE = "gentle closed smile", "gentle eye closure"
PATTERNS = (SMILE, CLOSURE, SMILE, CLOSURE)
REFERENCE = Reference(
    rest_uv=np.full(4, 2.0),
    noise_uv=np.full(4, 0.5),
    gentle_uv=np.full(4, 20.0),
    calibrated=True,
)
CUES = tuple(
    Cue(start=(8 * number + after) * RATE, pattern=name, phase=phase)
    for number, name in enumerate(PATTERNS)
    for after, phase in ((0, Phase.REST), (2, Phase.RISE), (3, Phase.HOLD), (6, Phase.RELEASE))
)
"""Four attempts of 8 s: rest, and from second 2 on rise, hold and release."""


def face(seed: int = 3) -> FloatArray:
    """Return a face that does as it is asked; in the first attempt the right eye comes along."""
    raw = np.random.default_rng(seed).normal(0.0, 2.0, (STOP, 4))
    for number, name in enumerate(PATTERNS):
        own = (CHEEK_LEFT, CHEEK_RIGHT) if name == SMILE else (EYE_LEFT, EYE_RIGHT)
        begin, end = ((8 * number + after) * RATE for after in (2, 6))
        raw[begin + 50 : end, own] *= 10.0
    raw[4 * RATE : 5 * RATE, EYE_RIGHT] *= 8.0
    return STREAM.on_grid(raw + 100.0)


def foreign(
    raw: FloatArray | None = None,
    gaps: tuple[tuple[int, int], ...] = (GAP,),
    stream: Stream = STREAM,
) -> ForeignRecording:
    """Return a recording in memory of which the gaps never came."""
    data = face() if raw is None else raw
    bounds = [0, *(edge for gap in gaps for edge in gap), len(data)]
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return ForeignRecording(
        stream=stream,
        runs=tuple(Chunk(begin, data[begin:end]) for begin, end in pairs),
        format="a test",
    )


def opened(
    folder: Path,
    recording: ForeignRecording | None = None,
    *,
    cues: tuple[Cue, ...] = CUES,
    markers: tuple[Marker, ...] = (),
) -> Opened:
    """Return the recording as it is opened; notes and revisions go into a folder."""
    watch = Watch(montage=montages()["face-4"], chain=ChainSettings(listen_s=0.2))
    return Opened(
        name="smiles",
        recorded=recording or foreign(),
        watch=watch,
        affected=Side.RIGHT,
        words="a test",
        cues=cues,
        reference=REFERENCE,
        markers=markers,
        notes=folder / "notes.jsonl",
        revisions=folder / "revisions",
    )


def plain(folder: Path, channels: int = 3, seconds: float = 8.0) -> Opened:
    """Return a recording of channels that nobody placed; the first contracts for a second."""
    stream = Stream(rate_hz=float(RATE), channels=channel_names(channels))
    raw = np.random.default_rng(4).normal(0.0, 2.0, (round(seconds * RATE), channels))
    raw[5 * RATE : 6 * RATE, 0] *= 20.0
    made = opened(folder, foreign(stream.on_grid(raw), (), stream), cues=())
    watch = replace(made.watch, montage=plain_montage(channels))
    return replace(made, watch=watch, reference=None)


def judged_at_once(made: Opened, stop: int | None = None) -> list[Frame]:
    """Return all frames of a recording, or those up to a sample, each span pushed in one piece."""
    monitor, frames = made.monitor(), list[Frame]()
    end = made.stop if stop is None else stop
    for span in made.recorded.spans:
        until = min(span.stop, end)
        if span.start < until:
            chunk = Chunk(span.start, made.recorded.samples(span.start, until))
            frames += monitor.push(chunk)
    return frames
