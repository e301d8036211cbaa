"""What was recorded of each step, and what is wrong with it: the books of a course."""

from collections.abc import Collection, Sequence
from typing import TypeAlias

from calibration.findings import Fault, Finding
from calibration.montage import Montage
from calibration.segments import Segment
from host.session.calibrating.material import Material
from host.session.calibrating.protocol import ProtocolStep, StepKind
from host.session.calibrating.timing import Timing
from host.session.calibrating.verdicts import (
    OF_THE_SIDES,
    OF_THE_SIGNAL,
    contact_findings,
    findings_so_far,
)

_Key: TypeAlias = tuple[Fault, int | None, int | None]


class Ledger:
    """Keeps the stretches that count, and judges all of them together."""

    def __init__(
        self,
        steps: Sequence[ProtocolStep],
        montage: Montage,
        material: Material,
        *,
        left_out: Collection[int] = (),
    ) -> None:
        """Say nothing about the columns in `left_out`: the therapist goes without them."""
        self._steps, self._montage, self._material = tuple(steps), montage, material
        self._left_out = tuple(left_out)
        self._taken: dict[int, tuple[Segment, ...]] = {}
        self._contact: tuple[Finding, ...] = ()
        self._found: tuple[Finding, ...] = ()
        self._accepted: set[_Key] = set()
        self.skipped: set[int] = set()
        """Steps that the therapist left out."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The stretches that count, in order of time."""
        taken = (segment for segments in self._taken.values() for segment in segments)
        return tuple(sorted(taken, key=lambda segment: segment.start))

    @property
    def todo(self) -> int | None:
        """The first step that is neither done nor left out; None after the last."""
        open_ = (n for n in range(len(self._steps)) if not self.is_closed(n))
        return next(open_, None)

    def is_done(self, number: int) -> bool:
        """Tell whether a step was recorded."""
        return number in self._taken

    def is_closed(self, number: int) -> bool:
        """Tell whether a step was recorded or left out."""
        return number in self._taken or number in self.skipped

    def take(self, number: int, timing: Timing) -> tuple[Segment, ...]:
        """Take a step that is over into the books; return its stretches."""
        step = self._steps[number]
        kind = step.kind.segment
        if kind is None:
            held = timing.holds[0]
            levels = self._material.heard(timing.stop)
            self._contact = contact_findings(
                levels, self._montage, held.start, held.stop, left_out=self._left_out
            )
        self._taken[number] = tuple(
            Segment(kind=kind, start=hold.start, stop=hold.stop, muscle=step.muscle, side=step.side)
            for hold in timing.holds
            if kind is not None
        )
        self._judge(timing.stop)
        return self._taken[number]

    def void(self, number: int, stop: int) -> tuple[Segment, ...]:
        """Take a step out of the books; return the stretches that counted until now."""
        self._accepted -= {_key(one) for one in self.all_findings if self.step_of(one) == number}
        taken = self._taken.pop(number, ())
        if self._steps[number].kind is StepKind.CONTACT:
            self._contact = ()
        self._judge(stop)
        return taken

    def accept(self) -> tuple[Finding, ...]:
        """Accept what stands; return what that was."""
        standing = self.standing
        self._accepted |= {_key(one) for one in standing}
        return standing

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong, accepted or not."""
        return self._contact + self._found

    @property
    def standing(self) -> tuple[Finding, ...]:
        """What is wrong and not accepted; a channel's signal is named once."""
        return self._named_once(accepted=False)

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """What is wrong and was accepted, named once."""
        return self._named_once(accepted=True)

    def step_of(self, found: Finding) -> int | None:
        """Return the step that a finding is about; None where it is about none alone."""
        if found in self._contact:
            return self._of_kind(StepKind.CONTACT)
        if found.fault in OF_THE_SIDES:
            return self._of_kind(StepKind.SIDE_CHECK)
        for number, segments in self._taken.items():
            if any(segment.start == found.start for segment in segments):
                return number
        return None

    def _named_once(self, *, accepted: bool) -> tuple[Finding, ...]:
        named: dict[_Key, Finding] = {}
        for one in self.all_findings:
            if (_key(one) in self._accepted) is accepted:
                named.setdefault(_key(one), one)
        return tuple(named.values())

    def _of_kind(self, kind: StepKind) -> int | None:
        """Return the last recorded step of a kind."""
        return max((n for n in self._taken if self._steps[n].kind is kind), default=None)

    def _judge(self, stop: int) -> None:
        """Judge all stretches anew: what came later may throw another light on them."""
        checks = [n for n, one in enumerate(self._steps) if one.kind is StepKind.SIDE_CHECK]
        done = all(self.is_closed(number) for number in checks)
        levels = self._material.heard(stop)
        self._found = findings_so_far(
            levels, self._montage, self.segments, sides_done=done, left_out=self._left_out
        )


def _key(found: Finding) -> _Key:
    """Return what makes two findings the same: of a signal its channel, else also the stretch."""
    return found.fault, found.channel, None if found.fault in OF_THE_SIGNAL else found.start
