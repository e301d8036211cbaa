"""How alike neighbouring levels are, for the plain window and for the adaptive one."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.channel_model import plain_channel
from calibration.freedom import Freedom, plain_freedom_hz
from calibration.measures import mean_level
from host.chain.adaptive import AdaptiveWindow
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.report.measured_course import level_course
from host.report.measured_kept import Kept
from host.report.measured_scatter import Scatter, alike
from tests.host.report.frames import HOP, RATE_HZ, frames
from tests.host.report.measured_drawn import terms

STREAM = Stream(rate_hz=1000.0, channels=channel_names(2))


def adaptive(freedom_hz: float) -> ChainSettings:
    freedom = Freedom(short_hz=freedom_hz, long_hz=freedom_hz)
    model = replace(plain_channel(1000.0), rest=freedom, active=freedom)
    return ChainSettings(adaptive=AdaptiveWindow(channels=(model, model)))


def test_of_the_plain_window_levels_are_alike_over_its_length() -> None:
    chain = ChainSettings()
    scatter = Scatter.of(chain, 1000.0, 4, 2)
    whole = np.full((50, 2), plain_freedom_hz(1000.0) * chain.envelope.window_s)
    assert alike(scatter.windows(whole)) == pytest.approx([45.0, 45.0])
    assert (scatter.lag, scatter.adaptive) == (22, False)


def test_of_the_adaptive_window_they_are_alike_over_the_window_of_each() -> None:
    scatter = Scatter.of(adaptive(200.0), 1000.0, 4, 2)
    lengths = np.array([[4.0, 64.0], [16.0, 64.0], [16.0, np.nan]])
    windows = scatter.windows(np.nan_to_num(lengths * 200.0 * 0.004))
    np.testing.assert_allclose(windows, lengths)
    assert alike(windows) == pytest.approx([3.0 / (1 / 4 + 2 / 16), 64.0])
    assert scatter.adaptive


def test_where_nothing_is_known_nothing_is_alike() -> None:
    assert alike(np.full((5, 2), np.nan)).tolist() == [1.0, 1.0]
    assert alike(np.empty((0, 2))).tolist() == [1.0, 1.0]


def steady_mean(chain: ChainSettings, data: FloatArray) -> tuple[float, float]:
    """Return the mean level of steady effort, and the half width of its interval."""
    from host.chain.pipeline import SignalChain

    levels = SignalChain(chain, STREAM).push(Chunk(0, data))
    made = [
        Kept.of(
            replace(
                frames(one.first, one.rms_uv),
                rms_uv=one.rms_uv,
                hop=one.hop,
                rate_hz=1000.0,
                certainty=replace(frames(0, one.rms_uv).certainty, freedom=one.freedom),
            )
        )
        for one in levels
        if one.freedom is not None
    ]
    scatter = Scatter.of(chain, 1000.0, 4, 2)
    hold = 3000, len(data) - 200
    course = level_course(made, hold, hold, scatter, np.zeros(2))
    found = mean_level(course.trace(0, *hold))
    return found.value, found.half_width


@pytest.mark.parametrize("chain", [ChainSettings(), adaptive(1000.0 * 0.4)])
def test_the_interval_of_a_steady_mean_covers_it_as_often_as_it_says(chain: ChainSettings) -> None:
    random = np.random.default_rng(5)
    found = np.array([steady_mean(chain, random.normal(0.0, 20.0, (7000, 2))) for _ in range(24)])
    means, halves = found.T
    spread = float(np.std(means, ddof=1))
    # White noise has more degrees of freedom than the cautious guess of the plain mode.
    assert 0.5 < spread / (float(np.mean(halves)) / 1.96) < 1.3


def test_an_interval_of_the_reference_is_in_every_share_of_it() -> None:
    own = replace(terms(), reference_spread=np.array([0.0, 0.0, 0.1, 0.0]))
    kept = [Kept.of(frames(0, np.full((600, 4), 0.5)))]
    hold = 100 * HOP, 500 * HOP
    course = level_course(kept, hold, hold, own.scatter, own.reference_spread)
    wide, narrow = (mean_level(course.trace(column, *hold)) for column in (2, 3))
    assert wide.half_width == pytest.approx(1.96 * 0.05, rel=0.1)
    assert narrow.half_width < 0.035
    assert course.rate_hz == RATE_HZ
