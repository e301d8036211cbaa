"""What is kept of frames while their attempt goes on, whether they came in pieces or one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from calibration.patterns import Pattern
from calibration.reference import Reference
from host.detection.attempted import Attempted
from host.detection.blinks import Blink
from host.detection.certainty import reference_at
from host.detection.course import Piece
from host.detection.cues import Cue
from host.detection.frame import Frame, Frames

TOGETHER = 64
"""Single frames are put together so many at a time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kept:
    """Powers of consecutive hops under one cue, `(n_hops, n_channels)`."""

    hop: int
    rate_hz: float
    cue: Cue
    asked: Pattern
    calibrated: bool
    power_uv2: Piece
    """NaN where unknown or touched."""
    doubt: Piece | None
    """Share of each power that may be crosstalk still; None where none is taken out."""
    reference: Reference
    """That of the last hop, `(n_channels,)` each."""
    blinks: tuple[Blink, ...]
    attempted: tuple[Attempted, ...]
    """Attempts that were over before these hops."""

    @property
    def stop(self) -> int:
        """Number of the hop after the last."""
        return self.power_uv2.stop

    @classmethod
    def of(cls, frames: Frames) -> "Kept":
        """Take frames as they come from a recording."""
        sure, first = frames.certainty, frames.first
        power_uv2 = frames.power_uv2
        if frames.touched.any():
            power_uv2 = np.where(frames.touched, np.nan, power_uv2)
        return cls(
            hop=frames.hop,
            rate_hz=frames.rate_hz,
            cue=frames.cue,
            asked=frames.asked,
            calibrated=frames.calibrated,
            power_uv2=Piece(first=first, powers=power_uv2),
            doubt=None if sure.doubt is None else Piece(first=first, powers=sure.doubt),
            reference=reference_at(sure.reference, -1),
            blinks=tuple(blink for _, blink in frames.blinks),
            attempted=tuple(attempted for _, attempted in frames.attempted),
        )

    @classmethod
    def together(cls, frames: Sequence[Frame], hop: int, rate_hz: float) -> "Kept":
        """Put consecutive frames of one cue together."""
        last = frames[-1]
        first = frames[0].sample // hop - 1
        touched = np.array([one.touched for one in frames])
        power_uv2 = np.where(touched, np.nan, np.array([one.power_uv2 for one in frames]))
        doubts = [one.certainty.doubt for one in frames]
        doubt = np.array([one for one in doubts if one is not None])
        return cls(
            hop=hop,
            rate_hz=rate_hz,
            cue=last.cue,
            asked=last.asked,
            calibrated=last.calibrated,
            power_uv2=Piece(first=first, powers=power_uv2),
            doubt=Piece(first=first, powers=doubt) if len(doubt) == len(frames) else None,
            reference=last.certainty.reference,
            blinks=tuple(blink for one in frames for blink in one.blinks),
            attempted=tuple(attempted for one in frames for attempted in one.attempted),
        )


@dataclass(slots=True, kw_only=True)
class Single:
    """Puts frames together that come one by one."""

    hop: int
    rate_hz: float
    _waiting: list[Frame] = field(default_factory=list)

    def push(self, frame: Frame) -> tuple[Kept, ...]:
        """Take a frame; return what is complete, if anything is."""
        done = self.flush() if self._waiting and not self._goes_on(frame) else ()
        self._waiting.append(frame)
        return done if len(self._waiting) < TOGETHER else (*done, *self.flush())

    def flush(self) -> tuple[Kept, ...]:
        """Return what is left."""
        if not self._waiting:
            return ()
        waiting, self._waiting = self._waiting, []
        return (Kept.together(waiting, self.hop, self.rate_hz),)

    def _goes_on(self, frame: Frame) -> bool:
        """Tell whether a frame follows the last one under the same cue and roles."""
        last = self._waiting[-1]
        return (
            frame.cue is last.cue
            and frame.asked is last.asked
            and frame.sample == last.sample + self.hop
        )
