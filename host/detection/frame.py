"""What is known at one moment: all that a screen or a score may use."""

from dataclasses import dataclass

from host.chain.quality import CodeArray
from host.chain.stream import BoolArray, FloatArray, IntArray
from host.detection.cocontraction import Episode
from host.detection.cues import Cue


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """One hop of a session; arrays are `(n_channels,)`."""

    sample: int
    """Index after the newest sample that is in it."""
    time_s: float
    """The same as time since the stream began."""
    cue: Cue
    rms_uv: FloatArray
    """Level in the EMG band; NaN where there is no signal."""
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
    lost: IntArray
    """Samples of this hop that never came or came garbled."""
    calibrated: bool
    ended: tuple[Episode, ...] = ()
    """Episodes that ended in this hop."""
