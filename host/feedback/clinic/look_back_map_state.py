"""Who acts when, as a map of patterns and muscles (P13). No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calibration.patterns import Role
from host.feedback.bar_heights import bar_height
from host.feedback.clinic.look_back_grid_state import ActCell, GridState, SessionsState, ordered
from host.feedback.clinic.look_back_words import plain
from host.feedback.sentences import sentence
from host.report.measured_words import ranged
from host.translation import tr

if TYPE_CHECKING:
    from host.report.trends import Trends
    from host.report.trends_map import Acting, Acts

MAP_S = 3.0
"""The map goes so far from the cue to rise."""


def map_state(trends: Trends) -> SessionsState:
    """Return who acts when, in the newest attempts at each pattern (P13)."""
    side = trends.affected.value
    acting = [one for one in trends.acting if any(own.side == side for own in one.muscles)]
    codes = ordered({own.muscle for one in acting for own in one.muscles if own.side == side})
    rows = []
    for one in acting:
        own = {acts.muscle: acts for acts in one.muscles if acts.side == side}
        rows.append(tuple(_acts(own[code]) if code in own else None for code in codes))
    return SessionsState(
        head=tr("The {} side, from the cue to rise on, over {:.0f} s").format(tr(side), MAP_S),
        detail=tr("Each block begins when the muscle does, and is as high as its level."),
        grid=GridState(
            columns=tuple(plain(code) for code in codes),
            rows=tuple(tr(one.pattern) for one in acting),
            cells=tuple(rows),
        ),
        notes=tuple(line for one in acting if (line := _selective(one))),
    )


def _acts(own: Acts) -> ActCell:
    known = own.onset.known
    share = own.share.value if own.share.known else None
    ends = (own.onset.low, own.onset.high) if known else (0.0, 0.0)
    low, high = (min(max(end / MAP_S, 0.0), 1.0) for end in ends)
    return ActCell(
        role=own.role,
        onset=min(max(own.onset.value / MAP_S, 0.0), 1.0) if known else None,
        sure=(low, high) if known else None,
        level=bar_height(max(own.level.value, 0.0)) if own.level.known else None,
        share=share,
        said=_acts_said(own),
    )


def _acts_said(own: Acts) -> str:
    if not own.share.known:
        return tr("not judged") if own.role is Role.TOLERATED else tr("not known")
    if own.share.value == 0.0:
        return tr("stays at rest")
    count = round(own.share.n)
    often = tr("in {} of {}").format(round(own.share.value * count), count)
    return tr("{}, from {:.1f} s").format(often, own.onset.value) if own.onset.known else often


def _selective(one: Acting) -> str:
    if not one.selectivity.known:
        return ""
    words = tr("{}: selectivity {}; 1 is one muscle alone.")
    return sentence(words.format(tr(one.pattern), ranged(one.selectivity)))
