"""A simulated patient who does what a calibration asks for; a real one reads it from the screen."""

from collections.abc import Callable
from typing import Protocol

from host.acquisition.simulated.moving import Mover
from host.acquisition.simulated.script import Step
from host.acquisition.source import Source
from host.session.calibrating.happenings import StepBegan
from host.session.calibrating.protocol import StepKind

_LET_GO_S = 0.3
_AT_ONCE_S = 0.01


class Follower(Protocol):
    """Whoever moves as the course asks."""

    def begin(self, began: StepBegan) -> None:
        """Take up a step that begins."""

    def stop(self, sample: int) -> None:
        """Let go at this sample, where a step is broken off."""


class Nobody:
    """Nobody who could be told: a person before a board, or a recording."""

    def begin(self, began: StepBegan) -> None:
        """Let them read it."""

    def stop(self, sample: int) -> None:
        """Let them read it."""


def nobody(source: Source) -> Follower:  # noqa: ARG001 - as `Followed` has it
    """Let whoever sits there read it."""
    return Nobody()


Followed = Callable[[Source], Follower]
"""Says who moves before a source that is about to be connected."""


class SimulatedFollower:
    """Passes what a course asks for on to the simulated patient."""

    def __init__(self, source: Mover) -> None:
        self._source = source

    def begin(self, began: StepBegan) -> None:
        """Ask for each hold of the step; a ramp rises all the time."""
        asked, rate_hz = began.step, self._source.stream.rate_hz
        if asked.movement is None:
            return
        at = began.timing.began
        for hold in began.timing.holds:
            slowly = asked.kind is StepKind.RAMP
            rise = hold.stop - hold.rise if slowly else hold.start - hold.rise
            held_s = _AT_ONCE_S if slowly else (hold.stop - hold.start) / rate_hz
            step = Step(
                pattern=asked.movement.name,
                movement=asked.movement,
                side=asked.side,
                rest_s=(hold.rise - at) / rate_hz,
                rise_s=max(rise / rate_hz, _AT_ONCE_S),
                hold_s=held_s,
                release_s=_LET_GO_S,
            )
            self._source.ask(step, at)
            at = hold.stop

    def stop(self, sample: int) -> None:
        """Let go of everything."""
        self._source.call_off(sample)
