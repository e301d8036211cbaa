"""What happens in a session besides samples: typed, each at a sample, one JSON object a line."""

import json
from collections.abc import Iterable
from typing import TypeAlias

import msgspec
import numpy as np

from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue, Phase

_NO_SAMPLE = 2**62


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """One event; `sample` is an index of the stream, as in every chunk."""

    sample: int

    def __post_init__(self) -> None:
        """Refuse a sample that no stream has."""
        if not 0 <= self.sample < _NO_SAMPLE:
            raise ValueError(f"an event is at a sample of the stream, got {self.sample}")


class CueGiven(_Event, frozen=True, kw_only=True, tag="cue"):
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


class Marker(_Event, frozen=True, kw_only=True, tag="marker"):
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
        if not 0 <= self.samples < _NO_SAMPLE:
            raise ValueError(f"a marker has a length in samples, got {self.samples}")


class Touch(_Event, frozen=True, kw_only=True, tag="touch"):
    """A finger on these muscles, or off them again (P5)."""

    muscles: tuple[str, ...] = ()
    """Codes as in T1; empty for "somewhere"."""
    on: bool = True


class Adjusted(_Event, frozen=True, kw_only=True, tag="adjusted"):
    """A therapist changed what is judged, from this sample on."""

    change: Adjustment


class QualityChanged(_Event, frozen=True, kw_only=True, tag="quality"):
    """The channels are now in these states."""

    quality: tuple[str, ...]
    """Name of the `Quality` of each channel, in column order."""


class Gap(_Event, frozen=True, kw_only=True, tag="gap"):
    """Samples `sample` to `stop` are not on record."""

    stop: int
    why: str = "lost"
    """`lost` on the way here; `not recorded`: they came, and could not be written; `end`: the
    last record is fuller than the recording."""

    def __post_init__(self) -> None:
        """Refuse a gap without samples."""
        super().__post_init__()
        if not self.sample < self.stop < _NO_SAMPLE:
            raise ValueError(f"need sample < stop, got {self}")


class HostTime(_Event, frozen=True, kw_only=True, tag="time"):
    """When a sample was taken, by this computer's clocks."""

    utc: str
    """ISO 8601 with microseconds."""
    host_s: float
    """`time.perf_counter` at that moment."""
    rate_hz: float | None = None
    """The board's measured rate, once it is known."""


class Counters(_Event, frozen=True, kw_only=True, tag="counters"):
    """What has become of the board's packets so far."""

    lost: int
    gaps: int
    reconnects: int


class LinkChanged(_Event, frozen=True, kw_only=True, tag="link"):
    """The link to the board is now in this state."""

    link: str
    message: str = ""


class CalibrationBegun(_Event, frozen=True, kw_only=True, tag="calibration"):
    """From here on a calibration was recorded, for this person and these electrodes."""

    person: str
    """Code, never a name."""
    therapist: str
    """Code."""
    electrodes: str
    """Id of the application of electrodes."""
    applied: str
    """The day they were applied, as 2026-11-25."""


class SegmentMarked(_Event, frozen=True, kw_only=True, tag="segment"):
    """Samples `sample` to `stop` are a stretch that a calibration is fitted from."""

    stop: int
    kind: SegmentKind
    muscle: str = ""
    """The muscle that was asked for; empty at rest."""
    side: Side | None = None
    """The patient's side that was asked for; None for both."""
    void: bool = False
    """Whether this takes back the same stretch, which was repeated or left out."""

    def __post_init__(self) -> None:
        """Refuse a stretch that no calibration could use."""
        super().__post_init__()
        _ = self.segment

    @classmethod
    def of(cls, segment: Segment, *, void: bool = False) -> "SegmentMarked":
        """Return the event of a stretch."""
        return cls(
            sample=int(segment.start),
            stop=int(segment.stop),
            kind=segment.kind,
            muscle=segment.muscle,
            side=segment.side,
            void=void,
        )

    @property
    def segment(self) -> Segment:
        """The stretch of this event."""
        return Segment(
            kind=self.kind,
            start=self.sample,
            stop=self.stop,
            muscle=self.muscle,
            side=self.side,
        )


class ChannelExcluded(_Event, frozen=True, kw_only=True, tag="excluded"):
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


class BoutBegun(_Event, frozen=True, kw_only=True, tag="bout"):
    """From here on a bout of one pattern was practised, on these terms (P7)."""

    number: int
    """Counted from 1 in the session."""
    pattern: str
    mode: str
    """How attempts are fed back: `bars`, `sound`, `feel first` or `faded`."""
    faded_share: float
    bout_s: float
    rise_s: float
    hold_s: float
    release_s: float
    rest_s: float
    pause_s: float
    """Rest that is offered afterwards."""


class FeedbackSet(_Event, frozen=True, kw_only=True, tag="feedback"):
    """An attempt begins here, with or without feedback for the patient."""

    attempt: int
    """Its place in the bout, from 1."""
    shown: bool


class AttemptLeftOut(_Event, frozen=True, kw_only=True, tag="left out"):
    """An attempt was broken off here: it is not scored."""

    attempt: int
    why: str
    """One sentence."""


class Felt(_Event, frozen=True, kw_only=True, tag="felt"):
    """The patient said what moved in an attempt, before it was shown (P6)."""

    attempt: int
    muscles: tuple[str, ...] = ()
    """Codes as in T1, of the affected side; empty for "nothing"."""
    skipped: bool = False
    """Whether nobody answered."""


class BoutPaused(_Event, frozen=True, kw_only=True, tag="pause"):
    """A bout was paused, or goes on."""

    on: bool = True
    quiet: bool = False
    """Whether nothing is shown or heard meanwhile."""


class BoutEnded(_Event, frozen=True, kw_only=True, tag="bout over"):
    """A bout was over."""

    number: int
    why: str
    """One sentence."""


OF_BOUTS = (BoutBegun, FeedbackSet, AttemptLeftOut, Felt, BoutPaused, BoutEnded)
"""Whatever happens in bouts, besides their cues."""

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


def marked(events: Iterable[Event]) -> tuple[Segment, ...]:
    """Return the stretches that still count, in order of time."""
    standing: dict[Segment, None] = {}
    for event in events:
        if isinstance(event, SegmentMarked):
            if event.void:
                standing.pop(event.segment, None)
            else:
                standing[event.segment] = None
    return tuple(sorted(standing, key=lambda segment: segment.start))


def _plain(value: object) -> int | float:
    """Turn numpy's numbers, as samples often are, into Python's."""
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
