"""The table of keys, as it is shown over a page: those of this page, then those of all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QLabel, QWidget

from host.feedback.clinic.keys import EVERYWHERE, KEYS, Act
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping


def lines(acts: Mapping[Act, str]) -> tuple[tuple[str, str], ...]:
    """Return key and meaning, in the order of the table; a page words its own acts."""
    own = [(tr(key.shown), tr(acts[key.act] or key.words)) for key in KEYS if key.act in acts]
    everywhere = [(tr(key.shown), tr(key.words)) for key in KEYS if key.act in EVERYWHERE]
    return (*own, *everywhere)


def keys_sheet(acts: Mapping[Act, str]) -> QWidget:
    """Return the table for a page with these acts."""
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(1, 1)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(2)
    sheet.setObjectName("keys")
    for row, (key, words) in enumerate(lines(acts)):
        name = QLabel(f"<b>{key}</b>")
        name.setAccessibleName(f"{key}: {words}")
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(QLabel(words), row, 1)
    return sheet
