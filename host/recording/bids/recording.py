"""What BIDS is told of one recording, and how long each channel had no signal in it."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from calibration.montage import Montage
from calibration.muscles import Side
from host.chain.mains import mains_present
from host.chain.quality import Quality
from host.chain.stream import BoolArray, IntArray
from host.recording import bdf
from host.recording.events import CueGiven, Event, QualityChanged
from host.recording.labels import bdf_labels
from host.recording.reader import SessionRecording
from host.recording.recorded import Recorded

_LISTEN_S = 4.0
"""So much of the beginning tells which mains hums."""
_UNUSABLE = {code.name.lower() for code in Quality if not code.usable}
_SIMULATED = "simulated"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BidsRecording:
    """One recording, ours or another program's, as a data set needs to know it."""

    recorded: Recorded
    montage: Montage
    """One site per channel."""
    affected: Side | None
    """None where nobody said."""
    source: str
    """What was read, in plain words."""
    events: tuple[Event, ...] = ()
    """In any order; gaps are taken from the spans."""
    started: str = ""
    """When sample 0 was taken, ISO 8601; without a zone it is local time; empty where unknown."""
    program: str = ""
    """Name and version of what recorded it; empty where unknown."""
    labels: tuple[str, ...] = ()
    """Names of the channels in another program; empty where there are none."""
    mains_hz: tuple[float, ...] = ()
    """Mains frequencies that may hum in it."""

    def __post_init__(self) -> None:
        """Refuse a montage of other channels, and a time that is none."""
        channels = len(self.recorded.stream.channels)
        if len(self.montage.sites) != channels:
            raise ValueError(f"need a site for each of {channels} channels, got {self.montage}")
        if self.started:
            datetime.fromisoformat(self.started)

    @property
    def stop(self) -> int:
        """Index after the last sample."""
        return self.recorded.spans[-1].stop

    @property
    def shape(self) -> bdf.Layout:
        """How its samples lie in a BDF+ file."""
        stream = self.recorded.stream
        return bdf.layout(stream, bdf_labels(self.montage, stream.channels))

    @property
    def rate_hz(self) -> float:
        """Samples per second, as the file's header has it."""
        return float(self.shape.rate)

    @property
    def simulated(self) -> bool:
        """Whether no person was recorded."""
        return self.source.lower().startswith(_SIMULATED)

    @property
    def ours(self) -> bool:
        """Whether it was recorded, and not only opened, by this program."""
        return bool(self.program) and not self.labels

    @property
    def begin(self) -> datetime | None:
        """When sample 0 was taken; None where unknown."""
        return datetime.fromisoformat(self.started) if self.started else None

    @property
    def cues(self) -> tuple[CueGiven, ...]:
        """What the patient was asked to do, in order."""
        cues = (event for event in self.events if isinstance(event, CueGiven))
        return tuple(sorted((cue for cue in cues if cue.sample < self.stop), key=_sample))

    def heard_mains_hz(self) -> float | None:
        """Return the mains frequency; None where two may be, and neither stands out."""
        if len(self.mains_hz) == 1:
            return self.mains_hz[0]
        stream, span = self.recorded.stream, self.recorded.spans[0]
        stop = min(span.stop, span.start + stream.samples(_LISTEN_S))
        if not self.mains_hz or stop - span.start < stream.samples(1.0):
            return None
        data = self.recorded.samples(span.start, stop)
        heard = mains_present(data, stream.rate_hz, self.mains_hz)
        return heard[0] if len(heard) == 1 else None

    def silent(self) -> IntArray | None:
        """Return for how many samples each channel had no signal; None where nobody looked."""
        stops = [event for event in self.events if isinstance(event, QualityChanged)]
        changes = sorted((one for one in stops if one.sample < self.stop), key=_sample)
        channels = len(self.montage.sites)
        if not changes or any(len(one.quality) != channels for one in changes):
            return None
        edges = np.array([0, *(one.sample for one in changes), self.stop])
        states = [np.ones(channels, dtype=np.bool_), *(_unusable(one) for one in changes)]
        lengths = np.diff(edges)[:, np.newaxis]
        silent: IntArray = np.sum(lengths * np.array(states), axis=0)
        return silent


def bids_session(session: SessionRecording) -> BidsRecording:
    """Return what a session of ours tells of itself."""
    manifest = session.manifest
    return BidsRecording(
        recorded=session,
        montage=manifest.watch.montage,
        affected=manifest.affected,
        source=manifest.source,
        events=session.events,
        started=manifest.created,
        program=manifest.program,
        labels=manifest.labels,
        mains_hz=manifest.watch.chain.conditioning.mains.base_hz,
    )


def _sample(event: Event) -> int:
    return event.sample


def _unusable(event: QualityChanged) -> BoolArray:
    return np.array([name in _UNUSABLE for name in event.quality])
