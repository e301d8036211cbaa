"""The line at the foot of the board: quality of every channel, loss, recording. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.acquisition.source import Link
from host.chain.quality import Quality
from host.feedback.bar_state import TOUCHED
from host.feedback.recording_light import LightState
from host.feedback.screen_words import said_recording
from host.translation import mark, tr

if TYPE_CHECKING:
    from host.session.worker import View

_NOBODY_KNOWS = mark("?")
SHORT = {
    Quality.GOOD: mark("good"),
    Quality.MAINS: mark("mains"),
    Quality.SETTLING: mark("wait"),
    Quality.ARTEFACT: mark("moves"),
    Quality.GAP: mark("gaps"),
    Quality.LOOSE: mark("loose"),
    Quality.FLAT: mark("flat"),
    Quality.RAILED: mark("loose"),
    Quality.LEFT_OUT: mark("out"),
}
"""How a channel is, in a word that has room in its cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellState:
    """One channel in a few pixels."""

    code: str
    """"OOC", or the number of a plain channel."""
    side: str
    """"L" or "R"; "" for a plain channel."""
    said: str
    """How it is, in words: "good"."""
    good: bool
    mains: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StripState:
    """All channels, and how the signal comes."""

    cells: tuple[CellState, ...] = ()
    link: str = ""
    """Loss, gaps and rate in a few words."""
    light: LightState = LightState()


def strip_state(view: View) -> StripState:
    """Return the strip of a moment."""
    light = _light(view)
    if view.scene is None:
        return StripState(light=light)
    return StripState(cells=_cells(view), link=_link(view), light=light)


def _cells(view: View) -> tuple[CellState, ...]:
    frame = view.frame if view.link.link is Link.STREAMING else None
    cells = []
    assert view.scene is not None  # noqa: S101  the caller has looked
    for at, site in enumerate(view.scene.montage.sites):
        code = site.muscle or str(at + 1)
        side = "" if site.side is None else site.side.value[0].upper()
        if frame is None:
            cells.append(CellState(code=code, side=side, said=tr(_NOBODY_KNOWS), good=False))
            continue
        quality = Quality(int(frame.quality[at]))
        touched = bool(frame.touched[at])
        said = TOUCHED if touched else SHORT[quality]
        cells.append(
            CellState(
                code=code,
                side=side,
                said=tr(said),
                good=quality.usable and not touched,
                mains=quality is Quality.MAINS,
            )
        )
    return tuple(cells)


def _link(view: View) -> str:
    link, frame = view.link, view.frame
    if link.link is not Link.STREAMING:
        return tr("No samples now")
    came = 0 if frame is None else frame.sample
    share = 100.0 * link.lost / max(came, 1)
    lost = tr("nothing lost") if not link.lost else tr("{share:.1f} % lost").format(share=share)
    again = "" if not link.reconnects else tr("reached again {n}×").format(n=link.reconnects)
    rate = "" if link.rate_hz is None else tr("{rate:.0f} Hz").format(rate=link.rate_hz)
    return " · ".join(filter(None, (lost, again, rate)))


def _light(view: View) -> LightState:
    state = view.recording
    if state.light and not state.message:
        return LightState(words=said_recording(state), on=True)
    if state.message:
        return LightState(words=tr("Recording: see above"), on=state.light, wrong=True)
    return LightState()
