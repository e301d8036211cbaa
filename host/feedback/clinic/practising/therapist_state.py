"""Everything that the therapist's screen shows at one moment of practice. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from host.feedback.clinic.practise_state import Offered, offers
from host.feedback.clinic.practising.attempts_state import AttemptRow, attempt_rows
from host.feedback.clinic.practising.board_state import BoardState, board_state
from host.feedback.clinic.practising.board_supposed import with_supposed
from host.feedback.clinic.practising.head_state import HeadState, head_state
from host.feedback.clinic.practising.next_bout import as_judged, planned_now
from host.feedback.clinic.practising.offer_state import OfferState, offer_state
from host.feedback.clinic.practising.strip_state import StripState, strip_state
from host.session.practising.view import BoutPhase
from host.translation import tr

if TYPE_CHECKING:
    from host.clinic.plan import Plan
    from host.feedback.clinic.keys import Act
    from host.feedback.clinic.practising.memory import Memory
    from host.feedback.clinic.practising.supposed_state import Supposed
    from host.session.practising.worker import PracticeMoment
    from host.session.worker import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapistState:
    """Everything beside the patient's window."""

    head: HeadState = HeadState()
    board: BoardState = BoardState()
    attempts: tuple[AttemptRow, ...] = ()
    happened: tuple[str, ...] = ()
    offer: OfferState | None = None
    """The next bout; None while one runs."""
    asked: tuple[str, ...] | None = None
    """Codes of the muscles that may be felt; None while nothing is asked (P6)."""
    felt: frozenset[str] = frozenset()
    strip: StripState = StripState()
    offers: dict[Act, Offered] = field(default_factory=dict)


def therapist_state(
    moment: PracticeMoment,
    plan: Plan | None,
    allowed: tuple[str, ...],
    memory: Memory,
    *,
    raw: bool = False,
    supposed: Supposed | None = None,
) -> TherapistState:
    """Decide what the therapist sees; `plan` is the one in force, `raw`: raw signals are shown.

    `supposed` is the chosen line over the last attempts.
    """
    view, scene = moment.practice, moment.view.scene
    between = view.phase.between
    return TherapistState(
        head=head_state(view, memory, 0.0 if plan is None else plan.bout_s),
        board=board_now(moment, plan, memory, supposed),
        attempts=attempt_rows(view),
        happened=memory.happened,
        offer=offer_state(allowed, plan, view, memory) if between else None,
        asked=felt_codes(scene) if view.phase is BoutPhase.ASK and scene else None,
        felt=memory.felt,
        strip=strip_state(moment.view),
        offers=offers(view, hidden=memory.hidden, touched=moment.view.recording.touched, raw=raw),
    )


def board_now(
    moment: PracticeMoment, plan: Plan | None, memory: Memory, supposed: Supposed | None = None
) -> BoardState:
    """Decide what the board alone shows: its levels follow faster than words need to."""
    planned = planned_now(plan, moment.practice, memory)
    board = board_state(as_judged(moment, planned).view, planned, memory)
    if moment.practice.phase.between and planned is not None:
        pattern = tr(planned.name)
        board = replace(board, pattern=f"{pattern[:1].upper()}{pattern[1:]}")
    return with_supposed(board, supposed)


def felt_codes(scene: Scene) -> tuple[str, ...]:
    """Return the muscles that can be named, from forehead to neck: affected side (P6)."""
    from calibration.muscles import muscles

    own = {site.muscle for site in scene.montage.sites if site.side is scene.affected}
    return tuple(code for code in muscles() if code in own)
