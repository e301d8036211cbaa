"""What happens in a session besides samples: typed, each at a sample, one JSON object a line."""

import json
from typing import TypeAlias

import msgspec
import numpy as np

from calibration.saying import Saying
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue, Phase
from host.recording.bout_events import (
    AttemptLeftOut,
    BoutBegun,
    BoutEnded,
    BoutPaused,
    FeedbackSet,
    Felt,
)
from host.recording.calibration_events import CalibrationBegun, SegmentMarked
from host.recording.dated import NO_SAMPLE, Dated


class CueGiven(Dated, frozen=True, kw_only=True, tag="cue"):
    """From here on the patient is asked for this phase of this pattern."""

    pattern: str
    phase: Phase

    @classmethod
    def of(cls, cue: Cue) -> "CueGiven":
        """Return the event of a cue."""
        return cls(sample=int(cue.start), pattern=cue.pattern, phase=cue.phase)

    @property
    def cue(self) -> Cue:
        """The cue of this event."""
        return Cue(start=self.sample, pattern=self.pattern, phase=self.phase)


class Marker(Dated, frozen=True, kw_only=True, tag="marker"):
    """Something that somebody, or another program, marked."""

    text: str = ""
    samples: int = 0
    """How long it lasts; 0 for a moment."""
    by: str = ""
    """Who or what marked it: `live`, `review`, or the name of a file's column."""
    utc: str = ""
    """When it was written, ISO 8601; empty where only the sample is known."""

    def __post_init__(self) -> None:
        """Refuse a length that is none."""
        super().__post_init__()
        if not 0 <= self.samples < NO_SAMPLE:
            raise ValueError(f"a marker has a length in samples, got {self.samples}")


class Touch(Dated, frozen=True, kw_only=True, tag="touch"):
    """A finger on these muscles, or off them again (P5)."""

    muscles: tuple[str, ...] = ()
    """Codes as in T1; empty for "somewhere"."""
    on: bool = True


class Adjusted(Dated, frozen=True, kw_only=True, tag="adjusted"):
    """A therapist changed what is judged, from this sample on."""

    change: Adjustment


class QualityChanged(Dated, frozen=True, kw_only=True, tag="quality"):
    """The channels are now in these states."""

    quality: tuple[str, ...]
    """Name of the `Quality` of each channel, in column order."""


class Gap(Dated, frozen=True, kw_only=True, tag="gap"):
    """Samples `sample` to `stop` are not on record."""

    stop: int
    why: str = "lost"
    """`lost` on the way here; `not recorded`: they came, and could not be written; `end`: the
    last record is fuller than the recording."""

    def __post_init__(self) -> None:
        """Refuse a gap without samples."""
        super().__post_init__()
        if not self.sample < self.stop < NO_SAMPLE:
            raise ValueError(f"need sample < stop, got {self}")


class HostTime(Dated, frozen=True, kw_only=True, tag="time"):
    """When a sample was taken, by this computer's clocks."""

    utc: str
    """ISO 8601 with microseconds."""
    host_s: float
    """`time.perf_counter` at that moment."""
    rate_hz: float | None = None
    """The board's measured rate, once it is known."""


class Counters(Dated, frozen=True, kw_only=True, tag="counters"):
    """What has become of the board's packets so far."""

    lost: int
    gaps: int
    reconnects: int


class LinkChanged(Dated, frozen=True, kw_only=True, tag="link"):
    """The link to the board is now in this state."""

    link: str
    """The name of the state, as `host.acquisition.source.Link` values it."""
    message: str = ""

    @property
    def nothing_comes(self) -> bool:
        """Whether a board that is waited for sends nothing."""
        return self.link in ("silent", "reconnecting")


class ChannelExcluded(Dated, frozen=True, kw_only=True, tag="excluded"):
    """The therapist goes without a channel: nothing is known of its muscle, and nothing scored."""

    channel: int
    """Column, from 0."""
    name: str
    """As the therapist knew it: "Eye, right"."""
    by: str
    """The therapist's code."""
    reason: str
    utc: str
    """When it was decided, ISO 8601."""


Event: TypeAlias = (
    CueGiven
    | Marker
    | Touch
    | Adjusted
    | QualityChanged
    | Gap
    | HostTime
    | Counters
    | LinkChanged
    | CalibrationBegun
    | SegmentMarked
    | ChannelExcluded
    | BoutBegun
    | FeedbackSet
    | AttemptLeftOut
    | Felt
    | BoutPaused
    | BoutEnded
)


def _plain(value: object) -> int | float | str:
    """Turn numpy's numbers, as samples often are, into Python's; and a saying into text."""
    if isinstance(value, Saying):
        return str(value)
    if isinstance(value, np.integer | np.floating):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


_encoder = msgspec.json.Encoder(enc_hook=_plain)
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode_event(event: Event) -> bytes:
    """Return one line, with its line end; what is no text in UTF-8 becomes a question mark."""
    try:
        return _encoder.encode(event) + b"\n"
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(event, enc_hook=_plain), ensure_ascii=False)
        return text.encode(errors="replace") + b"\n"


def decode_event(line: bytes) -> Event:
    """Read one line; ValueError (such as msgspec.DecodeError) says what is wrong with it."""
    try:
        return _decoder.decode(line)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
