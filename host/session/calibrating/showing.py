"""Put a moment of a course into words and numbers for a screen."""

from collections.abc import Collection
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
from host.translation import mark, tr

_QUALITY = {
    Quality.GOOD: mark("good"),
    Quality.MAINS: mark("mains hum"),
    Quality.SETTLING: mark("settling"),
    Quality.ARTEFACT: mark("movement"),
    Quality.GAP: mark("no samples"),
    Quality.LOOSE: mark("loose electrode"),
    Quality.FLAT: mark("no signal"),
    Quality.RAILED: mark("clipped"),
    Quality.LEFT_OUT: mark("left out"),
}
_LET_GO, _BREAK = mark("Let go"), mark("Take a break")
_THANKS = mark("That was all. Thank you")
_PAUSED = mark("Stopped. The step begins anew when you go on.")
_GOOD, _WAITS = mark("Good."), mark("Repeat the step, or go on all the same.")
_ALL_DONE = mark("All steps are done. Any of them can be repeated.")


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
    standing: Standing,
    ledger: Ledger,
    material: Material,
    montage: Montage,
    left_out: Collection[int] = (),
) -> CalibrationView:
    """Return what a screen shows of it; `left_out` are columns that the therapist goes without."""
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
        channels=_channels(material, montage, left_out),
        findings=ledger.standing,
        accepted=ledger.accepted,
        steps=_list(standing, ledger),
        sample=standing.sample,
    )


def _prompt(step: ProtocolStep | None, phase: CoursePhase) -> str:
    if step is None:
        return tr(_THANKS)
    if phase is CoursePhase.PAUSED:
        return tr(_BREAK)
    if phase in (CoursePhase.PAUSE, CoursePhase.JUDGED) and step.movement is not None:
        return tr(_LET_GO)
    if phase is CoursePhase.PREPARE and step.movement is not None:
        return tr("Next: {}").format(f"{step.prompt[:1].lower()}{step.prompt[1:]}")
    return step.prompt


def _therapist(step: ProtocolStep | None, phase: CoursePhase, *, waiting: bool) -> str:
    if step is None:
        return tr(_ALL_DONE)
    if phase is CoursePhase.PAUSED:
        return tr(_PAUSED)
    if phase is CoursePhase.JUDGED:
        return tr(_WAITS if waiting else _GOOD)
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


def _channels(
    material: Material, montage: Montage, left_out: Collection[int]
) -> tuple[ChannelView, ...]:
    newest = material.newest
    views = []
    for channel in range(len(montage.sites)):
        quality, level_uv = Quality.SETTLING, nan
        if newest is not None:
            quality = Quality(int(newest.quality[-1, channel]))
            level_uv = float(newest.rms_uv[-1, channel])
        if channel in left_out:
            quality, level_uv = Quality.LEFT_OUT, nan
        views.append(
            ChannelView(
                name=tr(montage.named(channel)),
                quality=tr(_QUALITY[quality]),
                good=quality is Quality.GOOD,
                passes=quality in (Quality.SETTLING, Quality.LEFT_OUT),
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
            state = StepState.RUNNING if number == standing.number else StepState.AHEAD
        views.append(StepView(number=number, title=step.title, state=state))
    return tuple(views)
