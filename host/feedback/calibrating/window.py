"""The calibration in a window of its own, with the keys that it obeys."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.calibrating.keys import Act, act_of
from host.feedback.calibrating.room import CalibrationRoom
from host.feedback.theme import Scheme


class CalibrationWindow(CalibrationRoom):
    """Shows a `Moment`; decides nothing. F11 fills the screen, Esc leaves it."""

    def __init__(self, scheme: Scheme = "system", parent: QWidget | None = None) -> None:
        super().__init__(scheme, parent)
        self.setWindowTitle(self.tr("Calibration – Quietface"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(800, 440)
        self.resize(1280, 800)
        # Else the first button gets the focus, and with it the space bar.
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Obey single keys."""
        act = None if event is None else act_of(event)
        if act is None:
            super().keyPressEvent(event)
        elif act is Act.FULL:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif act is Act.LEAVE:
            self._leave()
        else:
            self.obey(act)

    def _leave(self) -> None:
        self.setFocus()
        if self.guide.steps.chosen is not None:
            self.guide.steps.choose(None)
        elif self.isFullScreen():
            self.showNormal()
