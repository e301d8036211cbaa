"""Where sound goes: one protocol for a loudspeaker, and for there being none.

A machine without sound stops nothing: what cannot be heard is said in one calm sentence, which
has to be shown wherever sound is the only feedback. Silence would be taken for rest.
"""

from collections.abc import Sequence
from typing import Protocol

from calibration.saying import Saying
from host.feedback.sound.tone_state import Voice
from host.translation import mark

STARTING = mark("Sound begins in a moment.")
NO_DEVICE = mark(
    "No sound: no loudspeaker or headphones found. It begins by itself once there are some."
)
REFUSED = mark("No sound: the loudspeaker takes none just now. All else goes on.")
MUTED = mark("Sound is muted.")


def no_library(what: str) -> str:
    """Say that there is no sound for want of a library."""
    return Saying(
        "No sound: a sound library is missing on this computer ({}). All else goes on.", what
    )


class Mixer:
    """What is to be heard, as it is set from one thread and read from another.

    Each attribute is replaced as a whole: a reader sees the old or the new one.
    """

    def __init__(self, volume: float = 0.7) -> None:
        self.voices: tuple[Voice, ...] = ()
        self.muted = False
        """Whether nothing is to be heard, at whatever volume."""
        self.taken = 0
        """Samples that a loudspeaker has taken so far."""
        self.volume = volume

    @property
    def volume(self) -> float:
        """Loudness of everything, as perceived, 0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        if not 0.0 <= volume <= 1.0:
            raise ValueError(f"volume must be 0 to 1, got {volume}")
        self._volume = volume

    def play(self, voices: Sequence[Voice]) -> None:
        """Let these voices be heard from now on; none of them is silence."""
        self.voices = tuple(voices)

    @property
    def loudness(self) -> float:
        """The volume, or 0 while muted."""
        return 0.0 if self.muted else self._volume

    def notice(self, problem: str) -> str:
        """Return the problem; where there is none, that sound is muted if so."""
        return problem or (MUTED if not self.loudness else "")


class AudioOut(Protocol):
    """Somewhere for the voices of a mixer to go."""

    @property
    def mixer(self) -> Mixer:
        """What is to be heard, and how loud."""

    @property
    def notice(self) -> str:
        """Why nothing can be heard, in one sentence; empty while sound goes out."""

    def close(self) -> None:
        """Fall silent and give the loudspeaker back."""


class SilentOut:
    """No loudspeaker: takes everything, plays nothing, and says why."""

    def __init__(self, why: str) -> None:
        if not why:
            raise ValueError("silence needs a reason")
        self.mixer = Mixer()
        self.notice = why

    def close(self) -> None:
        """Nothing is held."""


def open_audio() -> AudioOut:
    """Return the computer's loudspeaker, or why there is none; never raises HostError.

    Call it after the first paint, from the window's thread: it imports Qt's multimedia library.
    """
    try:
        from host.feedback.sound.qt_out import QtAudioOut
    except ImportError as error:
        return SilentOut(no_library(missing(str(error))))
    return QtAudioOut()


def missing(told: str) -> str:
    """Return the library's name from what the loader said: "libpulse.so.0: cannot open …"."""
    return told.partition(":")[0].strip() or "Qt Multimedia"
