"""Episodes of unwanted activation: hysteresis, dwell, and what is unknown."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.detection.cocontraction import CocontractionDetector, Episode, Thresholds
from host.detection.guards import Effort, EffortGuard

THRESHOLDS = Thresholds(enter=0.25, leave=0.18, enter_s=0.04, leave_s=0.04)
HOP, RATE_HZ = 2, 200.0
"""Hops of 10 ms: dwell times of four hops."""


def episodes(levels: list[float], allowance: float = 1.0) -> tuple[list[Episode], list[bool]]:
    """Run one channel; return what ended, and whether an episode went on at each hop."""
    detector = CocontractionDetector(THRESHOLDS, HOP, RATE_HZ, 1)
    ended: list[Episode] = []
    active: list[bool] = []
    for number, level in enumerate(levels):
        rows, over = detector.push(number, np.array([[level]]), np.array([allowance]), "pucker")
        ended += [episode for _, episode in over]
        active.append(bool(rows[0, 0]))
    ended += detector.close(len(levels), "pucker")
    return ended, active


def test_an_episode_runs_from_the_first_hop_above_to_the_first_below() -> None:
    (episode,), active = episodes([0.1] * 5 + [0.3, 0.5, 0.4, 0.3, 0.3] + [0.1] * 6)
    assert (episode.start, episode.stop) == (5 * HOP, 10 * HOP)
    assert episode.peak == 0.5
    assert not episode.cut
    assert active.index(True) == 8
    assert episode.pattern == "pucker"


def test_less_than_the_dwell_is_no_episode() -> None:
    assert episodes([0.1, 0.9, 0.9, 0.9, 0.1, 0.9, 0.1]) == ([], [False] * 7)


def test_between_the_thresholds_an_episode_goes_on() -> None:
    (episode,), _ = episodes([0.3] * 4 + [0.2] * 20 + [0.1] * 4)
    assert episode.stop == 24 * HOP


def test_unknown_is_never_quiet_it_cuts_an_episode() -> None:
    ended, active = episodes([0.3] * 6 + [np.nan] * 6 + [0.1] * 6)
    assert [(e.start, e.stop, e.cut) for e in ended] == [(0, 6 * HOP, True)]
    assert not any(active[6:])


def test_unknown_breaks_a_dwell() -> None:
    assert episodes([0.3, 0.3, 0.3, np.nan, 0.3, 0.3, 0.3])[0] == []


def test_an_episode_that_goes_on_at_the_end_is_cut() -> None:
    (episode,), _ = episodes([0.3] * 8)
    assert episode.cut
    assert episode.stop == 8 * HOP


def test_p15_a_slight_involvement_is_allowed_where_the_pattern_says_so() -> None:
    assert episodes([0.3] * 8, allowance=1.5)[0] == []


def test_a_muscle_that_need_not_be_quiet_has_no_episode() -> None:
    assert episodes([0.9] * 8, allowance=np.nan)[0] == []


def test_peaks_of_two_episodes_are_kept_apart() -> None:
    ended, _ = episodes([0.9] * 5 + [0.1] * 6 + [0.3] * 5 + [0.1] * 6)
    assert [episode.peak for episode in ended] == [0.9, 0.3]


def test_p8_softer_is_said_for_a_target_above_the_ceiling_and_without_flicker() -> None:
    guard = EffortGuard(Effort(ceiling=1.5, dwell_s=0.04), HOP, RATE_HZ, 2)
    guard.ask(np.array([True, False]))
    levels = [1.0] * 4 + [1.6] * 4 + [1.45, 1.6] * 4 + [1.0] * 6
    said = [guard.push(n, np.array([[x, 9.0]]))[0].tolist() for n, x in enumerate(levels)]
    assert said.index([True, False]) == 7
    assert said[7:16] == [[True, False]] * 9
    assert said[-1] == [False, False]


LEVELS = st.sampled_from([0.1, 0.2, 0.3, 0.6, np.nan])


@given(
    st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=60),
    st.lists(st.integers(0, 60), max_size=5).map(sorted),
)
def test_many_hops_at_once_give_what_they_give_one_by_one(
    rows: list[tuple[float, float]], cut_points: list[int]
) -> None:
    levels, allowance = np.array(rows), np.array([1.0, 1.5])

    def run(edges: list[int]) -> tuple[list[list[bool]], list[tuple[int, Episode]]]:
        detector = CocontractionDetector(THRESHOLDS, HOP, RATE_HZ, 2)
        active: list[list[bool]] = []
        ended: list[tuple[int, Episode]] = []
        for begin, end in pairwise(edges):
            some, over = detector.push(7 + begin, levels[begin:end], allowance, "pucker")
            active += some.tolist()
            ended += [(begin + row, episode) for row, episode in over]
        return active, [*ended, *enumerate(detector.close(7 + len(rows), "pucker"), len(rows))]

    inside = sorted({cut for cut in cut_points if 0 < cut < len(rows)})
    assert run([0, *inside, len(rows)]) == run(list(range(len(rows) + 1)))


def test_other_thresholds_hold_from_the_next_hop_on() -> None:
    detector = CocontractionDetector(THRESHOLDS, HOP, RATE_HZ, 1)
    one = np.array([1.0])
    assert detector.push(0, np.full((8, 1), 0.3), one, "pucker")[0][-1, 0]
    detector.use(Thresholds(enter=0.9, leave=0.5, enter_s=0.04, leave_s=0.04))
    active, ((row, episode),) = detector.push(8, np.full((8, 1), 0.3), one, "pucker")
    assert active[:, 0].tolist() == [True] * 3 + [False] * 5
    assert (row, episode.start, episode.stop) == (3, 0, 8 * HOP)


@pytest.mark.parametrize("bad", [{"leave": 0.3}, {"leave": 0.0}, {"enter_s": -1.0}])
def test_thresholds_no_detector_could_use_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="need"):
        Thresholds(**bad)


def test_a_corridor_without_width_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ceiling=0\.2"):
        Effort(ceiling=0.2)
