"""One bout of one pattern: rest, cue, slow rise, hold, release, rest, and again (P7, P10, P12).

It has no clock: time is the sample of a beat of the stream. What it decides it returns as events,
cues among them; whoever leads it writes them down and hands each back to `take`. A replay hands in
those of the recording instead, and comes to the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.clinic.plan import FeedbackMode
from host.detection.cues import Phase
from host.recording.bout_events import AttemptLeftOut, BoutEnded, BoutPaused, FeedbackSet, Felt
from host.recording.events import CueGiven, Marker
from host.recording.foreign.remarks import listed
from host.session.practising.asked import BoutTerms
from host.session.practising.fading import has_feedback
from host.session.practising.standing import Standing
from host.session.practising.tried import Agreement, AttemptResult, FeltMuscle, MuscleTried, Tried
from host.session.practising.trying import Face
from host.session.practising.view import BoutPhase, PracticeView, Trouble, TroubleKind
from host.session.practising.whys import (
    ALL_LOST,
    BOUT_ENDED,
    PAUSED,
    SILENT,
    SKIPPED,
    STOPPED,
    TIME_OVER,
    lost,
)

if TYPE_CHECKING:
    from host.chain.stream import Stream
    from host.detection.frame import Frame
    from host.recording.events import Event

__all__ = [
    "AT_REST",
    "Agreement",
    "AttemptResult",
    "Bout",
    "BoutPhase",
    "BoutTerms",
    "Face",
    "FeltMuscle",
    "MuscleTried",
    "PracticeView",
    "Tried",
    "Trouble",
    "TroubleKind",
]

AT_REST = "rest and release"
"""The pattern that is asked for between two bouts."""


class Bout:
    """Decides at every beat what comes next; a therapist decides through its commands.

    Commands return events as `decide` does, and () where they mean nothing at this moment.
    """

    def __init__(
        self, number: int, terms: BoutTerms, face: Face, stream: Stream, *, hop: int, began: int
    ) -> None:
        """Begin at beat `began`; `beginning` has the cue for it."""
        self.standing = Standing(number, terms, face, stream, hop=hop, began=began)
        """Where it stands."""
        self.hidden = False
        """Whether the therapist hid the feedback: attempts begin without, until it is shown."""

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return bool(self.standing.over_why)

    @property
    def attempts(self) -> tuple[Tried, ...]:
        """The attempts that are over, as they are judged by now."""
        return self.standing.attempts

    def push(self, frame: Frame) -> None:
        """Take one frame; frames come in order."""
        self.standing.push(frame)

    def take(self, event: Event) -> None:
        """Take up what was decided."""
        self.standing.take(event)

    def beginning(self) -> tuple[Event, ...]:
        """Return the cue that it begins with."""
        return (self._cue(Phase.REST),)

    def beat(self, at: int, step: int) -> None:
        """Let time pass to a beat of the stream; without a gap it is `step` samples later."""
        self.standing.beat(at, step)

    def decide(self) -> tuple[Event, ...]:
        """Return what is to happen at the newest beat; mostly nothing."""
        now = self.standing
        at = now.at
        if now.over_why or now.paused is not None:
            return ()
        if now.stage.moving:
            return self._onward()
        if now.asking is not None:
            late = at - now.asking >= now.lengths.question
            return (Felt(sample=at, attempt=now.count, skipped=True),) if late else ()
        if now.revealing:
            return ()
        if at >= now.until and at - now.since >= now.lengths.moment:
            return self._ending(TIME_OVER)
        return self._attempt() if now.rested and now.watch.open else ()

    def pause(self, *, quiet: bool = False) -> tuple[Event, ...]:
        """Ask for nothing until `resume`; an attempt that goes on is left out.

        With `quiet` nothing is shown or heard meanwhile.
        """
        now = self.standing
        again = now.paused is BoutPhase.QUIET or (now.paused is not None and not quiet)
        if now.over_why or again:
            return ()
        left = self._leaving(PAUSED)
        return (*left, BoutPaused(sample=now.at, quiet=quiet))

    def resume(self) -> tuple[Event, ...]:
        """Go on after a pause, from rest."""
        now = self.standing
        if now.over_why or now.paused is None:
            return ()
        return (BoutPaused(sample=now.at, on=False),)

    def next(self) -> tuple[Event, ...]:
        """Leave out the attempt, or the question; after a long wait for release, go on.

        The rest between two attempts cannot be skipped (P12).
        """
        now = self.standing
        if now.over_why or now.paused is not None:
            return ()
        if now.stage.moving:
            return self._leaving(SKIPPED)
        if now.asking is not None:
            return (Felt(sample=now.at, attempt=now.count, skipped=True),)
        if not now.may_overrule:
            return ()
        return (Marker(sample=now.at, text=self._overruled(), by="practice"), *self._attempt())

    def felt(self, muscles: tuple[str, ...]) -> tuple[Event, ...]:
        """Answer "what moved?"; () for nothing (P6)."""
        now = self.standing
        if now.over_why or now.asking is None:
            return ()
        return (Felt(sample=now.at, attempt=now.count, muscles=muscles),)

    def stop(self, why: str = STOPPED) -> tuple[Event, ...]:
        """End the bout; an attempt that goes on is left out."""
        if self.over:
            return ()
        return (*self._leaving(BOUT_ENDED), *self._ending(why))

    def _onward(self) -> tuple[Event, ...]:
        """Leave out an attempt that has lost its signal; or give the cue that is due."""
        now = self.standing
        stage, lengths = now.stage, now.lengths
        why = "" if stage is BoutPhase.RELEASE else self._broken()
        if why:
            return self._leaving(why)
        due, then = {
            BoutPhase.RISE: (lengths.rise, Phase.HOLD),
            BoutPhase.HOLD: (lengths.hold, Phase.RELEASE),
            BoutPhase.RELEASE: (lengths.release, Phase.REST),
        }[stage]
        return (self._cue(then),) if now.at - now.since >= due else ()

    def _broken(self) -> str:
        """Say why the attempt that goes on cannot be scored any more; empty where it can."""
        now = self.standing
        if now.missed >= now.lengths.lost:
            return SILENT
        gone = now.watch.lost(now.lengths.lost)
        if len(gone) == len(now.face.montage.sites):
            return ALL_LOST
        names = listed([now.face.montage.named(channel) for channel in gone])
        return lost(names) if gone else ""

    def _attempt(self) -> tuple[Event, ...]:
        """Begin the next attempt, with or without feedback."""
        now = self.standing
        number, mode = now.count + 1, now.terms.mode
        shown = mode is not FeedbackMode.FEEL_FIRST
        if mode is FeedbackMode.FADED:
            shown = has_feedback(number, now.terms.faded_share)
        begun = FeedbackSet(sample=now.at, attempt=number, shown=shown and not self.hidden)
        return begun, self._cue(Phase.RISE)

    def _leaving(self, why: str) -> tuple[Event, ...]:
        """Break off the attempt that goes on, if one does."""
        now = self.standing
        if not now.stage.moving:
            return ()
        left = AttemptLeftOut(sample=now.at, attempt=now.count, why=why)
        return left, self._cue(Phase.REST)

    def _ending(self, why: str) -> tuple[Event, ...]:
        now = self.standing
        rest = CueGiven(sample=now.at, pattern=AT_REST, phase=Phase.REST)
        return BoutEnded(sample=now.at, number=now.number, why=why), rest

    def _overruled(self) -> str:
        """Say what the therapist did not wait for."""
        now = self.standing
        watch = now.watch
        held = (*watch.working, *watch.settling, *watch.unknown)
        names = [now.face.montage.named(at) for at in held]
        return f"Went on without the release of {listed(names) or 'all muscles'}"

    def _cue(self, phase: Phase) -> CueGiven:
        now = self.standing
        return CueGiven(sample=now.at, pattern=now.terms.pattern, phase=phase)
