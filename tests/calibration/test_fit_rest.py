"""Rest of one channel: blinks are no tone, and no noise either (T4)."""

import numpy as np
import pytest
from scipy import signal

from calibration.channel import REST_QUANTILES
from calibration.findings import Fault
from calibration.fit import Fit, fit
from calibration.fit_rest import runs
from calibration.levels import Levels
from calibration.montage import montages
from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind
from calibration.traces import FloatArray

RATE_HZ, HOP = 500.0, 10
FACE = montages()["face-4"]
REST_S, HOLD_S = 12.0, 3.0
NOISE_UV, GENTLE_UV = 1.0, 12.0
EYE = 0


def recording(
    bursts: dict[float, float], *, lost_s: float = 0.0, tall: float = 1.0
) -> tuple[Levels, list[Segment]]:
    """Return rest and three holds of the left eye; `bursts` are begin and length of movements.

    In seconds, at `tall` gentle levels; the hop in which one begins is unknown for `lost_s`.
    """
    random = np.random.default_rng(5)
    held = [REST_S + HOLD_S * place for place in range(3)]
    count = round((REST_S + 3 * HOLD_S) * RATE_HZ)
    time_s = np.arange(count) / RATE_HZ
    level = np.full((count, len(FACE.sites)), 0.3)
    for begin, length in bursts.items():
        level[(time_s >= begin) & (time_s < begin + length), EYE] = tall * GENTLE_UV
    level[time_s >= REST_S, EYE] = GENTLE_UV
    band = signal.butter(2, (40.0, 120.0), "bandpass", fs=RATE_HZ, output="sos")
    muscle = signal.sosfilt(band, 1.8 * level * random.standard_normal(level.shape), axis=0)
    samples = muscle + NOISE_UV * random.standard_normal(level.shape)
    power = np.square(samples).reshape(-1, HOP, len(FACE.sites)).mean(axis=1)
    known = np.ones(power.shape, dtype=np.bool_)
    for begin in bursts if lost_s else ():
        first = round(begin * RATE_HZ / HOP)
        known[first : first + round(lost_s * RATE_HZ / HOP), EYE] = False
    never = np.zeros(power.shape, dtype=np.bool_)
    levels = Levels(
        power_uv2=power,
        known=known,
        clipped=never,
        mains=never,
        loose=never,
        hop=HOP,
        rate_hz=RATE_HZ,
        band_hz=(20.0, 200.0),
        shown_uv=shown(power),
        samples_uv=samples,
    )
    return levels, [segment(SegmentKind.REST, 0.0, REST_S), *(hold(start) for start in held)]


def shown(power: FloatArray) -> FloatArray:
    """Return a display that goes on for a fifth of a second."""
    padded = np.concatenate([np.repeat(power[:1], 9, axis=0), power])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 10, axis=0)
    rms: FloatArray = np.sqrt(windows.mean(axis=-1))
    return rms


def segment(kind: SegmentKind, start_s: float, stop_s: float, code: str = "") -> Segment:
    start, stop = round(start_s * RATE_HZ), round(stop_s * RATE_HZ)
    return Segment(kind=kind, start=start, stop=stop, muscle=code, side=Side.LEFT if code else None)


def hold(start_s: float) -> Segment:
    return segment(SegmentKind.REFERENCE, start_s, start_s + HOLD_S, "OOC")


def fitted(bursts: dict[float, float], *, lost_s: float = 0.0, tall: float = 1.0) -> Fit:
    levels, segments = recording(bursts, lost_s=lost_s, tall=tall)
    return fit(levels, FACE, segments)


STILL = fitted({})
BLINKS = {2.1: 0.25, 5.4: 0.25, 8.9: 0.3, 11.85: 0.15}
"""About as often as people blink, one of them cut by the end of rest."""


@pytest.mark.parametrize("lost_s", [0.0, 0.1])
@pytest.mark.parametrize("tall", [0.4, 1.0])
def test_t4_blinks_raise_neither_the_quantiles_of_rest_nor_the_noise(
    lost_s: float, tall: float
) -> None:
    found = fitted(BLINKS, lost_s=lost_s, tall=tall)
    numbers, model = found.channels[EYE], found.models[EYE]
    still, still_model = STILL.channels[EYE], STILL.models[EYE]
    np.testing.assert_allclose(numbers.rest_quantiles_uv, still.rest_quantiles_uv, rtol=0.06)
    assert numbers.noise_uv == pytest.approx(still.noise_uv, rel=0.1)
    assert model.noise_uv == pytest.approx(still_model.noise_uv, rel=0.1)
    assert model.rest.long_hz == pytest.approx(still_model.rest.long_hz, rel=0.4)
    assert found.leakage is not None
    assert STILL.leakage is not None
    np.testing.assert_allclose(found.leakage.rest_power, STILL.leakage.rest_power, rtol=0.15)


def test_what_lasts_longer_than_a_blink_is_tone() -> None:
    high = REST_QUANTILES.index(0.9)
    tense = fitted({4.0: 2.5}, tall=0.4).channels[EYE]
    assert tense.rest_quantiles_uv[high] > 2.0 * STILL.channels[EYE].rest_quantiles_uv[high]


def test_a_rest_full_of_twitches_is_none() -> None:
    found = fitted({0.5 + 1.5 * place: 0.2 for place in range(8)})
    assert [(one.fault, one.channel) for one in found.findings[:1]] == [(Fault.RESTLESS, EYE)]
    assert found.channels[EYE].rest_quantiles_uv == ()


def test_runs_are_half_open() -> None:
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert runs(np.zeros(3, dtype=np.bool_)) == []


def test_what_comes_along_with_every_blink_is_no_restless_rest() -> None:
    # A severe synkinesis: in a quarter of the half seconds, and far above rest.
    found = fitted({2.3: 0.4, 5.3: 0.4, 8.8: 0.4}, tall=2.0)
    assert Fault.RESTLESS not in found.faults
