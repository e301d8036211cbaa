"""What was practised, attempt by attempt: as judged, as felt, and as measured; live or replayed."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from calibration.montage import Montage
from calibration.muscles import Side
from host.detection.frame import Frame
from host.report.measured_kinds import AttemptMeasures
from host.report.results import measuring_of
from host.session.opened import Opened
from host.session.practising.replaying import replayed_practice
from host.session.practising.tried import AttemptResult, Tried
from host.session.session import Session

_READ_S = 0.05


def _nobody(_session: Session, _frames: Sequence[Frame]) -> None:
    """Watch nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Practised:
    """The attempts of a practice session so far."""

    montage: Montage
    affected: Side
    tried: tuple[Tried, ...]
    """Of all bouts, in order."""
    measures: tuple[AttemptMeasures, ...]
    """Of the same attempts, and of others that belong to no bout."""

    def bout(self, number: int) -> tuple[Tried, ...]:
        """Return the attempts of a bout, those left out too."""
        return tuple(one for one in self.tried if one.bout == number)

    def measured(self, tried: Sequence[Tried]) -> tuple[AttemptMeasures, ...]:
        """Return the measures of these attempts, but for those that were broken off."""
        kept = [one for one in tried if one.result is not AttemptResult.LEFT_OUT]
        return tuple(
            found
            for found in self.measures
            if any(one.start <= found.start < one.stop for one in kept)
        )

    @property
    def bouts(self) -> tuple[int, ...]:
        """Numbers of the bouts that have attempts, in order."""
        return tuple(dict.fromkeys(one.bout for one in self.tried))


def practised(
    opened: Opened, watch: Callable[[Session, Sequence[Frame]], None] = _nobody
) -> Practised:
    """Go through recorded practice; SettingsError where nobody practised in bouts.

    It may still be recorded: then it is practice so far. `watch` sees each step's frames.
    """
    measuring = measuring_of(opened)
    with ExitStack() as stack:
        stage = replayed_practice(opened)(stack)
        while not stage.session.over:
            frames = stage.session.step(_READ_S)
            for frame in frames:
                measuring.push_frame(frame)
            watch(stage.session, frames)
        measuring.close(stage.session.finish().attempts)
        stage.practice.close()
        tried = stage.practice.attempts
    return Practised(
        montage=opened.watch.montage,
        affected=opened.affected,
        tried=tried,
        measures=tuple(measuring.attempts),
    )
