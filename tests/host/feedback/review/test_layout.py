"""Which strips a montage has, and what was asked for when (T1)."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from calibration.montage import Montage, Site, montages, plain_montage
from calibration.muscles import Side
from host.detection.cues import Cue, Phase
from host.feedback.review.layout import Asked, strips
from tests.host.session.recordings import CLOSURE, RATE, SMILE, STOP, opened, plain


def test_t1_a_strip_has_the_patients_left_above_and_right_below_from_forehead_to_neck() -> None:
    rows = strips(montages()["face-16"])
    assert [row.name for row in rows][:3] == ["Forehead", "Brow", "Eye"]
    assert rows[-1].name == "Neck"
    sites = montages()["face-16"].sites
    for row in rows:
        assert row.upper is not None
        assert row.lower is not None
        assert sites[row.upper] == Site(muscle=row.muscle, side=Side.LEFT)
        assert sites[row.lower] == Site(muscle=row.muscle, side=Side.RIGHT)
        assert row.sides == (row.upper, row.lower)


def test_one_side_may_be_without_an_electrode() -> None:
    (row,) = strips(Montage(name="one", sites=(Site(muscle="OOC", side=Side.RIGHT),)))
    assert row.sides == (None, 0)


def test_plain_channels_have_a_strip_each_below_the_muscles() -> None:
    assert [row.name for row in strips(plain_montage(2))] == ["Channel 1", "Channel 2"]
    assert [row.sides for row in strips(plain_montage(2))] == [(0, None), (1, None)]
    padded = strips(montages()["face-4"].padded(5))
    assert [row.name for row in padded] == ["Eye", "Cheek", "Channel 5"]


def test_what_was_asked_covers_the_recording(tmp_path: Path) -> None:
    asked = Asked(opened(tmp_path))
    assert len(asked.stretches) == 16
    assert (asked.stretches[0].start, asked.stretches[-1].stop) == (0, STOP)
    assert asked.at(3 * RATE).phase is Phase.HOLD
    assert asked.at(3 * RATE - 1).phase is Phase.RISE
    assert (asked.at(0).pattern, asked.at(STOP).pattern) == (SMILE, CLOSURE)


def test_holds_and_leading_muscles_by_sample(tmp_path: Path) -> None:
    asked = Asked(opened(tmp_path))
    samples = np.array([0, 3 * RATE, 6 * RATE - 1, 6 * RATE, 11 * RATE])
    assert asked.held(samples).tolist() == [False, True, True, False, True]
    # Eye and cheek, left and right: the cheek leads the smile, the eye its closure.
    assert asked.leads(samples)[1].tolist() == [False, True, False, True]
    assert asked.leads(samples)[4].tolist() == [True, False, True, False]


def test_before_the_first_cue_nothing_is_asked(tmp_path: Path) -> None:
    made = replace(opened(tmp_path), cues=(Cue(start=500, pattern=SMILE, phase=Phase.HOLD),))
    first, second = Asked(made).stretches
    assert (first.start, first.stop, first.phase) == (0, 500, Phase.FREE)
    assert (second.start, second.stop) == (500, STOP)
    (only,) = Asked(plain(tmp_path)).stretches
    assert (only.phase, only.stop) == (Phase.FREE, 8 * RATE)


def test_cues_behind_the_end_are_passed_over(tmp_path: Path) -> None:
    late = Cue(start=STOP + 5, pattern="pucker", phase=Phase.HOLD)
    made = opened(tmp_path)
    assert Asked(replace(made, cues=(*made.cues, late))).stretches[-1].stop == STOP
