"""What must be said of a session beside its bars: no calibration, little bandwidth."""

import math

from calibration.muscles import Side
from calibration.reference import Reference
from host.chain.stream import Stream
from host.detection.watch import Watch
from host.session.worker import Scene

NOT_CALIBRATED = (
    "Not calibrated: rest is the quietest two of the first ten seconds, "
    "and the reference a gentle 20 µV."
)


def scene(watch: Watch, affected: Side, stream: Stream, profile: str, words: str) -> Scene:
    """Return what a screen needs to know, with a small line about what it shows.

    `profile` names the calibration; empty where there is none.
    """
    about = words[:1].upper() + words[1:]
    calibration = f"Calibrated: {profile}" if profile else "Not calibrated"
    parts = [calibration, narrowness(stream), about]
    return Scene(
        montage=watch.montage,
        affected=affected,
        effort=watch.effort,
        notice=" · ".join(filter(None, parts)),
    )


def told(reference: Reference | None, stream: Stream) -> tuple[str, ...]:
    """Say what a reader of a summary must know about calibration and bandwidth."""
    narrow = narrowness(stream)
    said = [] if reference else [NOT_CALIBRATED]
    if narrow:
        said.append(f"{narrow}: facial EMG reaches to 450 Hz, so much of it is not seen.")
    return tuple(said)


def narrowness(stream: Stream) -> str:
    """Say what bandwidth a slow stream leaves of facial EMG; empty at 1000 Hz and above."""
    passed_hz = min(stream.bandwidth_hz or math.inf, 0.5 * stream.rate_hz)
    if passed_hz >= 400.0:
        return ""
    return f"At {stream.rate_hz:g} Hz about {_rounded(passed_hz):g} Hz of bandwidth is left"


def _rounded(hz: float) -> float:
    return 5.0 * math.floor(hz / 5.0)
