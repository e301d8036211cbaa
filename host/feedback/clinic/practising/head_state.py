"""What stands above the therapist's board: what goes on, what to say, what is wrong. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from host.clinic.plan import FeedbackMode
from host.feedback.clinic.practise_state import connecting, edged, ended
from host.feedback.clinic.practising.attempts_state import bout_sentence
from host.feedback.sentences import sentence
from host.session.practising.view import BoutPhase, TroubleKind
from host.translation import mark, tr

if TYPE_CHECKING:
    from host.feedback.clinic.practising.memory import Memory
    from host.session.practising.view import PracticeView, Trouble

MODES = {
    FeedbackMode.BARS: mark("bars"),
    FeedbackMode.SOUND: mark("sound only"),
    FeedbackMode.FEEL_FIRST: mark("feel first"),
    FeedbackMode.FADED: mark("faded"),
}
_PHASES = {
    BoutPhase.READY: mark("Ready"),
    BoutPhase.SETTLE: mark("Coming to rest"),
    BoutPhase.RISE: mark("Slow rise"),
    BoutPhase.HOLD: mark("Hold"),
    BoutPhase.RELEASE: mark("Release"),
    BoutPhase.REST: mark("Rest"),
    BoutPhase.WAIT: mark("Waiting"),
    BoutPhase.ASK: mark("What moved?"),
    BoutPhase.REVEAL: mark("Felt beside measured"),
    BoutPhase.PAUSED: mark("Paused"),
    BoutPhase.QUIET: mark("Quiet"),
    BoutPhase.OVER: mark("Rest between bouts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadState:
    """Everything above the board."""

    title: str = ""
    shorter: tuple[str, ...] = ()
    """The same in fewer words, and in fewer still."""
    phase: str = ""
    """What goes on, with whole seconds."""
    left: str = ""
    """What is left of the bout."""
    progress: float = 0.0
    """How much of the bout has passed, 0 to 1."""
    advice: str = ""
    """What to say or do now."""
    notice: str = ""
    """Why nothing can be heard, while sound is all the feedback there is."""
    troubles: tuple[Trouble, ...] = ()


def head_state(view: PracticeView, memory: Memory, bout_s: float) -> HeadState:
    """Return the head; `bout_s` is the length of a bout by the plan."""
    title, *shorter = _titles(view, memory)
    return HeadState(
        title=title,
        shorter=tuple(shorter),
        phase=_phase(view),
        left=_left(view),
        progress=_progress(view, bout_s),
        advice=_advice(view),
        notice=_sound(view, memory),
        troubles=tuple(one for one in view.troubles if one.kind is not TroubleKind.CONNECTING),
    )


def _titles(view: PracticeView, memory: Memory) -> list[str]:
    """Return what goes on, the longest first; that bars are hidden is never left out."""
    if view.mode is None:
        return [tr("Practice")]
    pattern = tr(view.pattern)
    pattern = pattern[:1].upper() + pattern[1:]
    hidden = tr("bars hidden") if memory.hidden else ""
    bout = tr("bout {number}").format(number=view.number)
    ways = (pattern, bout, tr(MODES[view.mode])), (pattern, bout), (pattern,)
    return [" · ".join(filter(None, (*way, hidden))) for way in ways]


def _phase(view: PracticeView) -> str:
    words = tr(_PHASES[view.phase])
    if view.phase.moving and view.asked is not None and not view.asked.target:
        words = tr("At rest")  # nothing is to rise, or to be held
    timed = view.phase.moving or view.phase in (BoutPhase.REST, BoutPhase.SETTLE)
    seconds = tr("{s} s").format(s=ceil(view.left_s)) if timed and view.left_s > 0.0 else ""
    return f"{words} · {seconds}" if seconds else words


def _left(view: PracticeView) -> str:
    if view.phase.between:
        return ""
    minutes, seconds = divmod(ceil(view.bout_left_s), 60)
    return tr("{minutes}:{seconds:02d} of the bout left").format(minutes=minutes, seconds=seconds)


def _progress(view: PracticeView, bout_s: float) -> float:
    if view.phase.between or bout_s <= 0.0:
        return 0.0
    return min(max(1.0 - view.bout_left_s / bout_s, 0.0), 1.0)


_ADVICE = {
    BoutPhase.READY: mark("Choose a pattern. Space begins the first bout."),
    BoutPhase.ASK: mark("Digits name what was felt; Enter takes the answer."),
    BoutPhase.PAUSED: mark("Nothing is asked or scored. Space goes on."),
    BoutPhase.QUIET: mark("Nothing is asked or scored. Space goes on."),
    BoutPhase.REVEAL: mark("Look at it together: neither answer is wrong."),
}


def _advice(view: PracticeView) -> str:
    if ended(view):
        return tr("Space reaches the board again; the bouts so far are kept.")
    if connecting(view):
        return _reaching(view)
    if view.phase is BoutPhase.OVER:
        return f"{sentence(view.over_why)} {bout_sentence(view.attempts)} {_offered(view)}"
    if view.phase is BoutPhase.WAIT:
        return "" if edged(view) else _waiting(view)  # what is wrong is told below
    return tr(_ADVICE.get(view.phase, "")) or _spoken(view)


def _reaching(view: PracticeView) -> str:
    """Say calmly that the board is being reached: nothing is wrong, and nothing can begin yet."""
    reached = (one.sentence for one in view.troubles if one.kind is TroubleKind.CONNECTING)
    return sentence(next(reached, ""))


def _offered(view: PracticeView) -> str:
    """Offer the rest, and after it the next bout; neither is pressed (P7)."""
    left = ceil(view.pause_left_s)
    if left > 0:
        return tr("A rest is offered: {left} s more.").format(left=left)
    return tr("Rested. Another bout, if you both wish.")


def _waiting(view: PracticeView) -> str:
    if view.may_overrule:
        return f"{view.waiting} " + tr("N goes on all the same.")
    return view.waiting


def _spoken(view: PracticeView) -> str:
    """Return what somebody with closed eyes must be told (P6)."""
    if view.mode is not FeedbackMode.SOUND or view.asked is None:
        return ""
    words = {
        BoutPhase.RISE: view.asked.prompt,
        BoutPhase.HOLD: tr("and hold softly"),
        BoutPhase.RELEASE: tr("and let go"),
    }.get(view.phase, "")
    return tr("Say: “{words}”").format(words=words) if words else ""


def _sound(view: PracticeView, memory: Memory) -> str:
    """Silence would be taken for rest: where sound is all there is, say why there is none."""
    alone = view.mode is FeedbackMode.SOUND and not view.phase.between
    return memory.sound if alone else ""
