"""The board with what the last attempts say of its chosen line: in words, and as a mark. No Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calibration.patterns import Role
from host.feedback.bar_heights import bar_height
from host.feedback.clinic.practising.lines import percent
from host.translation import tr

if TYPE_CHECKING:
    from host.feedback.clinic.practising.board_state import BoardState, RowState
    from host.feedback.clinic.practising.supposed_state import Supposed


def with_supposed(board: BoardState, supposed: Supposed | None) -> BoardState:
    """Return the board with the proposed line; while a line is moved, with what it would do."""
    if supposed is None or not board.rows:
        return board
    rows = tuple(replace(row, proposed=_proposed(row, supposed)) for row in board.rows)
    if any(row.proposed is not None for row in rows) and supposed.proposed is not None:
        words = tr("▾ proposed {share}").format(share=percent(supposed.proposed))
        board = replace(board, proposed_words=words)
    beside = next((at for at, row in enumerate(rows) if _concerned(row, supposed)), None)
    if beside is None or not board.draft:
        return replace(board, rows=rows)
    said, spoken = supposed.said, supposed.words
    return replace(board, rows=rows, supposed=said, supposed_spoken=spoken, beside=beside)


def _proposed(row: RowState, supposed: Supposed) -> float | None:
    """Return the height of the mark in a row; None for a line that is not concerned."""
    if supposed.proposed is None or not _concerned(row, supposed):
        return None
    return bar_height(supposed.proposed * supposed.share(row.code))


def _concerned(row: RowState, supposed: Supposed) -> bool:
    """Tell whether the line that was tried is a row's: of all, those that should be quiet."""
    if row.line is None:
        return False
    return row.code == supposed.code if supposed.code else row.role is Role.QUIET
