"""Where a bout stands: what its events and its frames have brought it to, live and in a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.clinic.plan import FeedbackMode
from host.detection.cues import Phase
from host.detection.release import Release
from host.recording.bout_events import AttemptLeftOut, BoutEnded, BoutPaused, FeedbackSet, Felt
from host.recording.events import CueGiven
from host.session.practising.feeling import compared
from host.session.practising.gate import ReleaseWatch
from host.session.practising.lengths import Lengths
from host.session.practising.trying import Face, Trying
from host.session.practising.view import BoutPhase

if TYPE_CHECKING:
    from host.chain.stream import Stream
    from host.detection.frame import Frame
    from host.recording.events import Event
    from host.session.practising.asked import BoutTerms
    from host.session.practising.tried import Tried

_STAGES = {
    Phase.RISE: BoutPhase.RISE,
    Phase.HOLD: BoutPhase.HOLD,
    Phase.RELEASE: BoutPhase.RELEASE,
}


class Standing:
    """Takes frames, beats and events in order; decides nothing."""

    def __init__(
        self, number: int, terms: BoutTerms, face: Face, stream: Stream, *, hop: int, began: int
    ) -> None:
        self.number, self.terms, self.face = number, terms, face
        self.lengths = Lengths.of(terms, stream)
        self.watch = ReleaseWatch(face.montage, face.excluded, stream.samples(Release().dwell_s))
        """What is released, and what is known."""
        self._hop, self._rate_hz = hop, stream.rate_hz
        self.at = began
        """The newest beat."""
        self.until = began + self.lengths.bout
        """No attempt begins from here on; pauses and silences put it off."""
        self.stage, self.since = BoutPhase.SETTLE, began
        """What was asked for last, and since when."""
        self.paused: BoutPhase | None = None
        self.over_why = ""
        """Why it is over; empty while it runs."""
        self.asking: int | None = None
        """Since when "what moved?" stands."""
        self.waiting: int | None = None
        """Since when the next attempt waits for release."""
        self.missed = 0
        """Samples that were due before the newest beat, and never came."""
        self.count = 0
        """Attempts that have begun."""
        self.shown = True
        """Whether the attempt that goes on, or was last, has feedback."""
        self._reveal_until = began
        self._trying: Trying | None = None
        self._felt: Felt | None = None
        self._before: tuple[Tried, ...] = ()
        self._newest: Tried | None = None
        self._stale = False
        """Whether `_newest` is to be judged again."""

    @property
    def attempts(self) -> tuple[Tried, ...]:
        """The attempts that are over, as they are judged by now."""
        if self._stale and self._trying is not None:
            tried = self._trying.tried
            if tried is not None and self._felt is not None and not self._felt.skipped:
                tried = compared(tried, self._felt.muscles, self.face)
            self._newest, self._stale = tried, False
        return self._before if self._newest is None else (*self._before, self._newest)

    @property
    def revealing(self) -> bool:
        """Whether the measurement stands beside what was felt."""
        return self.at < self._reveal_until

    @property
    def rested(self) -> bool:
        """Whether rest was long enough for another attempt, and nothing else is shown or asked."""
        least = self.lengths.settle if self.stage is BoutPhase.SETTLE else self.lengths.rest
        busy = self.stage.moving or self.asking is not None or self.revealing
        return not busy and self.at - self.since >= least

    @property
    def phase(self) -> BoutPhase:
        """What goes on at the newest beat."""
        if self.over_why:
            return BoutPhase.OVER
        if self.paused is not None:
            return self.paused
        if self.asking is not None:
            return BoutPhase.ASK
        if self.revealing:
            return BoutPhase.REVEAL
        return self.stage if self.waiting is None else BoutPhase.WAIT

    @property
    def phase_since(self) -> int:
        """The sample at which that phase began."""
        match self.phase:
            case BoutPhase.ASK if self.asking is not None:
                return self.asking
            case BoutPhase.REVEAL:
                return self._reveal_until - self.lengths.reveal
            case BoutPhase.WAIT if self.waiting is not None:
                return self.waiting
            case _:
                return self.since

    @property
    def may_overrule(self) -> bool:
        """Whether the therapist may go on without release: the wait was long."""
        waits = self.phase is BoutPhase.WAIT and self.waiting is not None
        return waits and self.at - (self.waiting or 0) >= self.lengths.patience

    def push(self, frame: Frame) -> None:
        """Take one frame; frames come in order."""
        self.watch.push(frame)
        if self._trying is not None:
            self._stale |= self._trying.push(frame)

    def beat(self, at: int, step: int) -> None:
        """Let time pass to a beat of the stream; without a gap it is `step` samples later.

        A bout's time stands still while it is paused, while nothing came, and while it waits for
        a muscle that is not known.
        """
        passed = at - self.at
        self.at, self.missed = at, max(passed - step, 0)
        dark = self.waiting is not None and bool(self.watch.unknown)
        self.until += passed if self.paused is not None or dark else self.missed
        if not self.rested or self.watch.open or self.paused is not None:
            self.waiting = None
        elif self.waiting is None:
            self.waiting = at

    def take(self, event: Event) -> None:
        """Take up an event of this bout; the others do nothing."""
        self._stale = True
        match event:
            case CueGiven():
                self._turn(event)
            case FeedbackSet():
                self.shown = event.shown
            case AttemptLeftOut() if self._trying is not None:
                self._trying.leave(event.why)
            case Felt():
                self._felt, self.asking = event, None
                self._reveal_until = event.sample + self.lengths.reveal
            case BoutPaused():
                self.paused = None
                if event.on:
                    self.paused = BoutPhase.QUIET if event.quiet else BoutPhase.PAUSED
                elif not self.stage.moving:
                    self.stage = BoutPhase.SETTLE
                self.since, self.waiting = event.sample, None
            case BoutEnded():
                self.over_why, self.since = event.why, event.sample
                self.asking = self.waiting = None
            case _:
                pass

    def _turn(self, given: CueGiven) -> None:
        """Take up a cue."""
        if self.over_why:
            return
        was_moving, sample = self.stage.moving, given.sample
        stage = _STAGES.get(given.phase)
        if given.phase is Phase.RISE:
            self._begin(given)
        elif self._trying is not None and was_moving:
            self._trying.turn(given.phase, sample)
        if stage is not None:
            self.stage, self.since, self.waiting = stage, sample, None
        elif was_moving:
            self.stage, self.since = BoutPhase.REST, sample
            left = self._trying is not None and self._trying.left_why
            if self.terms.mode is FeedbackMode.FEEL_FIRST and not left:
                self.asking = sample

    def _begin(self, given: CueGiven) -> None:
        """Begin the next attempt."""
        self._before, self._felt, self._newest = self.attempts, None, None
        self.count += 1
        self.watch.begin()
        self._trying = Trying(
            self.face,
            self._hop,
            self._rate_hz,
            bout=self.number,
            index=self.count,
            start=given.sample,
            pattern=given.pattern,
            feedback=self.shown,
        )
