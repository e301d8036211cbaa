"""Sound where there is a loudspeaker, and a calm sentence where there is none."""

import builtins
import subprocess
import sys
from typing import Any

import pytest

from calibration.muscles import Side
from host.feedback.sound.audio_out import (
    MUTED,
    NO_DEVICE,
    REFUSED,
    AudioOut,
    Mixer,
    SilentOut,
    missing,
    open_audio,
)
from host.feedback.sound.tone_state import Timbre, Voice

VOICE = Voice(timbre=Timbre.EYE, side=Side.LEFT, loudness=0.5)


def test_a_missing_library_is_told_in_one_calm_sentence_and_the_session_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = builtins.__import__

    def without_multimedia(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "host.feedback.sound.qt_out":
            raise ImportError("libpulse.so.0: cannot open shared object file")
        return usual(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_multimedia)
    out: AudioOut = open_audio()
    assert out.notice == (
        "No sound: a sound library is missing on this computer (libpulse.so.0). All else goes on."
    )
    out.mixer.play([VOICE])
    assert out.mixer.voices == (VOICE,)
    out.close()


def test_a_library_s_name_is_found_in_what_the_loader_says() -> None:
    assert missing("libpulse.so.0: cannot open shared object file") == "libpulse.so.0"
    assert missing("") == "Qt Multimedia"


def test_sound_that_is_muted_or_turned_down_is_not_taken_for_quiet() -> None:
    mixer = Mixer()
    assert mixer.notice("") == ""
    mixer.muted = True
    assert (mixer.loudness, mixer.notice("")) == (0.0, MUTED)
    assert mixer.notice(NO_DEVICE) == NO_DEVICE
    mixer.muted, mixer.volume = False, 0.0
    assert mixer.notice("") == MUTED


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="reason"):
        SilentOut("")
    with pytest.raises(ValueError, match=r"volume must be 0 to 1, got 1\.5"):
        SilentOut(REFUSED).mixer.volume = 1.5


def test_importing_the_sound_does_not_import_qt_before_the_first_paint() -> None:
    told = "import sys, host.feedback.sound.audio_out; print('PyQt6.QtMultimedia' in sys.modules)"
    command = [sys.executable, "-c", told]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 ours
    assert done.stdout.strip() == "False"
