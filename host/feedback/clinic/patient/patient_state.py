"""What the patient's window shows at one moment of practice: decided here, painted elsewhere."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from host.feedback.bar_state import ScreenState, screen_state
from host.feedback.clinic.patient.loop import LoopState, loop_state
from host.feedback.clinic.patient.prompts import Said, edge_of, said_to_patient
from host.feedback.faces.face_state import FaceState, Spot, face_state
from host.feedback.faces.felt_state import choices_for
from host.feedback.recording_light import LightState
from host.session.practising.view import BoutPhase
from host.translation import tr

if TYPE_CHECKING:
    from host.session.practising.view import PracticeView
    from host.session.practising.worker import PracticeMoment
    from host.session.worker import Scene


class Middle(enum.Enum):
    """What stands between the words and the slow shape."""

    WORDS = "words"
    """Nothing: the room is calm."""
    BARS = "bars"
    FACE = "face"
    """Only where to touch: nothing that moves is shown."""
    FELT = "felt"
    """The question what moved, or its answer (P6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What moved? The same `key` is the same question."""

    key: tuple[int, int]
    """Bout and attempt."""
    choices: tuple[Spot, ...]
    felt: frozenset[Spot] = frozenset()
    """The answer, once it is revealed."""
    measured: tuple[tuple[Spot, bool | None], ...] | None = None
    """What was measured; None while the question is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientState:
    """Everything in the patient's window."""

    said: Said = Said()
    middle: Middle = Middle.WORDS
    screen: ScreenState = ScreenState()
    """Bars and corridor, where they are shown."""
    face: FaceState = FaceState()
    loop: LoopState | None = None
    """The slow shape; None where there is no pace to follow."""
    question: Question | None = None
    light: LightState = LightState()


_PACED = frozenset(
    {BoutPhase.SETTLE, BoutPhase.RISE, BoutPhase.HOLD, BoutPhase.RELEASE, BoutPhase.REST,
     BoutPhase.WAIT}
)  # fmt: skip
_TOUCHING = _PACED - {BoutPhase.RELEASE}


def patient_state(moment: PracticeMoment, *, hidden: bool = False, sound: str = "") -> PatientState:
    """Decide what the patient's window shows; `hidden`: the therapist has hidden the bars.

    `sound` says why nothing can be heard; empty while it can.
    """
    view, scene = moment.practice, moment.view.scene
    montage = None if scene is None else scene.montage
    said = said_to_patient(view, montage, sound=sound)
    light = _light(moment)
    if scene is None or edge_of(view) is not None:
        return PatientState(said=said, light=light)
    paced = view.phase in _PACED
    if view.phase in (BoutPhase.ASK, BoutPhase.REVEAL):
        asked = _question(view, scene)
        return PatientState(said=said, light=light, middle=Middle.FELT, question=asked)
    if not paced:
        return PatientState(said=said, light=light)
    bars = view.bars and not hidden
    screen = _screen(moment, bars=bars)
    if bars and screen.target is not None and screen.target.softer:
        said = replace(said, hint="")  # "softer" stands above the corridor: the only advice (P8)
    return PatientState(
        said=said,
        light=light,
        middle=Middle.BARS if bars else Middle.FACE,
        screen=screen,
        face=_face(screen, bars=bars),
        loop=None if resting(view) else loop_state(view),
    )


def resting(view: PracticeView) -> bool:
    """Tell whether the bout asks for nothing but rest: then there is no pace to follow."""
    return view.asked is not None and not view.asked.target


def _screen(moment: PracticeMoment, *, bars: bool) -> ScreenState:
    """Return bars and touch cue; no level at all where bars are hidden."""
    view = moment.practice
    touch = view.touch if view.phase in _TOUCHING else ()
    shown = screen_state(moment.view)
    if not bars:
        return ScreenState(touch=touch, affected=shown.affected)
    return replace(shown, touch=touch, prompt="", hint="", notice="", recording="")


def _face(screen: ScreenState, *, bars: bool) -> FaceState:
    """Return the face: without bars it tells nothing but where a finger may rest (P5, P6)."""
    state = face_state(screen)
    return state if bars else FaceState(touch=state.touch)


def _question(view: PracticeView, scene: Scene) -> Question:
    sites = scene.montage.sites
    codes = [site.muscle for site in sites if site.muscle and site.side is scene.affected]
    question = Question(
        key=(view.number, view.attempt), choices=choices_for(codes, (scene.affected,))
    )
    if view.phase is BoutPhase.ASK or not view.attempts:
        return question
    last = view.attempts[-1]
    told = () if last.agreement is None else last.agreement.muscles
    felt = frozenset((one.muscle, scene.affected) for one in told if one.felt)
    measured = tuple(
        ((one.muscle, scene.affected), one.moved)
        for one in last.muscles
        if sites[one.channel].side is scene.affected
    )
    return replace(question, felt=felt, measured=measured)


def _light(moment: PracticeMoment) -> LightState:
    """Return the recording light in one word: what is wrong with it is the therapist's."""
    recording = moment.view.recording
    if recording.light:
        return LightState(words=tr("Recording"), on=True)
    return LightState(words=tr("Not recording")) if recording.message else LightState()
