"""When a muscle leaves rest and is back (T3, P12, P17), told from powers near a rest threshold."""

import numpy as np
import pytest

from calibration.channel import ChannelNumbers
from calibration.crossings import leaves, returns
from calibration.feet import left, returned
from calibration.measured import Measured
from calibration.measures_time import onset, release_time
from calibration.power_trace import trace_about
from calibration.traces import FloatArray, Trace

HOP_S = 0.004
LINE = 0.015
NUMBERS = ChannelNumbers(
    noise_uv=1.2,
    rest_uv=0.6,
    reference_uv=17.0,
    reference_low_uv=17.0,
    reference_high_uv=17.0,
    holds=3,
)
FREEDOM = 3.0
"""Of each hop: 750 a second, as of a whitened channel at 1 kHz."""
TIMES_S: FloatArray = np.linspace(0.002, 13.998, 3500)


def eased(share: FloatArray) -> FloatArray:
    """Go from 0 to 1 as a raised cosine."""
    shape: FloatArray = 0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0.0, 1.0))
    return shape


def moved(level: float, fall_s: float = 0.4) -> FloatArray:
    """Return an attempt: a rise of 1.5 s from 1.5 s on, and a fall from 8 s on."""
    return level * eased((TIMES_S - 1.5) / 1.5) * (1.0 - eased((TIMES_S - 8.0) / fall_s))


def crossed(activation: FloatArray) -> tuple[float, float]:
    """Return when the level truly leaves and comes back: powers of tone and movement add up."""
    level_uv = np.sqrt((17.0 * activation) ** 2 + 0.6**2) - 0.6
    above = np.flatnonzero(level_uv >= LINE * 17.0)
    return float(above[0]) * HOP_S, float(above[-1] + 1) * HOP_S


def seen(activation: FloatArray, random: np.random.Generator) -> Trace:
    power = (17.0 * activation) ** 2 + 0.6**2 + 1.2**2
    return trace_about(
        power * random.chisquare(FREEDOM, len(power)) / FREEDOM, NUMBERS, HOP_S, LINE
    )


@pytest.mark.parametrize(("level", "fall_s"), [(1.0, 0.4), (0.3, 1.2), (0.1, 0.4)])
def test_p12_p17_moments_near_rest_cover_the_truth(level: float, fall_s: float) -> None:
    random = np.random.default_rng(5)
    truth = moved(level, fall_s)
    begin_s, end_s = crossed(truth)

    def covers(found: Measured, true_s: float) -> bool:
        return found.known and found.low <= true_s <= found.high

    traces = [seen(truth, random) for _ in range(150)]
    onsets = [onset(one, LINE) for one in traces]
    releases = [release_time(one, LINE, 8.0) for one in traces]
    assert np.mean([covers(one, begin_s) for one in onsets]) > 0.88
    assert np.mean([covers(one, end_s - 8.0) for one in releases]) > 0.88
    assert np.median([abs(one.value - begin_s) for one in onsets]) < 0.1
    assert np.median([abs(one.value - end_s + 8.0) for one in releases]) < 0.1


def test_noise_after_the_fall_is_no_muscle_that_was_not_released() -> None:
    random = np.random.default_rng(7)
    truth = moved(1.0)
    lasts = [returns(seen(truth, random), LINE) for _ in range(100)]
    assert all(last is not None and last * 0.02 < 9.0 for last in lasts)
    rest = [leaves(seen(moved(0.0), random), LINE) for _ in range(100)]
    assert rest.count(None) >= 99


def test_a_fall_is_a_rise_seen_backwards() -> None:
    trace = seen(moved(0.5), np.random.default_rng(3))
    mirrored = Trace(
        activation=trace.activation[::-1].copy(), sd=trace.sd[::-1].copy(), hop_s=trace.hop_s
    )
    hop = leaves(trace, LINE)
    assert hop is not None
    forwards, backwards = left(trace, LINE, hop), returned(mirrored, LINE, len(trace) - hop)
    assert not isinstance(forwards, str)
    assert not isinstance(backwards, str)
    length_s = len(trace) * trace.hop_s
    assert backwards.time_s == pytest.approx(length_s - forwards.time_s)
    assert backwards.variance == pytest.approx(forwards.variance)
    assert backwards.slope == pytest.approx(-forwards.slope)


def test_p12_a_muscle_that_is_back_before_the_cue_took_no_time() -> None:
    trace = seen(moved(1.0), np.random.default_rng(4))
    assert release_time(trace, LINE, 12.0).value == 0.0
    assert release_time(trace.between(10.0, 13.0), LINE).value == 0.0


def test_where_the_signal_was_lost_no_moment_is_known() -> None:
    trace = seen(moved(1.0), np.random.default_rng(4))
    lost = trace.activation.copy()
    lost[20:95] = np.nan
    gone = Trace(activation=lost, sd=trace.sd, hop_s=trace.hop_s)
    hop = leaves(trace, LINE)
    assert hop is not None
    assert left(gone, LINE, hop) == "the signal was lost at that moment"


def test_a_twitch_is_no_onset() -> None:
    truth = moved(1.0)
    truth[100:108] = 0.5
    found = onset(seen(truth, np.random.default_rng(9)), LINE)
    assert found.value == pytest.approx(crossed(moved(1.0))[0], abs=0.15)
