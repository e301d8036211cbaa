"""What other people recorded on real hardware: movements counted, and sides told apart."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import detection_real as real


@pytest.mark.parametrize("channel", real.LIFT_CHANNELS)
def test_semg_lifts_has_exactly_the_eleven_lifts_on_each_channel(
    recordings: Path, channel: int
) -> None:
    found, true = real.lifts(recordings, channel)
    assert len(found) == 11
    assert real.same(found, true)


def test_brainflow_csv_has_its_five_contractions_under_54_db_of_hum(recordings: Path) -> None:
    found, true = real.contractions(recordings)
    assert len(found) == 5
    assert real.same(found, true)


def test_ganglion_hand_moves_are_told_from_rests_on_both_sites(recordings: Path) -> None:
    found = real.hand(recordings)
    assert {site for _, site in found} == {1, 2}
    assert min(found.values()) >= 0.99


def test_cyton_gui_the_side_that_clenches_leads_and_the_other_does_not(recordings: Path) -> None:
    clenches = real.sides(recordings)
    assert len(clenches) == 7
    assert all(own and not other for own, other in clenches)


def test_what_is_found_twice_or_elsewhere_is_not_the_same() -> None:
    true = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert real.same([(0.9, 1.8), (3.1, 4.4)], true)
    assert not real.same([(0.9, 1.8)], true)
    assert not real.same([(0.9, 1.8), (2.1, 2.8)], true)


def test_the_auc_is_how_often_one_is_larger_and_equal_ones_count_half() -> None:
    assert real.auc([2.0, 3.0], [1.0, 2.0]) == pytest.approx((4 - 0.5) / 4)
