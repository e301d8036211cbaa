"""The colours of the levels on the board: what leads, what is quiet, what came along (P8, P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtGui import QBrush, QColor, QLinearGradient

from calibration.patterns import Role
from host.feedback.theme import colour, mixed, veiled

if TYPE_CHECKING:
    from host.feedback.clinic.practising.board_state import LevelState, RowState
    from host.feedback.theme import Theme

_SHARP_PX = 1.0
"""An end that is fainter over less than this is drawn sharp: nobody can tell."""


def brush_of(full: QColor, begin: float, end: float) -> QBrush:
    """Return the brush of a level whose outer end is as faint as it is unsure (P11)."""
    if abs(end - begin) < _SHARP_PX:
        return QBrush(full)
    fading = QLinearGradient(begin, 0.0, end, 0.0)
    fading.setColorAt(0.0, full)
    fading.setColorAt(1.0, veiled(full.name(), 0.12))
    return QBrush(fading)


def colour_of(row: RowState, level: LevelState, theme: Theme) -> QColor:
    """Return the colour of a level."""
    if row.role is Role.TARGET:
        return colour(theme.warm if level.softer else theme.target)
    if row.role is Role.TOLERATED:
        return mixed(theme.track, theme.quiet, 0.6)
    return colour(theme.over if level.over else theme.quiet)
