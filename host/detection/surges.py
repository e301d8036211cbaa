"""Surges: a sudden rise of a muscle's power above its own level just before, and its fall.

Where a muscle works a little all the time, something new has no beginning for a detector that asks
for more than rest. It is told by what the same muscle did a moment ago. A movement at the pace of a
pattern (P10) rises too slowly for that.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from host.chain.stream import BoolArray, FloatArray
from host.detection import dating
from host.detection.eye_turns import EyeTurn
from host.detection.recent import Recent
from host.detection.windowed import PowerWindows

_MOST_HOPS = 128
"""Longer windows cannot be summed exactly: see `PowerWindows`."""
_LEAST_UV2 = 1e-9
"""Above nothing everything is sudden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """Settings: what is sudden, and what has fallen back."""

    window_s: float = 0.048
    """As long as the usual window of `Energy`."""
    rise_s: float = 0.06
    """What just was ends so long before that window: a blink shuts the lid in as much time."""
    before_s: float = 0.3
    """And is the mean over this."""
    rises: float = 5.0
    """So many times that, or the power at rest, is a surge. Measured: decision 21."""
    joins: float = 2.5
    """And so many times is one together with that of another eye: one that works harder rises by
    a smaller share."""
    falls: float = 2.0
    """Down to so many times that it goes on, …"""
    fallen: float = 0.1
    """… or to this share of its peak: a movement may have grown meanwhile."""
    shortest_s: float = 0.08
    """What is shorter is chance; EMG of a blink lasts 0.1 s or more (VanderWerf 2003)."""
    off_s: float = 0.06
    """And is over when it was below for so long."""

    def __post_init__(self) -> None:
        """Refuse surges that are over before they begin, and times of no length."""
        if not 1.0 <= self.falls < self.joins <= self.rises or not 0.0 <= self.fallen < 1.0:
            raise ValueError(f"need 1 <= falls < joins <= rises and fallen a share, got {self}")
        if not 0.0 < self.window_s <= self.before_s <= 1.0:
            raise ValueError(f"need 0 < window_s <= before_s <= 1, got {self}")
        times_s = (self.rise_s, self.shortest_s, self.off_s)
        if not all(0.0 <= time_s <= 1.0 for time_s in times_s):
            raise ValueError(f"need times within a second, got {self}")

    @property
    def lag_s(self) -> float:
        """How long after the end of a surge that is known, in seconds."""
        return self.window_s + self.off_s


@dataclass(slots=True, kw_only=True)
class _Going:
    """A surge that goes on; powers in uV², as means over the window."""

    onset: int
    """Hop at whose start it began."""
    before: float
    peak: float
    steady: int = 0
    """For how many hops nothing has risen."""
    below: int = 0
    """For how many hops it has been below the line at which it ends."""


class SurgeWatch:
    """Finds the surges of some channels, over any number of hops at once."""

    def __init__(self, settings: Surge, eyes: list[int], hop_s: float, longest: int) -> None:
        """Follow these columns; a surge of more than `longest` hops is of no interest."""

        def hops(time_s: float) -> int:
            return max(1, round(time_s / hop_s))

        self._settings, self._eyes = settings, eyes
        self._window = hops(settings.window_s)
        self._past = min(hops(settings.before_s), _MOST_HOPS)
        self._off = hops(settings.off_s)
        self._rise = round(settings.rise_s / hop_s)
        self._apart = self._window + self._rise
        """So many hops earlier ends what just was."""
        self._longest = longest + hops(settings.lag_s)
        self._windows = PowerWindows((min(self._window, self._past), self._past), len(eyes))
        self._recent = Recent(self._longest + self._apart)
        self._next: int | None = None
        self._restart()

    def _restart(self) -> None:
        """Forget all powers."""
        self._windows.restart()
        self._recent.clear()
        self._tail: FloatArray = np.full((self._apart, len(self._eyes)), np.nan)
        self._strong: BoolArray = np.zeros((self._rise, len(self._eyes)), dtype=np.bool_)
        self._going: dict[int, _Going] = {}

    def push(self, first: int, powers: FloatArray, rest_power: FloatArray) -> list[EyeTurn]:
        """Return where surges begin and end, in order; after a jump of the hops nothing goes on.

        `powers` is `(n_hops, n_eyes)` from hop `first` on, NaN where unknown; `rest_power` is the
        mean power at rest, `(n_eyes,)` or one row a hop.
        """
        if first != self._next:
            self._restart()
        self._next = first + len(powers)
        if not (self._eyes and len(powers)):
            return []
        self._recent.add(powers)
        sums, _ = self._windows.push(powers)
        earlier = np.concatenate([self._tail, sums[1]])
        self._tail = earlier[len(powers) :]
        # What is unknown compares as false: neither a surge nor the past of one.
        past = np.maximum(earlier[: len(powers)] / self._past, _LEAST_UV2)
        before = np.maximum(past, rest_power)
        now = np.where(np.isnan(powers), np.nan, sums[0] / self._window)
        rises = self._rising(now, before)
        if not (self._going or rises.any()):
            return []
        turns = [
            turn
            for place in range(len(self._eyes))
            for turn in self._walk(place, first, now[:, place], before[:, place], rises[:, place])
        ]
        return sorted(turns, key=lambda turn: (turn.row, turn.channel))

    def _rising(self, now: FloatArray, before: FloatArray) -> BoolArray:
        """Return where a surge may begin, `(n_hops, n_eyes)`."""
        strong = now >= self._settings.rises * before
        joined = np.concatenate([self._strong, strong])
        self._strong = joined[len(strong) :]
        if not joined.any():
            return strong
        lately = sliding_window_view(joined, len(self._strong) + 1, axis=0).any(axis=-1)
        # Another one than itself: more than one, or one that is not the same.
        others = np.count_nonzero(lately, axis=1, keepdims=True) > lately
        rising: BoolArray = strong | (others & (now >= self._settings.joins * before))
        return rising

    def _walk(
        self, place: int, first: int, now: FloatArray, before: FloatArray, rises: BoolArray
    ) -> list[EyeTurn]:
        """Go from turn to turn of one eye."""
        turns: list[EyeTurn] = []
        row = 0
        while row < len(now):
            going = self._going.get(place)
            if going is None:
                row += int(rises[row:].argmax())
            if self._begins(going, anew=bool(rises[row])):
                onset = self._onset(place, first, row, len(now), before[row])
                self._going[place] = _Going(onset=onset, before=before[row], peak=now[row])
                turns.append(self._turn(row, place, onset, begins=True))
            elif going is None:
                break
            elif self._is_over(going, now[row]):
                offset = None
                if going.below:
                    offset = self._offset(place, first, row, len(now), going)
                del self._going[place]
                turns.append(self._turn(row, place, offset, begins=False))
            elif first + row - going.onset > self._longest:
                del self._going[place]
            row += 1
        return turns

    def _begins(self, going: _Going | None, *, anew: bool) -> bool:
        """Take one hop; tell whether a surge begins, also one on top of a movement's beginning."""
        if going is None:
            return anew
        begins = anew and going.steady > self._rise
        going.steady = 0 if anew else going.steady + 1
        return begins

    def _turn(self, row: int, place: int, moment: int | None, *, begins: bool) -> EyeTurn:
        return EyeTurn(row=row, channel=self._eyes[place], begins=begins, moment=moment)

    def _is_over(self, going: _Going, now: float) -> bool:
        """Take one hop of a surge; tell whether it is over, with `below` 0 where it was lost."""
        if np.isnan(now):
            going.below = 0
            return True
        going.peak = max(going.peak, now)
        going.below = going.below + 1 if now < self._end(going) else 0
        return going.below >= self._off

    def _end(self, going: _Going) -> float:
        """Return the power below which a surge has fallen back."""
        return max(self._settings.falls * going.before, self._settings.fallen * going.peak)

    def _last(self, place: int, row: int, rows: int, hops: int) -> FloatArray:
        """Return so many powers of an eye up to a row of the newest `rows`."""
        later = rows - 1 - row
        found = self._recent.last(hops + later)[:, place]
        return found[: len(found) - later]

    def _onset(self, place: int, first: int, row: int, rows: int, before: float) -> int:
        powers = self._last(place, row, rows, self._apart)
        return first + row + 1 - dating.newest(powers / before)

    def _offset(self, place: int, first: int, row: int, rows: int, going: _Going) -> int:
        start = max(going.onset, first + row + 1 - self._longest)
        powers = self._last(place, row, rows, first + row + 1 - start)
        return start + dating.oldest(powers / self._end(going))
