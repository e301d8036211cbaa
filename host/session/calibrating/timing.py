"""When the phases of a step fall, in samples."""

from dataclasses import dataclass

from host.chain.stream import Stream
from host.session.calibrating.protocol import ProtocolStep
from host.session.calibrating.view import CoursePhase


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One hold of a step, in samples of the stream."""

    rise: int
    """The prompt asks for the movement."""
    start: int
    """From here on it is marked."""
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a step a sample lies."""

    phase: CoursePhase
    hold: int
    """Which hold runs or comes next, from 0."""
    until: int
    """The sample at which the phase ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A step that began at a sample."""

    began: int
    holds: tuple[Hold, ...]

    @property
    def stop(self) -> int:
        """The sample at which it is over, and judged."""
        return self.holds[-1].stop

    def place(self, sample: int) -> Place:
        """Return the phase at a sample from `began` on."""
        for number, hold in enumerate(self.holds):
            if sample < hold.rise:
                waits = CoursePhase.PAUSE if number else CoursePhase.PREPARE
                return Place(phase=waits, hold=number, until=hold.rise)
            if sample < hold.stop:
                return Place(phase=CoursePhase.HOLD, hold=number, until=hold.stop)
        return Place(phase=CoursePhase.JUDGED, hold=len(self.holds) - 1, until=self.stop)


def timing(step: ProtocolStep, began: int, stream: Stream) -> Timing:
    """Return when the phases of a step fall that begins at this sample."""
    rise = stream.samples(step.rise_s) if step.rise_s else 0
    hold, pause = stream.samples(step.hold_s), stream.samples(step.pause_s)
    at = began + stream.samples(step.prepare_s)
    holds = []
    for _ in range(step.holds):
        holds.append(Hold(rise=at, start=at + rise, stop=at + rise + hold))
        at = holds[-1].stop + pause
    return Timing(began=began, holds=tuple(holds))
