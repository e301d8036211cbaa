"""Moments of practice, drawn: four electrodes, a smile, the right side affected."""

from dataclasses import replace
from typing import Any

from calibration.patterns import pattern
from host.acquisition.source import Link, LinkState
from host.clinic.plan import FeedbackMode, PlannedPattern
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.feedback.clinic.practising.happenings import Happenings
from host.feedback.clinic.practising.running import Running
from host.feedback.clinic.practising.tapping import Tap
from host.recording.state import RecordingState
from host.session.plan_edits import Edit
from host.session.practising.tried import AttemptResult, MuscleTried, Tried
from host.session.practising.view import BoutPhase, PracticeView
from host.session.practising.worker import PracticeMoment
from host.session.worker import Scene, View
from tests.host.clinic.people import plan
from tests.host.session.practising.bench import CHEEK, EYE, FACE, MONTAGE, SMILE, frame

SCENE = Scene(montage=MONTAGE, affected=FACE.affected)
PLAN = plan(SMILE, "pucker")
HOLDING = Cue(start=0, pattern=SMILE, phase=Phase.HOLD)
_LENGTHS_S = {
    BoutPhase.RISE: 2.0,
    BoutPhase.HOLD: 5.0,
    BoutPhase.RELEASE: 2.0,
    BoutPhase.REST: 10.0,
    BoutPhase.ASK: 30.0,
    BoutPhase.REVEAL: 6.0,
}


def view(
    phase: BoutPhase = BoutPhase.HOLD, mode: FeedbackMode = FeedbackMode.BARS, **other: Any
) -> PracticeView:
    """Return a bout's moment, half of its phase behind it."""
    half_s = _LENGTHS_S.get(phase, 0.0) / 2.0
    first = PracticeView(
        number=1,
        pattern=SMILE,
        asked=pattern(SMILE),
        mode=mode,
        phase=phase,
        phase_s=half_s,
        left_s=half_s,
        bout_left_s=90.0,
        bars=mode is not FeedbackMode.SOUND,
        sound=mode is FeedbackMode.SOUND,
        touch=("OOC",),
        attempt=1,
    )
    return replace(first, **other)


def moment(
    practice: PracticeView | None = None,
    *,
    link: Link = Link.STREAMING,
    recording: RecordingState | None = None,
    scene: Scene | None = SCENE,
    **does: Any,
) -> PracticeMoment:
    """Return a moment in which muscles do so: see `frame` of the bench."""
    return PracticeMoment(
        view=View(
            scene=scene,
            frame=None if scene is None else frame(2500, HOLDING, **does),
            link=LinkState(link=link),
            recording=recording or RecordingState(light=True),
        ),
        practice=practice or view(),
    )


def tried(result: AttemptResult = AttemptResult.QUIET, **other: Any) -> Tried:
    """Return an attempt of the smile; eye and cheek of the affected side were measured."""
    asked = pattern(SMILE)
    muscles = tuple(
        MuscleTried(
            channel=channel,
            muscle=code,
            role=asked.role(code),
            judged=channel == EYE,
            known=1.0,
            mean=0.1,
            along_s=0.0,
            moved=channel == CHEEK,
        )
        for channel, code in ((EYE, "OOC"), (CHEEK, "ZYG"))
    )
    first = Tried(
        bout=1,
        index=1,
        pattern=SMILE,
        start=0,
        stop=2250,
        feedback=True,
        result=result,
        reason="",
        left_out=0.0,
        muscles=muscles,
    )
    return replace(first, **other)


class Pretended:
    """Practice that stands still, and writes down what it is asked for."""

    def __init__(self, now: PracticeMoment) -> None:
        self.moment = now
        self.done = False
        self.asked: list[object] = []
        self.edits: list[PlannedPattern] = []
        self.made: Edit | None = None
        self.refused: Exception | None = None

    @property
    def newest(self) -> Frame | None:
        return self.moment.view.frame

    def begin(self, pattern: str, mode: FeedbackMode | None = None) -> None:
        if self.refused is not None:
            raise self.refused
        self.asked.append(("begin", pattern, mode))

    def pause(self) -> None:
        self.asked.append("pause")

    def quiet(self) -> None:
        self.asked.append("quiet")

    def resume(self) -> None:
        self.asked.append("resume")

    def next(self) -> None:
        self.asked.append("next")

    def felt(self, muscles: tuple[str, ...]) -> None:
        self.asked.append(("felt", muscles))

    def hide(self, *, on: bool) -> None:
        self.asked.append(("hide", on))

    def stop_bout(self) -> None:
        self.asked.append("stop")

    def touch(self, *, on: bool | None = None) -> None:
        self.asked.append(("touch", on))

    def note(self, text: str) -> None:
        self.asked.append(("note", text))

    def edit(self, changed: PlannedPattern) -> Edit | None:
        if self.refused is not None:
            raise self.refused
        self.edits.append(changed)
        return self.made

    def tell(self, listener: object) -> None:
        self.asked.append("tell") if listener is None else None

    def stop(self, timeout_s: float | None = None) -> None:
        self.asked.append("closed")


def running(now: PracticeMoment | None = None) -> tuple[Running, Pretended]:
    """Return pretended practice, and what stands beside it."""
    worker = Pretended(now or moment())
    happenings = Happenings()
    happenings.montage = MONTAGE
    return Running(worker, Tap(), happenings), worker
