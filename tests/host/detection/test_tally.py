"""What an episode amounts to: onset, size, certainty; and what is doubted does not begin."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from calibration.reference import Reference
from host.chain.stream import FloatArray
from host.detection.blinks import Doubts
from host.detection.bursts import Activity, Begun
from host.detection.certainty import Certainty
from host.detection.cocontraction import CocontractionDetector, Episode, Thresholds
from host.detection.tally import Beside
from tests.host.detection.rest import parts

THRESHOLDS = Thresholds(enter=0.25, leave=0.18, enter_s=0.04, leave_s=0.04)
HOP, RATE_HZ = 2, 200.0
"""Hops of 10 ms: dwell times of four hops."""


def beside(
    activation: FloatArray, targets: tuple[tuple[int, ...], ...], doubts: Doubts | None = None
) -> Beside:
    """Return what is known beside: 20 µV is 1, of which 4 µV are rest and noise."""
    hops, channels = activation.shape
    moving = np.nan_to_num(activation) > 0.05
    return Beside(
        activity=Activity(
            first=0,
            hop=HOP,
            moving=moving,
            known=np.ones_like(moving),
            before=np.zeros(channels, dtype=np.bool_),
            begun=Begun(
                seen=np.full(channels, 1),
                free=np.full(channels, 1),
                ratios=np.full((channels, 4), 9.0),
            ),
        ),
        rms_uv=np.hypot(20.0 * activation + 3.0, 1.0),
        certainty=Certainty(
            reference=Reference(
                rest_uv=np.full(channels, 3.0),
                noise_uv=np.ones(channels),
                gentle_uv=np.full(channels, 20.0),
                calibrated=True,
            ),
            freedom=np.full((hops, channels), 40.0),
        ),
        targets=targets,
        doubts=doubts,
    )


def judged(
    activation: FloatArray,
    targets: tuple[tuple[int, ...], ...],
    cut_points: list[int] | None = None,
) -> list[Episode]:
    """Return the episodes of channel 0, whose targets are judged as little as they are quiet."""
    detector = CocontractionDetector(THRESHOLDS, HOP, RATE_HZ, activation.shape[1])
    allowance = np.array([1.0] + [np.nan] * (activation.shape[1] - 1))
    ended: list[Episode] = []
    for begin, end in parts(len(activation), cut_points or []):
        part = activation[begin:end]
        _, over = detector.push(begin, part, allowance, "pucker", beside(part, targets))
        ended += [episode for _, episode in over]
    return [*ended, *detector.close(len(activation), "pucker")]


COURSE = np.column_stack(
    [
        [0.1] * 5 + [0.4] * 20 + [0.1] * 8 + [np.nan] * 2 + [0.3, 0.6] * 8 + [0.1] * 2,
        [0.8] * 22 + [1.0] * 13 + [np.nan] * 8 + [1.2] * 10,
    ]
)


def test_t3_the_size_is_the_mean_over_that_of_the_target_in_the_same_time() -> None:
    first, second = judged(COURSE, ((1,), ()))
    assert first.size == pytest.approx(0.4 / np.mean([0.8] * 17 + [1.0] * 3), rel=1e-5)
    # Only where the target is known, which is for ten of eighteen hops.
    known = [0.3, 0.6] * 4 + [0.1] * 2
    assert second.size == pytest.approx(np.mean(known) / 1.2, rel=1e-5)


def test_without_a_target_an_episode_has_no_size() -> None:
    assert [episode.size for episode in judged(COURSE, ((), ()))] == [None, None]
    lost = COURSE.copy()
    lost[:, 1] = np.nan
    assert [episode.size for episode in judged(lost, ((1,), ()))] == [None, None]


def test_the_certainty_is_the_chance_that_the_peak_was_above_the_line() -> None:
    first, _ = judged(COURSE, ((1,), ()))
    power, at_line = 11.0**2 + 1.0, 8.0**2 + 1.0
    assert first.certainty == pytest.approx(stats.chi2(40).cdf(40 * power / at_line))
    (sure,) = judged(np.where(COURSE[:30] == 0.4, 4.0, COURSE[:30]), ((1,), ()))
    assert sure.certainty == pytest.approx(1.0)


def test_the_onset_is_when_the_activity_began_and_never_after_the_line_was_crossed() -> None:
    first, second = judged(COURSE, ((1,), ()))
    assert (first.onset, first.start) == (1 * HOP, 5 * HOP)
    assert second.onset == 1 * HOP


def test_in_doubt_nothing_begins_and_what_is_excused_does_not_count() -> None:
    levels = np.array([[0.1] * 3 + [0.4] * 20]).T
    where = np.zeros(levels.shape, dtype=np.bool_)
    where[5:15] = True
    found = []
    for excused in ((), ((15, 0),)):
        doubts = Doubts(where=where, excused=excused)
        detector = CocontractionDetector(THRESHOLDS, HOP, RATE_HZ, 1)
        active, _ = detector.push(0, levels, np.ones(1), "pucker", beside(levels, ((),), doubts))
        (episode,) = detector.close(len(levels), "pucker")
        found.append((int(active[:, 0].argmax()), episode.start))
    assert found == [(15, 3 * HOP), (19, 16 * HOP)]


LONG = np.column_stack([np.tile([0.3, 0.5, 0.4, 0.26], 170), np.linspace(0.5, 1.5, 680)])
LONG[600:640, 0] = 0.1


@settings(deadline=None)
@given(st.lists(st.integers(0, 680), max_size=8), st.sampled_from([COURSE, LONG]))
def test_sizes_and_certainties_do_not_depend_on_the_cut(
    cut_points: list[int], course: FloatArray
) -> None:
    whole = judged(course, ((1,), ()))
    assert [episode.size is None for episode in whole] == [False, False]
    cut = judged(course, ((1,), ()), cut_points)
    assert [replace(one, onset=None) for one in cut] == [replace(one, onset=None) for one in whole]
