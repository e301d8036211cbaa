"""What a course tells the world as it goes: for the recording, and for a patient who follows."""

from dataclasses import dataclass
from typing import TypeAlias

from calibration.findings import Finding
from calibration.segments import Segment
from host.session.calibrating.protocol import ProtocolStep
from host.session.calibrating.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBegan:
    """A step began; its phases will fall so, unless it is broken off."""

    number: int
    step: ProtocolStep
    timing: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBroken:
    """The running step is broken off: nothing is asked any more."""

    sample: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepJudged:
    """A step is over."""

    sample: int
    number: int
    step: ProtocolStep
    findings: tuple[Finding, ...]
    """What is wrong since then, and not accepted yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchMarked:
    """A stretch counts from now on, or does no more."""

    segment: Segment
    void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What the therapist decided, in words."""

    sample: int
    text: str


Happening: TypeAlias = StepBegan | StepBroken | StepJudged | StretchMarked | Noted
