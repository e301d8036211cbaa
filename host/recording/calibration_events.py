"""What happens in a recorded calibration: whose it is, and which stretches it is fitted from."""

from collections.abc import Iterable

from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind
from host.recording.dated import Dated


class CalibrationBegun(Dated, frozen=True, kw_only=True, tag="calibration"):
    """From here on a calibration was recorded, for this person and these electrodes."""

    person: str
    """Code, never a name."""
    therapist: str
    """Code."""
    electrodes: str
    """Id of the application of electrodes."""
    applied: str
    """The day they were applied, as 2026-11-25."""


class SegmentMarked(Dated, frozen=True, kw_only=True, tag="segment"):
    """Samples `sample` to `stop` are a stretch that a calibration is fitted from."""

    stop: int
    kind: SegmentKind
    muscle: str = ""
    """The muscle that was asked for; empty at rest."""
    side: Side | None = None
    """The patient's side that was asked for; None for both."""
    void: bool = False
    """Whether this takes back the same stretch, which was repeated or left out."""

    def __post_init__(self) -> None:
        """Refuse a stretch that no calibration could use."""
        super().__post_init__()
        _ = self.segment

    @classmethod
    def of(cls, segment: Segment, *, void: bool = False) -> "SegmentMarked":
        """Return the event of a stretch."""
        return cls(
            sample=int(segment.start),
            stop=int(segment.stop),
            kind=segment.kind,
            muscle=segment.muscle,
            side=segment.side,
            void=void,
        )

    @property
    def segment(self) -> Segment:
        """The stretch of this event."""
        return Segment(
            kind=self.kind,
            start=self.sample,
            stop=self.stop,
            muscle=self.muscle,
            side=self.side,
        )


def marked(events: Iterable[Dated]) -> tuple[Segment, ...]:
    """Return the stretches that still count, in order of time."""
    standing: dict[Segment, None] = {}
    for event in events:
        if isinstance(event, SegmentMarked):
            if event.void:
                standing.pop(event.segment, None)
            else:
                standing[event.segment] = None
    return tuple(sorted(standing, key=lambda segment: segment.start))
