"""An electrode that is off is never a relaxed muscle (the first hazard under Safety)."""

import numpy as np
import pytest

from host.chain.conditioning import Conditioned, Conditioner, Conditioning
from host.chain.hum import HumLimits
from host.chain.metering import Meter
from host.chain.quality import CodeArray, Flaw, Quality, QualityLimits
from host.chain.stream import BoolArray, Chunk, FloatArray, Stream, channel_names

STREAM = Stream(rate_hz=250.0, channels=channel_names(2))


def hum(sizes_uv: list[float]) -> FloatArray:
    """Return mains of so many microvolts in each second, on channel 1; 50 uV on channel 2."""
    time_s = np.arange(250 * len(sizes_uv)) / STREAM.rate_hz
    wave = np.sin(2 * np.pi * 50.0 * time_s + 0.5)
    noise = np.random.default_rng(4).normal(0.0, 1.0, (len(wave), 2))
    return np.stack([np.repeat(sizes_uv, 250) * wave, 50.0 * wave], axis=1) + noise


def hums(raw: FloatArray, limits: HumLimits | None = None) -> BoolArray:
    """Return where channel 1 hums as if its electrode were off."""
    stage = Conditioner(Conditioning(hum=limits or HumLimits()), STREAM)
    # The last row waits for its successor.
    pieces = stage.push(Chunk(0, np.concatenate([raw, raw[-1:]])))
    marks = (np.concatenate([piece.flaws for piece in pieces]) & np.uint8(Flaw.HUMMING)) != 0
    assert not marks[:, 1].any()
    of_first: BoolArray = marks[:, 0]
    return of_first


def marked_seconds(sizes_uv: list[float], limits: HumLimits | None = None) -> list[int]:
    """Return the seconds in which channel 1 is mostly marked; the filters settle in the first."""
    share = hums(hum(sizes_uv), limits).reshape(-1, 250).mean(axis=1)
    return [int(second) for second in np.flatnonzero(share > 0.5)]


def test_ten_times_the_mains_is_an_electrode_that_came_off() -> None:
    # The second after it is held too: the band-stops still ring.
    assert marked_seconds([100, 100, 1100, 1100, 100, 100]) == [2, 3, 4]


def test_mains_that_doubles_and_halves_is_ordinary() -> None:
    assert marked_seconds([100, 100, 200, 100, 50, 50, 100, 200]) == []


def test_little_mains_is_never_too_much() -> None:
    assert marked_seconds([5, 5, 5, 300, 5]) == []


def test_very_much_mains_is_too_much_from_the_start() -> None:
    assert marked_seconds([20_000, 20_000, 20_000]) == [0, 1, 2]


def test_a_quieter_room_makes_the_watch_keener() -> None:
    assert marked_seconds([1000, 1000, 100, 100, 1100, 1100]) == [4, 5]


def test_a_second_in_which_something_else_was_wrong_teaches_nothing() -> None:
    calm = hum([100, 100, 10, 10, 200])
    spoilt = calm.copy()
    spoilt[900, 0] += 500.0
    limits = HumLimits(floor_uv=50.0)
    # Eight times 10 uV are passed by 200; eight times the 100 of the seconds before are not.
    assert hums(calm, limits)[1100:].all()
    assert not hums(spoilt, limits).any()


def qualities(hum_uv: FloatArray, flaws: CodeArray | None = None) -> list[Quality]:
    """Judge channels that hum so much, `(n_channels,)`."""
    channels = len(hum_uv)
    stream = Stream(rate_hz=250.0, channels=channel_names(channels))
    meter = Meter(stream, 4, 5, QualityLimits(), HumLimits())
    hum = np.tile(hum_uv, (20, 1))
    codes = np.zeros((20, channels), dtype=np.uint8) if flaws is None else flaws
    levels = meter.push(Conditioned(0, np.ones((20, channels)), codes, hum))
    return [Quality(code) for code in levels.quality[-1].tolist()]


def test_a_channel_that_hums_far_more_than_the_others_stands_apart() -> None:
    hum_uv = np.array([20.0, 30.0, 25.0, 900.0, 20.0])
    good = Quality.GOOD
    assert qualities(hum_uv) == [good, good, good, Quality.LOOSE, good]
    assert qualities(hum_uv / 10) == [good] * 5


def test_where_all_hum_alike_none_stands_apart() -> None:
    assert qualities(np.array([900.0, 700.0, 900.0, 800.0])) == [Quality.GOOD] * 4


@pytest.mark.parametrize(
    ("others_uv", "quality"),
    [
        # Ten times the middle one; of an even number, the mean of the two in the middle.
        ([90.0, 95.0, 96.0, 97.0], Quality.GOOD),
        ([80.0, 85.0, 94.0, 97.0], Quality.LOOSE),
        ([60.0, 130.0, 300.0], Quality.GOOD),
        ([50.0, 89.0, 99.0], Quality.LOOSE),
    ],
)
def test_the_middle_channel_is_what_one_is_compared_with(
    others_uv: list[float], quality: Quality
) -> None:
    found = qualities(np.array([*others_uv, 945.0]))
    assert found[-1] == quality
    assert set(found[:-1]) == {Quality.GOOD}


def test_among_three_channels_nobody_can_say_which_is_odd() -> None:
    flaws = np.zeros((20, 4), dtype=np.uint8)
    flaws[:, 2] = Flaw.LOST
    found = qualities(np.array([20.0, 30.0, 25.0, 900.0]), flaws)
    assert found == [Quality.GOOD, Quality.GOOD, Quality.GAP, Quality.GOOD]


@pytest.mark.parametrize("bad", [{"rise": 1.5}, {"apart": 1.0}, {"floor_uv": 0.0}, {"hold_s": 0.0}])
def test_limits_that_ordinary_changes_would_pass_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"mains changes|need 0"):
        HumLimits(**bad)
