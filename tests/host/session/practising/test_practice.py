"""Practice leads a session by the stream alone: the same for every cut of it, and in a replay."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.muscles import Side
from host.acquisition.source import Link, LinkState, Unconnected
from host.chain.stream import Chunk
from host.clinic.plan import FeedbackMode
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.recording.bout_events import Felt
from host.recording.events import Adjusted, CueGiven, Event
from host.session.bout import AttemptResult, BoutPhase, BoutTerms, Face
from host.session.journal import Journal
from host.session.practising.beats import OnBeats
from host.session.practising.ordering import BoutOrder
from host.session.practising.practice import Practice
from host.session.session import Session
from tests.cuts import cuts, with_gaps
from tests.host.detection.bits import as_bits
from tests.host.detection.smiling import (
    CHEEK_LEFT,
    CHEEK_RIGHT,
    EYE_RIGHT,
    MONTAGE,
    REFERENCE,
    SMILE,
    STREAM,
    WATCH,
    face,
)

FACE = Face(montage=MONTAGE, affected=Side.RIGHT)
QUICK = BoutTerms(pattern=SMILE, bout_s=30.0, rise_s=1.0, hold_s=1.0, release_s=0.5, settle_s=0.5)
RISES = 800
"""By then rest has been long enough, and the cue has been given."""
SAMPLES = 4200
RAW = face(
    *((cheek, RISES + 100, RISES + 520) for cheek in (CHEEK_LEFT, CHEEK_RIGHT)),
    (EYE_RIGHT, RISES + 200, RISES + 400),
    samples=SAMPLES,
)


class Given(Unconnected):
    """A source that gives what it is told to, piece by piece."""

    def __init__(self, pieces: Iterable[Chunk]) -> None:
        self.stream = STREAM
        self.state = LinkState(link=Link.STREAMING)
        self._pieces: Iterator[Chunk] = iter(pieces)

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next piece."""
        chunk = next(self._pieces, None)
        if chunk is None:
            self.state = LinkState(link=Link.ENDED)
        return chunk


class Notebook:
    """Keeps the events of a session."""

    def __init__(self) -> None:
        from host.recording.state import RecordingState

        self.state = RecordingState()
        self.events: list[Event] = []

    def take(self, chunk: Chunk) -> None:
        """Let samples pass."""

    def note(self, event: Event) -> None:
        """Keep an event."""
        self.events.append(event)


class Ran:
    """A session that was practised."""

    def __init__(
        self,
        pieces: Iterable[Chunk],
        commands: dict[int, Callable[[Practice], None]],
        past: Iterable[Event] | None = None,
    ) -> None:
        """Give each command as soon as its sample has come."""
        events = [] if past is None else list(past)
        given = [event.cue for event in events if isinstance(event, CueGiven)]
        changes = [event.change for event in events if isinstance(event, Adjusted)]
        source, self.notebook = OnBeats(Given(pieces)), Notebook()
        monitor = Monitor(WATCH, STREAM, given, REFERENCE, changes)
        self.practice = Practice(
            FACE, STREAM, hop=monitor.hop, past=None if past is None else events
        )
        session = Session(
            source,
            monitor,
            journal=Journal(self.notebook, source),
            conductor=self.practice,
        )
        self.frames: list[Frame] = []
        waiting = sorted(commands.items())
        while not session.over:
            while waiting and session.received_s * STREAM.rate_hz >= waiting[0][0]:
                waiting.pop(0)[1](self.practice)
            self.frames += session.step(0.0)
        session.happen(self.practice.close())

    @property
    def led(self) -> list[Event]:
        """What practice made happen, without the clock's and the link's events."""
        kinds = ("cue", "adjusted", "bout", "feedback", "left out", "felt", "pause", "bout over")
        return [one for one in self.notebook.events if one.__struct_config__.tag in kinds]


ORDER = BoutOrder(
    terms=QUICK, change=Adjustment(start=0, thresholds=Thresholds(enter=0.3, leave=0.2))
)
BEGIN: dict[int, Callable[[Practice], None]] = {0: lambda practice: practice.begin(ORDER)}


def whole(*, gaps: tuple[tuple[int, int], ...] = (), cut: Iterable[int] = ()) -> Iterator[Chunk]:
    return with_gaps(RAW, gaps, sorted(cut))


def test_a_bout_of_a_smile_that_narrows_the_eye_through_the_whole_chain() -> None:
    ran = Ran(whole(), BEGIN)
    assert [type(one).__name__ for one in ran.led[:5]] == [
        "Adjusted", "BoutBegun", "CueGiven", "FeedbackSet", "CueGiven",
    ]  # fmt: skip
    first = ran.practice.attempts[0]
    assert (first.result, first.reason) == (AttemptResult.ALONG, "Eye came along.")
    asked = [frame.cue.phase for frame in ran.frames if frame.sample in (first.start, first.stop)]
    assert asked == [Phase.REST, Phase.RELEASE]


def test_p12_cues_given_live_are_in_force_from_their_sample_on() -> None:
    ran = Ran(whole(), BEGIN)
    rise = next(one for one in ran.led if isinstance(one, CueGiven) and one.phase is Phase.RISE)
    after = next(frame for frame in ran.frames if frame.cue.phase is Phase.RISE)
    assert rise.sample < after.sample <= rise.sample + 2


@cache
def at_once(gaps: tuple[tuple[int, int], ...]) -> Ran:
    return Ran(whole(gaps=gaps), BEGIN)


@settings(max_examples=6)
@given(cuts(SAMPLES), st.sampled_from([(), ((1000, 1010),), ((1000, 1400),), ((740, 760),)]))
def test_the_bout_does_not_depend_on_the_cut(
    cut: list[int], gaps: tuple[tuple[int, int], ...]
) -> None:
    apart, together = Ran(whole(gaps=gaps, cut=cut), BEGIN), at_once(gaps)
    assert apart.led == together.led
    assert apart.practice.view == together.practice.view
    assert list(map(as_bits, apart.frames)) == list(map(as_bits, together.frames))


def commands(*, mode: FeedbackMode) -> dict[int, Callable[[Practice], None]]:
    """Return a bout that is asked, paused and quiet in turn, and another."""
    terms = BoutTerms(
        pattern=SMILE, mode=mode, bout_s=30.0, rise_s=1.0, hold_s=1.0, release_s=0.5,
        settle_s=0.5, reveal_s=1.0,
    )  # fmt: skip
    return {
        0: lambda practice: practice.begin(BoutOrder(terms=terms)),
        1500: lambda practice: practice.felt(("ZYG",)),
        1800: lambda practice: practice.pause(),
        1900: lambda practice: practice.quiet(),
        2000: lambda practice: practice.resume(),
        2300: lambda practice: practice.next(),
        3400: lambda practice: practice.begin(ORDER),
    }


@pytest.mark.parametrize(
    ("mode", "gaps"),
    [
        (FeedbackMode.BARS, ((900, 1300),)),
        (FeedbackMode.SOUND, ()),
        (FeedbackMode.FEEL_FIRST, ((1000, 1020),)),
        (FeedbackMode.FADED, ()),
    ],
)
def test_a_replay_of_the_events_gives_the_same_to_the_last_bit(
    mode: FeedbackMode, gaps: tuple[tuple[int, int], ...]
) -> None:
    live = Ran(whole(gaps=gaps, cut=range(7, SAMPLES, 11)), commands(mode=mode))
    again = Ran(whole(gaps=gaps), {}, past=live.led)
    assert again.practice.attempts == live.practice.attempts
    assert again.practice.view == live.practice.view
    assert list(map(as_bits, again.frames)) == list(map(as_bits, live.frames))
    assert not again.led


def test_p6_an_answer_is_an_event_with_the_muscles_that_were_felt() -> None:
    live = Ran(whole(), commands(mode=FeedbackMode.FEEL_FIRST))
    (felt,) = [one for one in live.led if isinstance(one, Felt)]
    assert (felt.attempt, felt.muscles) == (1, ("ZYG",))
    assert live.practice.attempts[0].agreement is not None


def test_quiet_is_shown_at_once_though_no_sample_has_come() -> None:
    practice = Practice(FACE, STREAM, hop=1)
    practice.quiet()
    practice.begin(ORDER)
    practice.conduct((), 25)
    practice.quiet()
    assert practice.view.phase is BoutPhase.QUIET
    practice.conduct((), 50)
    practice.resume()
    practice.conduct((), 60)
    shown = [practice.view.phase]
    practice.conduct((), 75)
    assert [*shown, practice.view.phase] == [BoutPhase.QUIET, BoutPhase.SETTLE]


def test_commands_before_the_first_bout_do_nothing() -> None:
    practice = Practice(FACE, STREAM, hop=1)
    for command in (practice.pause, practice.quiet, practice.resume, practice.next, practice.stop):
        command()
    practice.felt(())
    assert practice.conduct((), 25) == ()
    assert practice.view.phase is BoutPhase.READY
    assert practice.close() == ()


def test_a_bout_that_goes_on_at_the_end_is_closed_with_the_session() -> None:
    ran = Ran(whole(cut=[1000]), BEGIN)
    assert ran.practice.view.over_why == "The session ended."
    assert ran.led[-1] == CueGiven.of(
        Cue(start=SAMPLES, pattern="rest and release", phase=Phase.REST)
    )
