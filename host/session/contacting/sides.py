"""The side check: "raise the right brow", and see which channels answer.

It is the side check of a calibration, with a short rest before it: the same steps, the same course,
the same judgement (`calibration/fit_sides.py`). Only which channels answered is told beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan, sqrt

from calibration.accepting import Recorded, limits
from calibration.findings import Fault, Finding
from calibration.montage import Montage
from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, Stream
from host.session.calibrating.course import Course
from host.session.calibrating.following import Follower
from host.session.calibrating.happenings import StepBegan
from host.session.calibrating.protocol import ProtocolStep, StepKind, whole_protocol
from host.session.calibrating.timing import Hold, Timing
from host.session.calibrating.verdicts import OF_THE_SIDES, placed

_REST_S = 6.0
_LOUDEST = 0.4
"""A channel that rose by less than this share of the loudest only heard it."""
_UNPLACED = "No muscle has electrodes on both sides, so the sides cannot be checked."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Which channels answered when one side was asked."""

    side: Side
    channels: tuple[int, ...]
    """Columns whose level rose clearly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """A side check as it stands."""

    prompt: str = ""
    """For the patient, in large letters; empty once it is over."""
    therapist: str = ""
    seconds_left: float = 0.0
    """Of this phase."""
    progress: float = 0.0
    done: bool = False
    swapped: bool = False
    """Whether the side that was not asked answered louder."""
    findings: tuple[Finding, ...] = ()
    """What is wrong, each with `.sentence` and `.advice`; () with `done`: the sides are right."""
    answers: tuple[Answer, ...] = ()


def side_steps(montage: Montage) -> tuple[ProtocolStep, ...]:
    """Return a short rest and the check of each side; () where no muscle lies on both."""
    steps = whole_protocol(montage, Side.RIGHT)
    checks = [step for step in steps if step.kind is StepKind.SIDE_CHECK]
    if not checks:
        return ()
    rest = next(step for step in steps if step.kind is StepKind.REST)
    return (replace(rest, title="Rest", hold_s=_REST_S), *checks)


class SideCheck:
    """One check of the sides, from the sample of its first chunk on."""

    def __init__(
        self, montage: Montage, stream: Stream, chain: ChainSettings, follower: Follower
    ) -> None:
        """Raise ValueError where there is no muscle to check with: see `side_steps`."""
        steps = side_steps(montage)
        if not steps:
            raise ValueError(_UNPLACED)
        self._montage, self._follower = montage, follower
        # A course counts from its own beginning; so does everything that it remembers.
        self._course = Course(steps, montage, stream, chain)
        self._offset: int | None = None
        self.view = SideView(prompt=self._course.view.prompt)
        """What is to be shown now."""

    def push(self, chunk: Chunk) -> None:
        """Take raw samples, and cross whatever ends within them."""
        if self.view.done or not len(chunk):
            return
        if self._offset is None:
            self._offset = chunk.start
        course = self._course
        course.push(Chunk(chunk.start - self._offset, chunk.data))
        if course.waiting:
            course.go_on()
        for one in course.happened():
            if isinstance(one, StepBegan):
                self._follower.begin(_shifted(one, self._offset))
        self.view = self._done() if course.done else self._going()

    def stop(self) -> None:
        """Let go of a movement that was asked for."""
        if self._offset is not None and not self.view.done:
            self._follower.stop(self._offset + self._course.sample)

    def _going(self) -> SideView:
        view = self._course.view
        return SideView(
            prompt=view.prompt,
            therapist=view.therapist,
            seconds_left=view.seconds_left,
            progress=view.progress,
        )

    def _done(self) -> SideView:
        view = self._course.view
        found = placed((*view.findings, *view.accepted), self._montage)
        sides = tuple(one for one in found if one.fault in OF_THE_SIDES)
        signal = tuple(one for one in found if one.fault not in OF_THE_SIDES)
        swapped = any(one.fault is Fault.SWAPPED for one in sides)
        # Nothing can be said of the sides while the muscle that was asked has no sound signal.
        return SideView(
            progress=1.0,
            done=True,
            swapped=swapped,
            findings=sides or _of_channels(signal, self._asked()),
            answers=self._answers(),
        )

    def _asked(self) -> set[int]:
        asked = {segment.muscle for segment in self._course.segments if segment.muscle}
        sites = enumerate(self._montage.sites)
        return {column for column, site in sites if site.muscle in asked}

    def _answers(self) -> tuple[Answer, ...]:
        course = self._course
        recorded = Recorded(
            levels=course.material.heard(course.sample),
            montage=self._montage,
            segments=course.segments,
            allowed=limits(),
        )
        rests = recorded.of_kind(SegmentKind.REST)
        return tuple(
            Answer(side=segment.side, channels=_risen(recorded, segment, rests))
            for segment in recorded.of_kind(SegmentKind.SIDE_CHECK)
            if segment.side is not None
        )


def _risen(recorded: Recorded, segment: Segment, rests: Sequence[Segment]) -> tuple[int, ...]:
    """Return the columns that rose clearly above their rest; an unknown one has not."""
    risen_uv = {}
    for channel in range(recorded.levels.channels):
        powers = [recorded.typical_power(rest, channel) for rest in rests]
        rest_uv = sqrt(min(powers, default=nan))
        level_uv = sqrt(recorded.mean_power(segment, channel))
        if level_uv > recorded.allowed.weak_ratio * rest_uv:
            risen_uv[channel] = level_uv - rest_uv
    least_uv = max([recorded.allowed.weak_uv, *(_LOUDEST * rise for rise in risen_uv.values())])
    return tuple(channel for channel, rise_uv in risen_uv.items() if rise_uv >= least_uv)


def _of_channels(found: Sequence[Finding], columns: set[int]) -> tuple[Finding, ...]:
    return tuple(one for one in found if one.channel in columns)


def _shifted(began: StepBegan, offset: int) -> StepBegan:
    timing = began.timing
    holds = tuple(
        Hold(rise=hold.rise + offset, start=hold.start + offset, stop=hold.stop + offset)
        for hold in timing.holds
    )
    return replace(began, timing=Timing(began=timing.began + offset, holds=holds))
