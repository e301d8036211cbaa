"""A calibration as it goes: which step runs, what is wrong with it, and where it goes on.

It has no clock: time is the sample up to which the chain knows everything, so that it does not
matter how the stream was cut. A step is judged at the sample at which it ends.
"""

from collections.abc import Collection, Sequence

from calibration.findings import Fault
from calibration.montage import Montage
from calibration.segments import Segment
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, Stream
from host.session.calibrating.fitting import Heard
from host.session.calibrating.happenings import (
    Happening,
    Noted,
    StepBegan,
    StepBroken,
    StepJudged,
    StretchMarked,
)
from host.session.calibrating.ledger import Ledger
from host.session.calibrating.material import Material
from host.session.calibrating.protocol import RELEASED_S, ProtocolStep, movements
from host.session.calibrating.showing import Standing, shown
from host.session.calibrating.timing import Timing, timing
from host.session.calibrating.view import CalibrationView


class Course:
    """Goes through the steps of a protocol; see `view.Calibrating` for the commands."""

    def __init__(
        self,
        steps: Sequence[ProtocolStep],
        montage: Montage,
        stream: Stream,
        settings: ChainSettings,
        *,
        left_out: Collection[int] = (),
    ) -> None:
        """Go without the columns in `left_out`, of which the steps ask nothing."""
        if not steps:
            raise ValueError("a calibration needs at least one step")
        if len(montage.sites) != len(stream.channels):
            raise ValueError(f"the montage {montage.name!r} does not fit {stream.channels}")
        self.steps = tuple(steps)
        self.montage = montage
        self.left_out = tuple(sorted(left_out))
        self.material = Material(settings, stream)
        """What was heard; it grows with every chunk."""
        self._stream = stream
        self._ledger = Ledger(self.steps, montage, self.material, left_out=self.left_out)
        self._released = stream.samples(RELEASED_S)
        self._number: int | None = None
        """The step that runs, was judged last, or is paused; None when all is done."""
        self._timing: Timing | None = None
        """None while paused and when all is done."""
        self._judged = self._held = False
        self._earliest = 0
        """Nothing begins before the last thing that the therapist did."""
        self._happenings: list[Happening] = []
        self._begin(0, 0)

    @property
    def sample(self) -> int:
        """Up to which sample everything is known, and from which commands take effect."""
        return self.material.stop

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The stretches that count, in order of time."""
        return self._ledger.segments

    @property
    def heard(self) -> Heard:
        """What a profile can be fitted from."""
        return Heard(
            material=self.material,
            montage=self.montage,
            segments=self.segments,
            own=movements(self.steps),
            left_out=self.left_out,
        )

    @property
    def done(self) -> bool:
        """Whether all steps are over."""
        return self._number is None

    @property
    def waiting(self) -> bool:
        """Whether it waits for the therapist."""
        return self.paused or (self._judged and (self._held or bool(self._ledger.standing)))

    @property
    def paused(self) -> bool:
        """Whether the therapist stopped it."""
        return self._number is not None and self._timing is None

    @property
    def hopeless(self) -> bool:
        """Whether the sides are swapped, so that nothing more is worth recording."""
        return any(one.fault is Fault.SWAPPED for one in self._ledger.all_findings)

    @property
    def view(self) -> CalibrationView:
        """What is to be shown now."""
        return shown(
            Standing(
                steps=self.steps,
                number=self._number,
                timing=self._timing,
                judged=self._judged,
                waiting=self.waiting,
                released=self._released,
                sample=self.sample,
            ),
            self._ledger,
            self.material,
            self.montage,
            self.left_out,
        )

    def push(self, chunk: Chunk) -> None:
        """Take raw samples, and cross whatever ends within them."""
        self.material.push(chunk)
        self._advance()

    def happened(self) -> list[Happening]:
        """Return what has happened since this was asked last."""
        happened, self._happenings = self._happenings, []
        return happened

    def go_on(self) -> None:
        """Accept what was found and take the next step; after a pause, begin the step anew."""
        if self.paused and self._number is not None:
            self._begin(self._number, self.sample)
        elif self._judged:
            for one in self._ledger.accept():
                self._note(f"Accepted: {one.sentence}")
            self._next(self.sample)

    def repeat(self, step: int) -> None:
        """Do one step again, at once; what was recorded of it before counts no more."""
        self._check(step)
        self._break_off()
        self._void(step)
        self._note(f"Repeated: {self.steps[step].recorded}")
        self._begin(step, self.sample)

    def skip(self, step: int) -> None:
        """Leave a step out; it is noted."""
        self._check(step)
        own = step == self._number
        if own:
            self._break_off()
        self._void(step)
        self._ledger.skipped.add(step)
        self._note(f"Left out: {self.steps[step].recorded}")
        if own:
            self._next(self.sample)

    def pause(self) -> None:
        """Stop in the middle of a step: what was recorded of it so far counts no more."""
        if self._judged:
            self._held = True
        elif self._number is not None and not self.paused:
            self._break_off()
            self._timing = None

    def begin_again(self) -> None:
        """Forget everything and begin with the first step."""
        self._break_off()
        for number in range(len(self.steps)):
            self._void(number)
        self._note("Begun again")
        self._begin(0, self.sample)

    def _advance(self) -> None:
        """Cross every end that lies before the newest known sample."""
        while self._timing is not None and not self.waiting:
            due = self._timing.stop + (self._released if self._judged else 0)
            if due > self.sample:
                return
            if self._judged:
                self._next(max(due, self._earliest))
            else:
                self._judge(self._timing)

    def _judge(self, over: Timing) -> None:
        assert self._number is not None  # noqa: S101  a step was running
        marked = self._ledger.take(self._number, over)
        self._judged = True
        self._happenings += [StretchMarked(segment=segment) for segment in marked]
        self._happenings.append(
            StepJudged(
                sample=over.stop,
                number=self._number,
                step=self.steps[self._number],
                findings=self._ledger.standing,
            )
        )

    def _next(self, sample: int) -> None:
        """Begin the next step at this sample, if there is one."""
        number = self._ledger.todo
        if number is None:
            self._number = self._timing = None
            self._judged = self._held = False
        else:
            self._begin(number, sample)

    def _begin(self, number: int, sample: int) -> None:
        self._ledger.skipped.discard(number)
        self._number, self._judged, self._held = number, False, False
        self._timing = timing(self.steps[number], sample, self._stream)
        self._happenings.append(
            StepBegan(number=number, step=self.steps[number], timing=self._timing)
        )

    def _break_off(self) -> None:
        """End the running step, if one runs."""
        if self._timing is not None and not self._judged:
            self._happenings.append(StepBroken(sample=self.sample))

    def _void(self, number: int) -> None:
        """Let what was recorded of a step count no more."""
        self._earliest = self.sample
        for segment in self._ledger.void(number, self.sample):
            self._happenings.append(StretchMarked(segment=segment, void=True))

    def _note(self, text: str) -> None:
        self._happenings.append(Noted(sample=self.sample, text=text))

    def _check(self, step: int) -> None:
        if not 0 <= step < len(self.steps):
            raise ValueError(f"there are steps 0 to {len(self.steps) - 1}, not {step}")
