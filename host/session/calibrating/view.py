"""What a calibration shows at one moment, and what a therapist can tell it: all a screen needs."""

import enum
from dataclasses import dataclass
from typing import Protocol

from calibration.findings import Finding
from host.translation import mark


class CoursePhase(enum.Enum):
    """What the patient does at this moment."""

    PREPARE = "prepare"
    """Face at rest; the prompt says what will come."""
    HOLD = "hold"
    """Doing what the prompt asks for. It begins with the time that it takes to get there."""
    PAUSE = "pause"
    """Letting go between two holds of a step."""
    JUDGED = "judged"
    """The step is over, and was judged; see `CalibrationView.waiting`."""
    PAUSED = "paused"
    """The therapist stopped it; `go_on` begins the step anew."""
    DONE = "done"
    """All steps are over."""


class StepState(enum.Enum):
    """How a step stands in the list; its value is what a screen reader says of it."""

    AHEAD = mark("to do")
    RUNNING = mark("running")
    GOOD = mark("good")
    FINDING = mark("with finding")
    """It has a finding, accepted or not."""
    SKIPPED = mark("skipped")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step in the list."""

    number: int
    """Place in the list, from 0: what `repeat` and `skip` take."""
    title: str
    """Short: "Cheek, right"."""
    state: StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    """One channel at this moment."""

    name: str
    """As a person knows it: "Cheek, right"; "Channel 3"."""
    quality: str
    """One or two plain words: "good", "loose electrode"."""
    good: bool
    """Whether its signal can be used now."""
    level_uv: float | None
    """RMS of the last 0.2 s in the EMG band; None where unknown."""
    passes: bool = False
    """Whether its level is not known, and nobody need do anything about it: its filters have just
    begun, or the therapist goes without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationView:
    """One moment of a calibration. Plain words for people; nothing here is to be decided again."""

    title: str
    """What runs, short: "Cheek, right". Empty when all is done."""
    prompt: str
    """For the patient, short enough for large letters: "Smile gently, right side, 2 of 10"."""
    therapist: str
    """One or two sentences for the therapist."""
    phase: CoursePhase
    step: int | None
    """Number of the running or judged step; None when all is done."""
    hold: int
    """Which hold of the step runs or comes next, from 1."""
    holds: int
    """How many holds the step has."""
    seconds_left: float
    """Until the phase changes by itself; 0 where it does not."""
    step_progress: float
    """0 to 1 of the running step."""
    progress: float
    """0 to 1 of the whole calibration, by time; it may fall when a step is repeated."""
    minutes_left: float
    """About how long the rest takes, if nothing is repeated."""
    waiting: bool
    """Whether it waits for the therapist: to go on, to repeat, or to skip."""
    may_go_on: bool
    """Whether `go_on` does something now."""
    channels: tuple[ChannelView, ...]
    """By column."""
    findings: tuple[Finding, ...]
    """What is wrong and not accepted yet, each with `.sentence` and `.advice`."""
    accepted: tuple[Finding, ...]
    """What was wrong, and the therapist went on all the same."""
    steps: tuple[StepView, ...]
    sample: int
    """Up to which sample of the stream all of this is known."""


class Calibrating(Protocol):
    """What a window does with a running calibration; `Course` is one.

    The view may be read at any time. Commands take effect at the sample that `view.sample` names.
    """

    @property
    def view(self) -> CalibrationView:
        """What is to be shown now."""

    def go_on(self) -> None:
        """Accept what was found and take the next step; after a pause, begin the step anew.

        In the middle of a step it does nothing.
        """

    def repeat(self, step: int) -> None:
        """Do one step again, at once; what was recorded of it before counts no more.

        After it the course goes on where it was.
        """

    def skip(self, step: int) -> None:
        """Leave a step out; it is noted. A running one is broken off, a done one is taken back."""

    def pause(self) -> None:
        """Stop in the middle of a step: what was recorded of it so far counts no more."""

    def begin_again(self) -> None:
        """Forget everything and begin with the first step, such as after exchanged cables."""
