"""Sequence numbers become an index with holes of the right length."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from host.acquisition.clock import Clock
from host.acquisition.counter import SampleCounter
from host.acquisition.numbering import Modular, Numbering
from host.acquisition.rows import Placed, Rows
from host.chain.stream import IntArray

RATE_HZ = 250.0


def rows(samples: IntArray, *, numbering: Numbering, late_s: float = 0.0) -> Rows:
    """Return the rows of these samples, each carrying its index as its only channel."""
    return Rows(
        samples % numbering.cycle,
        10.0 + samples / RATE_HZ + late_s,
        samples[:, None].astype(np.float64),
    )


def count(parts: list[Rows], numbering: Numbering, *, first: int = 0) -> tuple[Placed, int]:
    """Push the parts; return all that was placed, and how many rows were rejected."""
    counter = SampleCounter(numbering, Clock(RATE_HZ), rate_hz=RATE_HZ, first=first)
    placed = [counter.push(part) for part in parts]
    return (
        Placed(
            np.concatenate([part.samples for part in placed]),
            np.concatenate([part.arrivals_s for part in placed]),
            np.concatenate([part.data for part in placed]),
        ),
        counter.rejected,
    )


def cut(whole: Rows, points: list[int]) -> list[Rows]:
    """Cut rows at these points."""
    edges = [0, *sorted(points), len(whole)]
    return [
        Rows(whole.positions[a:b], whole.arrivals_s[a:b], whole.data[a:b])
        for a, b in itertools.pairwise(edges)
    ]


@given(
    step=st.sampled_from([1, 2]),
    lost=st.sets(st.integers(1, 296), max_size=120),
    points=st.lists(st.integers(0, 150), max_size=6),
)
def test_every_loss_leaves_a_hole_of_its_exact_length(
    step: int, lost: set[int], points: list[int]
) -> None:
    numbering = Modular(step=step)
    # The last three stay: the row after a gap is placed when the next one confirms it.
    samples = np.array([index for index in range(300) if index not in lost])
    whole = rows(samples, numbering=numbering)
    placed, rejected = count(cut(whole, [min(point, len(samples)) for point in points]), numbering)
    np.testing.assert_array_equal(placed.samples, samples)
    np.testing.assert_array_equal(placed.data[:, 0], samples)
    assert rejected == 0


@given(
    place=st.integers(5, 90),
    number=st.integers(0, 255),
    swallowed=st.integers(1, 2),
    points=st.lists(st.integers(0, 90), max_size=4),
)
def test_a_false_packet_between_true_ones_is_dropped(
    place: int, number: int, swallowed: int, points: list[int]
) -> None:
    numbering = Modular()
    kept = np.array([index for index in range(100) if not place <= index < place + swallowed])
    whole = rows(kept, numbering=numbering)
    false = Rows(np.array([number]), np.array([10.0 + place / RATE_HZ]), np.array([[-1.0]]))
    before, after = cut(whole, [place])
    with_false = before.then(false).then(after)
    placed, rejected = count(cut(with_false, points), numbering)
    if place <= number < place + swallowed:
        # It carries the very number that is missing: no counter can tell.
        assert len(placed.samples) == len(kept) + 1
        return
    np.testing.assert_array_equal(placed.samples, kept)
    assert rejected == 1


def test_rows_in_sequence_are_never_held() -> None:
    numbering = Modular()
    counter = SampleCounter(numbering, Clock(RATE_HZ), rate_hz=RATE_HZ, first=0)
    for index in range(300):
        assert len(counter.push(rows(np.array([index]), numbering=numbering)).samples) == 1


@pytest.mark.parametrize("missing", [255, 256, 257, 500, 1279, 1280])
def test_losses_longer_than_a_cycle_are_resolved_by_arrival(missing: int) -> None:
    numbering = Modular()
    samples = np.concatenate([np.arange(100), np.arange(100 + missing, 400 + missing)])
    whole = rows(samples, numbering=numbering)
    placed, _ = count(cut(whole, [100]), numbering)
    np.testing.assert_array_equal(placed.samples, samples)


def test_a_row_that_comes_twice_is_dropped() -> None:
    numbering = Modular()
    placed, rejected = count([rows(np.array([0, 1, 1, 2]), numbering=numbering)], numbering)
    assert placed.samples.tolist() == [0, 1, 2]
    assert rejected == 1


def test_a_board_that_counts_anew_goes_on_where_its_arrival_says() -> None:
    numbering = Modular()
    before = rows(np.arange(600), numbering=numbering)
    again = rows(np.arange(100), numbering=numbering, late_s=4.0)
    placed, _ = count([before, again], numbering)
    # 4 s after the start is sample 1000; its number says another.
    assert placed.samples[600] == pytest.approx(1000, abs=2)
    np.testing.assert_array_equal(np.diff(placed.samples[600:]), 1)


def test_the_first_row_is_the_sample_it_was_said_to_be() -> None:
    numbering = Modular()
    placed, _ = count([rows(np.arange(77, 80), numbering=numbering)], numbering, first=5000)
    assert placed.samples.tolist() == [5000, 5001, 5002]


def test_no_rows_are_legal() -> None:
    placed, _ = count([rows(np.arange(0), numbering=Modular())], Modular())
    assert placed.data.shape == (0, 1)


def backlog(samples: IntArray, *, start: int, stop: int) -> Rows:
    """Return rows of which those from `start` to `stop` were held up and came all at once."""
    whole = rows(samples, numbering=Modular())
    held_up = (samples >= start) & (samples < stop)
    return Rows(
        whole.positions,
        np.where(held_up, 10.0 + stop / RATE_HZ, whole.arrivals_s),
        whole.data,
    )


@given(
    length=st.integers(1, 600),
    lost=st.sets(st.integers(480, 1120), max_size=40),
    points=st.lists(st.integers(0, 1400), max_size=6),
)
@example(length=371, lost={806}, points=[1, 801])
def test_rows_that_were_held_up_are_where_their_numbers_say(
    length: int, lost: set[int], points: list[int]
) -> None:
    samples = np.array([index for index in range(1400) if index not in lost])
    late = backlog(samples, start=500, stop=500 + length)
    placed, _ = count(cut(late, [min(p, len(samples)) for p in points]), Modular())
    # Rows between two losses at the edge of a long backlog may be dropped; none is misplaced.
    np.testing.assert_array_equal(placed.samples, placed.data[:, 0])
    assert len(placed.samples) >= len(samples) - 12


@given(number=st.integers(0, 255), place=st.integers(300, 400), missing=st.integers(1, 30))
def test_a_false_number_never_shifts_what_comes_after_it(
    number: int, place: int, missing: int
) -> None:
    """Not even where packets were lost beside it, and it can pass for one of those."""
    kept = np.array([i for i in range(1000) if not place - missing < i <= place])
    before, after = cut(rows(kept, numbering=Modular()), [place - missing + 1])
    false = Rows(np.array([number]), np.array([10.0 + place / RATE_HZ]), np.array([[-1.0]]))
    placed, _ = count([before, false, after], Modular())
    true = placed.data[:, 0] >= 0
    np.testing.assert_array_equal(placed.samples[true], placed.data[true, 0])


@pytest.mark.parametrize("at_once", [60, 90, 200])
def test_rows_that_are_handed_over_all_at_once_in_the_beginning_lose_nothing(at_once: int) -> None:
    numbering = Modular(step=1)
    samples = np.arange(700)
    whole = rows(samples, numbering=numbering)
    arrivals_s = whole.arrivals_s.copy()
    # The computer was busy: the first rows come together, a thousandth of a second apart.
    arrivals_s[:at_once] = arrivals_s[at_once] - 1e-3 + 1e-5 * np.arange(at_once)
    burst = Rows(whole.positions, arrivals_s, whole.data)
    parts = cut(burst, [at_once, *range(at_once + 2, 700, 2)])
    placed, rejected = count(parts, numbering)
    np.testing.assert_array_equal(placed.samples, samples)
    assert rejected == 0
