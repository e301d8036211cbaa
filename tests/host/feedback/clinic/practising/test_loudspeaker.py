"""The patient's tone: opened late, silent when it should be, and honest when it cannot be heard."""

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from host.feedback.clinic.practising.loudspeaker import Loudspeaker
from host.feedback.sound.audio_out import STARTING, Mixer, SilentOut
from tests.host.feedback.clinic.practising.moments import moment
from tests.host.session.practising.bench import EYE, FACE


class Out:
    """A loudspeaker that nobody hears."""

    def __init__(self) -> None:
        self.mixer, self.notice, self.closed = Mixer(), "", False

    def close(self) -> None:
        self.closed = True


def test_before_it_is_prepared_nothing_is_opened() -> None:
    opened: list[Out] = []

    def make() -> Out:
        opened.append(Out())
        return opened[-1]

    speaker = Loudspeaker(make)
    speaker.play(moment().view, on=True)
    assert opened == []
    assert speaker.notice == STARTING


_PREPARED = """
import sys, threading
from host.feedback.clinic.practising.loudspeaker import Loudspeaker
Loudspeaker(lambda: None).prepare()
for thread in threading.enumerate():
    thread is threading.main_thread() or thread.join()
print("host.feedback.sound.synth" in sys.modules, "PyQt6.QtMultimedia" in sys.modules)
"""


def test_the_thread_brings_in_what_takes_long_and_leaves_qt_to_the_window() -> None:
    asked = [sys.executable, "-c", _PREPARED]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.split() == ["True", "False"]


@pytest.fixture
def ready(qtbot: QtBot) -> tuple[Loudspeaker, Out]:
    out = Out()
    speaker = Loudspeaker(lambda: out)
    speaker.prepare()

    def opened() -> bool:
        speaker.play(moment().view, on=False)
        return speaker.notice != STARTING

    qtbot.waitUntil(opened, timeout=30_000)
    return speaker, out


def test_p14_what_is_heard_is_a_muscle_that_works_and_silence_is_rest(
    ready: tuple[Loudspeaker, Out],
) -> None:
    speaker, out = ready
    speaker.play(moment(level=0.3).view, on=True)
    assert [voice.side for voice in out.mixer.voices] == [FACE.affected]
    speaker.play(moment(level=0.0).view, on=True)
    assert not out.mixer.voices


def test_unknown_is_never_quiet_a_muscle_without_a_signal_is_heard(
    ready: tuple[Loudspeaker, Out],
) -> None:
    speaker, out = ready
    speaker.play(moment(unknown=(EYE,)).view, on=True)
    assert out.mixer.voices


def test_off_means_silence_and_it_can_be_opened_again(ready: tuple[Loudspeaker, Out]) -> None:
    speaker, out = ready
    speaker.play(moment(level=0.3).view, on=False)
    assert out.mixer.voices == ()
    speaker.close()
    assert out.closed
    assert speaker.notice == STARTING
    speaker.play(moment().view, on=False)
    assert speaker.notice == ""


def test_a_machine_without_sound_says_why(qtbot: QtBot) -> None:
    speaker = Loudspeaker(lambda: SilentOut("No sound: none found."))
    speaker.prepare()

    def told() -> bool:
        speaker.play(moment().view, on=True)
        return speaker.notice == "No sound: none found."

    qtbot.waitUntil(told, timeout=30_000)
