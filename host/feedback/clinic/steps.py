"""The steps of an appointment, in their order, and how each of them can stand."""

import enum
from dataclasses import dataclass

from host.translation import mark


class Step(enum.Enum):
    """One step; its value is its name on the rail, to be passed through `tr`."""

    PATIENT = mark("Patient")
    PLAN = mark("Plan")
    ELECTRODES = mark("Electrodes")
    CALIBRATE = mark("Calibrate")
    PRACTISE = mark("Practise")
    LOOK_BACK = mark("Look back")
    END = mark("End")


class StepState(enum.Enum):
    """How a step stands; its value is what a screen reader says of it."""

    DONE = mark("done")
    READY = mark("can be opened")
    NOT_YET = mark("not yet")
    ATTENTION = mark("needs attention")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a step stands now, and why."""

    state: StepState
    why: str = ""
    """What is missing, in one sentence; empty where nothing is."""

    def __post_init__(self) -> None:
        """Refuse a closed door without a reason."""
        if self.state in (StepState.NOT_YET, StepState.ATTENTION) and not self.why:
            raise ValueError(f"a step that is {self.state.value!r} says why")

    @property
    def possible(self) -> bool:
        """Whether the step can be entered."""
        return self.state is not StepState.NOT_YET
