"""What is known at one moment: all that a screen or a score may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:  # the first window needs frames, and none of what fills them
    from collections.abc import Iterator

    from calibration.patterns import Pattern
    from host.chain.quality import CodeArray
    from host.chain.stream import BoolArray, FloatArray, IntArray
    from host.detection.attempted import Attempted, Done
    from host.detection.blinks import Blink, Blinked
    from host.detection.certainty import Certainty
    from host.detection.cocontraction import Ended, Episode
    from host.detection.cues import Cue
    from host.detection.guards import Effort
    from host.detection.states import AttemptNow, Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """One hop of a session; arrays are `(n_channels,)`."""

    sample: int
    """Index after the newest sample that is in it."""
    time_s: float
    """The same as time since the stream began."""
    cue: Cue
    asked: Pattern
    """The cue's pattern, with the roles that are in force."""
    effort: Effort
    rms_uv: FloatArray
    """Level in the EMG band; NaN where there is no signal."""
    power_uv2: FloatArray
    """Mean power of this hop by itself, of the same signal: what is measured from (T3)."""
    activation: FloatArray
    """Share of the gentle reference; NaN where there is no signal or no reference yet."""
    quality: CodeArray
    """`Quality` of each channel."""
    threshold: FloatArray
    """Activation that a quiet muscle should stay below; NaN for muscles not judged now."""
    active: BoolArray
    """Whether an episode of unwanted activation is going on."""
    too_strong: BoolArray
    """Whether a target muscle works harder than the ceiling (P8)."""
    moving: BoolArray
    """Whether the muscle is active at all; False where unknown."""
    released: BoolArray
    """Whether the muscle has been at rest for some time (P12); never where unknown."""
    may_go_on: bool
    """Whether all muscles that count are released: only then the next attempt starts (P12)."""
    blinking: BoolArray
    """Whether the eye may only be blinking: it is not judged yet."""
    touched: BoolArray
    """Whether a finger may be on the muscle (P5): its activation is unknown."""
    lost: IntArray
    """Samples of this hop that never came or came garbled."""
    certainty: Certainty
    """How sure `activation` is: see `interval`."""
    total: FloatArray
    """Activation with what leaks from driven muscles: as the electrode came. For the therapist."""
    explained: FloatArray
    """Share of the electrode's activity that leaks from driven muscles; 0 where nothing is
    separated, NaN where unknown."""
    crosstalk: BoolArray
    """Whether most of what the electrode shows is suspected to be crosstalk."""
    calibrated: bool
    ended: tuple[Episode, ...] = ()
    """Episodes that ended in this hop."""
    blinks: tuple[Blink, ...] = ()
    """Blinks that were told in this hop."""
    attempt: AttemptNow | None = None
    """The attempt that goes on; None where none is asked for."""
    attempted: tuple[Attempted, ...] = ()
    """Attempts that were over before this hop."""

    def interval(self) -> tuple[FloatArray, FloatArray]:
        """Return where the activation lies in 95 % of cases, `(n_channels,)` each.

        NaN where unknown; from 0 to infinity where nothing is known about how sure it is.
        """
        return self.certainty.interval(np.where(self.touched, np.nan, self.rms_uv))

    @property
    def attempt_s(self) -> float:
        """For how long the attempt has been in its state; 0 without one."""
        if self.attempt is None or not self.sample:
            return 0.0
        return (self.sample - self.attempt.since) * self.time_s / self.sample


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frames:
    """Consecutive frames under one cue; arrays are `(n_frames, n_channels)` unless said."""

    first: int
    """Number of the first hop; frame `k` ends before sample `(first + k + 1) * hop`."""
    hop: int
    rate_hz: float
    cue: Cue
    asked: Pattern
    effort: Effort
    rms_uv: FloatArray
    power_uv2: FloatArray
    activation: FloatArray
    quality: CodeArray
    threshold: FloatArray
    """`(n_channels,)`: the same for all."""
    active: BoolArray
    too_strong: BoolArray
    moving: BoolArray
    released: BoolArray
    may_go_on: BoolArray
    """`(n_frames,)`."""
    blinking: BoolArray
    touched: BoolArray
    """`(n_channels,)`: the same for all."""
    lost: IntArray
    certainty: Certainty
    total: FloatArray
    explained: FloatArray
    crosstalk: BoolArray
    calibrated: bool
    ended: Ended = ()
    """Episodes with the row of the frame in which they ended, in order."""
    blinks: Blinked = ()
    """Blinks with the row of the frame in which they were told."""
    attempt: Progress = ()
    """The attempt with the row of the frame from which on it is as it says."""
    attempted: Done = ()
    """Attempts with the row of the frame before which they were over."""

    def __len__(self) -> int:
        return len(self.rms_uv)

    def __iter__(self) -> Iterator[Frame]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: int) -> Frame:
        if not 0 <= row < len(self):
            raise IndexError(f"there are {len(self)} frames, not {row + 1}")
        sample = (self.first + row + 1) * self.hop
        return Frame(
            sample=sample,
            time_s=sample / self.rate_hz,
            cue=self.cue,
            asked=self.asked,
            effort=self.effort,
            rms_uv=self.rms_uv[row],
            power_uv2=self.power_uv2[row],
            activation=self.activation[row],
            quality=self.quality[row],
            threshold=self.threshold,
            active=self.active[row],
            too_strong=self.too_strong[row],
            moving=self.moving[row],
            released=self.released[row],
            may_go_on=bool(self.may_go_on[row]),
            blinking=self.blinking[row],
            touched=self.touched,
            lost=self.lost[row],
            certainty=self.certainty.at(row),
            total=self.total[row],
            explained=self.explained[row],
            crosstalk=self.crosstalk[row],
            calibrated=self.calibrated,
            ended=_of(self.ended, row),
            blinks=_of(self.blinks, row),
            attempt=self._attempt(row),
            attempted=_of(self.attempted, row),
        )

    def _attempt(self, row: int) -> AttemptNow | None:
        """Return the attempt as it is in a frame."""
        for at, now in reversed(self.attempt):
            if at <= row:
                return now
        return None

    @property
    def start(self) -> int:
        """Index of the first sample of the first hop."""
        return self.first * self.hop

    @property
    def stop(self) -> int:
        """Index after the last sample of the last hop."""
        return (self.first + len(self)) * self.hop


def _of(told: tuple[tuple[int, T], ...], row: int) -> tuple[T, ...]:
    """Return what was told in a row; mostly nothing was in any."""
    return tuple(one for at, one in told if at == row) if told else ()
