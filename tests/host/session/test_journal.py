"""What a session writes down: samples first, then what was asked and what became known."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np
from hypothesis import given

from calibration.montage import plain_montage
from host.acquisition.source import Link, LinkState, Unconnected
from host.chain.pipeline import ChainSettings
from host.chain.quality import Quality
from host.chain.stream import Chunk, Stream, channel_names
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue, Phase
from host.detection.guards import Effort
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.recording.events import (
    Adjusted,
    Counters,
    CueGiven,
    Event,
    HostTime,
    LinkChanged,
    Marker,
    QualityChanged,
    Touch,
)
from host.recording.state import RecordingState
from host.session.journal import Journal
from tests.cuts import cuts

STREAM = Stream(rate_hz=250.0, channels=channel_names(2))
WATCH = Watch(montage=plain_montage(2), chain=ChainSettings(listen_s=0.2))
CUES = tuple(
    Cue(start=start, pattern="pucker", phase=phase)
    for start, phase in (
        (0, Phase.REST),
        (700, Phase.RISE),
        (995, Phase.HOLD),
        (998, Phase.RELEASE),
    )
)


class Book:
    """A recording that keeps what it is told."""

    def __init__(self) -> None:
        self.state = RecordingState()
        self.came: list[Chunk | Event] = []

    def take(self, chunk: Chunk) -> None:
        self.came.append(chunk)

    def note(self, event: Event) -> None:
        self.came.append(event)

    def of(self, kind: type[Event]) -> list[Event]:
        return [one for one in self.came if isinstance(one, kind)]


class Board(Unconnected):
    """A source that is told what state it is in."""

    def __init__(self) -> None:
        self.stream = STREAM
        self.state = LinkState(link=Link.STREAMING)
        self.taken_s = math.nan

    def read(self, timeout_s: float) -> Chunk | None:
        return None

    def host_time_s(self, sample: int) -> float:
        return self.taken_s


def chunk(start: int, stop: int) -> Chunk:
    return Chunk(start, np.zeros((stop - start, 2)))


def test_every_cue_is_noted_with_the_samples_it_belongs_to() -> None:
    book = Book()
    journal = Journal(book, Board())
    monitor = Monitor(WATCH, STREAM, journal.following(CUES))
    noise = STREAM.on_grid(np.random.default_rng(1).normal(0.0, 5.0, (1000, 2)))
    for start in range(0, 1000, 250):
        piece = Chunk(start, noise[start : start + 250])
        journal.took(piece)
        monitor.push(piece)
    # Two of them lie in the last piece: nothing comes after it that could note the second.
    assert [event.cue for event in book.of(CueGiven)] == list(CUES)  # type: ignore[union-attr]
    at = [book.came.index(event) for event in book.of(CueGiven)]
    pieces = [place for place, one in enumerate(book.came) if isinstance(one, Chunk)]
    assert [sum(piece < place for piece in pieces) for place in at] == [0, 2, 3, 3]


@given(cuts(1000))
def test_the_cues_that_are_noted_do_not_depend_on_the_cut(points: list[int]) -> None:
    book = Book()
    journal = Journal(book, Board())
    given_cues = journal.following(CUES)
    for start, stop in itertools.pairwise([0, *points, 1000]):
        journal.took(chunk(start, stop))
    assert [event.sample for event in book.of(CueGiven)] == [cue.start for cue in CUES]
    assert list(given_cues) == list(CUES)


def test_cues_may_go_on_for_ever() -> None:
    def for_ever() -> Iterator[Cue]:
        for number in itertools.count():
            yield Cue(start=400 * number, pattern="pucker", phase=Phase.REST)

    book = Book()
    journal = Journal(book, Board())
    given_cues = journal.following(for_ever())
    journal.took(chunk(0, 1000))
    assert [event.sample for event in book.of(CueGiven)] == [0, 400, 800]
    assert next(given_cues).start == 0


def test_clock_and_counters_are_noted_at_once_and_every_ten_seconds_of_the_stream() -> None:
    book, board = Book(), Board()
    journal = Journal(book, board, clock=lambda: 100.0)
    board.taken_s = 98.5
    journal.took(chunk(0, 25))
    board.state = replace(board.state, lost=3, gaps=1, rate_hz=250.2)
    for start in range(25, 5100, 25):
        journal.took(chunk(start, start + 25))
    times = book.of(HostTime)
    assert [time.sample for time in times] == [0, 2500, 5000]
    assert all(isinstance(time, HostTime) and time.host_s == 98.5 for time in times)
    assert isinstance(times[1], HostTime)
    assert times[1].rate_hz == 250.2
    assert datetime.fromisoformat(times[1].utc).utcoffset() is not None
    # Equal counters are not noted twice.
    assert book.of(Counters) == [
        Counters(sample=0, lost=0, gaps=0, reconnects=0),
        Counters(sample=2500, lost=3, gaps=1, reconnects=0),
    ]


def test_a_source_without_a_clock_is_dated_by_its_arrival() -> None:
    book = Book()
    Journal(book, Board(), clock=lambda: 7.0).took(chunk(0, 25))
    (time,) = book.of(HostTime)
    assert isinstance(time, HostTime)
    assert time.host_s == 7.0


def test_the_link_is_noted_when_it_changes_also_while_nothing_comes() -> None:
    book, board = Book(), Board()
    journal = Journal(book, board)
    journal.took(chunk(0, 25))
    journal.took(chunk(25, 50))
    board.state = LinkState(link=Link.SILENT, message="No signal.")
    journal.look()
    journal.look()
    assert book.of(LinkChanged) == [
        LinkChanged(sample=25, link=Link.STREAMING.value),
        LinkChanged(sample=50, link=Link.SILENT.value, message="No signal."),
    ]


def test_quality_is_noted_where_it_changes() -> None:
    book = Book()
    journal = Journal(book, Board())
    noise = STREAM.on_grid(np.random.default_rng(2).normal(0.0, 5.0, (1000, 2)))
    noise[500:, 1] = STREAM.range_uv
    for frame in Monitor(WATCH, STREAM).push(Chunk(0, noise)):
        journal.saw(frame)
    changes = book.of(QualityChanged)
    assert all(isinstance(one, QualityChanged) for one in changes)
    names = [one.quality for one in changes if isinstance(one, QualityChanged)]
    assert names[0] == ("settling", "settling")
    assert names[-1] == ("good", Quality.RAILED.name.lower())
    assert all(one != other for one, other in itertools.pairwise(names))


def test_marks_touches_and_changes_carry_the_newest_sample() -> None:
    book = Book()
    journal = Journal(book, Board())
    journal.took(chunk(0, 40))
    journal.mark("she felt the neck")
    journal.touch(("PLA",), on=True)
    change = Adjustment(start=41, effort=Effort(ceiling=1.0))
    journal.adjusted(change)
    (marker,) = book.of(Marker)
    assert isinstance(marker, Marker)
    assert (marker.sample, marker.text, marker.by) == (40, "she felt the neck", "live")
    assert book.of(Touch) == [Touch(sample=40, muscles=("PLA",), on=True)]
    assert book.of(Adjusted) == [Adjusted(sample=41, change=change)]
