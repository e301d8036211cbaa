"""When each muscle is active at all: the energy of the last moments against that at rest.

A window of 48 ms with hysteresis is within a third of what any detector can do where there are many
degrees of freedom in it. A shorter one beside it sees strong activity sooner; a longer one sees
what is faint, and does not break it into pieces, where there are few (`python -m benchmarks
detection`). Sums are of whole numbers: equal to the last bit for every cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.freedom import Freedom
from host.chain.amplitude import Levels
from host.chain.stream import BoolArray, FloatArray, IntArray
from host.detection.alarms import design_ratios
from host.detection.bursts import Activity, Begun, Burst, Turns
from host.detection.latch import Latch
from host.detection.recent import Recent
from host.detection.windowed import PowerWindows


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    """Settings of the detector."""

    sudden_s: float = 0.012
    window_s: float = 0.048
    faint_s: float = 0.192
    """Windows for what is strong, usual and faint."""
    false_alarms: float = 0.1
    """So often a minute a muscle at rest may be called active, by all windows together."""
    hysteresis: float = 0.5
    """Activity goes on while it is above rest by this share of what the threshold is: of many
    degrees of freedom 0.75 of the threshold itself; that share of a low one is lost in the noise.
    """
    off_s: float = 0.08
    """And is over when it was below for so long."""
    fresh: float = 0.3
    """The longest window holds on only while the usual one has this share of its mean: or the end
    of something strong would be seen as late as that of something faint."""

    def __post_init__(self) -> None:
        """Refuse windows out of order, and rates and shares that are none."""
        if not 0.0 < self.sudden_s <= self.window_s <= self.faint_s <= 1.0:
            raise ValueError(f"need 0 < sudden_s <= window_s <= faint_s <= 1, got {self}")
        if not (0.0 < self.false_alarms <= 60.0 and 0.0 < self.off_s <= 1.0):
            raise ValueError(f"need 0 < false_alarms <= 60 and 0 < off_s <= 1, got {self}")
        if not (0.0 < self.hysteresis <= 1.0 and 0.0 <= self.fresh < 1.0):
            raise ValueError(f"hysteresis and fresh are shares, got {self}")


class EnergyDetector:
    """Powers of hops in, activity of each channel out, over any number of hops at once.

    What is unknown is neither active nor quiet: it ends a burst as cut.
    """

    def __init__(
        self, settings: Energy, hop: int, rate_hz: float, freedoms: Sequence[Freedom]
    ) -> None:
        """Watch a channel for each of `freedoms`, which say how its power scatters at rest."""
        hop_s, channels = hop / rate_hz, len(freedoms)
        times_s = (settings.sudden_s, settings.window_s, settings.faint_s)
        sudden, usual, faint = (max(1, round(time_s / hop_s)) for time_s in times_s)
        self._hop, self._settings = hop, settings
        # The newer half of the longest window has to pass its threshold too: what is behind does
        # not begin anything.
        widths = (sudden, usual, -(-faint // 2), faint)
        self._widths = np.array(widths)[:, np.newaxis, np.newaxis]
        rarely = settings.false_alarms / 60.0 * hop_s
        ratios = design_ratios(rarely, (sudden, usual, faint), hop_s, freedoms)
        self._ratios = ratios[[0, 1, 2, 2], np.newaxis]
        self._share = settings.fresh * usual / faint
        self._windows = PowerWindows(widths, channels)
        self._latch = Latch(max(1, round(settings.off_s / hop_s)), channels)
        # As late as the end of something faint is seen, some of it must be there to date it.
        self._memory, self._faint = faint + self._latch.off_hops + 2 * usual, faint
        self._recent = Recent(self._memory)
        self._rest = np.empty(0)
        self._rested = False
        """Whether the power at rest is known everywhere."""
        self._lines = self._less = np.empty(0)
        """Where activity begins, and down to where it goes on; `(n_windows, n_hops or 1, n)`."""
        self._next: int | None = None
        zeros: IntArray = np.zeros(channels, dtype=np.int64)
        self._begun = Begun(seen=zeros, free=zeros, ratios=np.ones((channels, faint)))
        self._free = zeros
        """Hop from which on the next one can have begun."""

    @property
    def lag_s(self) -> float:
        """How long after the end of something strong that is known, in seconds."""
        return self._settings.window_s + self._settings.off_s

    def push(self, levels: Levels, rest_power: FloatArray) -> Activity:
        """Return what is active; after a jump of the hops' numbers nothing goes on.

        `rest_power` is the mean power at rest in uV², `(n_channels,)` or one row a hop; NaN where
        it is not known yet.
        """
        powers = powers_of(levels)
        if levels.first != self._next:
            self._restart()
        self._next = levels.first + len(levels)
        self._recent.add(powers)
        self._compare_with(rest_power)
        sums, whole = self._windows.push(powers)
        known = self._known(sums, levels.rms_uv, whole=whole)
        rises = self._rising(sums)
        before, begun = self._latch.active, self._begun
        moving, turns = rises, None
        if self._latch.any or rises.any():
            rises &= known
            moving, changed = self._latch.push(rises, self._holding(sums), known)
            turns = self._turns(int(levels.first), before, moving, known) if changed else None
        return Activity(
            first=int(levels.first),
            hop=self._hop,
            moving=moving,
            known=known,
            before=before,
            begun=begun,
            turns=turns,
        )

    def close(self, number: int) -> tuple[Burst, ...]:
        """End whatever goes on before hop `number`, as cut: a gap, or the end."""
        going = np.flatnonzero(self._latch.active).tolist()
        self._latch.restart()
        return tuple(
            Burst(
                channel=channel,
                onset=self._begun.onset(channel) * self._hop,
                offset=number * self._hop,
                cut=True,
            )
            for channel in going
        )

    def _restart(self) -> None:
        """Forget all powers."""
        self._windows.restart()
        self._recent.clear()
        self._latch.restart()

    def _compare_with(self, rest_power: FloatArray) -> None:
        """Take thresholds from this power at rest."""
        if rest_power is self._rest:
            return
        self._rest, self._rested = rest_power, not np.isnan(rest_power).any()
        # Of sums, not of means.
        rest = self._widths * np.atleast_2d(rest_power)
        share = self._settings.hysteresis
        self._lines = self._ratios * rest
        self._less = share * self._lines + (1.0 - share) * rest

    def _known(self, sums: FloatArray, rms_uv: FloatArray, *, whole: bool) -> BoolArray:
        known = np.ones(rms_uv.shape, dtype=np.bool_)
        if not whole:
            known = ~(np.isnan(sums[0]) | np.isnan(rms_uv))
        if not self._rested:
            known &= ~np.isnan(self._rest)
        return known

    def _rising(self, sums: FloatArray) -> BoolArray:
        sudden, usual, newer, faint = sums >= self._lines
        newer &= faint
        newer |= usual
        newer |= sudden
        rising: BoolArray = newer
        return rising

    def _holding(self, sums: FloatArray) -> BoolArray:
        sudden, usual, _, faint = sums >= self._less
        faint &= sums[1] >= self._share * sums[3]
        faint |= usual
        faint |= sudden
        holding: BoolArray = faint
        return holding

    def _turns(self, first: int, before: BoolArray, moving: BoolArray, known: BoolArray) -> Turns:
        """Return where bursts begin and end, and keep what the next hops need of it."""
        changes = moving != np.concatenate([before[np.newaxis], moving[:-1]])
        channels, rows = np.nonzero(changes.T)
        begins, seen = moving[rows, channels], first + rows
        cut = ~(begins | known[rows, channels])
        quiet = np.where(cut, seen, seen - self._latch.off_hops + 1)
        follows = np.zeros(len(rows), dtype=np.bool_)
        np.equal(channels[1:], channels[:-1], out=follows[1:])
        turns = Turns(
            rows=rows,
            channels=channels,
            begins=begins,
            cut=cut,
            seen=seen,
            free=np.where(follows, np.concatenate([quiet[:1], quiet[:-1]]), self._free[channels]),
            powers=self._recent.last(self._memory + len(moving)),
            rest=self._rest[channels] if self._rest.ndim == 1 else self._rest[rows, channels],
            memory=self._memory,
            faint=self._faint,
            begun=self._begun,
        )
        self._carry(turns, quiet)
        return turns

    def _carry(self, turns: Turns, quiet: IntArray) -> None:
        """Keep what dates the bursts that go on, and from when on the next can have begun."""
        self._free = self._free.copy()
        self._free[turns.channels[~turns.begins]] = quiet[~turns.begins]
        # The last turn of a channel, where a burst begins there.
        last = turns.begins & np.append(turns.channels[1:] != turns.channels[:-1], True)
        if not last.any():
            return
        own, begun = turns.channels[last], self._begun
        seen, free, ratios = begun.seen.copy(), begun.free.copy(), begun.ratios.copy()
        seen[own], free[own] = turns.seen[last], turns.free[last]
        places = turns.rows[last, np.newaxis] + self._memory - np.arange(self._faint)[::-1]
        ratios[own] = turns.powers[places, own[:, np.newaxis]] / turns.rest[last, np.newaxis]
        self._begun = Begun(seen=seen, free=free, ratios=ratios)


def powers_of(levels: Levels) -> FloatArray:
    """Return the mean power of each hop, `(n_hops, n_channels)`; levels without it are refused."""
    if levels.hop_power_uv2 is None:
        raise ValueError("these levels do not say what power each hop has")
    return levels.hop_power_uv2
