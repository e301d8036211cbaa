"""The most telling moment of a session."""

import dataclasses

import numpy as np

from calibration.patterns import pattern
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.headless import Moment
from tests.host.detection.plain import plain

QUIET = Frame(
    sample=1,
    time_s=0.004,
    cue=Cue(start=0, pattern="pucker", phase=Phase.HOLD),
    asked=pattern("pucker"),
    effort=Effort(),
    rms_uv=np.array([1.0, 1.0]),
    power_uv2=np.array([1.0, 1.0]),
    activation=np.array([0.1, 0.1]),
    quality=np.zeros(2, dtype=np.uint8),
    threshold=np.array([0.25, 0.25]),
    active=np.array([False, False]),
    too_strong=np.array([False, False]),
    lost=np.zeros(2, dtype=np.int64),
    calibrated=False,
    **plain(np.array([0.1, 0.1])),
)
UNKNOWN = dataclasses.replace(QUIET, activation=np.full(2, np.nan))


def along(first: float, second: float) -> Frame:
    """Return a frame in which both channels came along so much; NaN for one that is unknown."""
    return dataclasses.replace(
        QUIET, activation=np.array([first, second]), active=np.array([True, True])
    )


def moment(*frames: Frame) -> Frame | None:
    """Return the frame that is kept."""
    kept = Moment()
    for frame in frames:
        kept.push(frame)
    return kept.frame


def test_the_moment_is_the_one_in_which_most_came_along() -> None:
    most = along(0.5, 0.5)
    assert moment(QUIET, along(0.6, 0.1), most, along(0.3, 0.3), QUIET) is most


def test_until_something_comes_along_it_is_the_newest_with_signal() -> None:
    later = dataclasses.replace(QUIET, sample=2)
    assert moment(UNKNOWN, QUIET, later, UNKNOWN) is later
    assert moment() is None


def test_without_any_signal_it_is_the_newest() -> None:
    later = dataclasses.replace(UNKNOWN, sample=2)
    assert moment(UNKNOWN, later) is later


def test_an_unknown_channel_counts_for_nothing() -> None:
    known = along(0.4, 0.3)
    assert moment(along(0.5, np.nan), known, along(np.nan, 0.6)) is known
