"""The bars of a session on the emulated board move with the voltages at its inputs."""

from collections.abc import Callable
from contextlib import ExitStack

import numpy as np

from calibration.montage import Site, montages
from calibration.muscles import Side
from host.acquisition.front_end import find_front_end
from host.acquisition.quietface_mode import Wish
from host.acquisition.settings import BoardSettings
from host.acquisition.source import Link, LinkState
from host.chain.stream import FloatArray
from host.detection.frame import Frame
from host.feedback.bar_state import ScreenState, screen_state
from host.session.asked import Asked
from host.session.setup import board_session
from host.session.worker import Stage, View
from tests.firmware.emulated import EmulatedBoard, needs_emulator

pytestmark = needs_emulator

GAIN = 1552.0
MONTAGE = montages()["face-8"]
LOUD = MONTAGE.sites.index(Site(muscle="OOC", side=Side.RIGHT))
TONES_HZ = (78.0, 84.0, 91.0, 108.0, 113.0, 127.0, 133.0, 139.0)
"""Away from mains and its multiples."""
SOFT_MV, LOUD_MV = 12.0, 90.0


def watched(stage: Stage, until: Callable[[Frame], bool]) -> list[Frame]:
    """Go on with a session until a frame says so; TimeoutError after twenty seconds of frames."""
    frames: list[Frame] = []
    for _ in range(2000):
        frames += stage.session.step(0.02)
        if frames and until(frames[-1]):
            return frames
    raise TimeoutError(f"{len(frames)} frames came: {stage.session.source.state}")


def later(frames: list[Frame]) -> Callable[[Frame], bool]:
    """Tell whether a frame is more than a second and a half after these."""
    return lambda frame: frame.time_s > frames[-1].time_s + 1.5


def level_uv(frames: list[Frame]) -> FloatArray:
    """Return each channel's median over the newest half second."""
    newest = [frame.rms_uv for frame in frames if frame.time_s > frames[-1].time_s - 0.5]
    return np.asarray(np.median(newest, axis=0))


def shown(stage: Stage, frame: Frame) -> ScreenState:
    return screen_state(View(scene=stage.scene, frame=frame, link=LinkState(link=Link.STREAMING)))


def test_a_tone_on_one_input_raises_the_bar_of_its_muscle_and_no_other() -> None:
    wish = Wish(front_end=find_front_end("gain", GAIN))
    asked = Asked(montage=MONTAGE, affected=Side.RIGHT, recorded=False)
    with EmulatedBoard() as board, ExitStack() as stack:
        for channel, hz in enumerate(TONES_HZ):
            board.tone(channel, hz, SOFT_MV)
        settings = BoardSettings(board="arduino", port=board.port, wish=wish)
        stage = board_session(settings, asked)(stack)
        # Without a calibration the first two seconds of signal tell what rest is.
        soft = watched(stage, lambda frame: not np.isnan(frame.activation).any())
        board.tone(LOUD, TONES_HZ[LOUD], LOUD_MV)
        loud = watched(stage, later(soft))
        board.tone(LOUD, TONES_HZ[LOUD], SOFT_MV)
        again = watched(stage, later(loud))
    before_uv, during_uv, after_uv = level_uv(soft), level_uv(loud), level_uv(again)
    others = np.arange(8) != LOUD
    assert during_uv[LOUD] / before_uv[LOUD] > 0.8 * LOUD_MV / SOFT_MV
    np.testing.assert_allclose(during_uv[others], before_uv[others], rtol=0.1)
    np.testing.assert_allclose(after_uv, before_uv, rtol=0.1)
    low, high = shown(stage, soft[-1]).bars, shown(stage, loud[-1]).bars
    assert [bar.muscle for bar in high] == [bar.muscle for bar in low]
    for before, during in zip(low, high, strict=True):
        assert before.fill is not None
        assert during.fill is not None
        if during.muscle == "OOC":
            assert during.fill > before.fill + 0.3
        else:
            assert abs(during.fill - before.fill) < 0.05
    assert "OOC" in {bar.muscle for bar in high}
