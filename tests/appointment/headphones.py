"""Headphones that remember whether anything was to be heard; a test machine has none of its own."""

from collections.abc import Sequence

from host.feedback.sound.audio_out import Mixer
from host.feedback.sound.tone_state import Voice


class Remembering(Mixer):
    """A mixer that keeps what it was asked to play."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[tuple[Voice, ...]] = set()

    def play(self, voices: Sequence[Voice]) -> None:
        """Remember it."""
        super().play(voices)
        self.heard.add(tuple(voices))


class Headphones:
    """Take everything."""

    def __init__(self) -> None:
        self.mixer = Remembering()
        self.notice = ""

    def close(self) -> None:
        """Nothing is held."""

    def heard(self) -> bool:
        """Tell whether anything was to be heard since this was asked last."""
        found = any(self.mixer.heard)
        self.mixer.heard.clear()
        return found
