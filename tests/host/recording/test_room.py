"""What a disk has room for, in words."""

import pytest

from host.recording.room import room_left


@pytest.mark.parametrize(
    ("left_s", "said"),
    [
        (601.0, ""),
        (150.0, "The disk has room for 2 more minutes."),
        (119.0, "The disk has room for 1 more minute."),
        (59.0, "The disk has room for less than a minute."),
        (0.0, "The disk has room for less than a minute."),
    ],
)
def test_the_room_that_is_left_is_told_in_minutes_and_never_in_none(
    left_s: float, said: str
) -> None:
    assert room_left(1000.0 * left_s, 1000.0) == said
