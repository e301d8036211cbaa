"""Marked stretches: typed, in order, apart (T3)."""

from typing import Any

import pytest

from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind, checked, of_kind

REST = Segment(kind=SegmentKind.REST, start=0, stop=5000)
HOLD = Segment(kind=SegmentKind.REFERENCE, start=5000, stop=7000, muscle="ZYG", side=Side.LEFT)


def test_stretches_come_in_order_of_time() -> None:
    assert checked([HOLD, REST], 7000) == (REST, HOLD)
    assert of_kind([REST, HOLD], SegmentKind.REFERENCE) == (HOLD,)
    assert checked([], 0) == ()


def test_stretches_that_overlap_or_pass_the_end_are_refused() -> None:
    over = Segment(kind=SegmentKind.REST, start=4999, stop=6000)
    with pytest.raises(ValueError, match="the rest at sample 4999 begins before"):
        checked([REST, over], 7000)
    with pytest.raises(ValueError, match="after the recording's 6999 samples"):
        checked([REST, HOLD], 6999)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start": 9000}, "start < stop"),
        ({"start": -1}, "0 <= start"),
        ({"muscle": ""}, "a reference needs a muscle"),
        ({"kind": SegmentKind.REST}, "a rest has no muscle, got 'ZYG'"),
        ({"muscle": "XYZ"}, "unknown muscle"),
        ({"kind": SegmentKind.SIDE_CHECK, "side": None}, "asks for one side"),
    ],
)
def test_a_stretch_that_asks_for_nothing_is_refused(changed: dict[str, Any], said: str) -> None:
    good = {"kind": SegmentKind.REFERENCE, "start": 0, "stop": 10, "muscle": "ZYG", "side": None}
    with pytest.raises(ValueError, match=said):
        Segment(**{**good, **changed})


def test_hops_of_a_stretch_lie_in_it_from_end_to_end() -> None:
    assert Segment(kind=SegmentKind.REST, start=5, stop=35).rows(10) == slice(1, 3)
    assert Segment(kind=SegmentKind.REST, start=5, stop=9).rows(10) == slice(1, 1)
    assert HOLD.is_too_short(4000.0)
    assert not HOLD.is_too_short(1000.0)
