"""What comes along with a blink and not with the pattern: the blink's own synkinesis.

A mouth corner that moves with each blink is real and is told. But it says nothing of how the
pattern went: nobody can leave out blinking for the time of an attempt, and the next attempt would
fail or succeed by chance. So such an episode is marked and shown, and fails no attempt. Where
blinking itself is looked at (the probe of T2), or the eye leads, nothing is marked.
"""

from collections import deque
from dataclasses import dataclass, replace

from host.detection.blinks import Blink, Blinked
from host.detection.cocontraction import Ended, Episode

_KEPT = 16
"""So many blinks are remembered: far more than there are within one episode's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithBlink:
    """Settings: what may have come along with a blink."""

    after_s: float = 0.25
    """It passes its line so soon after the blink began. A blink's synkinesis comes 10 to 40 ms
    after it; the rest is the level's window."""
    longest_s: float = 0.6
    """And is shorter: the blink itself, and the level's window. What stays is the pattern's."""

    def __post_init__(self) -> None:
        """Refuse what would take a pattern's own synkinesis for a blink's."""
        if not (0.0 < self.after_s <= 1.0 and 0.0 < self.longest_s <= 1.0):
            raise ValueError(f"need after_s and longest_s of 0 to 1 s, got {self}")


class BlinkCompany:
    """Marks the episodes that came along with a blink, by the blinks told up to then."""

    def __init__(self, settings: WithBlink, rate_hz: float) -> None:
        self._after = round(settings.after_s * rate_hz)
        self._longest = round(settings.longest_s * rate_hz)
        self._blinks: deque[Blink] = deque(maxlen=_KEPT)

    def push(self, ended: Ended, blinks: Blinked, *, marked: bool) -> Ended:
        """Return these episodes, marked where they belong to a blink and it is to be `marked`.

        Both come with the rows of the same hops, in order.
        """
        if not marked:
            self._blinks.clear()
            return ended
        waiting = deque(blinks)
        found: list[tuple[int, Episode]] = []
        for row, episode in ended:
            while waiting and waiting[0][0] <= row:
                self._blinks.append(waiting.popleft()[1])
            found.append((row, replace(episode, with_blink=self._accompanies(episode))))
        self._blinks.extend(blink for _, blink in waiting)
        return tuple(found)

    def _accompanies(self, episode: Episode) -> bool:
        if episode.cut or episode.stop - episode.start >= self._longest:
            return False
        return any(0 <= episode.start - blink.onset <= self._after for blink in self._blinks)
