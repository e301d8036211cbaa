"""What happened in a recording as a table of BIDS: cues, touches, marks, changes and gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from host.detection.cues import Phase
from host.recording import bdf
from host.recording.bids.bdf import gaps_in
from host.recording.bids.recording import BidsRecording
from host.recording.bids.tables import Column, Table
from host.recording.bout_events import OF_BOUTS, BoutBegun, BoutEnded, Felt
from host.recording.event_words import kind_of, text_of
from host.recording.events import Adjusted, CueGiven, Event, Marker, Touch

FREE = Phase.FREE.value

_KINDS = {
    "rest": "Asked to let the face rest",
    "rise": "Asked to move, slowly",
    "hold": "Asked to hold the movement, gently",
    "release": "Asked to let go",
    FREE: "Nothing was paced; `pattern` says as which pattern it is judged",
    "touch": "A finger lay on muscles to damp them; the electrodes may move",
    "marker": "Somebody marked something, see `text`",
    "adjusted": "The therapist changed how muscles are judged, see `text`",
    "bout": "A bout of one pattern was practised, see `text`",
    "feedback": "An attempt began with or without feedback for the patient, see `text`",
    "left out": "An attempt was broken off and is not scored, see `text`",
    "felt": "The patient said which muscles moved in an attempt, before it was shown",
    "pause": "Practice was paused, or went on, see `text`",
    bdf.GAP: "No sample is on record here: the values before are held in the file",
}
_PHASES = {phase.value: _KINDS[phase.value] for phase in Phase}
_EVENTS = (
    Column(name="onset", about="Time since the first sample", units="s"),
    Column(name="duration", about="How long it lasts; 0 for a moment", units="s"),
    Column(name="trial_type", about="What happened; cues are `pattern/phase`"),
    Column(name="pattern", about="Movement pattern that the patient was asked for"),
    Column(name="phase", about="Part of an attempt", levels=_PHASES),
    Column(name="muscles", about="Codes of the muscles that were touched"),
    Column(name="text", about="What was marked or changed, or why there is no sample"),
    Column(name="sample", about="Index of the sample at the onset, from 0"),
)

Row = tuple[int, int, tuple[str | None, ...]]
"""Start and length in samples, and trial type, pattern, phase, muscles, text."""


def events_table(recording: BidsRecording, written: int) -> Table:
    """Return what happened, in order; `written` is how many samples the file has."""
    rows = sorted(
        [
            *_cues(recording.cues, recording.stop),
            *_touches(recording.events, recording.stop),
            *_moments(recording.events),
            *_bouts(recording.events, recording.stop),
            *(_gap(gap.sample, gap.stop, gap.why) for gap in gaps_in(recording.recorded)),
            *([_gap(recording.stop, written, "end")] if written > recording.stop else []),
        ],
        key=lambda row: (row[0], -row[1]),
    )
    rate_hz = recording.rate_hz
    cells = [(start / rate_hz, count / rate_hz, *words, start) for start, count, words in rows]
    kinds = {row[2][0]: _meaning(row[2]) for row in rows}
    levels = {kind: meaning for kind, meaning in sorted(kinds.items()) if kind}
    columns = [
        replace(column, levels=levels) if column.name == "trial_type" else column
        for column in _EVENTS
    ]
    return Table(columns=tuple(columns), rows=tuple(cells))


def _meaning(words: tuple[str | None, ...]) -> str:
    kind, pattern, phase, *_ = words
    if phase and pattern and phase != FREE:
        return f"{_KINDS[phase]}: {pattern}"
    return _KINDS[kind or FREE]


def _cues(cues: Sequence[CueGiven], stop: int) -> list[Row]:
    """Return each cue until the next; what is not paced asks for nothing."""
    ends = [*(cue.sample for cue in cues[1:]), stop]
    return [
        (
            cue.sample,
            end - cue.sample,
            (_kind(cue), cue.pattern, cue.phase.value, None, None),
        )
        for cue, end in zip(cues, ends, strict=False)
    ]


def _kind(cue: CueGiven) -> str:
    return FREE if cue.phase is Phase.FREE else f"{cue.pattern}/{cue.phase.value}"


def _touches(events: Iterable[Event], stop: int) -> list[Row]:
    """Return each touch until the finger is off, or another touch begins."""
    touches = sorted(
        (one for one in events if isinstance(one, Touch)), key=lambda touch: touch.sample
    )
    ends = [*(touch.sample for touch in touches[1:]), stop]
    return [
        (
            touch.sample,
            max(0, end - touch.sample),
            ("touch", None, None, " ".join(touch.muscles), None),
        )
        for touch, end in zip(touches, ends, strict=False)
        if touch.on
    ]


def _moments(events: Iterable[Event]) -> list[Row]:
    rows: list[Row] = []
    for event in events:
        if isinstance(event, Marker):
            rows.append((event.sample, event.samples, ("marker", None, None, None, event.text)))
        elif isinstance(event, Adjusted):
            rows.append((event.sample, 0, ("adjusted", None, None, None, text_of(event))))
    return rows


def _bouts(events: Iterable[Event], stop: int) -> list[Row]:
    """Return each bout until it was over, and what happened in it."""
    rows: list[Row] = []
    of_bouts = [event for event in events if isinstance(event, OF_BOUTS)]
    ends = {event.number: event.sample for event in of_bouts if isinstance(event, BoutEnded)}
    for event in of_bouts:
        if isinstance(event, BoutEnded):
            continue
        lasts, pattern, muscles = 0, None, None
        if isinstance(event, BoutBegun):
            lasts, pattern = ends.get(event.number, stop) - event.sample, event.pattern
        elif isinstance(event, Felt):
            muscles = " ".join(event.muscles)
        words = (kind_of(event), pattern, None, muscles, text_of(event))
        rows.append((event.sample, max(lasts, 0), words))
    return rows


def _gap(start: int, stop: int, why: str) -> Row:
    return start, stop - start, (bdf.GAP, None, None, None, why)
