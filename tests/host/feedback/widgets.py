"""All widgets of a window, as Python objects that can be trusted."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

WidgetT = TypeVar("WidgetT", bound="QWidget")


def widgets_in(window: QWidget, kind: type[WidgetT]) -> list[WidgetT]:
    """Return what of this kind is in a window.

    Windows of earlier tests that nobody holds any more may still hold Python objects of parts that
    Qt itself made and has let go of: another thing may stand at that address by now, and be taken
    for a widget. They are collected before, and none in between.
    """
    gc.collect()
    collects = gc.isenabled()
    gc.disable()
    try:
        return window.findChildren(kind)
    finally:
        if collects:
            gc.enable()
