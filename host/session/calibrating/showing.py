"""Put a moment of a course into words and numbers for a screen."""

from dataclasses import dataclass
from math import isnan, nan

from calibration.montage import Montage
from host.chain.quality import Quality
from host.session.calibrating.ledger import Ledger
from host.session.calibrating.material import Material
from host.session.calibrating.protocol import RELEASED_S, ProtocolStep, seconds
from host.session.calibrating.timing import Place, Timing
from host.session.calibrating.view import (
    CalibrationView,
    ChannelView,
    CoursePhase,
    StepState,
    StepView,
)

_QUALITY = {
    Quality.GOOD: "good",
    Quality.MAINS: "mains hum",
    Quality.SETTLING: "settling",
    Quality.ARTEFACT: "movement",
    Quality.GAP: "no samples",
    Quality.LOOSE: "loose electrode",
    Quality.FLAT: "no signal",
    Quality.RAILED: "clipped",
    Quality.LEFT_OUT: "left out",
}
_LET_GO, _BREAK, _THANKS = "Let go", "Take a break", "That was all. Thank you"
_PAUSED = "Stopped. The step begins anew when you go on."
_GOOD, _WAITS = "Good.", "Repeat the step, or go on all the same."
_ALL_DONE = "All steps are done. Any of them can be repeated."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a course stands."""

    steps: tuple[ProtocolStep, ...]
    number: int | None
    timing: Timing | None
    judged: bool
    waiting: bool
    released: int
    """Samples between a good step and the next."""
    sample: int

    @property
    def step(self) -> ProtocolStep | None:
        """The step that runs, was judged or is paused."""
        return None if self.number is None else self.steps[self.number]

    @property
    def place(self) -> Place:
        """The phase, and until when it lasts."""
        if self.timing is None:
            phase = CoursePhase.DONE if self.number is None else CoursePhase.PAUSED
            return Place(phase=phase, hold=0, until=self.sample)
        if self.judged:
            until = self.sample if self.waiting else self.timing.stop + self.released
            return Place(phase=CoursePhase.JUDGED, hold=len(self.timing.holds) - 1, until=until)
        return self.timing.place(self.sample)

    @property
    def progress(self) -> float:
        """How much of the step is over, 0 to 1."""
        if self.timing is None:
            return 1.0 if self.number is None else 0.0
        length = self.timing.stop - self.timing.began
        return min(max((self.sample - self.timing.began) / length, 0.0), 1.0)


def shown(
    standing: Standing, ledger: Ledger, material: Material, montage: Montage
) -> CalibrationView:
    """Return what a screen shows of it."""
    step, place = standing.step, standing.place
    left_s, whole_s = _left_s(standing, ledger), seconds(standing.steps)
    return CalibrationView(
        title="" if step is None else step.title,
        prompt=_prompt(step, place.phase),
        therapist=_therapist(step, place.phase, waiting=standing.waiting),
        phase=place.phase,
        step=standing.number,
        hold=place.hold + 1,
        holds=1 if step is None else step.holds,
        seconds_left=max(place.until - standing.sample, 0) / material.stream.rate_hz,
        step_progress=standing.progress,
        progress=1.0 - left_s / whole_s,
        minutes_left=left_s / 60.0,
        waiting=standing.waiting,
        may_go_on=place.phase in (CoursePhase.JUDGED, CoursePhase.PAUSED),
        channels=_channels(material, montage),
        findings=ledger.standing,
        accepted=ledger.accepted,
        steps=_list(standing, ledger),
        sample=standing.sample,
    )


def _prompt(step: ProtocolStep | None, phase: CoursePhase) -> str:
    if step is None:
        return _THANKS
    if phase is CoursePhase.PAUSED:
        return _BREAK
    if phase in (CoursePhase.PAUSE, CoursePhase.JUDGED) and step.movement is not None:
        return _LET_GO
    if phase is CoursePhase.PREPARE and step.movement is not None:
        return f"Next: {step.prompt[:1].lower()}{step.prompt[1:]}"
    return step.prompt


def _therapist(step: ProtocolStep | None, phase: CoursePhase, *, waiting: bool) -> str:
    if step is None:
        return _ALL_DONE
    if phase is CoursePhase.PAUSED:
        return _PAUSED
    if phase is CoursePhase.JUDGED:
        return _WAITS if waiting else _GOOD
    return step.therapist


def _left_s(standing: Standing, ledger: Ledger) -> float:
    """Return how long what is still to do takes."""
    left_s = 0.0
    for number, step in enumerate(standing.steps):
        if not ledger.is_closed(number):
            running = number == standing.number
            share = 1.0 - standing.progress if running else 1.0
            left_s += share * (step.seconds + RELEASED_S)
    return left_s


def _channels(material: Material, montage: Montage) -> tuple[ChannelView, ...]:
    newest = material.newest
    views = []
    for channel in range(len(montage.sites)):
        quality, level_uv = Quality.SETTLING, nan
        if newest is not None:
            quality = Quality(int(newest.quality[-1, channel]))
            level_uv = float(newest.rms_uv[-1, channel])
        views.append(
            ChannelView(
                name=montage.named(channel),
                quality=_QUALITY[quality],
                good=quality is Quality.GOOD,
                level_uv=None if isnan(level_uv) else level_uv,
            )
        )
    return tuple(views)


def _list(standing: Standing, ledger: Ledger) -> tuple[StepView, ...]:
    wrong = {ledger.step_of(one) for one in ledger.all_findings}
    views = []
    for number, step in enumerate(standing.steps):
        if number in ledger.skipped:
            state = StepState.SKIPPED
        elif ledger.is_done(number):
            state = StepState.FINDING if number in wrong else StepState.GOOD
        else:
            state = StepState.RUNNING if number == standing.number else StepState.TODO
        views.append(StepView(number=number, title=step.title, state=state))
    return tuple(views)
