"""What the practice page asks of a session, and what its keys mean at each moment. No Qt."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from host.feedback.clinic import calibrate_state
from host.feedback.clinic.keys import Act
from host.session.practising.view import BoutPhase, TroubleKind
from host.translation import mark, tr

if TYPE_CHECKING:
    from pathlib import Path

    from host.feedback.clinic.appointment import Appointment
    from host.session.asked import Asked
    from host.session.practising.building import Appointed
    from host.session.practising.view import PracticeView, Trouble


class Wish(enum.Enum):
    """What a key means just now."""

    BEGIN = enum.auto()
    STOP = enum.auto()
    RESUME = enum.auto()
    PAUSE = enum.auto()
    SKIP = enum.auto()
    """Leave out the attempt or the question; after a long wait, go on."""
    ANSWER = enum.auto()
    """Take what was felt."""
    CHOOSE = enum.auto()
    """The pattern that follows."""
    RETRY = enum.auto()
    """Reach the board anew."""
    NONE = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A button as it is now."""

    words: str
    possible: bool = True
    advised: bool = False


def practice_asked(now: Appointment, sessions: Path) -> Asked:
    """Return what the session of practice is asked for; `sessions` is the folder of them."""
    return replace(
        calibrate_state.asked(now, sessions),
        profile=now.profile_path,
        electrodes="" if now.electrodes is None else now.electrodes.id,
        name="practice",
    )


def appointed(now: Appointment) -> Appointed:
    """Return who practises by which plan: what the gate asks for (P16)."""
    from host.session.practising.building import Appointed

    if now.patient is None or now.plan is None:
        raise ValueError("nobody is here, or without a plan")
    return Appointed(patient=now.patient, plan=now.plan, today=now.day, exclusions=now.exclusions)


def allowed_today(now: Appointment) -> tuple[str, ...]:
    """Return the names of the patterns that may be practised, in the plan's order (P16)."""
    from host.session.plan import practisable
    from host.session.plan_terms import known_patterns

    if now.patient is None or now.plan is None or now.montage is None:
        return ()
    known = known_patterns(now.own_patterns)
    found = practisable(now.patient, now.plan, now.day, montage=now.montage, known=known)
    return tuple(one.name for one in found)


def ended(view: PracticeView) -> bool:
    """Tell whether the session is over, and only a new one goes on."""
    return any(one.kind is TroubleKind.ENDED for one in view.troubles)


def connecting(view: PracticeView) -> bool:
    """Tell whether the board is being reached."""
    return any(one.kind is TroubleKind.CONNECTING for one in view.troubles)


def edged(view: PracticeView) -> bool:
    """Tell whether the link is what is wrong."""
    return any(one.kind is TroubleKind.LINK for one in view.troubles)


def told_troubles(view: PracticeView) -> dict[str, str]:
    """Return what is wrong by a key that stays while it lasts, however its words go on."""
    return {
        _lasting(one): one.sentence
        for one in view.troubles
        if one.kind is not TroubleKind.CONNECTING
    }


def _lasting(trouble: Trouble) -> str:
    """Return what stays the same: a link looks again, and the room on a disk is counted down."""
    match trouble.kind:
        case TroubleKind.CHANNEL:
            return trouble.sentence
        case TroubleKind.RECORDING:
            return "".join(one for one in trouble.sentence if not one.isdigit())
        case _:
            return trouble.kind.name


def meant(act: Act, view: PracticeView) -> Wish:
    """Return what a key means at this moment."""
    if ended(view):
        keys = {Act.START_STOP: Wish.RETRY}
    elif connecting(view):
        keys = {Act.NEXT: Wish.CHOOSE}
    elif view.phase.between:
        keys = {Act.START_STOP: Wish.BEGIN, Act.NEXT: Wish.CHOOSE}
    elif view.phase in (BoutPhase.PAUSED, BoutPhase.QUIET):
        keys = {Act.START_STOP: Wish.RESUME, Act.PAUSE: Wish.RESUME}
    else:
        keys = {Act.START_STOP: Wish.STOP, Act.PAUSE: Wish.PAUSE, **_onward(view)}
    return keys.get(act, Wish.NONE)


def _onward(view: PracticeView) -> dict[Act, Wish]:
    """Return the keys that lead on in a bout that runs; the rest cannot be skipped (P12)."""
    if view.phase is BoutPhase.ASK:
        return {Act.NEXT: Wish.ANSWER, Act.ACCEPT: Wish.ANSWER, Act.SKIP: Wish.SKIP}
    if view.phase.moving:
        return {Act.SKIP: Wish.SKIP}
    return {Act.NEXT: Wish.SKIP} if view.may_overrule else {}


_MAIN = {
    Wish.BEGIN: mark("Begin a bout"),
    Wish.STOP: mark("End the bout"),
    Wish.RESUME: mark("Go on"),
    Wish.RETRY: mark("Reach the board again"),
}
_NEXT = {
    Wish.CHOOSE: mark("Next pattern"),
    Wish.ANSWER: mark("Take the answer"),
    Wish.SKIP: mark("Go on all the same"),
}


def offers(view: PracticeView, *, hidden: bool, touched: bool, raw: bool) -> dict[Act, Offered]:
    """Return all buttons as they are at a moment."""
    main, following = meant(Act.START_STOP, view), meant(Act.NEXT, view)
    rested = view.phase is not BoutPhase.OVER or view.pause_left_s <= 0.0
    live = not (ended(view) or connecting(view))
    running = live and not view.phase.between
    paused = view.phase in (BoutPhase.PAUSED, BoutPhase.QUIET)
    begins = main in (Wish.BEGIN, Wish.RESUME, Wish.RETRY)
    return {
        Act.START_STOP: Offered(
            words=tr(_MAIN.get(main, mark("Begin a bout"))),
            possible=main is not Wish.NONE,
            # A rest is offered first: the next bout is never pressed (P7).
            advised=begins and rested,
        ),
        Act.NEXT: Offered(
            words=tr(_NEXT.get(following, mark("Next"))),
            possible=following is not Wish.NONE,
            advised=following in (Wish.ANSWER, Wish.SKIP),
        ),
        Act.PAUSE: Offered(words=tr("Pause"), possible=running and not paused),
        Act.SKIP: Offered(words=tr("Leave out"), possible=meant(Act.SKIP, view) is Wish.SKIP),
        Act.TOUCH: Offered(words=tr("Touch ends") if touched else tr("Touch"), possible=live),
        Act.NOTE: Offered(words=tr("Note"), possible=live),
        Act.MARK: Offered(words=tr("Mark"), possible=live),
        Act.HIDE_BARS: Offered(words=tr("Show bars") if hidden else tr("Hide bars")),
        Act.RAW: Offered(words=tr("Levels") if raw else tr("Raw signal")),
    }
