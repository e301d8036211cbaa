"""What must be said of a session beside its bars: no calibration, little bandwidth."""

import math

from calibration.muscles import Side
from calibration.reference import Reference
from calibration.saying import Saying
from host.chain.stream import Stream
from host.detection.watch import Watch
from host.session.worker import Scene
from host.translation import mark, told, tr

NOT_CALIBRATED = mark(
    "Not calibrated: rest is the quietest two of the first ten seconds, "
    "and the reference a gentle 20 µV."
)


def scene(watch: Watch, affected: Side, stream: Stream, profile: str, words: str) -> Scene:
    """Return what a screen needs to know, with a small line about what it shows.

    `profile` names the calibration; empty where there is none.
    """
    about = source_words(words)
    calibration = tr("Calibrated: {}").format(profile) if profile else tr("Not calibrated")
    parts = [calibration, told(narrowness(stream)), f"{about[:1].upper()}{about[1:]}"]
    return Scene(
        montage=watch.montage,
        affected=affected,
        effort=watch.effort,
        notice=" · ".join(filter(None, parts)),
    )


def source_words(words: str) -> str:
    """Return what is played or recorded in the reader's language; on record it is English."""
    return ", ".join(tr(part) for part in words.split(", "))


def session_remarks(reference: Reference | None, stream: Stream) -> tuple[str, ...]:
    """Say what a reader of a summary must know about calibration and bandwidth."""
    narrow = narrowness(stream)
    said = [] if reference else [NOT_CALIBRATED]
    if narrow:
        said.append(Saying("{}: facial EMG reaches to 450 Hz, so much of it is not seen.", narrow))
    return tuple(said)


def narrowness(stream: Stream) -> str:
    """Say what bandwidth a slow stream leaves of facial EMG; empty at 1000 Hz and above."""
    passed_hz = min(stream.bandwidth_hz or math.inf, 0.5 * stream.rate_hz)
    if passed_hz >= 400.0:
        return ""
    return Saying(
        "At {:g} Hz about {:g} Hz of bandwidth is left", stream.rate_hz, _rounded(passed_hz)
    )


def _rounded(hz: float) -> float:
    return 5.0 * math.floor(hz / 5.0)
