"""The loudspeaker through Qt: what a sink pulls, and sinks that fail."""

import numpy as np
import pytest

pytest.importorskip("PyQt6.QtMultimedia", exc_type=ImportError)

from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

from calibration.muscles import Side
from host.feedback.sound.audio_out import NO_DEVICE, REFUSED, STARTING, Mixer
from host.feedback.sound.pcm import Coding, buffer_bytes
from host.feedback.sound.qt_out import Pull, QtAudioOut
from host.feedback.sound.synth import Synth
from host.feedback.sound.tone_state import Timbre, Voice

VOICE = Voice(timbre=Timbre.EYE, side=Side.LEFT, loudness=0.5)
SETTLED = {"", NO_DEVICE, REFUSED}
"""With a loudspeaker, without one, and with one that is taken."""


def test_a_sink_gets_the_synthesis_in_whole_frames(qtbot: QtBot) -> None:
    mixer, parent = Mixer(volume=1.0), QObject()
    mixer.play([VOICE])
    pull = Pull(mixer, 48000, Coding.FLOAT32, parent)
    data = pull.read(2051) + pull.read(8)
    sound = np.frombuffer(data, dtype=np.float32).reshape(-1, 2)
    assert len(sound) == 256 + 1
    np.testing.assert_array_equal(sound, Synth().push([VOICE], 257))


def test_qt_reads_nothing_ahead_of_what_a_sink_asks_for(qtbot: QtBot) -> None:
    mixer, parent = Mixer(volume=1.0), QObject()
    pull = Pull(mixer, 48000, Coding.INT16, parent)
    assert pull.bytesAvailable() >= buffer_bytes(48000, Coding.INT16)
    pull.read(64)
    # Voices set now are heard in the very next sample.
    mixer.play([VOICE])
    assert np.frombuffer(pull.read(4 * 480), dtype=np.int16).any()


def test_a_loudspeaker_is_opened_and_closed_whether_or_not_there_is_one(qtbot: QtBot) -> None:
    out = QtAudioOut()
    out.mixer.play([VOICE])
    out.mixer.volume = 0.5
    assert out.notice == STARTING or out.notice in SETTLED
    qtbot.waitUntil(lambda: out.notice in SETTLED)
    out.close()
    out.close()
