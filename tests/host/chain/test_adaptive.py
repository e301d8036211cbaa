"""The adaptive window: still in a hold, quick at its edges, and the same for every cut."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.channel_model import ChannelModel, plain_channel
from calibration.freedom import Freedom
from host.chain.adaptive import AdaptiveEnvelope, AdaptiveWindow, design_trials
from host.chain.amplitude import Levels
from host.chain.conditioning import Conditioned
from host.chain.hum import HumLimits
from host.chain.metering import joined
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.quality import CodeArray, Flaw, Quality, QualityLimits
from host.chain.stream import FloatArray, Stream, channel_names
from tests.cuts import cuts, with_gaps
from tests.host.chain.levels_plainly import PlainAdaptive, qualities, whitened

RATE_HZ = 500.0
WHITE = Freedom(short_hz=RATE_HZ, long_hz=RATE_HZ)
MODEL = ChannelModel(taps=(0.9, -0.4, 0.1), noise_uv=float(np.sqrt(0.98)), rest=WHITE, active=WHITE)
"""For noise of 1 uV before the filter, whose taps' squares add up to 0.98."""


def white(count: int, channels: int = 1, seed: int = 5) -> FloatArray:
    return np.random.default_rng(seed).normal(0.0, 1.0, (count, channels))


def levels_of(
    data: FloatArray,
    flaws: CodeArray | None = None,
    cut_points: list[int] | None = None,
    *,
    start: int = 0,
    rate_hz: float = RATE_HZ,
    model: ChannelModel = MODEL,
) -> Levels:
    """Run a fresh stage over consecutive samples, and join what it gives."""
    stream = Stream(rate_hz=rate_hz, channels=channel_names(data.shape[1]))
    window = AdaptiveWindow(channels=(model,) * data.shape[1])
    stage = AdaptiveEnvelope(window, QualityLimits(), HumLimits(), stream, 0.45 * rate_hz)
    flaws = np.zeros(data.shape, dtype=np.uint8) if flaws is None else flaws
    bounds = [0, *(cut_points or []), len(data)]
    return joined(
        [
            stage.push(Conditioned(start + a, data[a:b], flaws[a:b], 0.0 * data[a:b]))
            for a, b in pairwise(bounds)
        ]
    )


def test_a_steady_level_is_averaged_over_the_longest_window() -> None:
    levels = levels_of(50.0 * white(5000))
    assert levels.freedom is not None
    held = slice(600, None)
    longest_s = 256 * 0.004
    assert np.median(levels.freedom[held]) == pytest.approx(RATE_HZ * longest_s)
    assert levels.rms_uv[held].mean() == pytest.approx(50.0 * np.sqrt(0.98), rel=0.03)
    assert levels.rms_uv[held].std() / levels.rms_uv[held].mean() < 0.06


@pytest.mark.parametrize(("before", "after", "within"), [(1.0, 50.0, 2), (50.0, 1.0, 4)])
def test_a_step_is_followed_within_a_few_hops(before: float, after: float, within: int) -> None:
    data = white(4000) * np.repeat([before, after], 2000)[:, np.newaxis]
    amplitude = levels_of(data).amplitude_uv[:, 0]
    reached = amplitude > 0.63 * after if after > before else amplitude < 0.37 * before
    assert reached[1000 + within - 1]
    assert reached[1000 + within - 1 : 1200].mean() > 0.95


def test_at_rest_the_noise_is_taken_out_and_nothing_twitches() -> None:
    amplitude = levels_of(white(60 * 500)).amplitude_uv[600:, 0]
    # The longest window leaves 6 % of the noise's power, a quarter of its RMS.
    assert np.median(amplitude) < 0.3
    assert amplitude.max() < 0.8


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    levels = levels_of(50.0 * white(60 * 500, channels=4))
    low, high = levels.interval_uv(0.95)
    truth = np.sqrt(0.98 * 2500.0 - 0.98)
    inside = (low <= truth) & (truth <= high)
    assert 0.90 < inside[600:].mean() < 0.99


@pytest.mark.parametrize("rate_hz", [200.0, 250.0, 1000.0, 2148.148, 4000.0])
def test_levels_keep_their_scale_at_every_rate(rate_hz: float) -> None:
    model = plain_channel(rate_hz)
    levels = levels_of(20.0 * white(round(5 * rate_hz)), rate_hz=rate_hz, model=model)
    held = levels.rms_uv[round(len(levels) / 2) :]
    assert held.mean() == pytest.approx(20.0, rel=0.08)


def test_hops_lie_on_the_grid_of_the_global_sample_index() -> None:
    levels = levels_of(white(300), start=1001)
    assert (levels.first, levels.hop, len(levels)) == (501, 2, 149)


def test_lost_samples_are_left_out_and_weigh_nothing() -> None:
    data, flaws = 30.0 * white(3000), np.zeros((3000, 1), dtype=np.uint8)
    # Far enough from a hop's end that the filter has let go of what stands there.
    data[2900:2930], flaws[2900:2934] = 400.0, Flaw.LOST
    levels, whole = levels_of(data, flaws), levels_of(30.0 * white(3000))
    assert levels.freedom is not None
    assert whole.freedom is not None
    assert levels.freedom[1460:1470].max() < whole.freedom[1460:1470].max()
    assert levels.rms_uv[1450:1500].max() < 45.0
    assert levels.lost.sum() == 34


@pytest.mark.parametrize(
    ("flaw", "quality"), [(Flaw.RAILED, Quality.RAILED), (Flaw.SETTLING, Quality.SETTLING)]
)
def test_what_is_unknown_is_never_quiet(flaw: Flaw, quality: Quality) -> None:
    flaws = np.zeros((2000, 1), dtype=np.uint8)
    flaws[1000:1010] = flaw
    levels = levels_of(white(2000), flaws)
    unknown = levels.quality[:, 0] == quality
    assert list(np.flatnonzero(unknown)[[0, -1]]) == [500, 548]
    assert np.isnan(levels.rms_uv[unknown]).all()
    assert np.isnan(levels.amplitude_uv[unknown]).all()
    assert np.isnan(levels.interval_uv()[0][unknown]).all()


def test_a_jump_of_the_index_begins_anew() -> None:
    stream = Stream(rate_hz=RATE_HZ, channels=("ch1",))
    window = AdaptiveWindow(channels=(MODEL,))
    stage = AdaptiveEnvelope(window, QualityLimits(), HumLimits(), stream, 225.0)
    sound = np.zeros((1000, 1), dtype=np.uint8)
    stage.push(Conditioned(0, 90.0 * white(1000), sound, 0.0 * white(1000)))
    later = stage.push(Conditioned(2001, white(1000), sound, 0.0 * white(1000)))
    assert later.first == 1001
    assert (later.quality[:20] == Quality.GAP).all()
    fresh = levels_of(white(1000), start=2001)
    np.testing.assert_array_equal(later.rms_uv, fresh.rms_uv)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.integers(1, 120), st.sampled_from([0.0, 0.5, 1.0, 3.0, 30.0, 2000.0]))),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 0.02, 0.3]),
)
def test_every_window_is_the_longest_that_plain_numbers_let_stand(
    holds: list[tuple[int, float]], seed: int, lost_share: float
) -> None:
    sizes = np.concatenate([np.full(length, size) for length, size in [*holds, (60, 1.0)]])[:600]
    count = len(sizes) // 2 * 2
    rng = np.random.default_rng(seed)
    data = (sizes * rng.normal(0.0, 1.0, len(sizes)))[:count, np.newaxis]
    flaws = np.where(rng.random((count, 1)) < lost_share, Flaw.LOST, 0).astype(np.uint8)
    levels = levels_of(data, flaws)
    window = AdaptiveWindow(channels=(MODEL,))
    plain = PlainAdaptive(settings=window, model=MODEL, hop=2, rate_hz=RATE_HZ, stride=1)
    expected = plain.levels(whitened(data[:, 0], flaws[:, 0], MODEL.taps, 2, 1))
    rms_uv, freedom = np.array(expected).reshape(-1, 2).T
    quality = qualities(flaws, 0.0 * data, 2, 45, limits=QualityLimits(), hums=HumLimits())[:, 0]
    np.testing.assert_array_equal(levels.quality[:, 0], quality)
    usable = quality <= Quality.MAINS
    assert levels.freedom is not None
    np.testing.assert_array_equal(levels.rms_uv[:, 0], np.where(usable, rms_uv, np.nan))
    np.testing.assert_allclose(levels.freedom[:, 0], np.where(usable, freedom, 0.0), rtol=1e-12)


@settings(deadline=None)
@given(cuts(600), st.integers(1, 3), st.sampled_from([0.0, 0.1]))
def test_levels_do_not_depend_on_the_cut(
    cut_points: list[int], channels: int, lost_share: float
) -> None:
    rng = np.random.default_rng(7)
    data = white(600, channels) * np.where(np.arange(600) % 250 < 120, 1.0, 30.0)[:, np.newaxis]
    lost = rng.random((600, channels)) < lost_share
    flaws = np.where(lost & (np.arange(600)[:, np.newaxis] < 300), Flaw.LOST, 0).astype(np.uint8)
    whole, pieces = levels_of(data, flaws), levels_of(data, flaws, cut_points)
    for name in ("rms_uv", "quality", "lost", "freedom", "hop_power_uv2"):
        np.testing.assert_array_equal(getattr(pieces, name), getattr(whole, name))


@pytest.mark.parametrize("step", [1, 7, 64, 1000])
def test_long_runs_do_not_depend_on_the_cut_either(step: int) -> None:
    data = white(3000, 2) * np.where(np.arange(3000) % 900 < 500, 1.0, 20.0)[:, np.newaxis]
    flaws = np.zeros((3000, 2), dtype=np.uint8)
    flaws[1500:1503, 1] = Flaw.LOST
    whole = levels_of(data, flaws)
    pieces = levels_of(data, flaws, list(range(step, 3000, step)))
    for name in ("rms_uv", "quality", "lost", "freedom", "hop_power_uv2"):
        np.testing.assert_array_equal(getattr(pieces, name), getattr(whole, name))


@settings(deadline=None, max_examples=30)
@given(cuts(420), st.integers(10, 400), st.integers(0, 40))
def test_the_whole_chain_does_not_depend_on_the_cut(
    cut_points: list[int], gap: int, lost: int
) -> None:
    stream = Stream(rate_hz=250.0, channels=channel_names(2))
    raw = 20.0 * white(420, 2) + 3000.0
    raw[50, 0] += 4000.0
    raw = stream.on_grid(raw)
    chosen = ChainSettings(adaptive=AdaptiveWindow(channels=(MODEL, MODEL)), listen_s=0.2)
    gaps = [(gap, min(gap + lost, 415))] if gap < 415 else []

    def hops(points: list[int]) -> dict[int, bytes]:
        chain = SignalChain(chosen, stream)
        return {
            levels.first + row: levels.rms_uv[row].tobytes() + levels.quality[row].tobytes()
            for piece in with_gaps(raw, gaps, points)
            for levels in chain.push(piece)
            for row in range(len(levels))
        }

    assert hops(cut_points) == hops([]) != {}


def test_a_window_is_halved_where_a_change_was_seen() -> None:
    trials = design_trials(256)
    assert list(trials.lengths) == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    first = int(np.flatnonzero(trials.lengths[trials.whole] == 32)[0])
    assert trials.lengths[trials.taken[first]] == 8
    assert trials.lengths[trials.taken[-1]] == 256


def test_a_digest_covers_what_calibration_found() -> None:
    stream = Stream(rate_hz=RATE_HZ, channels=("ch1",))
    window = AdaptiveWindow(channels=(MODEL,))
    other = replace(window, channels=(replace(MODEL, noise_uv=1.5),))
    digests = {ChainSettings(adaptive=envelope).digest(stream) for envelope in (window, other)} | {
        ChainSettings().digest(stream)
    }
    assert len(digests) == 3


def test_the_digest_of_a_plain_chain_is_what_it_was_before_there_was_an_adaptive_one() -> None:
    stream = Stream(rate_hz=1000.0, channels=("ch1",))
    assert ChainSettings().digest(stream) == "cf328df70e8f5a1b"


def test_a_chain_says_which_channels_run_in_the_plain_mode() -> None:
    mixed = AdaptiveWindow(channels=(MODEL, plain_channel(RATE_HZ, "effort is too weak")))
    assert ChainSettings(adaptive=mixed).plain == ("", "effort is too weak")
    assert ChainSettings().plain == ()


@pytest.mark.parametrize(
    "bad",
    [
        {"channels": ()},
        {"hop_s": 0.0},
        {"longest_s": 0.01},
        {"long_evidence": 1.0},
        {"long_evidence": 20.0},
        {"rest_evidence": 1.0},
        {"rest_power": 0.5},
    ],
)
def test_settings_that_could_not_work_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"need|longest_s"):
        AdaptiveWindow(**({"channels": (MODEL,)} | bad))  # type: ignore[arg-type]


def test_models_must_be_as_many_as_channels() -> None:
    stream = Stream(rate_hz=RATE_HZ, channels=channel_names(2))
    with pytest.raises(ValueError, match="1 models, but 2 channels"):
        SignalChain(ChainSettings(adaptive=AdaptiveWindow(channels=(MODEL,))), stream)
