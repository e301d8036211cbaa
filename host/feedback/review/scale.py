"""Which part of a recording is in view, and where a sample stands. Plain Python, no Qt."""

import math
from dataclasses import dataclass, replace

SHORTEST_S = 0.2
"""Nothing is seen better by zooming in farther."""
_STEPS_S = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A stretch of time on so many pixels."""

    total: int
    """Samples in the recording."""
    rate_hz: float
    start: float
    """Sample at the left edge."""
    stop: float
    """Sample at the right edge."""
    width: float
    """Pixels between the edges."""

    def __post_init__(self) -> None:
        """Refuse a view that shows nothing."""
        if not (0.0 <= self.start < self.stop <= self.total and self.width > 0):
            raise ValueError(f"a view lies inside the recording and has some width, got {self}")

    @classmethod
    def whole(cls, total: int, rate_hz: float, width: float = 1.0) -> "Scale":
        """Show everything."""
        return cls(total=total, rate_hz=rate_hz, start=0.0, stop=float(total), width=width)

    @property
    def seconds(self) -> float:
        """How much time is in view."""
        return (self.stop - self.start) / self.rate_hz

    @property
    def is_whole(self) -> bool:
        """Whether all of it is in view."""
        return self.stop - self.start >= self.total

    def x(self, sample: float) -> float:
        """Return where a sample stands, in pixels from the left edge; may lie outside."""
        return (sample - self.start) / (self.stop - self.start) * self.width

    def sample(self, x: float) -> int:
        """Return the sample at a pixel, inside the recording."""
        at = self.start + x / self.width * (self.stop - self.start)
        return min(max(round(at), 0), self.total)

    def zoomed(self, factor: float, at_x: float) -> "Scale":
        """Show `factor` times as much; what lies under `at_x` stays there."""
        shortest = min(SHORTEST_S * self.rate_hz, float(self.total))
        span = min(max((self.stop - self.start) * factor, shortest), float(self.total))
        share = min(max(at_x / self.width, 0.0), 1.0)
        anchor = self.start + share * (self.stop - self.start)
        return self._placed(anchor - share * span, span)

    def moved(self, samples: float) -> "Scale":
        """Show what lies later, or earlier, by so many samples."""
        return self._placed(self.start + samples, self.stop - self.start)

    def showing(self, sample: float, *, margin: float = 0.1) -> "Scale":
        """Return a view with a sample in it, with room about it; itself where it is seen well."""
        span = self.stop - self.start
        room = margin * span
        if self.is_whole or self.start + room <= sample <= self.stop - room:
            return self
        if self.start <= sample <= self.stop and (self.start <= 0 or self.stop >= self.total):
            at_end = sample > self.stop - room and self.stop >= self.total
            at_begin = sample < self.start + room and self.start <= 0
            if at_end or at_begin:
                return self
        return self._placed(sample - 2 * room, span)

    def fitted(self, start: float, stop: float, *, margin: float = 0.15) -> "Scale":
        """Show a stretch, with some room on both sides."""
        room = margin * (stop - start)
        span = max(stop - start + 2 * room, SHORTEST_S * self.rate_hz)
        return self._placed(start - room, min(span, float(self.total)))

    def resized(self, width: float) -> "Scale":
        """Show the same on another width."""
        return replace(self, width=max(width, 1.0))

    def _placed(self, start: float, span: float) -> "Scale":
        start = min(max(start, 0.0), self.total - span)
        return replace(self, start=start, stop=min(start + span, float(self.total)))


def ticks(scale: Scale, apart_px: float = 90.0) -> list[tuple[int, str]]:
    """Return samples at round times with their names, at least `apart_px` from each other."""
    least_s = apart_px * scale.seconds / scale.width
    hours_s = 3600.0 * math.ceil(least_s / 3600.0)
    step_s = next((step for step in _STEPS_S if step >= least_s), hours_s)
    first = math.ceil(scale.start / scale.rate_hz / step_s)
    last = math.floor(scale.stop / scale.rate_hz / step_s)
    return [
        (round(number * step_s * scale.rate_hz), clock(number * step_s, step_s))
        for number in range(first, last + 1)
    ]


def clock(seconds: float, step_s: float = 1.0) -> str:
    """Write a time in the recording: `2:05`, `1:02:05`; with parts of a second for small steps."""
    digits = 0 if step_s >= 1.0 else 1 if step_s >= 0.1 else 2
    whole = round(seconds, digits)
    minutes, rest = divmod(whole, 60.0)
    hours, minutes = divmod(int(minutes), 60)
    second = f"{rest:0{3 + digits if digits else 2}.{digits}f}"
    return f"{hours}:{minutes:02}:{second}" if hours else f"{minutes}:{second}"
