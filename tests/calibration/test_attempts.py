"""The level that decides about an attempt, and thresholds tried on it (P14, T4)."""

import numpy as np
import pytest

from calibration.attempts import AttemptLevels, attempt_levels
from host.detection.cocontraction import CocontractionDetector, Thresholds

ALL = slice(0, 100)


def test_the_critical_level_is_one_that_lasts() -> None:
    levels = np.full((100, 1), 0.1)
    levels[10:12] = 0.9  # too short
    levels[50:60] = 0.4
    found = attempt_levels(levels, np.ones(1), 5, ALL)
    assert found == AttemptLevels(critical=0.4)
    assert found.succeeds(0.41) is True
    assert found.succeeds(0.4) is False


def test_allowances_count_and_muscles_not_judged_do_not() -> None:
    levels = np.tile([0.3, 0.9, 5.0], (100, 1))
    found = attempt_levels(levels, np.array([1.0, 1.5, np.nan]), 5, ALL)
    assert found.critical == pytest.approx(0.6)


def test_unknown_is_never_quiet_but_what_came_along_did() -> None:
    levels = np.full((100, 1), np.nan)
    levels[:30] = 0.4
    found = attempt_levels(levels, np.ones(1), 5, ALL)
    assert found.succeeds(0.5) is None
    assert found.succeeds(0.3) is False
    assert attempt_levels(levels, np.array([np.nan]), 5, ALL).succeeds(0.1) is None
    assert attempt_levels(levels, np.ones(1), 5, slice(0, 0)).succeeds(0.5) is None


def test_what_is_unknown_breaks_a_stay() -> None:
    levels = np.full((100, 1), 0.4)
    levels[::4] = np.nan
    assert attempt_levels(levels, np.ones(1), 5, ALL).critical == 0.0


@pytest.mark.parametrize("seed", range(20))
def test_the_critical_level_is_where_the_detector_changes_its_mind(seed: int) -> None:
    random = np.random.default_rng(seed)
    levels = np.abs(np.cumsum(0.05 * random.standard_normal((200, 3)), axis=0))
    allowance = np.array([1.0, 1.5, np.nan])
    found = attempt_levels(levels, allowance, 5, slice(50, 150))
    for threshold in (found.critical * 0.999, found.critical * 1.001):
        settings = Thresholds(enter=threshold, leave=0.7 * threshold, enter_s=0.1)
        detector = CocontractionDetector(settings, hop=20, rate_hz=1000.0, channels=3)
        active, _ = detector.push(0, levels, allowance, "")
        assert active.any() == (found.succeeds(threshold) is False)


def test_levels_that_no_attempt_can_have_are_refused() -> None:
    with pytest.raises(ValueError, match="must be a level"):
        AttemptLevels(critical=-1.0)
    with pytest.raises(ValueError, match="dwell_hops"):
        attempt_levels(np.zeros((3, 1)), np.ones(1), 0, ALL)
