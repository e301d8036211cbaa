"""Who can be asked to move: the simulated patient, read directly or heard through a board."""

from typing import Protocol

from host.acquisition.simulated.script import Step
from host.chain.stream import Stream


class Mover(Protocol):
    """Moves as asked; times are samples of the stream that a session reads."""

    @property
    def stream(self) -> Stream:
        """What the session reads."""

    def ask(self, step: Step, start: int | None = None) -> object:
        """Ask for a step whose rest begins at sample `start`, or at once."""

    def call_off(self, sample: int | None = None) -> None:
        """Let go at this sample, or at once, of all that was asked for."""
