"""The next bout as it is offered: which pattern, with which feedback; never pressed (P7). No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from host.clinic.plan import FeedbackMode
from host.feedback.clinic.practising.head_state import MODES
from host.feedback.clinic.practising.memory import Memory
from host.translation import tr

if TYPE_CHECKING:
    from host.clinic.plan import Plan
    from host.session.practising.view import PracticeView


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferState:
    """What can be chosen."""

    patterns: tuple[str, ...] = ()
    """In words, with how many bouts of each there were."""
    chosen: int = -1
    """Place of the chosen pattern; -1 for none."""
    mode: FeedbackMode = FeedbackMode.BARS
    """As it is chosen, or as planned."""
    notice: str = ""
    """Why the chosen feedback cannot be had, and what can."""


def offer_state(
    allowed: tuple[str, ...], plan: Plan | None, view: PracticeView, memory: Memory
) -> OfferState:
    """Return the offer; `allowed` are the patterns that may be practised today."""
    if plan is None or not allowed:
        return OfferState()
    bouts = {(one.bout, one.pattern) for one in (*view.earlier, *view.attempts)}
    done = [sum(pattern == name for _, pattern in bouts) for name in allowed]
    mode = mode_of(plan, memory)
    silent = mode is FeedbackMode.SOUND and memory.sound
    return OfferState(
        patterns=tuple(_pattern(name, n) for name, n in zip(allowed, done, strict=True)),
        chosen=allowed.index(memory.chosen) if memory.chosen in allowed else -1,
        mode=mode,
        notice=f"{memory.sound} {tr('Bars can be had.')}" if silent else "",
    )


def mode_of(plan: Plan, memory: Memory) -> FeedbackMode:
    """Return the feedback of the next bout."""
    if memory.mode is not None:
        return memory.mode
    planned = {one.name: one.mode for one in plan.patterns}
    return planned.get(memory.chosen, FeedbackMode.BARS)


def chosen_next(memory: Memory, allowed: tuple[str, ...], step: int = 1) -> Memory:
    """Return the memory with the following pattern chosen, in a round, in its planned mode."""
    if not allowed:
        return memory
    at = allowed.index(memory.chosen) if memory.chosen in allowed else -step
    return replace(memory, chosen=allowed[(at + step) % len(allowed)], mode=None)


def mode_words(mode: FeedbackMode) -> str:
    """Name a mode on its button."""
    words = tr(MODES[mode])
    return words[:1].upper() + words[1:]


def _pattern(name: str, bouts: int) -> str:
    words = tr(name)
    words = words[:1].upper() + words[1:]
    return tr("{pattern} · {bouts} ×").format(pattern=words, bouts=bouts) if bouts else words
