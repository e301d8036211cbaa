"""What the therapist's board shows: every muscle, both sides, with lines and how sure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration.muscles import Side, muscle, muscles
from calibration.patterns import Role
from host.acquisition.source import Link
from host.chain.quality import Quality
from host.feedback.bar_heights import bar_height, heights_of
from host.feedback.bar_state import NOT_CALIBRATED, ONE_MOMENT, REASONS, TOUCHED
from host.feedback.clinic.practising.lines import line_now, percent
from host.translation import mark, tr

if TYPE_CHECKING:
    from host.clinic.plan import PlannedPattern
    from host.detection.frame import Frame
    from host.feedback.clinic.practising.memory import Memory
    from host.session.worker import Scene, View

ROLES = {Role.TARGET: mark("leads"), Role.QUIET: mark("quiet"), Role.TOLERATED: mark("may move")}
_LEAKS = mark("crosstalk?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelState:
    """One channel; heights are 0 to 1."""

    channel: int
    name: str
    fill: float | None
    """None where unknown; never 0 for None."""
    sure: tuple[float, float] | None = None
    """Where the level lies in 95 % of cases (P11)."""
    over: bool = False
    """It came along."""
    softer: bool = False
    """A target above its ceiling (P8)."""
    words: str = ""
    """The level in numbers, or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowState:
    """One muscle on both sides."""

    code: str
    name: str
    role: Role
    left: LevelState | None
    right: LevelState | None
    line: float | None = None
    """Height of the quiet line, or of the target's ceiling; None where nothing is judged."""
    line_words: str = ""
    own: bool = False
    """Whether the line is this muscle's own."""
    selected: bool = False
    """Whether keys move this line."""
    proposed: float | None = None
    """Height at which the chosen line might lie next; None to leave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardState:
    """All rows, from forehead to neck."""

    rows: tuple[RowState, ...] = ()
    affected: Side = Side.RIGHT
    pattern: str = ""
    """The pattern whose lines these are, between bouts; in a bout the title says so."""
    line_words: str = ""
    """The line of all, in words."""
    all_selected: bool = False
    draft: bool = False
    """Whether a line is being moved, and is not in force yet."""
    supposed: str = ""
    """What the last attempts would have been with the line where it is being moved to."""
    supposed_spoken: str = ""
    """The same with the proposed line, which is a mark on the screen."""
    beside: int = 0
    """The row beside whose line that stands."""
    proposed_words: str = ""
    """What the marks on the lines are; empty where there is none."""

    @property
    def line_said(self) -> str:
        """The line of all; between bouts with the pattern that it is of."""
        if not self.pattern:
            return self.line_short
        return tr("{pattern}: line {share}").format(pattern=self.pattern, share=self.line_words)

    @property
    def line_short(self) -> str:
        """The line of all, where there is no room for the pattern's name."""
        return tr("line {share}").format(share=self.line_words)

    @property
    def head(self) -> tuple[str, str]:
        """What stands above the names."""
        return self.line_said, self.proposed_words


def board_state(view: View, planned: PlannedPattern | None, memory: Memory) -> BoardState:
    """Return the board; `planned` has the terms in force, `memory.draft` those being moved."""
    scene = view.scene
    if scene is None:
        return BoardState()
    frame = view.frame if view.link.link is Link.STREAMING else None
    terms = memory.draft_of(planned) or planned
    sites = scene.montage.sites
    present = {site.muscle for site in sites if site.muscle}
    levels = _levels(scene, frame, memory.numbers)
    return BoardState(
        rows=tuple(
            _row(code, view, scene, terms, levels, selected=memory.selected == code)
            for code in muscles()
            if code in present
        ),
        affected=scene.affected,
        line_words="" if terms is None else percent(terms.line),
        all_selected=not memory.selected,
        draft=memory.draft_of(planned) is not None,
    )


def numbers_of(frame: Frame) -> tuple[str, ...]:
    """Return the level of each channel in words, with the interval it lies in (P11)."""
    low, high = frame.interval()
    return tuple(
        _number(float(level), float(least), float(most))
        for level, least, most in zip(frame.activation, low, high, strict=True)
    )


def _number(level: float, low: float, high: float) -> str:
    if math.isnan(level):
        return ""
    if math.isnan(low) or math.isnan(high) or math.isinf(high):
        return f"{100.0 * level:.0f} %"
    return f"{100.0 * level:.0f} % ({100.0 * low:.0f}–{100.0 * high:.0f})"


def _row(
    code: str,
    view: View,
    scene: Scene,
    terms: PlannedPattern | None,
    levels: dict[int, LevelState],
    *,
    selected: bool,
) -> RowState:
    frame = view.frame
    role = Role.TOLERATED if frame is None else frame.asked.role(code)
    left, right = (scene.montage.column(code, side) for side in (Side.LEFT, Side.RIGHT))
    line = None
    if terms is not None and role is not Role.TOLERATED:
        line = line_now(terms, code, frame, scene)
    return RowState(
        code=code,
        name=tr(muscle(code).plain),
        role=role,
        left=None if left is None else levels[left],
        right=None if right is None else levels[right],
        line=None if line is None else bar_height(line),
        line_words="" if line is None else percent(line),
        own=terms is not None and role is Role.QUIET and terms.line_of(code) is not None,
        selected=selected,
    )


def _levels(scene: Scene, frame: Frame | None, numbers: tuple[str, ...]) -> dict[int, LevelState]:
    columns = [at for at, site in enumerate(scene.montage.sites) if site.muscle]
    if frame is None:
        named = scene.montage.named
        return {at: LevelState(channel=at, name=tr(named(at)), fill=None) for at in columns}
    return {at: _level(at, scene, frame, numbers) for at in columns}


def _level(at: int, scene: Scene, frame: Frame, numbers: tuple[str, ...]) -> LevelState:
    heights, name = heights_of(frame), tr(scene.montage.named(at))
    level = heights.level[at]
    if math.isnan(level):
        return LevelState(channel=at, name=name, fill=None, words=tr(_reason(frame, at)))
    words = numbers[at] if at < len(numbers) else ""
    return LevelState(
        channel=at,
        name=name,
        fill=level,
        sure=heights.sure(at),
        over=bool(frame.active[at]),
        softer=bool(frame.too_strong[at]),
        words=tr(_LEAKS) if frame.crosstalk[at] else words,
    )


def _reason(frame: Frame, at: int) -> str:
    if frame.touched[at]:
        return TOUCHED
    quality = Quality(int(frame.quality[at]))
    return REASONS.get(quality, NOT_CALIBRATED if frame.calibrated else ONE_MOMENT)
