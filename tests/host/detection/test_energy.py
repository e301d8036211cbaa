"""When a muscle is active at all: few false alarms, no burst in pieces, the same for every cut."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.freedom import Freedom
from host.chain.amplitude import Levels
from host.chain.stream import FloatArray
from host.detection.bursts import Burst
from host.detection.energy import Energy, EnergyDetector
from tests.host.detection.rest import HOP, RATE_HZ, levels, parts, rest

WHITE = Freedom(short_hz=1000.0, long_hz=1000.0)
"""Four degrees of freedom in a hop of 4 ms."""
FEW = Freedom(short_hz=250.0, long_hz=250.0)
AT_REST = np.ones(1)


def detector(freedom: Freedom = WHITE, channels: int = 1) -> EnergyDetector:
    return EnergyDetector(Energy(), HOP, RATE_HZ, [freedom] * channels)


def bursts(powers: FloatArray, freedom: Freedom = WHITE) -> list[Burst]:
    """Return the bursts of one run, those that go on at its end too."""
    stage = detector(freedom, powers.shape[1])
    found = stage.push(levels(powers), np.ones(powers.shape[1])).bursts()
    return [*(burst for _, burst in found), *stage.close(len(powers))]


def contraction(begin: int, end: int, hops: int, ratio: float) -> FloatArray:
    powers = rest(hops)
    powers[begin:end] *= ratio
    return powers


def test_a_burst_is_found_from_its_first_hop_to_its_last() -> None:
    (burst,) = bursts(contraction(250, 500, 800, 60.0))
    assert burst.onset == pytest.approx(250 * HOP, abs=HOP)
    assert burst.offset == pytest.approx(500 * HOP, abs=2 * HOP)
    assert not burst.cut


@pytest.mark.parametrize("freedom", [WHITE, FEW, Freedom(short_hz=60.0, long_hz=120.0)])
def test_at_rest_there_is_about_one_false_alarm_in_ten_minutes(freedom: Freedom) -> None:
    # As much in a hop as the freedom says that there is in the longest window.
    stage, hours, channels = detector(freedom, 16), 8.0, 16
    hops = round(hours * 3600.0 / 0.004 / channels)
    powers = rest(hops, channels, freedom=0.004 * freedom.long_hz)
    count = 0
    for begin in range(0, hops, 10_000):
        turns = stage.push(levels(powers[begin : begin + 10_000], begin), np.ones(channels)).turns
        count += 0 if turns is None else int(np.count_nonzero(turns.begins))
    per_minute = count / (hours * 60.0)
    assert per_minute < 0.15
    if freedom.short_hz == freedom.long_hz:
        assert per_minute > 0.04


def test_what_is_faint_is_not_broken_into_pieces() -> None:
    powers = rest(15_000, freedom=1.0, seed=8)
    active = np.arange(15_000) % 750 >= 500
    powers[active] *= 3.0  # 3 dB
    found = bursts(powers, FEW)
    assert len(found) == pytest.approx(20, abs=1)


def test_the_end_of_something_strong_does_not_begin_anything_and_is_soon_known() -> None:
    powers = contraction(250, 500, 900, 1e4)
    activity = detector().push(levels(powers), AT_REST)
    assert len(activity.bursts()) == 1
    assert 500 + 20 <= np.flatnonzero(activity.moving[:, 0])[-1] < 500 + 48


def test_two_bursts_are_told_apart_when_200_ms_lie_between_them() -> None:
    powers = contraction(250, 390, 900, 100.0)
    powers[440:600] *= 100.0
    first, second = bursts(powers)
    assert first.offset == pytest.approx(390 * HOP, abs=2 * HOP)
    assert second.onset == pytest.approx(440 * HOP, abs=2 * HOP)


def test_unknown_is_neither_active_nor_quiet() -> None:
    powers = contraction(250, 800, 900, 60.0)
    powers[400:450] = np.nan
    activity = detector().push(levels(powers), AT_REST)
    assert not activity.moving[400:450].any()
    assert not activity.known[400:450].any()
    (_, cut), (_, later) = activity.bursts()
    assert (cut.offset, cut.cut) == (400 * HOP, True)
    assert 450 * HOP <= later.onset <= 470 * HOP


def test_a_lost_hop_in_a_sound_signal_ends_nothing() -> None:
    powers = contraction(250, 500, 800, 60.0)
    holed = np.where(np.arange(800)[:, np.newaxis] % 7 == 3, np.nan, powers)
    found = detector().push(levels(holed, known=powers), AT_REST).bursts()
    assert [burst.cut for _, burst in found] == [False]


def test_without_a_power_at_rest_nothing_is_known() -> None:
    powers = contraction(250, 500, 800, 60.0)
    activity = detector().push(levels(powers), np.array([np.nan]))
    assert not (activity.moving | activity.known).any()


def test_nothing_goes_on_behind_a_gap() -> None:
    stage = detector()
    stage.push(levels(contraction(50, 100, 100, 60.0)), AT_REST)
    (cut,) = stage.close(100)
    assert (cut.offset, cut.cut) == (100 * HOP, True)
    assert not stage.push(levels(rest(100, seed=9), 200), AT_REST).moving.any()


def test_the_onset_is_that_of_the_burst_that_goes_on() -> None:
    powers = contraction(250, 400, 900, 100.0)
    powers[500:700] *= 100.0
    stage = detector()
    early = stage.push(levels(powers[:350]), AT_REST)
    late = stage.push(levels(powers[350:], 350), AT_REST)
    assert early.onset(300, 0) == late.onset(20, 0) == pytest.approx(250 * HOP, abs=HOP)
    assert late.onset(200, 0) == pytest.approx(500 * HOP, abs=HOP)
    assert early.onset(100, 0) is None


BUSY = rest(300, 2, seed=11) * np.where(np.arange(300)[:, np.newaxis] % 110 > [60, 90], 30.0, 1.0)
BUSY[120:124, 0] = BUSY[200:230, 1] = np.nan
RESTS = np.array([1.0, 1.5]) * np.where(np.arange(300)[:, np.newaxis] < 40, np.nan, 1.0)


@given(st.lists(st.integers(0, 300), max_size=12), st.sampled_from([RESTS, RESTS[-1:]]))
def test_activity_does_not_depend_on_the_cut(cut_points: list[int], rests: FloatArray) -> None:
    def run(points: list[int]) -> tuple[FloatArray, list[tuple[int, Burst]]]:
        stage, moving, found = detector(channels=2), [], []
        for begin, end in parts(300, points):
            power = rests[begin:end] if len(rests) > 1 else rests[0]
            activity = stage.push(levels(BUSY[begin:end], 7 + begin), power)
            moving.append(activity.moving)
            found += [(begin + row, burst) for row, burst in activity.bursts()]
        return np.concatenate(moving), [*found, *((300, one) for one in stage.close(307))]

    (moving, found), (whole, expected) = run(cut_points), run([])
    np.testing.assert_array_equal(moving, whole)
    assert found == expected


def test_levels_that_do_not_say_their_powers_are_refused() -> None:
    codes = np.zeros((1, 1), dtype=np.uint8)
    bare = Levels(0, HOP, np.ones((1, 1)), codes, codes.astype(np.int64))
    with pytest.raises(ValueError, match="what power each hop has"):
        detector().push(bare, AT_REST)


@pytest.mark.parametrize(
    "bad", [{"sudden_s": 0.1}, {"faint_s": 2.0}, {"false_alarms": 0.0}, {"hysteresis": 1.2}]
)
def test_settings_that_no_detector_could_use_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad)).split("_")[0]):
        Energy(**bad)
