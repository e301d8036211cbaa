"""A session that somebody leads: what they decide happens at the next sample, and is on record."""

from collections.abc import Sequence

from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.recording.events import Adjusted, CueGiven, Event, Marker
from host.session.journal import Journal
from host.session.session import Session
from tests.host.acquisition.memory_source import MemorySource
from tests.host.detection.smiling import REFERENCE, STREAM, WATCH, face
from tests.host.session.practising.test_practice import Notebook

LINE = Adjustment(start=0, thresholds=Thresholds(enter=0.3, leave=0.2))


class Leader:
    """Asks for a rise, a lower line and a mark at the tenth step."""

    def __init__(self) -> None:
        self.stops: list[int] = []

    def conduct(self, frames: Sequence[Frame], stop: int) -> tuple[Event, ...]:
        """Count steps."""
        self.stops.append(stop)
        if len(self.stops) != 10:
            return ()
        return (
            CueGiven(sample=0, pattern="pucker", phase=Phase.RISE),
            Adjusted(sample=0, change=LINE),
            Marker(sample=stop, text="led"),
        )


def test_what_a_conductor_decides_happens_at_the_next_sample_and_is_noted() -> None:
    source, notebook, leader = MemorySource(face(samples=1000)), Notebook(), Leader()
    session = Session(
        source,
        Monitor(WATCH, STREAM, (), REFERENCE),
        journal=Journal(notebook, source),
        conductor=leader,
    )
    frames: list[Frame] = []
    while not session.over:
        frames += session.step(0.0)
    assert leader.stops[9] == 250
    rising = [frame for frame in frames if frame.cue.phase is Phase.RISE]
    assert rising[0].sample == 250 + session.hop
    assert rising[0].cue.start == 250
    led = [one for one in notebook.events if isinstance(one, CueGiven | Adjusted | Marker)]
    assert [one.sample for one in led] == [250, 250, 250]
    assert session.recording.marks == 1


def test_a_session_without_a_recording_can_be_led_too() -> None:
    session = Session(
        MemorySource(face(samples=500)),
        Monitor(WATCH, STREAM, (), REFERENCE),
        conductor=Leader(),
    )
    frames: list[Frame] = []
    while not session.over:
        frames += session.step(0.0)
    session.cue(Cue(start=0, pattern="pucker", phase=Phase.HOLD))
    assert frames[-1].cue.phase is Phase.RISE
    assert frames[-1].threshold.tolist() != frames[0].threshold.tolist()
