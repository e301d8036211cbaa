"""All bouts of one session: led live by the clock of the stream, or followed in a replay."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from host.detection.cues import Phase
from host.recording.bout_events import AttemptLeftOut, BoutBegun, BoutPaused
from host.recording.events import Adjusted, CueGiven
from host.session.bout import Bout
from host.session.practising.asked import BoutTerms
from host.session.practising.following import Nobody
from host.session.practising.lengths import beat_of
from host.session.practising.showing import hushed, shown
from host.session.practising.trying import Face
from host.session.practising.view import PracticeView
from host.session.practising.whys import NEXT_BEGUN, SESSION_OVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from calibration.patterns import Pattern
    from host.chain.stream import Stream
    from host.detection.frame import Frame
    from host.recording.events import Event
    from host.session.practising.following import Follower
    from host.session.practising.ordering import BoutOrder
    from host.session.practising.tried import Tried


class Practice:
    """Conducts a session, beat by beat; see `Bout` for what the commands do.

    Commands are for the thread that steps the session, and take effect at the next beat.
    """

    def __init__(
        self,
        face: Face,
        stream: Stream,
        *,
        hop: int,
        follower: Follower | None = None,
        past: Iterable[Event] | None = None,
    ) -> None:
        """Lead bouts; with the events of a recording, in order, follow those instead."""
        self._face, self._stream, self._hop = face, stream, hop
        self._follower = follower or Nobody()
        self._past = None if past is None else deque(past)
        self._beat = beat_of(stream)
        self._wishes: deque[Callable[[], Iterable[Event]]] = deque()
        self._hushed = False
        """Whether quiet was asked for, and is not in force yet."""
        self._hidden = False
        self._at = 0
        """The newest beat."""
        self._asked: Pattern | None = None
        self._stop = 0
        self.bout: Bout | None = None
        """The bout that runs or was last; None before the first."""
        self._earlier: tuple[Tried, ...] = ()
        self._view = PracticeView()

    @property
    def view(self) -> PracticeView:
        """The newest moment, from any thread."""
        return hushed(self._view) if self._hushed else self._view

    @property
    def attempts(self) -> tuple[Tried, ...]:
        """Every attempt of the session that is over."""
        return self._earlier + (() if self.bout is None else self.bout.attempts)

    @property
    def awaited(self) -> bool:
        """Whether a command waits for the next beat."""
        return bool(self._wishes)

    def begin(self, order: BoutOrder) -> None:
        """Begin a bout; one that runs is over."""
        self._wishes.append(lambda: self._begin(order))

    def pause(self) -> None:
        """Stop asking for anything; an attempt that goes on is left out."""
        self._wishes.append(lambda: self._told(lambda bout: bout.pause()))

    def quiet(self) -> None:
        """Be quiet at once: as `pause`, and nothing is shown or heard. From any thread."""
        self._hushed = True
        self._wishes.append(self._quiet)

    def resume(self) -> None:
        """Go on after a pause."""
        self._wishes.append(lambda: self._told(lambda bout: bout.resume()))

    def next(self) -> None:
        """Leave out the attempt or the question; after a long wait for release, go on."""
        self._wishes.append(lambda: self._told(lambda bout: bout.next()))

    def felt(self, muscles: tuple[str, ...]) -> None:
        """Answer "what moved?" with codes of muscles (P6)."""
        self._wishes.append(lambda: self._told(lambda bout: bout.felt(muscles)))

    def hide(self, *, on: bool) -> None:
        """Let attempts begin without feedback from the next one on, or with it again."""

        def wish() -> Iterable[Event]:
            self._hidden = on
            if self.bout is not None:
                self.bout.hidden = on
            return ()

        self._wishes.append(wish)

    def stop(self) -> None:
        """End the bout."""
        self._wishes.append(lambda: self._told(lambda bout: bout.stop()))

    def conduct(self, frames: Sequence[Frame], stop: int) -> tuple[Event, ...]:
        """Take frames; at a beat let time pass, and return what is to happen."""
        self._push(frames)
        self._stop = stop
        happened: tuple[Event, ...] = ()
        if stop % self._beat == 0:
            happened = self._lead(stop) if self._past is None else self._follow(stop)
        self._show()
        return happened

    def close(self) -> tuple[Event, ...]:
        """End with the session: return what that ends."""
        self._tick(self._stop)
        ending: list[Event] = []
        if self._past is not None:
            self._catch_up(None)
        else:
            self._take_all(self._told(lambda bout: bout.stop(SESSION_OVER)), ending)
        self._show()
        return tuple(ending)

    def _push(self, frames: Sequence[Frame]) -> None:
        for frame in frames:
            self._asked = frame.asked
            if self.bout is not None:
                self.bout.push(frame)

    def _tick(self, at: int) -> None:
        self._at = at
        if self.bout is not None:
            self.bout.beat(at, self._beat)

    def _lead(self, at: int) -> tuple[Event, ...]:
        """Do what was commanded, then what the bout decides."""
        self._tick(at)
        happened: list[Event] = []
        while self._wishes:
            self._take_all(self._wishes.popleft()(), happened)
        if self.bout is not None:
            self._take_all(self.bout.decide(), happened)
        return tuple(happened)

    def _follow(self, at: int) -> tuple[Event, ...]:
        """Do what the recording says; its cues and adjustments are known to the monitor."""
        self._tick(at)
        self._catch_up(at)
        return ()

    def _catch_up(self, at: int | None) -> None:
        """Take what is on record up to a beat; all of it, where none is given."""
        past = self._past
        while past and (at is None or past[0].sample <= at):
            self._take(past.popleft())

    def _take_all(self, events: Iterable[Event], happened: list[Event]) -> None:
        for event in events:
            self._take(event)
            happened.append(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, BoutBegun):
            self._open(event)
        elif self.bout is not None:
            self.bout.take(event)
            self._tell(event, self.bout)

    def _tell(self, event: Event, bout: Bout) -> None:
        """Let whoever follows do so."""
        if isinstance(event, AttemptLeftOut):
            self._follower.let_go(event.sample)
        elif isinstance(event, CueGiven) and event.phase is Phase.RISE and self._asked is not None:
            self._follower.begin(self._asked, bout.standing.terms, event.sample)
        elif isinstance(event, BoutPaused) and event.on:
            self._hushed = False

    def _open(self, begun: BoutBegun) -> None:
        """Begin the bout of an event."""
        self._earlier = self.attempts
        self.bout = Bout(
            begun.number,
            BoutTerms.on_record(begun),
            self._face,
            self._stream,
            hop=self._hop,
            began=begun.sample,
        )
        self.bout.hidden = self._hidden

    def _begin(self, order: BoutOrder) -> Iterable[Event]:
        number = 1 if self.bout is None else self.bout.standing.number + 1
        yield from self._told(lambda bout: bout.stop(NEXT_BEGUN))
        if order.change is not None:
            yield Adjusted(sample=self._at, change=order.change)
        yield order.terms.begun(number, self._at)
        if self.bout is not None:
            yield from self.bout.beginning()

    def _quiet(self) -> Iterable[Event]:
        events = tuple(self._told(lambda bout: bout.pause(quiet=True)))
        self._hushed = False
        return events

    def _told(self, command: Callable[[Bout], Iterable[Event]]) -> Iterable[Event]:
        return () if self.bout is None else command(self.bout)

    def _show(self) -> None:
        standing = None if self.bout is None else self.bout.standing
        self._view = shown(
            standing,
            self._earlier,
            asked=self._asked,
            sample=self._stop,
            rate_hz=self._stream.rate_hz,
        )
