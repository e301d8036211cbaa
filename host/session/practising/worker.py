"""The one thread that runs practice: windows ask it for the newest moment, and tell it commands."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calibration.saying import Saying
from host.acquisition.source import Link, LinkState
from host.errors import SettingsError
from host.session.practising.troubles import with_edges
from host.session.practising.view import PracticeView
from host.session.worker import View, Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from host.clinic.plan import FeedbackMode, PlannedPattern
    from host.detection.frame import Frame
    from host.session.plan_edits import Edit
    from host.session.practising.building import PracticeStage
    from host.session.practising.ordering import Orders
    from host.session.practising.practice import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeMoment:
    """The newest of running practice: what any session shows, and what its bouts show."""

    view: View
    practice: PracticeView


class PracticeWorker(Worker["PracticeStage"]):
    """Runs practice in a thread. Commands may come from any thread; see `Practice`."""

    def __init__(
        self,
        build: Callable[[ExitStack], PracticeStage],
        watch: Callable[[Frame], None] = lambda _frame: None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Call `watch` with every frame, in the thread."""
        super().__init__(build, watch, clock)
        self._orders: Orders | None = None

    @property
    def moment(self) -> PracticeMoment:
        """The newest moment; cheap, from any thread."""
        view, stage = self.view, self.stage
        practice = PracticeView() if stage is None else stage.practice.view
        link = view.link
        if self.done:
            link = LinkState(link=Link.ENDED, message=self.failure)
        return PracticeMoment(view=view, practice=with_edges(practice, link, view.recording))

    @property
    def orders(self) -> Orders:
        """What its bouts are made from, as edited; SettingsError before the board is reached."""
        stage = self.stage
        found = self._orders or (None if stage is None else stage.orders)
        if found is None:
            raise SettingsError(Saying("the board is not reached yet."))
        return found

    def begin(self, pattern: str, mode: FeedbackMode | None = None) -> None:
        """Begin a bout of one of the plan's patterns, in its mode or in another.

        SettingsError where it may not be practised (P16).
        """
        order = self.orders.order(pattern, mode)
        self._tell(lambda practice: practice.begin(order))

    def pause(self) -> None:
        """Stop asking for anything; an attempt that goes on is left out."""
        self._tell(lambda practice: practice.pause())

    def quiet(self) -> None:
        """Be quiet at once: nothing is asked, shown or heard until `resume`."""
        stage = self.stage
        if stage is not None:
            stage.practice.quiet()

    def resume(self) -> None:
        """Go on after a pause, from rest."""
        self._tell(lambda practice: practice.resume())

    def next(self) -> None:
        """Leave out the attempt or the question; after a long wait for release, go on."""
        self._tell(lambda practice: practice.next())

    def felt(self, muscles: tuple[str, ...]) -> None:
        """Answer "what moved?" with codes of muscles of the affected side (P6)."""
        self._tell(lambda practice: practice.felt(muscles))

    def hide(self, *, on: bool) -> None:
        """Let attempts begin without feedback from the next one on, or with it again."""
        self._tell(lambda practice: practice.hide(on=on))

    def stop_bout(self) -> None:
        """End the bout; practice goes on, with a rest."""
        self._tell(lambda practice: practice.stop())

    def touch(self, *, on: bool | None = None) -> None:
        """Mark a finger on the muscles that the pattern asks to touch, or off them (P5)."""
        self.ask(lambda session: session.touch(on=on))

    def note(self, text: str) -> None:
        """Mark this moment, with words."""
        self.ask(lambda session: session.mark(text))

    def edit(self, changed: PlannedPattern) -> Edit | None:
        """Change the terms of one of the plan's patterns; None where nothing differs.

        What is in force changes from the next sample on where that pattern is practised now, and
        the next bout of it uses the new terms. Whoever asks saves the plan. ValueError where the
        terms could not be judged by.
        """
        from host.session.plan_edits import edit

        orders = self.orders
        made = edit(orders.plan, changed, orders.known, orders.watch)
        if made is None:
            return None
        self._orders = replace(orders, plan=made.plan)
        stage = self.stage
        if stage is not None and stage.practice.view.pattern == changed.name:
            self.ask(lambda session: session.adjust(made.adjustment))
        return made

    def _tell(self, command: Callable[[Practice], None]) -> None:
        if self.stage is not None:
            self.wish(lambda stage: command(stage.practice))
