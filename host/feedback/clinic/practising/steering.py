"""What the therapist does in practice: keys, drags and choices turned into commands. No widgets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.clinic.plan import FeedbackMode
from host.errors import HostError
from host.feedback.clinic.practise_state import Wish, meant
from host.feedback.clinic.practising.lines import as_all, lifted, line_now, moved, stepped
from host.feedback.clinic.practising.memory import Memory
from host.feedback.clinic.practising.next_bout import as_judged, planned_now
from host.feedback.clinic.practising.offer_state import chosen_next, mode_of
from host.feedback.clinic.practising.supposed_state import Supposed, supposed
from host.feedback.clinic.practising.therapist_state import felt_codes
from host.feedback.sentences import sentence
from host.session.practising.view import BoutPhase
from host.translation import told_error, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from host.clinic.plan import Plan, PlannedPattern
    from host.feedback.clinic.keys import Act
    from host.feedback.clinic.practising.running import Running
    from host.session.plan_edits import Edit
    from host.session.practising.view import PracticeView
    from host.session.practising.worker import PracticeMoment


class Steering:
    """Holds the therapist's choices, and tells the running session what they mean."""

    def __init__(
        self,
        running: Running,
        allowed: tuple[str, ...],
        plan: Callable[[], Plan | None],
        keep: Callable[[Edit], None],
        say: Callable[[str], None],
    ) -> None:
        """`plan` is the one in force, `keep` saves an edit of it, `say` speaks to the therapist."""
        self._running, self._plan, self._keep, self._say = running, plan, keep, say
        self.allowed = allowed
        """Patterns that may be practised today, in order (P16)."""
        self.memory = chosen_next(Memory(), allowed)
        self._question: tuple[int, int] | None = None
        self._offered = 0
        """The bout after which the next pattern was offered."""
        self._tried: tuple[Hashable, Supposed] = ((), Supposed())
        """The newest line that was tried on the last attempts, after what that depends on."""

    @property
    def view(self) -> PracticeView:
        """The newest of practice."""
        return self._running.worker.moment.practice

    def look(self) -> None:
        """Follow what happened by itself: a bout that ended offers the next pattern (P7)."""
        view = self.view
        asked = (view.number, view.attempt) if view.phase is BoutPhase.ASK else None
        if asked is not None and asked != self._question:
            self.memory = replace(self.memory, felt=frozenset())
            self._question = asked
        if view.phase is BoutPhase.OVER and view.number != self._offered:
            self._offered = view.number
            self.commit()  # a line of the bout that is over
            self.memory = chosen_next(replace(self.memory, chosen=view.pattern), self.allowed)

    def wish(self, act: Act) -> Wish:
        """Do what a key means now; tell what that was."""
        wish, worker = meant(act, self.view), self._running.worker
        match wish:
            case Wish.BEGIN:
                self.begin()
            case Wish.STOP:
                worker.stop_bout()
            case Wish.RESUME:
                worker.resume()
            case Wish.PAUSE:
                worker.pause()
            case Wish.SKIP:
                worker.next()
            case Wish.ANSWER:
                self.answer()
            case Wish.CHOOSE:
                self.commit()
                self.memory = chosen_next(self.memory, self.allowed)
        return wish

    def begin(self) -> None:
        """Begin the chosen bout; one that nobody could hear is offered with bars instead (P6)."""
        plan = self._plan()
        if plan is None or not self.memory.chosen:
            return
        if mode_of(plan, self.memory) is FeedbackMode.SOUND and self.memory.sound:
            self.memory = replace(self.memory, mode=FeedbackMode.BARS)
            said = tr("{why} Bars are chosen instead; Space begins.")
            self._say(said.format(why=self.memory.sound))
            return
        try:
            self._running.worker.begin(self.memory.chosen, self.memory.mode)
        except HostError as error:
            self._say(sentence(told_error(error)))
        else:
            self._say("")  # what was said of the keys between bouts does not hold in one

    def answer(self) -> None:
        """Take what was felt."""
        self._running.worker.felt(tuple(sorted(self.memory.felt)))

    def choose(self, place: int) -> None:
        """Choose a pattern by its place, in its planned mode."""
        if 0 <= place < len(self.allowed):
            self.commit()
            self.memory = replace(self.memory, chosen=self.allowed[place], mode=None)

    def choose_mode(self, mode: FeedbackMode) -> None:
        """Choose another feedback for the next bout."""
        self.memory = replace(self.memory, mode=mode)

    def name_felt(self, code: str) -> None:
        """Name a muscle as felt, or take it back."""
        self.memory = replace(self.memory, felt=self.memory.felt ^ {code})

    def take_felt(self, codes: Iterable[str]) -> None:
        """Take what the patient named, in place of what was named before."""
        self.memory = replace(self.memory, felt=frozenset(codes))

    def number(self, number: int) -> None:
        """Take a digit: a felt muscle while that is asked, a pattern between bouts."""
        view, scene = self.view, self._running.worker.moment.view.scene
        if view.phase is BoutPhase.ASK and scene is not None:
            codes = felt_codes(scene)
            if number <= len(codes):
                self.name_felt(codes[number - 1])
        elif view.phase.between:
            self.choose(number - 1)

    def hide(self) -> None:
        """Hide the patient's bars, or show them again; the next attempt counts as it begins."""
        on = not self.memory.hidden
        self.memory = replace(self.memory, hidden=on)
        self._running.worker.hide(on=on)
        self.note(tr("Bars hidden") if on else tr("Bars shown"))

    def touch(self) -> None:
        """Mark a finger on, or off (P5)."""
        touched = self._running.worker.moment.view.recording.touched
        self._running.worker.touch()
        self._running.happenings.say(tr("Touch ends") if touched else tr("Touch begins"))

    def note(self, words: str) -> None:
        """Mark this moment, with words or without."""
        self._running.worker.note(words)
        self._running.happenings.say(words or tr("Mark"))

    def select(self, step: int) -> None:
        """Choose the muscle whose line is to be moved: all, then each that has one."""
        codes = ["", *self._movable()]
        at = codes.index(self.memory.selected) if self.memory.selected in codes else 0
        self.select_code(codes[(at + step) % len(codes)])

    def select_code(self, code: str) -> None:
        """Choose a muscle's line."""
        self.memory = replace(self.memory, selected=code if code in self._movable() else "")

    def supposed(self) -> Supposed:
        """Try the chosen line on the last attempts at its pattern (P14)."""
        return self._suppose(self.memory.selected)

    def drag(self, code: str, to: float) -> None:
        """Move a line, for now only on the board; `commit` puts it in force.

        Near to the proposed line it lies there.
        """
        terms = self._terms()
        if terms is None:
            return
        to = self._suppose(code).snapped(to)
        changed = lifted(terms, to) if self._leads(code) else moved(terms, code, to)
        self.memory = replace(self.memory, draft=changed, selected=code)

    def step(self, steps: int) -> None:
        """Move the chosen line by some steps."""
        view, terms, code = self._moment().view, self._terms(), self.memory.selected
        if terms is None or view.scene is None:
            return
        now = line_now(terms, code, view.frame, view.scene)
        if self._leads(code):
            self.drag(code, now * (1.0 + 0.05 * steps))
        else:
            to = self._suppose(code).passed(now, stepped(now, steps))
            self.memory = replace(self.memory, draft=moved(terms, code, to))

    def as_all(self) -> None:
        """Give the chosen muscle the line of all again."""
        terms = self._terms()
        if terms is not None and self.memory.selected:
            self.memory = replace(self.memory, draft=as_all(terms, self.memory.selected))

    def commit(self) -> None:
        """Put the moved line in force: a dated event, and a new version of the plan."""
        draft, would = self.memory.draft, self.supposed().said
        self.memory = replace(self.memory, draft=None)
        if draft is None:
            return
        try:
            made = self._running.worker.edit(draft)
        except (HostError, ValueError) as error:
            self._say(sentence(told_error(error)))
            return
        if made is not None:
            self._running.happenings.say(f"{made.why}. {would}." if would else made.why)
            self._keep(made)

    def _suppose(self, code: str) -> Supposed:
        """Try a muscle's line; the same again is not worked out again."""
        planned = self._planned()
        if planned is None:
            return Supposed(code=code)
        draft, reached = self.memory.draft_of(planned), self._running.reached
        moment = self._moment()
        bouts = moment.practice.attempts, moment.practice.phase.between
        key = (code, planned, draft, bouts, reached.version)
        if key != self._tried[0]:
            self._tried = key, supposed(moment, reached, code, planned=planned, draft=draft)
        return self._tried[1]

    def _planned(self) -> PlannedPattern | None:
        return planned_now(self._plan(), self.view, self.memory)

    def _terms(self) -> PlannedPattern | None:
        planned = self._planned()
        return self.memory.draft_of(planned) or planned

    def _moment(self) -> PracticeMoment:
        """Return the newest moment; between bouts on the terms of the next."""
        return as_judged(self._running.worker.moment, self._planned())

    def _movable(self) -> tuple[str, ...]:
        """Return the muscles that have a line or a ceiling now."""
        frame = self._moment().view.frame
        return () if frame is None else (*frame.asked.target, *frame.asked.quiet)

    def _leads(self, code: str) -> bool:
        frame = self._moment().view.frame
        return frame is not None and code in frame.asked.target
