"""What is said to the patient: few words, no hurry, nothing to earn. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration.muscles import muscle
from host.clinic.plan import FeedbackMode
from host.session.practising.view import BoutPhase, TroubleKind
from host.translation import in_a_row, mark, tr

if TYPE_CHECKING:
    from calibration.montage import Montage
    from host.session.practising.view import PracticeView

LETS_GO = 2
"""Of so many muscles it is said that they work still; of more it says "the face"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A prompt, and a few words below it."""

    prompt: str = ""
    hint: str = ""


_CALM = {
    BoutPhase.READY: (mark("Welcome"), mark("We begin when you are ready.")),
    BoutPhase.SETTLE: (mark("Let your face rest"), ""),
    BoutPhase.RELEASE: (mark("Let go"), ""),
    BoutPhase.REST: (mark("Rest"), ""),
    BoutPhase.ASK: (mark("What moved?"), mark("Touch it on the face, or say it.")),
    BoutPhase.REVEAL: (mark("Felt and measured"), ""),
    BoutPhase.PAUSED: (mark("A pause"), mark("There is nothing to do.")),
    BoutPhase.QUIET: (mark("Rest now"), mark("There is nothing to do.")),
    BoutPhase.OVER: (mark("That was this bout"), mark("Rest for as long as you like.")),
}
_EDGES = {
    TroubleKind.ENDED: (mark("Rest now"), mark("Nothing is measured any more.")),
    TroubleKind.CONNECTING: (mark("One moment"), mark("We are getting ready.")),
    TroubleKind.LINK: (
        mark("Rest now"),
        mark("Nothing is measured for a moment. It goes on by itself."),
    ),
}
_BEFORE = {
    FeedbackMode.SOUND: mark("Close your eyes. Listen: silence is rest."),
    FeedbackMode.FEEL_FIRST: mark("Without bars: feel what moves."),
}
"""What is said at rest of the modes with nothing to look at (P6)."""


def said_to_patient(view: PracticeView, montage: Montage | None, *, sound: str = "") -> Said:
    """Return the words of a moment; `sound` says why nothing can be heard."""
    edge = edge_of(view)
    if edge is not None:
        return _said(_EDGES[edge])
    if view.phase in (BoutPhase.RISE, BoutPhase.HOLD):
        asked = "" if view.asked is None else view.asked.prompt
        return Said(prompt=tr(asked), hint=_moving(view))
    if view.phase is BoutPhase.WAIT:
        return _waiting(view, montage)
    said = _said(_CALM[view.phase])
    if view.phase is BoutPhase.REVEAL:
        return Said(prompt=said.prompt, hint=_agreed(view))
    if view.phase in (BoutPhase.SETTLE, BoutPhase.REST):
        return Said(prompt=said.prompt, hint=_at_rest(view, sound))
    return said


def edge_of(view: PracticeView) -> TroubleKind | None:
    """Return why nothing can be asked for at all; None where it can."""
    kinds = [one.kind for one in view.troubles if one.kind in _EDGES]
    return kinds[0] if kinds else None


def _said(words: tuple[str, str]) -> Said:
    return Said(prompt=tr(words[0]), hint=tr(words[1]))


def _moving(view: PracticeView) -> str:
    """Say the pace (P10); nothing more, whatever is measured. Rest has none."""
    if view.asked is not None and not view.asked.target:
        return ""
    pace = tr("slowly") if view.phase is BoutPhase.RISE else tr("hold softly")
    probe = view.mode is FeedbackMode.FADED and not view.bars
    return tr("{pace} – without bars").format(pace=pace) if probe else pace


def _at_rest(view: PracticeView, sound: str) -> str:
    if view.mode is FeedbackMode.SOUND and sound:
        return tr("There is no sound just now.")
    return "" if view.mode is None else tr(_BEFORE.get(view.mode, ""))


def _waiting(view: PracticeView, montage: Montage | None) -> Said:
    """Say what is still to let go of (P12), or that somebody looks after an electrode."""
    if view.unknown or montage is None:
        return Said(prompt=tr("Rest"), hint=tr("One moment: an electrode is looked after."))
    if not view.working:
        return Said(prompt=tr("Rest"))  # nothing that is known works: it only takes a moment
    codes = dict.fromkeys(montage.sites[at].muscle for at in view.working)
    names = [tr(muscle(code).plain).lower() for code in codes if code]
    if not 0 < len(names) <= LETS_GO:
        return Said(prompt=tr("Let go"), hint=tr("Let your face come to rest."))
    return Said(
        prompt=tr("Let go"),
        hint=tr("Let the {muscles} come to rest.").format(muscles=in_a_row(names)),
    )


def _agreed(view: PracticeView) -> str:
    """Say how well felt and measured agree, without a judgement (P6)."""
    agreement = view.attempts[-1].agreement if view.attempts else None
    if agreement is None:
        return tr("This is what was measured.")
    return tr("They agree in {agreed} of {compared}.").format(
        agreed=agreement.agreed, compared=agreement.compared
    )
