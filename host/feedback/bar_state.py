"""What the patient's screen shows at one moment: decided here, painted elsewhere. No Qt."""

import math
from dataclasses import dataclass

import numpy as np

from calibration.muscles import Side, muscle
from calibration.patterns import Pattern, Role, pattern
from host.acquisition.source import Link
from host.chain.quality import Quality
from host.detection.cues import Phase
from host.detection.frame import Frame
from host.feedback.bar_heights import USUAL_THRESHOLD, bar_height, heights_of
from host.feedback.screen_words import hint_of, prompt_of, said_interruption, said_recording
from host.session.worker import Scene, View
from host.translation import mark, told, tr

CORRIDOR_TOP = 2.0
"""Activation at the top of the target's corridor: an effort of 1 lies in the middle."""

TOUCHED = mark("touch")
"""Why a muscle under a finger has no level (P5)."""
REST_DIFFERS = mark("Rest differs from the calibration: check it again")

NOT_CALIBRATED, ONE_MOMENT = mark("not calibrated"), mark("one moment")

REASONS = {
    Quality.SETTLING: mark("one moment"),
    Quality.ARTEFACT: mark("movement"),
    Quality.GAP: mark("samples lost"),
    Quality.LOOSE: mark("electrode loose?"),
    Quality.FLAT: mark("no contact?"),
    Quality.RAILED: mark("electrode loose?"),
    Quality.LEFT_OUT: mark("left out"),
}
"""Why there is no signal, in a few words for the patient's screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarState:
    """One quiet muscle of the affected side, or one plain channel."""

    name: str
    """The muscle in the patient's words: "Eye", "Neck"; or "Channel 3"."""
    muscle: str = ""
    """Code as in T1; empty for a plain channel, which lights nothing on the face."""
    side: Side | None = None
    fill: float | None
    """Height of the bar, 0 (quiet) to 1 (top); None when there is no signal. Never 0 for None."""
    sure: tuple[float, float] | None = None
    """Heights between which the level is, in 95 % of cases: the bar's edge is no sharper (P11).
    None where nothing says so."""
    threshold: float
    """Height of the line that the bar should stay below, 0 to 1."""
    over: bool = False
    """The muscle came along: decided by detection, with its hysteresis."""
    other: float | None = None
    """Height of the same muscle on the other side, as a faint mark (P3); None for no mark."""
    reason: str = ""
    """Why there is no signal, in a few words: "electrode loose?"."""

    def __post_init__(self) -> None:
        """Refuse heights that cannot be painted: NaN above all."""
        for height in (self.fill, self.threshold, self.other, *(self.sure or ())):
            if height is not None and not 0.0 <= height <= 1.0:
                raise ValueError(f"heights lie from 0 to 1, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetState:
    """The muscle that leads the pattern: a slim corridor with an effort ceiling (P8)."""

    name: str
    muscle: str
    side: Side | None = None
    fill: float | None
    """0 to 1; None when there is no signal."""
    low: float
    """Lower end of the corridor, 0 to 1."""
    ceiling: float
    """Upper end of the corridor, 0 to 1: above it the only advice is "softer"."""
    softer: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse heights that cannot be painted, and a corridor turned around."""
        fill = 0.0 if self.fill is None else self.fill
        if not (0.0 <= fill <= 1.0 and 0.0 <= self.low < self.ceiling <= 1.0):
            raise ValueError(f"need heights from 0 to 1 and low < ceiling, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenState:
    """Everything on the patient's screen (P: only what helps in this second)."""

    bars: tuple[BarState, ...] = ()
    target: TargetState | None = None
    prompt: str = ""
    """What to do, in two to five words: "Smile gently"."""
    hint: str = ""
    """One word below it, often empty: "slowly"."""
    touch: tuple[str, ...] = ()
    """Codes of the muscles to touch, drawn on the face (P5)."""
    affected: Side | None = None
    notice: str = ""
    """A small line at the foot: "Not calibrated". """
    recording: str = ""
    """"Recording", or what is wrong with it; empty where nothing is recorded."""
    recording_light: bool = False
    """True only while what came is known to be on the disk."""
    interruption: str = ""
    """A calm sentence in place of feedback: "No signal from the board. Looking for it again." """


def screen_state(view: View) -> ScreenState:
    """Decide what the patient's screen shows of the newest view.

    While the link is not streaming no bar shows a level, however recent the last one is:
    unknown is never quiet.
    """
    scene = view.scene
    if scene is None:
        return ScreenState(interruption=told(view.link.message or "One moment."))
    frame = view.frame if view.link.link is Link.STREAMING else None
    asked = view.frame.asked if view.frame else pattern("rest and release")
    phase = view.frame.cue.phase if view.frame else Phase.FREE
    target = _target(scene, asked, frame)
    # The corridor says "softer" where it is too much; then that is the only advice (P8).
    softer = target is not None and target.softer
    return ScreenState(
        bars=tuple(_bar(scene, column, frame) for column in shown_columns(scene, asked)),
        target=target,
        prompt=prompt_of(scene.montage, asked, phase) if frame else "",
        hint="" if softer else hint_of(scene.montage, phase) if frame else "",
        affected=None if scene.montage.plain else scene.affected,
        notice=" · ".join(filter(None, [tr(REST_DIFFERS) if view.warnings else "", scene.notice])),
        recording=said_recording(view.recording),
        recording_light=view.recording.light,
        interruption="" if frame else said_interruption(view.link),
    )


def shown_columns(scene: Scene, asked: Pattern) -> tuple[int, ...]:
    """Return the channels that have a bar: quiet muscles of the affected side (P3).

    A plain montage has a bar for every channel.
    """
    if scene.montage.plain:
        return tuple(range(len(scene.montage.sites)))
    return tuple(
        column
        for column, site in enumerate(scene.montage.sites)
        if site.muscle and site.side is scene.affected and asked.role(site.muscle) is Role.QUIET
    )


def _bar(scene: Scene, column: int, frame: Frame | None) -> BarState:
    site = scene.montage.sites[column]
    heights = None if frame is None else heights_of(frame)
    fill = None if heights is None else _known(heights.level[column])
    line = None if heights is None else _known(heights.line[column])
    other = scene.montage.column(site.muscle, site.side.other) if site.side else None
    return BarState(
        name=tr(muscle(site.muscle).plain if site.muscle else scene.montage.named(column)),
        muscle=site.muscle,
        side=site.side,
        fill=fill,
        sure=None if heights is None or fill is None else heights.sure(column),
        threshold=bar_height(USUAL_THRESHOLD) if line is None else line,
        over=frame is not None and fill is not None and bool(frame.active[column]),
        other=None if heights is None or other is None else _known(heights.level[other]),
        reason="" if fill is not None else _reason(frame, column),
    )


def _known(height: float) -> float | None:
    """Return a height; None, never 0, where it is unknown."""
    return None if math.isnan(height) else height


def _target(scene: Scene, asked: Pattern, frame: Frame | None) -> TargetState | None:
    """Return the first target muscle that the montage has on the affected side."""
    columns = [(code, scene.montage.column(code, scene.affected)) for code in asked.target]
    present = [(code, column) for code, column in columns if column is not None]
    if not present:
        return None
    code, column = present[0]
    level = _activation(frame, column)
    effort = scene.effort if frame is None else frame.effort
    return TargetState(
        name=tr(muscle(code).plain),
        muscle=code,
        side=scene.affected,
        fill=None if level is None else min(level / CORRIDOR_TOP, 1.0),
        low=min(effort.low / CORRIDOR_TOP, 0.9),
        ceiling=min(effort.ceiling / CORRIDOR_TOP, 1.0),
        softer=frame is not None and level is not None and bool(frame.too_strong[column]),
        reason="" if level is not None else _reason(frame, column),
    )


def _activation(frame: Frame | None, column: int) -> float | None:
    """Return the activation; None, never 0, where it is unknown."""
    if frame is None or np.isnan(frame.activation[column]):
        return None
    return float(frame.activation[column])


def _reason(frame: Frame | None, column: int) -> str:
    if frame is None:
        return ""
    if frame.touched[column]:
        return tr(TOUCHED)
    quality = Quality(int(frame.quality[column]))
    # A usable channel without a bar has no resting level yet (that takes two seconds), or none
    # that a calibration could find.
    return tr(REASONS.get(quality, NOT_CALIBRATED if frame.calibrated else ONE_MOMENT))
