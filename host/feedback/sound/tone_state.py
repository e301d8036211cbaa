"""What the patient hears at one moment: decided here, synthesised elsewhere. No Qt.

P6, P14: the tone *is* the unwanted activity of a muscle. It grows softer while the muscle relaxes
and is gone when it rests, so that silence is reached by letting go; there is nothing to earn, and
going over the line, or failing an attempt, has no sound of its own.

Unknown is never quiet, and here quiet is silence: so a muscle that cannot be measured must be
heard. It is given a faint, slowly swelling breath, toneless where all else is a tone, with a
loudness that never changes: it cannot be mistaken for rest, nor for a muscle that works, it
startles nobody, and there is nothing in it to work against. A touched muscle sounds the same (P5):
it is not measured. Somebody who hears the breath need do nothing; the therapist sees why.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from calibration.muscles import Side


class Timbre(enum.Enum):
    """Who is heard: a region of the face, or that one cannot be measured."""

    BROW = "brow"
    EYE = "eye"
    CHEEK = "cheek and nose"
    MOUTH = "mouth"
    CHIN = "chin and neck"
    NO_SIGNAL = "no signal"


REGION = {
    "FRO": Timbre.BROW,
    "COR": Timbre.BROW,
    "OOC": Timbre.EYE,
    "LLS": Timbre.CHEEK,
    "ZYG": Timbre.CHEEK,
    "OOR": Timbre.MOUTH,
    "DAO": Timbre.MOUTH,
    "MEN": Timbre.CHIN,
    "PLA": Timbre.CHIN,
}
"""The region of each muscle of T1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneSettings:
    """How loud a level is; loudness is as perceived, 0 (silence) to 1 (as loud as it gets)."""

    silent_below: float = 0.15
    """Share of the muscle's line below which there is silence: rest is never exactly 0."""
    at_line: float = 0.5
    """Loudness on the line: below it the tone already fades, and tells of letting go."""
    no_signal: float = 0.5
    """Loudness of the breath that stands for an unknown level."""

    def __post_init__(self) -> None:
        """Refuse settings with which the tone would not fade, or the breath not be heard."""
        if not 0.0 <= self.silent_below < 1.0:
            raise ValueError(f"silent_below must be from 0 to below 1, got {self.silent_below}")
        if not 0.0 < self.at_line < 1.0:
            raise ValueError(f"at_line must lie between 0 and 1, got {self.at_line}")
        if not 0.0 < self.no_signal <= 1.0:
            raise ValueError(f"unknown is never quiet: no_signal must be > 0, got {self.no_signal}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """One muscle that the patient listens to."""

    muscle: str
    side: Side
    activation: float | None
    """Share of the gentle reference; None where unknown. Never 0 for None."""
    line: float
    """Activation that the muscle should stay below."""

    def __post_init__(self) -> None:
        """Refuse muscles without a region, NaN in place of None, and a line at or below rest."""
        if self.muscle not in REGION:
            raise ValueError(f"no sound for {self.muscle!r}; known: {', '.join(REGION)}")
        if self.activation is not None and not (isfinite(self.activation) and self.activation >= 0):
            raise ValueError(f"an activation is a number from 0 on, or None; got {self.activation}")
        if not (isfinite(self.line) and self.line > 0.0):
            raise ValueError(f"a line must lie above rest, got {self.line}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One thing that is heard."""

    timbre: Timbre
    side: Side
    """The patient's side: it is heard on that side."""
    loudness: float
    """As perceived, above 0 (silence has no voice) to 1."""

    def __post_init__(self) -> None:
        """Refuse what is silent, and what is louder than everything."""
        if not 0.0 < self.loudness <= 1.0:
            raise ValueError(f"loudness must be above 0 and at most 1, got {self.loudness}")


def tone_state(
    listened: Iterable[Listened], settings: ToneSettings | None = None
) -> tuple[Voice, ...]:
    """Return what is heard: at most one voice for each region and side, the loudest of its muscles.

    A region with a muscle that is unknown is heard as the others of it are, and the breath of its
    side is added. Nothing at all means that every muscle is known to rest.
    """
    used = settings or ToneSettings()
    heard: dict[tuple[Timbre, Side], float] = {}
    for one in listened:
        timbre = Timbre.NO_SIGNAL if one.activation is None else REGION[one.muscle]
        key = (timbre, one.side)
        heard[key] = max(heard.get(key, 0.0), _loudness(one, used))
    return tuple(
        Voice(timbre=timbre, side=side, loudness=heard[timbre, side])
        for timbre in Timbre
        for side in Side
        if heard.get((timbre, side), 0.0) > 0.0
    )


def loudness_of(share: float, settings: ToneSettings) -> float:
    """Return the loudness of a level given as a share of its line.

    It grows evenly from silence up to the line; above it ever more slowly and never beyond 1, so
    that far too much is not loud (nothing alarms), yet still tells more from less.
    """
    if share <= settings.silent_below:
        return 0.0
    if share <= 1.0:
        return settings.at_line * (share - settings.silent_below) / (1.0 - settings.silent_below)
    room = 1.0 - settings.at_line
    above = settings.at_line * (share - 1.0)
    return settings.at_line + room * above / (above + room)


def _loudness(one: Listened, settings: ToneSettings) -> float:
    if one.activation is None:
        return settings.no_signal
    return loudness_of(one.activation / one.line, settings)
