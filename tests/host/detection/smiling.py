"""A face of two eyes and two cheeks that smiles, through the whole chain."""

from collections.abc import Iterable, Sequence

import numpy as np

from calibration.montage import Montage, Site
from calibration.muscles import Side
from calibration.reference import Reference
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.blinks import Blink
from host.detection.cocontraction import Episode
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.touching import Touched
from host.detection.watch import Watch

EYE_LEFT, CHEEK_LEFT, EYE_RIGHT, CHEEK_RIGHT = range(4)
MONTAGE = Montage(
    name="eyes and cheeks",
    sites=tuple(
        Site(muscle=code, side=side) for side in (Side.LEFT, Side.RIGHT) for code in ("OOC", "ZYG")
    ),
)
STREAM = Stream(rate_hz=250.0, channels=channel_names(4))
WATCH = Watch(montage=MONTAGE, chain=ChainSettings(listen_s=0.2))
REFERENCE = Reference(
    rest_uv=np.full(4, 0.5), noise_uv=np.full(4, 1.5), gentle_uv=np.full(4, 20.0), calibrated=True
)
SMILE, CLOSURE, BLINK = "gentle closed smile", "gentle eye closure", "spontaneous blink"


def cue(start: int, phase: Phase, pattern: str = SMILE) -> Cue:
    return Cue(start=start, pattern=pattern, phase=phase)


ATTEMPT = (cue(0, Phase.REST), cue(500, Phase.RISE), cue(800, Phase.HOLD), cue(1500, Phase.RELEASE))


def face(*works: tuple[int, int, int], samples: int = 2000, level: float = 12.0) -> FloatArray:
    """Return a resting face of which a channel works from one sample to another."""
    raw = np.random.default_rng(21).normal(0.0, 1.7, (samples, 4))
    for channel, begin, end in works:
        raw[begin:end, channel] *= level
    return STREAM.on_grid(raw + 800.0)


SMILING = [(CHEEK_LEFT, 520, 1510), (CHEEK_RIGHT, 520, 1510)]
NARROWING = (EYE_RIGHT, 700, 1400)


def monitor(cues: Sequence[Cue] = ATTEMPT, touches: Sequence[Touched] = ()) -> Monitor:
    return Monitor(WATCH, STREAM, cues, REFERENCE, touches=touches)


def run(pieces: Iterable[Chunk], stage: Monitor) -> list[Frame]:
    return [frame for piece in pieces for frame in stage.push(piece)]


def episodes(every: list[Frame]) -> list[Episode]:
    return [episode for frame in every for episode in frame.ended]


def blinks(every: list[Frame]) -> list[Blink]:
    return [blink for frame in every for blink in frame.blinks]


EYE = ("OOC",)
FINGER = Touched(start=900, muscles=EYE), Touched(start=1100, muscles=EYE, on=False)
WINK = (EYE_LEFT, 900, 950), (EYE_RIGHT, 902, 948)
