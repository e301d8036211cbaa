"""A recording that was opened, with everything that decides how it is judged."""

from dataclasses import dataclass
from pathlib import Path

from calibration.muscles import Side
from calibration.reference import Reference
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.recording.events import Marker
from host.recording.recorded import Recorded


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opened:
    """A session of ours or a recording of another program: from here on they are alike."""

    name: str
    """For titles: the folder's or the file's name."""
    recorded: Recorded
    watch: Watch
    affected: Side
    words: str
    """What it is, in plain words."""
    cues: tuple[Cue, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    reference: Reference | None = None
    markers: tuple[Marker, ...] = ()
    """What was marked while it was recorded, or by the other program."""
    remarks: tuple[str, ...] = ()
    created: str = ""
    """ISO 8601; empty where unknown."""
    notes: Path
    """Where notes that are written afterwards go; it need not exist."""
    revisions: Path
    """Folder for results with other settings; it need not exist."""

    @property
    def stop(self) -> int:
        """Index after the last sample, gaps included."""
        return self.recorded.spans[-1].stop

    @property
    def duration_s(self) -> float:
        """From sample 0 to after the last."""
        return self.stop / self.recorded.stream.rate_hz

    def monitor(self) -> Monitor:
        """Return a monitor that judges it as it was judged when it was recorded."""
        return Monitor(
            self.watch, self.recorded.stream, self.cues, self.reference, self.adjustments
        )
