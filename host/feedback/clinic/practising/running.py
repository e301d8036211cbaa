"""Practice that runs, as its page needs it: a worker, its samples, and what happened in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from host.feedback.clinic.practising.happenings import Happenings
from host.feedback.clinic.practising.reached import Reached, Rules
from host.feedback.clinic.practising.tapping import Tap, Tapped
from host.report.session_live import LiveSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from host.clinic.plan import FeedbackMode, PlannedPattern
    from host.detection.frame import Frame
    from host.session.plan_edits import Edit
    from host.session.practising.building import PracticeBuild, PracticeStage
    from host.session.practising.worker import PracticeMoment


class Practising(Protocol):
    """What the page asks of a running session; see `PracticeWorker`."""

    @property
    def moment(self) -> PracticeMoment:
        """The newest moment."""

    @property
    def newest(self) -> Frame | None:
        """The newest frame alone."""

    @property
    def done(self) -> bool:
        """Whether it has ended, and let go of the board."""

    def begin(self, pattern: str, mode: FeedbackMode | None = None) -> None:
        """Begin a bout."""

    def pause(self) -> None:
        """Ask for nothing."""

    def quiet(self) -> None:
        """Be quiet at once."""

    def resume(self) -> None:
        """Go on."""

    def next(self) -> None:
        """Leave out, or go on after a long wait."""

    def felt(self, muscles: tuple[str, ...]) -> None:
        """Take what was felt."""

    def hide(self, *, on: bool) -> None:
        """Let attempts begin without feedback."""

    def stop_bout(self) -> None:
        """End the bout."""

    def touch(self, *, on: bool | None = None) -> None:
        """Mark a touch."""

    def note(self, text: str) -> None:
        """Mark this moment."""

    def edit(self, changed: PlannedPattern) -> Edit | None:
        """Change terms of a pattern."""

    def tell(self, listener: Callable[[], None]) -> None:
        """Call when there is a newer view."""

    def stop(self, timeout_s: float | None = None) -> None:
        """End it; may take seconds."""


class Running:
    """A session of practice with what stands beside it."""

    def __init__(
        self,
        worker: Practising,
        tap: Tap,
        happenings: Happenings,
        reached: Reached | None = None,
        live: LiveSession | None = None,
    ) -> None:
        self.worker, self.tap, self.happenings = worker, tap, happenings
        self.reached = reached or Reached()
        self.live = live or LiveSession()


def started(build: PracticeBuild) -> Running:
    """Begin practice in a thread; connecting happens there too."""
    from host.session.practising.worker import PracticeWorker

    tap, happenings, reached, live = Tap(), Happenings(), Reached(), LiveSession()

    def tapped(stack: ExitStack) -> PracticeStage:
        stage = build(stack)
        stage.session.source = Tapped(stage.session.source, tap)
        happenings.montage = stage.scene.montage
        reached.rules = rules_of(stage)
        return stage

    def watch(frame: Frame) -> None:
        happenings.push(frame)
        reached.push(frame)
        live.push(frame)

    worker = PracticeWorker(live.building(tapped), watch)
    worker.start()
    return Running(worker, tap, happenings, reached, live)


def rules_of(stage: PracticeStage) -> Rules:
    """Return by what a session judges; the usual where nobody practises by a plan."""
    hop = stage.session.monitor.hop
    return Rules(hop=hop) if stage.orders is None else Rules.of(stage.orders.watch, hop)
