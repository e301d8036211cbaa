"""What happens in bouts of practice, besides their cues."""

from host.recording.dated import Dated


class BoutBegun(Dated, frozen=True, kw_only=True, tag="bout"):
    """From here on a bout of one pattern was practised, on these terms (P7)."""

    number: int
    """Counted from 1 in the session."""
    pattern: str
    mode: str
    """How attempts are fed back: `bars`, `sound`, `feel first` or `faded`."""
    faded_share: float
    bout_s: float
    rise_s: float
    hold_s: float
    release_s: float
    rest_s: float
    pause_s: float
    """Rest that is offered afterwards."""


class FeedbackSet(Dated, frozen=True, kw_only=True, tag="feedback"):
    """An attempt begins here, with or without feedback for the patient."""

    attempt: int
    """Its place in the bout, from 1."""
    shown: bool


class AttemptLeftOut(Dated, frozen=True, kw_only=True, tag="left out"):
    """An attempt was broken off here: it is not scored."""

    attempt: int
    why: str
    """One sentence."""


class Felt(Dated, frozen=True, kw_only=True, tag="felt"):
    """The patient said what moved in an attempt, before it was shown (P6)."""

    attempt: int
    muscles: tuple[str, ...] = ()
    """Codes as in T1, of the affected side; empty for "nothing"."""
    skipped: bool = False
    """Whether nobody answered."""


class BoutPaused(Dated, frozen=True, kw_only=True, tag="pause"):
    """A bout was paused, or goes on."""

    on: bool = True
    quiet: bool = False
    """Whether nothing is shown or heard meanwhile."""


class BoutEnded(Dated, frozen=True, kw_only=True, tag="bout over"):
    """A bout was over."""

    number: int
    why: str
    """One sentence."""


OF_BOUTS = (BoutBegun, FeedbackSet, AttemptLeftOut, Felt, BoutPaused, BoutEnded)
"""Whatever happens in bouts, besides their cues."""
