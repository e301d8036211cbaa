"""Practice without a screen: bouts in order, as fast as the source gives samples."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.session.practising.view import BoutPhase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from host.clinic.plan import FeedbackMode
    from host.detection.frame import Frame
    from host.session.practising.building import PracticeBuild, PracticeStage
    from host.session.practising.tried import Tried
    from host.session.practising.view import PracticeView

_READ_S = 0.05
_GIVE_UP_S = 60.0
"""A wait for a muscle that is not known ends the bout after so long: nobody is there to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutWish:
    """One bout that is to be practised."""

    pattern: str
    mode: FeedbackMode | None = None
    """None for the plan's."""


def targets_felt(view: PracticeView) -> tuple[str, ...]:
    """Answer "what moved?" as most people do at first: what they meant to move."""
    return () if view.asked is None else view.asked.target


def practise_unattended(
    build: PracticeBuild,
    wishes: Sequence[BoutWish],
    *,
    say: Callable[[Tried], None] = lambda _tried: None,
    feel: Callable[[PracticeView], tuple[str, ...]] = targets_felt,
    watch: Callable[[Frame], None] = lambda _frame: None,
) -> PracticeStage:
    """Practise these bouts one after the other, and tell of each attempt once it is judged.

    It ends early where the source does, and on Ctrl-C; `feel` answers what was felt.
    """
    with ExitStack() as stack:
        stage = build(stack)
        if stage.orders is None:
            raise ValueError("a recording is followed, not practised: see follow_to_the_end")
        orders = [stage.orders.order(one.pattern, one.mode) for one in wishes]
        told = _Telling(say)
        session, practice = stage.session, stage.practice
        try:
            while not session.over:
                for frame in session.step(_READ_S):
                    watch(frame)
                view = practice.view
                told.tell(view)
                if view.phase.between and not practice.awaited:
                    if not orders:
                        break
                    practice.begin(orders.pop(0))
                _answer(stage, view, feel)
        except KeyboardInterrupt:
            pass  # asked to end: what was practised counts all the same
    told.end(practice.view)
    return stage


def follow_to_the_end(build: PracticeBuild) -> PracticeStage:
    """Go through recorded practice; its attempts are those of `stage.practice`."""
    with ExitStack() as stack:
        stage = build(stack)
        while not stage.session.over:
            stage.session.step(_READ_S)
    return stage


def _answer(
    stage: PracticeStage, view: PracticeView, feel: Callable[[PracticeView], tuple[str, ...]]
) -> None:
    """Do what a therapist would have to."""
    practice = stage.practice
    if practice.awaited:
        return
    if view.phase is BoutPhase.ASK:
        practice.felt(feel(view))
    elif view.phase is BoutPhase.WAIT and _hopeless(view):
        practice.stop()


def _hopeless(view: PracticeView) -> bool:
    """Tell whether what the next attempt waits for will not come while nobody is there to look."""
    return bool(view.uncalibrated) or (bool(view.unknown) and view.phase_s > _GIVE_UP_S)


class _Telling:
    """Tells of each attempt once, when nothing of it changes any more."""

    def __init__(self, say: Callable[[Tried], None]) -> None:
        self._say = say
        self._told = 0

    def tell(self, view: PracticeView) -> None:
        """Tell of the attempts that are final: all but the last of a bout that runs."""
        self._upto(view, 0 if view.phase.between else 1)

    def end(self, view: PracticeView) -> None:
        """Tell of all that is left."""
        self._upto(view, 0)

    def _upto(self, view: PracticeView, left: int) -> None:
        done = (*view.earlier, *view.attempts)
        # Once the next attempt goes on, the one before is final too.
        left = min(left, max(len(view.attempts) - view.attempt + 1, 0))
        for tried in done[self._told : len(done) - left]:
            self._say(tried)
            self._told += 1
