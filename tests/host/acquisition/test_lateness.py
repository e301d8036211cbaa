"""Rows that are handed over late lose no index, and rows that are lost leave their hole."""

from dataclasses import dataclass

import numpy as np
import pytest

from host.acquisition.clock import Clock
from host.acquisition.counter import SampleCounter
from host.acquisition.numbering import Modular
from host.acquisition.rows import Rows
from host.chain.stream import FloatArray, IntArray

RATE_HZ = 250.0
WHOLE_S = 110.0
BEFORE_S = 30.0
"""So long all is well."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a counter made of some rows."""

    samples: IntArray
    true: IntArray
    rate_hz: float

    @property
    def shifts(self) -> set[int]:
        """By how much rows are misplaced."""
        return {int(one) for one in np.unique(self.samples - self.true)}


def counted(samples: IntArray, arrivals_s: FloatArray) -> Counted:
    """Hand rows over as they arrive, in pieces of 12 ms; none is refused."""
    clock = Clock(RATE_HZ)
    counter = SampleCounter(Modular(), clock, rate_hz=RATE_HZ, first=0)
    pieces = np.unique((arrivals_s / 0.012).astype(np.int64), return_index=True)[1][1:]
    placed = []
    for rows in np.split(np.arange(len(samples)), pieces):
        own = samples[rows]
        data = own[:, None].astype(np.float64)
        placed.append(counter.push(Rows(own % 256, arrivals_s[rows], data)))
        clock.check()
    return Counted(
        samples=np.concatenate([one.samples for one in placed]),
        true=np.concatenate([one.data[:, 0] for one in placed]).astype(np.int64),
        rate_hz=clock.rate_hz or np.nan,
    )


def stalled(stall_s: float, speed: float, burst_s: float = 0.0) -> FloatArray:
    """Return arrivals of which none comes for a while, and then all at `speed` times the rate."""
    samples = np.arange(round(WHOLE_S * RATE_HZ))
    behind = samples - BEFORE_S * RATE_HZ
    back_s = BEFORE_S + stall_s + behind / (RATE_HZ * speed)
    arrivals_s = np.where(behind < 0, samples / RATE_HZ, np.maximum(samples / RATE_HZ, back_s))
    return arrivals_s if burst_s == 0.0 else np.ceil(arrivals_s / burst_s - 1e-9) * burst_s


@pytest.mark.parametrize("burst_s", [0.0, 0.016])
@pytest.mark.parametrize("speed", [1.05, 1.2, 3.0, 100.0])
@pytest.mark.parametrize("stall_s", [0.4, 0.6, 0.9, 1.5, 2.6])
def test_a_backlog_is_no_loss_however_slowly_it_drains(
    stall_s: float, speed: float, burst_s: float
) -> None:
    arrivals_s = stalled(stall_s, speed, burst_s)
    found = counted(np.arange(len(arrivals_s)), arrivals_s)
    assert found.shifts == {0}
    assert len(found.samples) >= len(arrivals_s) - 1
    assert found.rate_hz == pytest.approx(RATE_HZ, rel=2e-3)


@pytest.mark.parametrize("speed", [1.05, 3.0])
def test_rows_lost_within_a_backlog_leave_their_holes(speed: float) -> None:
    random = np.random.default_rng(3)
    arrivals_s = stalled(2.0, speed)
    kept = random.random(len(arrivals_s)) > 0.01
    kept[:50] = True
    samples = np.flatnonzero(kept)
    found = counted(samples, arrivals_s[samples])
    assert found.shifts == {0}
    assert len(found.samples) >= 0.998 * len(samples)


@pytest.mark.parametrize("burst_s", [0.0, 0.016])
@pytest.mark.parametrize("lost", [256, 257, 300, 512, 700, 1024])
def test_rows_that_are_lost_for_longer_than_a_cycle_leave_their_hole(
    lost: int, burst_s: float
) -> None:
    samples = np.arange(round(WHOLE_S * RATE_HZ))
    begin = round(BEFORE_S * RATE_HZ)
    samples = samples[(samples < begin) | (samples >= begin + lost)]
    arrivals_s = samples / RATE_HZ
    if burst_s:
        arrivals_s = np.ceil(arrivals_s / burst_s - 1e-9) * burst_s
    found = counted(samples, arrivals_s)
    assert found.shifts == {0}
    assert len(found.samples) >= len(samples) - 1


def test_a_hole_that_was_none_does_not_bend_the_line() -> None:
    """For a second this backlog looks just as if a cycle were lost: no row tells the difference."""
    arrivals_s = stalled(1.02, 1.03)
    found = counted(np.arange(len(arrivals_s)), arrivals_s)
    assert found.shifts == {0, 256}
    assert found.rate_hz == pytest.approx(RATE_HZ, rel=2e-3)


def test_what_looked_like_a_backlog_and_stays_as_long_is_a_loss() -> None:
    """A second stall came before anybody could tell: the hole is found some seconds later."""
    samples = np.arange(round(WHOLE_S * RATE_HZ))
    begin = round(BEFORE_S * RATE_HZ)
    samples = samples[(samples < begin) | (samples >= begin + 256)]
    arrivals_s = samples / RATE_HZ
    stall = (samples >= begin + 280) & (samples < begin + 480)
    arrivals_s[stall] = (begin + 480) / RATE_HZ
    found = counted(samples, arrivals_s)
    assert found.shifts == {0, -256}
    assert found.samples[-1] == found.true[-1]
    assert np.count_nonzero(found.samples != found.true) < 10.0 * RATE_HZ
    assert found.rate_hz == pytest.approx(RATE_HZ, rel=2e-3)


def test_rows_that_are_still_watched_when_the_cable_is_pulled_are_not_lost() -> None:
    counter = SampleCounter(Modular(), Clock(RATE_HZ), rate_hz=RATE_HZ, first=0)
    samples = np.arange(1000)
    late_s = np.where(samples < 950, 0.0, 1.02)
    data = samples[:, None].astype(np.float64)
    rows = Rows(samples % 256, samples / RATE_HZ + late_s, data)
    before = counter.push(rows)
    after = counter.let_go(1)
    assert len(before.samples) < 1000
    np.testing.assert_array_equal(np.concatenate([before.samples, after.samples]), samples)
