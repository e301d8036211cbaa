"""Blinks: both eyes together, short, and asked for by nobody. They are no synkinesis of the eye.

An eye that has just begun to work may be blinking. Until that is decided it is doubted: no episode
begins there. What lasts longer than a blink counts from where it began. With one eye electrode, or
one eye unknown, something short cannot be told from a blink and is not counted either: it is given
as a blink that is not sure.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from calibration.montage import Montage
from calibration.patterns import Pattern
from host.chain.stream import BoolArray
from host.detection.bursts import Activity

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


@dataclass(slots=True)
class _Candidate:
    """What may become a blink."""

    seen: int
    """Hop in which the first eye was seen to begin."""
    onsets: dict[int, int]
    """Hop at which each eye began, by channel."""
    offsets: dict[int, int]
    alone: bool
    """Whether the other eye cannot be seen."""


class BlinkWatch:
    """Tells blinks from eyes that work, hop by hop in any number of hops at once."""

    def __init__(
        self, limits: BlinkLimits, montage: Montage, hop: int, rate_hz: float, lag_s: float
    ) -> None:
        """Expect `activity` to know of a strong burst's end `lag_s` after it."""
        sites = enumerate(montage.sites)
        self._eyes = [channel for channel, site in sites if site.muscle == EYE]
        self._hop = hop
        self._longest = round(limits.longest_s * rate_hz / hop)
        self._apart = max(1, round(limits.apart_s * rate_hz / hop))
        self._lag = round((lag_s + limits.ring_s) * rate_hz / hop)
        self._watching = True
        self._candidate: _Candidate | None = None

    def ask(self, asked: Pattern) -> None:
        """Follow another pattern: where closing the eyes is asked for there are no blinks to tell.

        A probe that asks for blinks is another matter: there they are what is looked at (T2).
        """
        self._watching = EYE not in asked.target or asked.probe
        self._candidate = None

    def restart(self) -> None:
        """Forget what may have been a blink: a gap came."""
        self._candidate = None

    def push(self, activity: Activity) -> Doubts | None:
        """Return what is in doubt in these hops, and the blinks; None where there is neither."""
        turns = self._turns(activity) if self._watching else []
        if self._candidate is None and not turns:
            return None
        doubts = _Marks(activity.moving.shape)
        row = 0
        for at, channel, place in turns:
            self._wait(row, at, activity.first, doubts)
            row = at
            self._take(activity, at, channel, place, doubts)
        self._wait(row, len(activity), activity.first, doubts)
        return Doubts(
            where=doubts.where, excused=tuple(doubts.excused), blinks=tuple(doubts.blinks)
        )

    def _turns(self, activity: Activity) -> list[tuple[int, int, int]]:
        """Return row, channel and place of the turns of the eyes, in order."""
        turns = activity.turns
        if turns is None:
            return []
        every = zip(turns.rows.tolist(), turns.channels.tolist(), range(len(turns)), strict=True)
        return sorted(turn for turn in every if turn[1] in self._eyes)

    def _take(
        self, activity: Activity, row: int, channel: int, place: int, doubts: "_Marks"
    ) -> None:
        """Take a turn of an eye."""
        turns = activity.turns
        if turns is None:
            return
        if turns.begins[place]:
            self._begin(activity, row, channel, turns.onset(place))
        elif self._candidate is not None and channel in self._candidate.onsets:
            offset = None if turns.cut[place] else turns.offset(place)
            self._end(row, channel, offset, doubts)

    def _begin(self, activity: Activity, row: int, channel: int, onset: int) -> None:
        """Take the beginning of an eye's burst."""
        number = activity.first + row
        candidate = self._candidate
        if candidate is not None:
            candidate.onsets.setdefault(channel, onset)
            candidate.offsets.pop(channel, None)
            return
        others = [eye for eye in self._eyes if eye != channel]
        seen = [eye for eye in others if activity.known[row, eye]]
        if any(activity.moving[row - 1, eye] if row else activity.before[eye] for eye in seen):
            return
        self._candidate = _Candidate(
            seen=number, onsets={channel: onset}, offsets={}, alone=not seen
        )

    def _end(self, row: int, channel: int, offset: int | None, doubts: "_Marks") -> None:
        """Take the end of an eye's burst; None where it was cut, and may have gone on."""
        candidate = self._candidate
        if candidate is None:
            return
        if offset is None:
            self._candidate = None
            return
        candidate.offsets[channel] = offset
        if set(candidate.offsets) != set(candidate.onsets):
            return
        self._candidate = None
        onset, offset = min(candidate.onsets.values()), max(candidate.offsets.values())
        if offset - onset > self._longest:
            return
        channels = tuple(sorted(candidate.onsets))
        blink = Blink(
            onset=onset * self._hop,
            offset=offset * self._hop,
            channels=channels,
            sure=not candidate.alone,
        )
        doubts.blinks.append((row, blink))
        doubts.excused.extend((row, eye) for eye in channels)

    def _wait(self, row: int, stop: int, first: int, doubts: "_Marks") -> None:
        """Let time pass from one row to before another; what is too late for a blink is none."""
        candidate = self._candidate
        if candidate is None:
            return
        late = min(candidate.onsets.values()) + self._longest + self._lag
        if len(candidate.onsets) < 2 and not candidate.alone:
            late = min(late, candidate.seen + self._apart)
        until = min(max(late - first, row), stop)
        doubts.where[row:until, sorted(candidate.onsets)] = True
        if until < stop:
            self._candidate = None


class _Marks:
    """What is found while walking through hops."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.where: BoolArray = np.zeros(shape, dtype=np.bool_)
        self.excused: list[tuple[int, int]] = []
        self.blinks: list[tuple[int, Blink]] = []
