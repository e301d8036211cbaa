"""Times of samples from late arrivals, and the rate that they show."""

import math

import numpy as np
import pytest

from host.acquisition.clock import Clock, ClockSettings
from host.errors import RateError
from tests.host.acquisition.arrivals import Link, errors_s, time_of_refusal

LINKS = {
    "one by one": Link(),
    "bursts of 16 ms": Link(burst_s=0.016, true_hz=250.05),
    "bursts, fast board": Link(burst_s=0.016, true_hz=250.2),
    "bursts, slow board, loss": Link(burst_s=0.016, true_hz=248.0, loss=0.01),
    "clumps of up to 40 ms": Link(clump_s=0.04),
    "a freeze of 0.4 s": Link(burst_s=0.016, true_hz=250.2, freeze=(60.0, 0.4)),
}


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_times_are_true_to_a_millisecond_though_arrivals_are_late(link: Link) -> None:
    errors = errors_s(link, 150.0, settled_s=10.0)
    assert abs(errors.mean()) <= 0.8e-3
    assert errors.std() <= 1.0e-3


def test_a_known_line_is_found_exactly() -> None:
    clock = Clock(250.0)
    samples = np.arange(1000)
    clock.push(samples, 5.0 + samples / 251.0)
    assert clock.rate_hz == pytest.approx(251.0)
    assert clock.time_of(2000) == pytest.approx(5.0 + 2000 / 251.0)
    assert clock.sample_at(5.0) == pytest.approx(0.0, abs=1e-6)


def test_nothing_is_known_before_the_first_arrival() -> None:
    clock = Clock(250.0)
    clock.push(np.arange(0), np.empty(0))
    assert math.isnan(clock.time_of(0))
    assert math.isnan(clock.sample_at(1.0))
    assert clock.rate_hz is None
    clock.check()


@pytest.mark.parametrize("burst_s", [0.0, 0.016])
@pytest.mark.parametrize(
    ("true_hz", "within_s"), [(500.0, 3.6), (200.0, 3.6), (257.5, 20.0), (242.5, 20.0)]
)
def test_a_rate_more_than_two_percent_off_is_refused_soon(
    true_hz: float, within_s: float, burst_s: float
) -> None:
    link = Link(true_hz=true_hz, burst_s=burst_s, loss=0.01)
    refused_s = time_of_refusal(link, 30.0)
    assert refused_s is not None
    assert refused_s <= within_s


@pytest.mark.parametrize("freeze", [(0.0, 0.5), (0.2, 1.0), (0.6, 0.5), (2.0, 0.4)])
@pytest.mark.parametrize("true_hz", [246.0, 250.0, 254.0])
def test_bursts_losses_and_freezes_refuse_no_board(
    true_hz: float, freeze: tuple[float, float]
) -> None:
    link = Link(true_hz=true_hz, clump_s=0.1, loss=0.01, freeze=freeze)
    assert time_of_refusal(link, 30.0) is None


@pytest.mark.parametrize(
    ("lag_s", "during_s"),
    [
        (0.3, 0.5),
        (1.0, 0.5),
        (0.3, 1.0),
        (1.0, 1.0),
        (0.3, 1.4),
        (1.0, 1.4),
        (0.3, 7.0),
        (0.8, 7.0),
    ],
)
def test_a_computer_that_catches_up_at_the_start_refuses_no_board(
    lag_s: float, during_s: float
) -> None:
    samples = np.arange(7500)
    taken_s = samples / 250.0
    lag = lag_s * np.clip(1.0 - taken_s / during_s, 0.0, 1.0)
    arrivals_s = np.maximum.accumulate(taken_s + lag)
    clock = Clock(250.0)
    for start in range(0, len(samples), 3):
        clock.push(samples[start : start + 3], arrivals_s[start : start + 3])
        clock.check()
    assert clock.rate_hz == pytest.approx(250.0, rel=1e-3)


@pytest.mark.parametrize("seed", range(8))
def test_a_computer_that_catches_up_slowly_and_unevenly_refuses_no_board(seed: int) -> None:
    """Beside something else that works hard, samples are handed over as fast as it goes."""
    random = np.random.default_rng(seed)
    arrivals_s, now_s = np.empty(7500), 3.0
    speeds_hz = np.repeat(random.uniform(250.0, 900.0, 250), 30)
    for sample, hz in enumerate(speeds_hz):
        now_s = max(now_s + 1.0 / hz, sample / 250.0)
        arrivals_s[sample] = now_s
    clock = Clock(250.0)
    for start in range(0, len(arrivals_s), 3):
        clock.push(np.arange(start, start + 3), arrivals_s[start : start + 3])
        clock.check()
    assert clock.rate_hz == pytest.approx(250.0, rel=0.01)


def test_the_refusal_states_both_rates() -> None:
    clock = Clock(250.0)
    clock.push(np.arange(2500), np.arange(2500) / 500.2)
    with pytest.raises(RateError, match=r"sends 500\.2 samples per second but claims 250"):
        clock.check()


def test_blocks_longer_than_the_window_are_refused() -> None:
    with pytest.raises(ValueError, match="block_s < first_check_s"):
        ClockSettings(block_s=2.0)
    with pytest.raises(ValueError, match="long_block_s"):
        ClockSettings(long_block_s=400.0)
    with pytest.raises(ValueError, match="tolerance"):
        ClockSettings(tolerance=0.0)
    with pytest.raises(ValueError, match="settled_s < window_s"):
        ClockSettings(settled_s=400.0)
