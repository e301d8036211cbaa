"""What the patient's screen shows at one moment: decided here, painted elsewhere. No Qt."""

from dataclasses import dataclass

from calibration.muscles import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class BarState:
    """One quiet muscle of the affected side, or one plain channel."""

    name: str
    """The muscle in the patient's words: "Eye", "Neck"; or "Channel 3"."""
    muscle: str = ""
    """Code as in T1; empty for a plain channel, which lights nothing on the face."""
    side: Side | None = None
    fill: float | None
    """Height of the bar, 0 (quiet) to 1 (top); None when there is no signal. Never 0 for None."""
    threshold: float
    """Height of the line that the bar should stay below, 0 to 1."""
    over: bool = False
    """The muscle came along: decided by detection, with its hysteresis."""
    other: float | None = None
    """Height of the same muscle on the other side, as a faint mark (P3); None for no mark."""
    reason: str = ""
    """Why there is no signal, in a few words: "electrode loose?"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetState:
    """The muscle that leads the pattern: a slim corridor with an effort ceiling (P8)."""

    name: str
    muscle: str
    side: Side | None = None
    fill: float | None
    """0 to 1; None when there is no signal."""
    low: float
    """Lower end of the corridor, 0 to 1."""
    ceiling: float
    """Upper end of the corridor, 0 to 1: above it the only advice is "softer"."""
    softer: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenState:
    """Everything on the patient's screen (P: only what helps in this second)."""

    bars: tuple[BarState, ...] = ()
    target: TargetState | None = None
    prompt: str = ""
    """What to do, in two to five words: "Smile gently"."""
    hint: str = ""
    """One word or two below it, often empty: "softer", "let go"."""
    touch: tuple[str, ...] = ()
    """Codes of the muscles to touch, drawn on the face (P5)."""
    affected: Side | None = None
    notice: str = ""
    """A small line at the foot: "Not calibrated". """
    interruption: str = ""
    """A calm sentence in place of feedback: "No signal from the board. Looking for it again." """
