"""What happens in practice, told in lines: episodes as they come, touches, notes. No Qt.

Frames are pushed by the session's thread, and none is skipped; the window reads the lines.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calibration.montage import Montage
    from host.detection.cocontraction import Episode
    from host.detection.frame import Frame

MOST = 60
"""So many lines are kept; the recording keeps all."""


class Happenings:
    """The newest lines of what happened."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=MOST)
        self.montage: Montage | None = None
        """Names the channels; None before the board is reached."""
        self._now_s = 0.0

    @property
    def lines(self) -> tuple[str, ...]:
        """The newest first; from any thread."""
        return tuple(self._lines.copy())[::-1]

    def keep(self, lines: Iterable[str]) -> None:
        """Keep these lines, the newest first, in place of all."""
        self._lines = deque([*lines][::-1], maxlen=MOST)

    def push(self, frame: Frame) -> None:
        """Take a frame, in order."""
        self._now_s = frame.time_s
        rate_hz = frame.sample / frame.time_s if frame.time_s else 1.0
        for episode in frame.ended:
            self._lines.append(self._episode(episode, rate_hz))

    def say(self, words: str) -> None:
        """Add a line of what the therapist did."""
        self._lines.append(f"{clock(self._now_s)}  {words}")

    def _episode(self, one: Episode, rate_hz: float) -> str:
        name = str(one.channel + 1) if self.montage is None else self.montage.named(one.channel)
        told = tr("{name} came along for {s:.1f} s, up to {peak:.0f} %").format(
            name=name, s=(one.stop - one.start) / rate_hz, peak=100.0 * one.peak
        )
        cut = tr(" or more") if one.cut else ""
        blinked = tr(", with a blink") if one.with_blink else ""
        return f"{clock(self._now_s)}  {told}{cut}{blinked}"


def clock(seconds: float) -> str:
    """Write a time since the session began: 3:05."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
