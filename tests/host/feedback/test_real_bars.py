"""Bars of a real recording: the side that clenches shows, the other less."""

from pathlib import Path

import pytest

from calibration.montage import plain_montage
from calibration.muscles import Side
from host.acquisition.source import Link, LinkState
from host.chain.stream import Chunk
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.feedback.bar_state import ScreenState, screen_state
from host.recording.foreign.files import read_foreign
from host.session.worker import Scene, View

LEFT, RIGHT = (2, 4), (3, 5)
STREAMING = LinkState(link=Link.STREAMING)


@pytest.fixture(scope="module")
def screens(recordings: Path) -> list[tuple[float, ScreenState]]:
    """Return time and screen of the first fifteen seconds of a real Cyton session."""
    recording = read_foreign(recordings / "cyton_gui" / "v6.txt")
    watch = Watch(montage=plain_montage(8))
    scene = Scene(montage=watch.montage, affected=Side.LEFT)
    beginning = Chunk(0, recording.runs[0].data[: 15 * 250])
    frames = Monitor(watch, recording.stream).push(beginning)
    return [
        (frame.time_s, screen_state(View(scene=scene, frame=frame, link=STREAMING)))
        for frame in frames
    ]


@pytest.mark.parametrize(
    ("start_s", "stop_s", "loud", "still"),
    [(8.6, 9.5, LEFT, RIGHT), (11.7, 12.5, LEFT, RIGHT), (10.2, 11.0, RIGHT, LEFT)],
)
def test_the_bars_show_which_side_clenches(
    screens: list[tuple[float, ScreenState]],
    start_s: float,
    stop_s: float,
    loud: tuple[int, int],
    still: tuple[int, int],
) -> None:
    during = [screen for time_s, screen in screens if start_s <= time_s <= stop_s]
    assert len(during) > 100
    for screen in during:
        assert all(screen.bars[column].over for column in loud)
    for high, low in zip(loud, still, strict=True):
        assert min(s.bars[high].fill or 0.0 for s in during) > 0.7
        mean = [
            sum(s.bars[column].fill or 0.0 for s in during) / len(during) for column in (high, low)
        ]
        assert mean[0] > mean[1] + 0.25


def test_before_the_resting_level_is_known_no_bar_claims_to_be_quiet(
    screens: list[tuple[float, ScreenState]],
) -> None:
    early = [screen for time_s, screen in screens if time_s < 2.9]
    assert early
    assert all(bar.fill is None and bar.reason for screen in early for bar in screen.bars)
