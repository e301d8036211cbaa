"""A simulated patient who does what a bout asks for; a real one sees it on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from host.acquisition.simulated.script import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from calibration.patterns import Pattern
    from host.acquisition.simulated.moving import Mover
    from host.acquisition.source import Source
    from host.session.practising.asked import BoutTerms

_REACTION_S = 0.25
_LET_GO_S = 0.6


class Follower(Protocol):
    """Whoever moves as a bout asks."""

    def begin(self, asked: Pattern, terms: BoutTerms, sample: int) -> None:
        """Take up an attempt whose cue to rise is at this sample."""

    def let_go(self, sample: int) -> None:
        """Come to rest: the attempt is broken off."""


class Nobody:
    """Nobody who could be told: a person before a board, or a recording."""

    def begin(self, asked: Pattern, terms: BoutTerms, sample: int) -> None:
        """Let them see it."""

    def let_go(self, sample: int) -> None:
        """Let them see it."""


def nobody(source: Source) -> Follower:  # noqa: ARG001 - as `Followed` has it
    """Let whoever sits there see it."""
    return Nobody()


class SimulatedFollower:
    """Passes what a bout asks for on to the simulated patient, who needs a moment to react."""

    def __init__(self, source: Mover) -> None:
        self._source = source

    def begin(self, asked: Pattern, terms: BoutTerms, sample: int) -> None:
        """Ask for one slow movement, as long as the bout's; rest is not to be asked for."""
        if not asked.target:
            return
        step = Step(
            pattern=asked.name,
            movement=asked,
            rest_s=_REACTION_S,
            rise_s=terms.rise_s,
            hold_s=terms.hold_s,
            release_s=_LET_GO_S,
        )
        self._source.ask(step, sample)

    def let_go(self, sample: int) -> None:
        """Call off whatever is asked."""
        self._source.call_off(sample)


Followed: TypeAlias = "Callable[[Source], Follower]"
"""Says who moves before a source that is about to be connected."""
