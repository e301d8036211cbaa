"""How the board is reached: the simulated patient's, or a real one. Chosen once, handed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from host.acquisition.settings import BoardSettings
    from host.acquisition.simulated.faults import Faults
    from host.session.asked import Asked
    from host.session.calibrating.building import CalibrationBuild, CalibrationStage, Ordered
    from host.session.contacting.building import ContactBuild, ContactStage
    from host.session.contacting.exclusion import Exclusion
    from host.session.practising.building import Appointed, PracticeBuild, PracticeStage
    from host.session.worker import Build, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The way to the board."""

    board: BoardSettings | None = None
    """None for the simulated patient behind a simulated Cyton."""
    faults: Faults | None = None
    """What goes wrong on the simulated way; None for nothing."""
    seed: int = 1
    """Which simulated patient."""
    through_board: bool = True
    """Whether the simulated patient is led through BrainFlow; where that cannot be, it is read
    directly and says so."""

    def __post_init__(self) -> None:
        """Refuse faults that nobody can make happen."""
        if self.board is not None and self.faults is not None:
            raise ValueError("faults are for the simulated patient")

    @property
    def simulated(self) -> bool:
        """Whether nobody sits there."""
        return self.board is None

    def calibration(self, asked: Asked, ordered: Ordered) -> CalibrationBuild:
        """Return how to build a calibration this way; its imports wait until it is built."""

        def build(stack: ExitStack) -> CalibrationStage:
            from host.session.calibrating.building import board_calibration, patient_calibration

            if self.board is not None:
                return board_calibration(self.board, asked, ordered)(stack)
            return patient_calibration(asked, ordered)(stack)

        return build

    def practice(self, asked: Asked, appointed: Callable[[], Appointed]) -> PracticeBuild:
        """Return how to build practice this way; its imports wait until it is built."""

        def build(stack: ExitStack) -> PracticeStage:
            from host.session.practising.building import practice_session

            return practice_session(asked, appointed(), board=self.board)(stack)

        return build

    def session(self, asked: Asked) -> Build:
        """Return how to build a plain session this way; its imports wait until it is built."""

        def build(stack: ExitStack) -> Stage:
            from host.session.setup import board_session, patient_session

            if self.board is not None:
                return board_session(self.board, asked)(stack)
            return patient_session(asked)(stack)

        return build

    def contact(self, asked: Asked, exclusions: tuple[Exclusion, ...] = ()) -> ContactBuild:
        """Return how to build a contact check this way; its imports wait until it is built."""

        def build(stack: ExitStack) -> ContactStage:
            from host.session.contacting.building import Checking, board_contact, patient_contact

            checking = Checking(exclusions=exclusions)
            if self.board is not None:
                return board_contact(self.board, asked, checking)(stack)
            return patient_contact(asked, checking)(stack)

        return build

    def channels(self) -> int | None:
        """Return how many the board has, before it is opened; None for whatever is asked for.

        It may bring BrainFlow in, so not on the window's thread.
        """
        if self.board is None:
            return None
        from host.acquisition.live import BoardSource

        return len(BoardSource(self.board).stream.channels)
