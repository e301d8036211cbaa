"""What is remembered of an attempt while it goes on."""

from dataclasses import dataclass, replace

from calibration.reference import Reference
from host.detection.movement import MovementWatch
from host.detection.states import AttemptNow, Finding, State


@dataclass(slots=True, kw_only=True)
class Going:
    """An attempt that goes on."""

    now: AttemptNow
    start: int
    movement: MovementWatch
    states: list[tuple[int, State]]
    release: int | None = None
    hold: tuple[int, int] | None = None
    """From when a target led first to when it was let go last."""
    tense: bool = False
    """Whether a target was known and not released in the last hop."""
    reference: Reference | None = None

    def notice(self, finding: Finding, *, found: bool) -> None:
        """Take up a finding, if there is one."""
        if found:
            self.now = self.now.with_finding(finding)

    def enter(self, state: State, sample: int) -> None:
        """Go over to another state."""
        if self.now.state is State.HOLD:
            self.leave_hold(sample)
        if state is State.HOLD and self.hold is None:
            self.hold = sample, sample
        self.now = replace(self.now, state=state, since=sample)
        self.states.append((sample, state))

    def leave_hold(self, sample: int) -> None:
        """End the hold at a sample."""
        if self.hold is not None and self.now.state is State.HOLD:
            self.hold = self.hold[0], sample
