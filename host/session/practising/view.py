"""What practice shows at one moment: all that the two practice screens need."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calibration.patterns import Pattern
    from host.clinic.plan import FeedbackMode
    from host.session.practising.tried import Tried


class BoutPhase(enum.Enum):
    """What goes on at this moment; also the key of the patient's prompt."""

    READY = "ready"
    """No bout yet: the first is offered."""
    SETTLE = "settle"
    """Coming to rest before the first attempt, or after a pause."""
    RISE = "rise"
    HOLD = "hold"
    RELEASE = "release"
    REST = "rest"
    """At least the plan's rest."""
    WAIT = "wait"
    """Rest was long enough, and something is not released yet, or not known (P12)."""
    ASK = "ask"
    """ "What moved?" (P6); at rest meanwhile."""
    REVEAL = "reveal"
    """What was felt, beside what was measured; at rest meanwhile."""
    PAUSED = "paused"
    QUIET = "quiet"
    """Paused at once, by the key for it: nothing is asked, shown or heard."""
    OVER = "over"
    """The bout is over; a rest is offered, then the next bout."""

    @property
    def moving(self) -> bool:
        """Whether an attempt goes on."""
        return self in (BoutPhase.RISE, BoutPhase.HOLD, BoutPhase.RELEASE)

    @property
    def between(self) -> bool:
        """Whether no bout runs."""
        return self in (BoutPhase.READY, BoutPhase.OVER)


class TroubleKind(enum.Enum):
    """What is wrong, the gravest first."""

    ENDED = "ended"
    CONNECTING = "connecting"
    LINK = "link"
    """Nothing comes from the board."""
    CHANNEL = "channel"
    """A muscle that counts is not known."""
    RECORDING = "recording"
    """Practice goes on, and is not on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that is wrong now, calmly."""

    kind: TroubleKind
    sentence: str
    advice: str
    """What to do, and what happens by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeView:
    """One moment of practice. Nothing here is to be decided again."""

    number: int = 0
    """Of the bout that runs or was last; 0 before the first."""
    pattern: str = ""
    asked: Pattern | None = None
    """The pattern with the roles that are in force; None before the first frame."""
    mode: FeedbackMode | None = None
    """None before the first bout."""
    phase: BoutPhase = BoutPhase.READY
    phase_s: float = 0.0
    """For how long it has been in this phase."""
    left_s: float = 0.0
    """Until the phase ends by itself; 0 where it does not, or nobody knows when."""
    bout_left_s: float = 0.0
    """Until no further attempt begins (P7)."""
    pace: float = 0.0
    """The slow shape: 0 at rest, 1 while holding, between on the way (P10)."""
    bars: bool = False
    """Whether the patient may see bars now. The therapist sees them always."""
    sound: bool = False
    """Whether the patient's tone is on now; it is silent when all is quiet."""
    touch: tuple[str, ...] = ()
    """Muscles that the pattern asks to touch (P5)."""
    may_go_on: bool = False
    """Whether all that counts is released and known (P12)."""
    working: tuple[int, ...] = ()
    """Channels that count and are not released yet."""
    settling: tuple[int, ...] = ()
    """Channels that count, and are not known for long enough to be released."""
    unknown: tuple[int, ...] = ()
    """Channels that count and are not known: those are never released."""
    uncalibrated: tuple[int, ...] = ()
    """Those of the unknown that have no reference: no wait makes them known."""
    waiting: str = ""
    """Why the next attempt has not begun yet, one sentence; empty where nothing is waited for."""
    may_overrule: bool = False
    """Whether `go_on` begins the next attempt all the same: the wait was long."""
    attempt: int = 0
    """Place in the bout of the attempt that goes on or was last, from 1."""
    attempts: tuple[Tried, ...] = ()
    """Of this bout, in order; the last may still gain a word while its muscles come to rest."""
    earlier: tuple[Tried, ...] = ()
    """Of all bouts before."""
    over_why: str = ""
    """Why the bout ended, one sentence; empty while it runs."""
    pause_left_s: float = 0.0
    """What is left of the rest that is offered after a bout; the next may begin before that."""
    troubles: tuple[Trouble, ...] = ()
    """The gravest first; empty while all is well."""
    sample: int = 0
    """Up to which sample of the stream all of this is known."""
