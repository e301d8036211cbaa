"""Blinks: both eyes together, short, and asked for by nobody. They are no synkinesis of the eye.

An eye that has just begun to work may be blinking. Until that is decided it is doubted: no episode
begins there. What lasts longer than a blink counts from where it began. With one eye electrode, or
one eye unknown, something short cannot be told from a blink and is not counted either: it is given
as a blink that is not sure.

An eye begins in one of two ways: where it was at rest, by the energy detector; where it worked a
little already, as healthy eyes do in a smile (T2), by a surge above what it did just before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from calibration.montage import Montage
from calibration.patterns import Pattern
from host.chain.stream import BoolArray, FloatArray
from host.detection.bursts import Activity
from host.detection.cues import Phase
from host.detection.eye_turns import EyeMarks, EyesTogether, EyeTurn, Spell
from host.detection.surges import Surge, SurgeWatch

EYE = "OOC"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlinkLimits:
    """Settings: what may be a blink."""

    longest_s: float = 0.4
    """EMG of a blink lasts 0.1 to 0.3 s (VanderWerf 2003); longer ones close the eye."""
    apart_s: float = 0.06
    """Both eyes begin within this time."""
    ring_s: float = 0.12
    """So much later than a burst the ringing of the filters ends."""
    surge: Surge = Surge()
    """What begins where an eye works already."""

    def __post_init__(self) -> None:
        """Refuse blinks that end before they can be told."""
        if not 0.0 < self.apart_s < self.longest_s <= 2.0:
            raise ValueError(f"need 0 < apart_s < longest_s <= 2, got {self}")
        if not 0.0 <= self.ring_s <= 1.0:
            raise ValueError(f"ring_s must be 0 to 1, got {self.ring_s}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blink:
    """One blink, in samples, half-open."""

    onset: int
    offset: int
    channels: tuple[int, ...]
    """Columns of the eyes that showed it."""
    sure: bool = True
    """Whether both eyes were seen."""


Blinked: TypeAlias = tuple[tuple[int, Blink], ...]
"""Blinks, each with the row of the hop in which it was known."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doubts:
    """Where an eye may only be blinking, in consecutive hops."""

    where: BoolArray
    """`(n_hops, n_channels)`: no episode begins here."""
    excused: tuple[tuple[int, int], ...] = ()
    """Row and channel at which it is clear that all before was a blink."""
    blinks: Blinked = ()


class BlinkWatch:
    """Tells blinks from eyes that work, hop by hop in any number of hops at once."""

    def __init__(
        self, limits: BlinkLimits, montage: Montage, hop: int, rate_hz: float, lag_s: float
    ) -> None:
        """Expect `activity` to know of a strong burst's end `lag_s` after it."""
        sites = enumerate(montage.sites)
        self._eyes = [channel for channel, site in sites if site.muscle == EYE]
        self._columns = np.array(self._eyes, dtype=np.intp)
        self._hop = hop
        longest = round(limits.longest_s * rate_hz / hop)
        apart = max(1, round(limits.apart_s * rate_hz / hop))
        lag, later = (
            round((one + limits.ring_s) * rate_hz / hop) for one in (lag_s, limits.surge.lag_s)
        )
        shortest = round(limits.surge.shortest_s * rate_hz / hop)
        self._fresh = EyesTogether(shortest=0, longest=longest, apart=apart, lag=lag)
        self._on_top = EyesTogether(shortest=shortest, longest=longest, apart=apart, lag=later)
        self._surges = SurgeWatch(limits.surge, self._eyes, hop / rate_hz, longest + later)
        self._watching = True
        self._asked: Pattern | None = None
        self._told = 0
        """Up to before this hop blinks have been told: one found both ways is told once."""

    def ask(self, asked: Pattern, phase: Phase) -> None:
        """Follow the cues: while the eyes are to close there are no blinks to tell.

        In the rest between there are, or the eyes of who blinks would seem not to let go (P12). A
        probe that asks for blinks is another matter: there they are what is looked at (T2).
        """
        watching = EYE not in asked.target or asked.probe or phase is Phase.REST
        if watching and self._watching and asked == self._asked:
            return
        self._watching, self._asked = watching, asked
        self.restart()

    def restart(self) -> None:
        """Forget what may have been a blink: a gap came."""
        self._fresh.forget()
        self._on_top.forget()

    def push(self, activity: Activity, powers: FloatArray, rest_power: FloatArray) -> Doubts | None:
        """Return what is in doubt in these hops, and the blinks; None where there is neither.

        `powers` and `rest_power` are those that `activity` was found in.
        """
        known = activity.known.take(self._columns, axis=1)
        own: FloatArray = powers.take(self._columns, axis=1)
        if not known.all():
            own = np.where(known, own, np.nan)
        rest_power = rest_power.take(self._columns, axis=-1)
        surging = self._surges.push(activity.first, own, rest_power)
        if not self._watching:
            return None
        beginning = self._turns(activity)
        together = (self._fresh, self._on_top)
        if not (beginning or surging or any(one.waiting for one in together)):
            return None
        shape = activity.moving.shape
        fresh = self._fresh.push(
            activity.first, shape, beginning, lambda *at: self._free(activity, *at)
        )
        on_top = self._on_top.push(
            activity.first, shape, surging, lambda *at: self._seen(activity, *at) or None
        )
        return self._doubts(fresh, on_top)

    def _turns(self, activity: Activity) -> Sequence[EyeTurn]:
        """Return the turns of the eyes from rest to work and back, in order."""
        turns = activity.turns
        if turns is None:
            return ()
        every = zip(turns.rows.tolist(), turns.channels.tolist(), range(len(turns)), strict=True)
        found = []
        for row, channel, place in sorted(turn for turn in every if turn[1] in self._eyes):
            begins = bool(turns.begins[place])
            at = turns.onset(place) if begins else turns.offset(place)
            moment = None if turns.cut[place] else at
            found.append(EyeTurn(row=row, channel=channel, begins=begins, moment=moment))
        return found

    def _others(self, activity: Activity, row: int, channel: int) -> list[int]:
        """Return the eyes beside one that are known in a row."""
        return [eye for eye in self._eyes if eye != channel and activity.known[row, eye]]

    def _seen(self, activity: Activity, row: int, channel: int) -> bool:
        return bool(self._others(activity, row, channel))

    def _free(self, activity: Activity, row: int, channel: int) -> bool | None:
        """Tell whether the other eye has not begun before; None where it is not seen."""
        others = self._others(activity, row, channel)
        before = activity.moving[row - 1] if row else activity.before
        return not before[others].any() if others else None

    def _doubts(self, *found: EyeMarks) -> Doubts:
        """Put together what was found both ways."""
        spells = sorted(
            (spell for marks in found for spell in marks.spells), key=lambda one: one[0]
        )
        return Doubts(
            where=np.logical_or.reduce([marks.where for marks in found]),
            excused=tuple((row, eye) for row, spell in spells for eye in spell.channels),
            blinks=tuple((row, self._blink(spell)) for row, spell in spells if self._is_new(spell)),
        )

    def _is_new(self, spell: Spell) -> bool:
        """Tell whether nothing like it was told, and take note of it."""
        new = spell.onset >= self._told
        self._told = max(self._told, spell.offset)
        return new

    def _blink(self, spell: Spell) -> Blink:
        return Blink(
            onset=spell.onset * self._hop,
            offset=spell.offset * self._hop,
            channels=spell.channels,
            sure=not spell.alone,
        )
