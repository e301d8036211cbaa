"""Events: one line each, the same when read again, and nothing that is none."""

import json

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.muscles import Side
from calibration.patterns import pattern
from calibration.saying import Saying
from calibration.segments import Segment, SegmentKind
from host.acquisition.source import Link
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.cues import Cue, Phase
from host.recording.bout_events import (
    AttemptLeftOut,
    BoutBegun,
    BoutEnded,
    BoutPaused,
    FeedbackSet,
    Felt,
)
from host.recording.calibration_events import CalibrationBegun, SegmentMarked, marked
from host.recording.events import (
    Adjusted,
    Counters,
    CueGiven,
    Event,
    Gap,
    HostTime,
    LinkChanged,
    Marker,
    QualityChanged,
    Touch,
    decode_event,
    encode_event,
)

ONE_OF_EACH: tuple[Event, ...] = (
    CueGiven(sample=0, pattern="smile", phase=Phase.HOLD),
    Marker(sample=1, text="übel\n\u2028 😀", samples=5, by="live", utc="2026-03-01T10:00:00+00:00"),
    Touch(sample=2, muscles=("ZYG", "OOC"), on=False),
    Adjusted(
        sample=3,
        change=Adjustment(start=3, thresholds=Thresholds(), patterns=(pattern("open smile"),)),
    ),
    QualityChanged(sample=4, quality=("good", "contact")),
    Gap(sample=5, stop=9, why="not recorded"),
    HostTime(sample=6, utc="2026-03-01T10:00:00+00:00", host_s=1.25, rate_hz=249.99),
    Counters(sample=7, lost=1, gaps=1, reconnects=0),
    LinkChanged(sample=8, link="silent", message="No samples come."),
    CalibrationBegun(
        sample=9, person="P01", therapist="T01", electrodes="e1", applied="2026-11-25"
    ),
    SegmentMarked(
        sample=10, stop=20, kind=SegmentKind.SIDE_CHECK, muscle="FRO", side=Side.LEFT, void=True
    ),
    BoutBegun(
        sample=11,
        number=2,
        pattern="pucker",
        mode="feel first",
        faded_share=0.5,
        bout_s=120.0,
        rise_s=2.0,
        hold_s=5.0,
        release_s=2.0,
        rest_s=10.0,
        pause_s=60.0,
    ),
    FeedbackSet(sample=12, attempt=1, shown=False),
    AttemptLeftOut(sample=13, attempt=1, why="It was skipped, so it is left out."),
    Felt(sample=14, attempt=2, muscles=("OOC",), skipped=True),
    BoutPaused(sample=15, on=False, quiet=True),
    BoutEnded(sample=16, number=2, why="The time of the bout is over."),
)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: type(event).__name__)
def test_each_kind_is_one_line_and_comes_back(event: Event) -> None:
    line = encode_event(event)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode_event(line) == event
    assert json.loads(line)["type"] == event.__struct_config__.tag


@given(st.text())
def test_any_text_is_one_line_and_comes_back(text: str) -> None:
    line = encode_event(Marker(sample=0, text=text))
    assert line.count(b"\n") == 1
    assert decode_event(line) == Marker(sample=0, text=text)


def test_half_a_sign_becomes_a_question_mark() -> None:
    assert decode_event(encode_event(Marker(sample=3, text="a\udcffb"))) == Marker(
        sample=3, text="a?b"
    )


def test_numbers_of_numpy_are_numbers() -> None:
    event = Marker(sample=np.int64(7), samples=np.int32(2))  # type: ignore[arg-type]
    assert decode_event(encode_event(event)) == Marker(sample=7, samples=2)


def test_a_saying_is_on_record_in_english() -> None:
    said = Marker(sample=7, text=Saying("{} came along", "Eye"))
    assert decode_event(encode_event(said)) == Marker(sample=7, text="Eye came along")


def test_a_cue_survives_the_way_through_an_event() -> None:
    cue = Cue(start=5, pattern="smile", phase=Phase.RELEASE)
    assert CueGiven.of(cue).cue == cue


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"{}",
        b'{"type":"touch"}',
        b'{"type":"dance","sample":1}',
        b'{"type":"touch","sample":-1}',
        b'{"type":"touch","sample":1e3}',
        b'{"type":"touch","sample":99999999999999999999999}',
        b'{"type":"gap","sample":5,"stop":5}',
        b'{"type":"marker","sample":5,"samples":-2}',
        b'{"type":"adjusted","sample":5,"change":{"start":-5}}',
        b'{"type":"cue","sample":1,"pattern":"smile","phase":"jump"}',
        b'{"type":"marker","sample":1,"text":"\xff"}',
        b"[" * 100_000,
        b'{"type":"touch","sample":1',
    ],
)
def test_what_is_no_event_is_a_value_error(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  whatever it says
        decode_event(line)


def test_nonsense_is_refused_before_it_is_written() -> None:
    with pytest.raises(ValueError, match="at a sample of the stream, got -1"):
        Touch(sample=-1)
    with pytest.raises(ValueError, match="need sample < stop"):
        Gap(sample=3, stop=3)
    with pytest.raises(ValueError, match="length in samples"):
        Marker(sample=3, samples=-1)
    assert issubclass(msgspec.DecodeError, ValueError)


def test_a_stretch_that_was_taken_back_counts_no_more() -> None:
    rest = Segment(kind=SegmentKind.REST, start=0, stop=10)
    hold = Segment(kind=SegmentKind.REFERENCE, start=20, stop=30, muscle="ZYG", side=Side.LEFT)
    again = Segment(kind=SegmentKind.REFERENCE, start=40, stop=50, muscle="ZYG", side=Side.LEFT)
    events = [
        SegmentMarked.of(hold),
        SegmentMarked.of(rest),
        SegmentMarked.of(hold, void=True),
        SegmentMarked.of(again),
    ]
    assert marked(events) == (rest, again)


@pytest.mark.parametrize(
    "line",
    [
        b'{"type":"segment","sample":5,"stop":5,"kind":"rest"}',
        b'{"type":"segment","sample":0,"stop":5,"kind":"dance"}',
        b'{"type":"segment","sample":0,"stop":5,"kind":"rest","muscle":"ZYG"}',
        b'{"type":"segment","sample":0,"stop":5,"kind":"reference","muscle":"EYE"}',
    ],
)
def test_a_stretch_that_no_calibration_could_use_is_no_event(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"start|enum|muscle"):
        decode_event(line)


def test_a_board_that_is_waited_for_is_told_by_the_names_that_sources_give() -> None:
    waiting = {link for link in Link if LinkChanged(sample=0, link=link.value).nothing_comes}
    assert waiting == {Link.SILENT, Link.RECONNECTING}
