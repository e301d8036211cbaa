"""One loop: read the source, record, and go through the course of a calibration."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from host.acquisition.source import Link
from host.chain.quality import Quality
from host.detection.cues import Cue, Phase
from host.recording.calibration_events import CalibrationBegun, SegmentMarked
from host.recording.events import CueGiven, Marker, QualityChanged
from host.session.calibrating.happenings import (
    Noted,
    StepBegan,
    StepBroken,
    StepJudged,
    StretchMarked,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.acquisition.source import Source
    from host.recording.events import Event
    from host.recording.state import RecordingState
    from host.session.calibrating.course import Course
    from host.session.calibrating.fitting import Identity
    from host.session.calibrating.following import Follower
    from host.session.calibrating.happenings import Happening
    from host.session.journal import Journal

_REST = "rest and release"


class CalibrationSession:
    """Reads a source into a recording and a course, step by step, until it is over.

    Commands go to `course`, from the thread that calls `step`.
    """

    def __init__(
        self,
        source: Source,
        course: Course,
        journal: Journal,
        follower: Follower,
        *,
        identity: Identity,
        exhausted: Callable[[], bool] = lambda: False,
    ) -> None:
        """End when the source does, or when it is silent and `exhausted`."""
        self.source = source
        self.course = course
        self._journal = journal
        self._follower = follower
        self._identity = identity
        self._exhausted = exhausted
        self._cues: deque[Cue] = deque()
        self._quality = b""
        self._began = False

    @property
    def recording(self) -> RecordingState:
        """The newest state of its recording, from any thread."""
        return self._journal.state

    @property
    def over(self) -> bool:
        """Whether nothing more will come; the course may still have steps to do."""
        link = self.source.state.link
        return link is Link.ENDED or (link is not Link.STREAMING and self._exhausted())

    def step(self, timeout_s: float) -> list[Happening]:
        """Read once; return what has happened since the last time."""
        if not self._began:
            self._began = True
            self._note(self._beginning())
        happened = self._pass_on()
        chunk = self.source.read(timeout_s)
        if chunk is None:
            self._journal.look()
            return happened
        self._journal.took(chunk)
        self.course.push(chunk)
        happened += self._pass_on()
        self._note_cues()
        self._note_quality()
        return happened

    def finish(self) -> list[Happening]:
        """Return what has happened since the last step, now that no other will come."""
        return self._pass_on()

    def _pass_on(self) -> list[Happening]:
        happened = self.course.happened()
        for one in happened:
            self._tell(one)
        return happened

    def _tell(self, one: Happening) -> None:
        """Write down what happened, and let whoever follows do so."""
        match one:
            case StepBegan():
                self._follower.begin(one)
                self._cues.extend(cues_of(one))
            case StepBroken():
                self._follower.stop(one.sample)
                self._cues.clear()
                self._cues.append(_rest_at(one.sample))
            case StretchMarked():
                self._note(SegmentMarked.of(one.segment, void=one.void))
            case Noted():
                self._note(Marker(sample=one.sample, text=one.text, by="calibration"))
            case StepJudged():  # pragma: no branch
                pass

    def _note_cues(self) -> None:
        """Note the cues whose samples have come."""
        while self._cues and self._cues[0].start < self.course.sample:
            self._note(CueGiven.of(self._cues.popleft()))

    def _note_quality(self) -> None:
        """Note a change of the channels' quality."""
        newest = self.course.material.newest
        if newest is None or newest.quality[-1].tobytes() == self._quality:
            return
        self._quality = newest.quality[-1].tobytes()
        names = tuple(Quality(code).name.lower() for code in self._quality)
        self._note(QualityChanged(sample=self.course.sample, quality=names))

    def _note(self, event: Event) -> None:
        self._journal.recording.note(event)

    def _beginning(self) -> CalibrationBegun:
        identity = self._identity
        return CalibrationBegun(
            sample=0,
            person=identity.person,
            therapist=identity.therapist,
            electrodes=identity.electrodes.id,
            applied=identity.electrodes.date,
        )


def cues_of(began: StepBegan) -> list[Cue]:
    """Return the cues of a step, as any session has them."""
    movement = began.step.movement
    if movement is None:
        return [_rest_at(began.timing.began)]
    cues = [(began.timing.began, Phase.REST)]
    for hold in began.timing.holds:
        cues += [(hold.rise, Phase.RISE), (hold.start, Phase.HOLD), (hold.stop, Phase.RELEASE)]
    return [
        Cue(start=start, pattern=movement.name, phase=phase)
        for place, (start, phase) in enumerate(cues)
        if place + 1 == len(cues) or cues[place + 1][0] > start
    ]


def _rest_at(sample: int) -> Cue:
    return Cue(start=sample, pattern=_REST, phase=Phase.REST)
