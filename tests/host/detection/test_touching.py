"""A finger on a muscle (P5): which channels, from when, and for how long behind it."""

import pytest

from calibration.montage import Montage, Site, plain_montage
from calibration.muscles import Side
from host.detection.touching import SOMEWHERE, Fingers, Touched, touched_channels

FACE = Montage(
    name="three",
    sites=(
        Site(muscle="OOC", side=Side.LEFT),
        Site(muscle="OOC", side=Side.RIGHT),
        Site(muscle="ZYG", side=Side.RIGHT),
        Site(),
    ),
)


def states(*touches: Touched, until: int = 1000) -> list[tuple[int, tuple[str, ...]]]:
    """Return what is touched from which sample on."""
    fingers, now, found = Fingers(touches, 50), frozenset[str](), []
    while fingers.next is not None and fingers.next < until:
        at = fingers.next
        for one in fingers.until(at):
            now = now | {one.muscle} if one.on else now - {one.muscle}
        found.append((at, tuple(sorted(now))))
    return found


def test_p5_a_muscle_is_scored_again_only_some_time_after_the_finger_left() -> None:
    on, off = Touched(start=100, muscles=("OOC",)), Touched(start=200, muscles=("OOC",), on=False)
    assert states(off, on) == [(100, ("OOC",)), (250, ())]


def test_a_finger_that_comes_back_at_once_has_not_left() -> None:
    eye, off = ("OOC",), Touched(start=200, on=False)
    found = states(Touched(start=100, muscles=eye), off, Touched(start=230, muscles=eye))
    assert found == [(100, ("OOC",)), (230, ("OOC",))]


def test_off_everything_takes_all_fingers_off() -> None:
    touches = (
        Touched(start=10, muscles=("OOC", "ZYG")),
        Touched(start=20),
        Touched(start=90, on=False),
    )
    assert states(*touches) == [
        (10, ("OOC", "ZYG")),
        (20, (SOMEWHERE, "OOC", "ZYG")),
        (140, ()),
    ]


def test_a_finger_that_was_never_there_cannot_leave() -> None:
    assert states(Touched(start=5, on=False), Touched(start=6, muscles=("ZYG",), on=False)) == []


@pytest.mark.parametrize(
    ("muscles", "columns"),
    [({"OOC"}, [0, 1, 3]), ({"ZYG"}, [2, 3]), ({SOMEWHERE}, [0, 1, 2, 3]), (set(), [])],
)
def test_p5_both_sides_count_and_a_plain_channel_may_be_anywhere(
    muscles: set[str], columns: list[int]
) -> None:
    assert touched_channels(FACE, muscles).nonzero()[0].tolist() == columns


def test_in_a_plain_montage_any_channel_may_be_touched() -> None:
    assert touched_channels(plain_montage(2), {"OOC"}).all()


def test_touches_that_nobody_can_make_are_refused() -> None:
    with pytest.raises(ValueError, match="sample of the stream, got -1"):
        Touched(start=-1)
    with pytest.raises(ValueError, match="XYZ"):
        Touched(start=0, muscles=("XYZ",))
