"""Where the two windows stand: the patient's on a second screen where there is one. No Qt."""

from dataclasses import dataclass

FRAME = (16, 48)
"""What a desktop's frame adds to the width and height of a window at most, in its own pixels."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of the desktop, in its own pixels."""

    left: int
    top: int
    width: int
    height: int

    def __post_init__(self) -> None:
        """Refuse a rectangle without room."""
        if self.width < 1 or self.height < 1:
            raise ValueError(f"a place has room, got {self}")

    def overlap(self, other: "Place") -> int:
        """Return the area that both share."""
        wide = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        high = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)


def fits(wide: int, high: int, free: Place) -> bool:
    """Tell whether a window of this size has room, with its frame, in what is free of a screen."""
    return wide + FRAME[0] <= free.width and high + FRAME[1] <= free.height


def patients_screen(screens: tuple[Place, ...], therapist: Place) -> int | None:
    """Return the number of the screen for the patient's window; None to stand beside.

    It is the largest of those on which the therapist's window does not lie; of equal ones the
    first, so that nothing jumps.
    """
    if len(screens) < 2:
        return None
    own = max(range(len(screens)), key=lambda number: (therapist.overlap(screens[number]), -number))
    free = [
        number
        for number in range(len(screens))
        # Screens that mirror each other show the same desktop: that is no second one.
        if number != own and screens[number].overlap(screens[own]) == 0
    ]
    if not free:
        return None
    return max(free, key=lambda number: (screens[number].width * screens[number].height, -number))
