"""Give rows of a file their place on one axis of samples, by the board's count and the clock.

The count tells short gaps exactly, but starts again every 256 (or 201, or 200) samples; the
clock tells long ones, but stutters. Each is asked what the other cannot know.
"""

from dataclasses import dataclass

import numpy as np

from host.chain.stream import BoolArray, FloatArray, IntArray

_STUTTER_S = 0.25
"""The host's clock may be late by so much without anything being lost."""
_AGREE_S = 0.1
"""The clock agrees with a whole number of turns of the count within this."""
LONGEST_GAP_S = 6 * 3600.0
"""Beyond this the clock was set, or files of different days were joined."""
_LARGEST_COUNT = 2.0**53


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placement:
    """Which rows are samples, and which samples they are."""

    rows: IntArray
    index: IntArray
    """Sample number of each of `rows`, strictly rising."""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How a board counts: in steps, and from what count on again from 0."""

    step: int = 1
    length: int | None = None
    """None for a count that never starts again by itself."""


def place(
    counter: FloatArray | None, time_s: FloatArray | None, data_uv: FloatArray, rate_hz: float
) -> Placement:
    """Place rows; without a count they follow each other, save where the clock shows a gap."""
    rows = np.arange(len(data_uv))
    remarks: list[str] = []
    counts, turn = rows, Turn()
    if counter is not None:
        counted = np.flatnonzero(np.isfinite(counter) & (np.abs(counter) < _LARGEST_COUNT))
        counts, found = _regular(counter[counted].astype(np.int64))
        if found is None:
            remarks.append("The index column does not count; its rows were taken as they come.")
            counts = rows
        else:
            turn = found
            sound, said = _sound(counts, turn, data_uv[counted])
            rows, counts = counted[sound], counts[sound]
            remarks += said
    times = None if time_s is None else _filled(time_s[rows])
    even = None if times is None or turn.length else _even(times, rate_hz)
    lost, said = (even, []) if even is not None else _lost(counts, turn, times, rate_hz)
    index = np.concatenate([[0], np.cumsum(lost + 1)])[: len(rows)]
    return Placement(rows=rows, index=index, remarks=(*remarks, *said))


def _most_common(values: IntArray) -> tuple[int, int]:
    """Return the most common value and how often it is there; 0, 0 for none."""
    if not len(values):
        return 0, 0
    each, times = np.unique(values, return_counts=True)
    return int(each[np.argmax(times)]), int(np.max(times))


def _regular(counts: IntArray) -> tuple[IntArray, Turn | None]:
    """Return a count of samples and its turn; None for a column that does not count."""
    jumps = np.diff(counts)
    if not len(jumps):
        return counts, Turn()
    if np.mean(jumps == 0) > 0.25:
        counts, length = _pairs(counts)
        return counts, Turn(length=length) if np.mean(np.diff(counts) == 1) > 0.5 else None
    step, _ = _most_common(jumps[jumps > 0])
    if not step or np.mean(jumps == step) < 0.5:
        return counts, None
    back, often = _most_common(jumps[jumps < 0])
    top, length = int(np.max(counts)), step - back
    if back and top < length and (often > 1 or length in (201, 256)):
        return counts, Turn(step=step, length=length)
    return counts, Turn(step=step, length=256 if 0 <= np.min(counts) <= top < 256 else None)


def _pairs(counts: IntArray) -> tuple[IntArray, int]:
    """Count samples where the Ganglion sends two under one number.

    Its firmware 3 numbers packets 0-99 or 100-199; firmware 2 numbers them 1-100 or 101-200
    and sends a single sample as number 0.
    """
    second = np.concatenate([[False], np.diff(counts) == 0])
    if np.max(counts) in (100, 200):
        return np.where(counts == 0, 0, 2 * ((counts - 1) % 100) + 1 + second), 201
    return 2 * (counts % 100) + second, 200


def _sound(counts: IntArray, turn: Turn, data_uv: FloatArray) -> tuple[BoolArray, list[str]]:
    """Leave out rows written twice, and rows whose count does not belong between its neighbours."""
    ahead = _ahead(np.diff(counts), turn)
    again = np.zeros(len(counts), dtype=np.bool_)
    again[1:] = (np.diff(counts) == 0) & (data_uv[1:] == data_uv[:-1]).all(axis=1)
    garbled = np.zeros(len(counts), dtype=np.bool_)
    if len(counts) > 2:
        around = _ahead(counts[2:] - counts[:-2], turn)
        garbled[1:-1] = (ahead[:-1] != turn.step) & (ahead[1:] != turn.step)
        garbled[1:-1] &= (around == turn.step) | (around == 2 * turn.step)
        garbled &= ~again & ~np.roll(again, -1)
    said = []
    for which, what in ((again, "written twice"), (garbled, "with an index out of line")):
        rows = int(np.count_nonzero(which))
        if rows:
            said.append(f"{rows} row{'s' * (rows > 1)} {what} left out.")
    return ~(again | garbled), said


def _ahead(jumps: IntArray, turn: Turn) -> IntArray:
    return jumps % turn.length if turn.length else jumps


def _filled(time_s: FloatArray) -> FloatArray | None:
    """Return times without holes; None when more than a tenth is missing.

    A single row earlier than both its neighbours by a second is a hole as well.
    """
    known = np.isfinite(time_s)
    if len(time_s) > 2:
        known[1:-1] &= ~(time_s[1:-1] < np.fmin(time_s[:-2], time_s[2:]) - 1.0)
    if not len(time_s) or np.mean(known) < 0.9:
        return None
    rows = np.arange(len(time_s))
    return np.interp(rows, rows[known], time_s[known])


def _even(times: FloatArray, rate_hz: float) -> IntArray | None:
    """Return the gaps between times that were computed, not measured; None for a real clock."""
    steps = np.diff(times) * rate_hz
    whole = np.rint(steps)
    if (np.abs(steps - whole) > 0.1).any() or (whole < 1).any():
        return None
    if (whole > LONGEST_GAP_S * rate_hz).any():
        return None
    return whole.astype(np.int64) - 1


def _lost(
    counts: IntArray, turn: Turn, times: FloatArray | None, rate_hz: float
) -> tuple[IntArray, list[str]]:
    """Return how many samples are missing before each row but the first, and what to say of it."""
    ahead = _ahead(np.diff(counts), turn)
    lost = -(-ahead // turn.step) - 1  # -1 where the count stands: a whole turn less one, or none
    stopped = ahead < 0
    lost[stopped] = 1
    too_far = lost > LONGEST_GAP_S * rate_hz
    lost[too_far] = 1
    places = np.flatnonzero(stopped | too_far).tolist()
    said = [_restarted(row) for row in places] if times is None else []
    if times is not None:
        lost, said = _revised(lost, turn, times, rate_hz)
    return np.maximum(lost, 0), said[:5] + [f"… and {len(said) - 5} more such places."] * (
        len(said) > 5
    )


def _restarted(row: int) -> str:
    return f"The index starts again at row {row + 2}; how long the gap was is unknown."


def _revised(
    lost: IntArray, turn: Turn, times: FloatArray, rate_hz: float
) -> tuple[IntArray, list[str]]:
    """Ask the clock about every place where it disagrees with the count for good.

    The lag of a row is its arrival less the time its index stands for. Late rows raise it for
    a moment, lost samples for ever: compared is the least lag of the seconds before and after.
    """
    lag = times - np.concatenate([[0], np.cumsum(lost + 1)]) / rate_hz
    jumps = np.diff(lag)
    limits = np.where(lost != 0, _AGREE_S, _STUTTER_S)
    places = np.flatnonzero(np.abs(jumps) > limits)
    if len(places) > max(20, len(lost) // 50):
        return lost, ["The timestamps are too uneven to tell long gaps."]
    lost, said, correction, done = lost.copy(), [], 0.0, 0
    for where in places.tolist():
        lag[done : where + 1] -= correction
        done = where + 1
        reach = int(min(max(1.0, 2 * abs(jumps[where])) * rate_hz, 60 * rate_hz))
        before = np.min(lag[max(0, done - reach) : done])
        extra_s = float(np.min(lag[done : done + reach]) - correction - before)
        if abs(extra_s) <= limits[where]:
            continue
        correction += extra_s
        lost[where], sentence = _settled(int(lost[where]), turn, extra_s, rate_hz)
        if sentence:
            said.append(f"At row {done + 1} {sentence}.")
    return lost, said


def _settled(lost: int, turn: Turn, extra_s: float, rate_hz: float) -> tuple[int, str]:
    """Return the samples lost at a place where the clock says `extra_s` more than the count."""
    by_clock = round(lost + extra_s * rate_hz)
    if turn.length and extra_s > 0:
        samples = -(-turn.length // turn.step)
        turns = round(extra_s * rate_hz / samples)
        if turns and abs(extra_s - turns * samples / rate_hz) <= _AGREE_S:
            by_count = lost + turns * samples
            if by_count <= LONGEST_GAP_S * rate_hz:
                return by_count, ""
    if extra_s > LONGEST_GAP_S:
        return max(1, lost), "the clock leaps by hours; how long the gap was is unknown"
    if extra_s < 0 and not lost:
        return 0, f"the clock was set back by {-extra_s:.1f} s, and nothing is missing"
    if by_clock < -_STUTTER_S * rate_hz:
        return 1, "the index starts again and the clock goes back; the gap's length is unknown"
    gap_s = max(1, by_clock) / rate_hz
    return max(1, by_clock), (
        f"the recording was interrupted; by the timestamps the gap is {gap_s:.2f} s"
    )
