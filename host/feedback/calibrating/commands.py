"""The five buttons of a calibration, each with its key on it."""

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QPushButton, QWidget

from host.feedback.calibrating.guide_state import Offer, Offers
from host.feedback.calibrating.keys import Act

SURE_MS = 4000
"""So long "Begin again" waits to be pressed once more: it throws everything away."""
_KEYS = {
    Act.GO_ON: "Space",
    Act.REPEAT: "R",
    Act.SKIP: "S",
    Act.PAUSE: "P",
    Act.BEGIN_AGAIN: "B",
}


class Commands(QWidget):
    """Shows what can be done now; tells which act was asked for, by button or by key."""

    asked = pyqtSignal(object)
    """An `Act` that is possible now, and meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = Offers()
        self._sure = QTimer(self)
        self._sure.setSingleShot(True)
        self._sure.setInterval(SURE_MS)
        self._sure.timeout.connect(self._write)
        self.buttons = {act: QPushButton() for act in _KEYS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, (act, button) in enumerate(self.buttons.items()):
            # Tab reaches it; a click does not take the keys from the window.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on, act=act: self.ask(act))
            row, column = divmod(number + 1, 2)
            # Narrower than its words rather than a column that is wider than its place.
            button.setMinimumWidth(1)
            grid.addWidget(button, row, column) if number else grid.addWidget(button, 0, 0, 1, 2)
        self._write()

    @property
    def offers(self) -> Offers:
        """What can be done now."""
        return self._offers

    @offers.setter
    def offers(self, offers: Offers) -> None:
        if offers != self._offers:
            self._offers = offers
            self._write()

    def ask(self, act: Act) -> None:
        """Ask for an act, if it is possible; beginning again is asked for twice."""
        if not self._offer(act).possible:
            return
        if act is Act.BEGIN_AGAIN and not self._sure.isActive():
            self._sure.start()
            self._write()
            return
        self._sure.stop()
        self._write()
        self.asked.emit(act)

    def _offer(self, act: Act) -> Offer:
        offers = self._offers
        return {
            Act.GO_ON: offers.go_on,
            Act.REPEAT: offers.repeat,
            Act.SKIP: offers.skip,
            Act.PAUSE: offers.pause,
            Act.BEGIN_AGAIN: offers.begin_again,
        }[act]

    def _write(self) -> None:
        for act, button in self.buttons.items():
            offer = self._offer(act)
            words = self.tr(offer.words)
            if act is Act.BEGIN_AGAIN and self._sure.isActive():
                words = self.tr("Forget all?")
            # A mnemonic is another key than the one on the button.
            label = f"{words} · {_KEYS[act]}".replace("&", "&&")
            if button.text() != label:
                button.setText(label)
                button.setAccessibleName(f"{words}, {self.tr('key')} {_KEYS[act]}")
            button.setEnabled(offer.possible)
            if button.property("advised") != offer.advised:
                button.setProperty("advised", offer.advised)
                _dress_anew(button)


def _dress_anew(button: QPushButton) -> None:
    """Let the style sheet look at a button's properties again."""
    style = button.style()
    if style is not None:
        style.unpolish(button)
        style.polish(button)
