"""The buttons of practice, each with its key on it, in as many rows as they need."""

from functools import partial

from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QPushButton, QSizePolicy, QWidget

from host.feedback.clinic.controls import advise, button, name_button
from host.feedback.clinic.keys import Act
from host.feedback.clinic.practise_state import Offered

GAP_PX = 6


class Commands(QWidget):
    """Shows what can be done now; tells what was asked for."""

    asked = pyqtSignal(object)
    """An `Act`."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[Act, QPushButton] = {}
        self._offers: dict[Act, Offered] = {}
        self._widest: dict[Act, int] = {}
        """No button becomes narrower again: its neighbours must not move with its words."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_offers(self, offers: dict[Act, Offered]) -> None:
        """Show the buttons as they are now."""
        if offers == self._offers:
            return
        for act, offer in offers.items():
            if act not in self.buttons:
                self.buttons[act] = button("", partial(self.asked.emit, act))
                self.buttons[act].setParent(self)
                self.buttons[act].show()
            made, before = self.buttons[act], self._offers.get(act)
            if before is None or before.words != offer.words:
                name_button(made, offer.words, act)
            made.setEnabled(offer.possible)
            advise(made, on=offer.advised)
        self._offers = offers
        self.arrange()

    def dress(self) -> None:
        """Measure the words anew: letters are other ones now."""
        self._widest.clear()
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one wishes: there are more rows then."""
        return QSize(1, self.height())

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Set the buttons into rows of the new width."""
        self.arrange()

    def arrange(self) -> None:
        """Fill rows one after the other; the buttons of a row share what is left of it."""
        if not self.buttons or self.width() < GAP_PX:
            return
        high = max(one.sizeHint().height() for one in self.buttons.values())
        rows = self._rows()
        for number, row in enumerate(rows):
            free = self.width() - sum(self._widest[act] + GAP_PX for act in row) + GAP_PX
            left = 0.0
            for act in row:
                wide = self._widest[act] + max(free, 0) / len(row)
                top = number * (high + GAP_PX)
                self.buttons[act].setGeometry(round(left), top, round(wide), high)
                left += wide + GAP_PX
        self.setFixedHeight(len(rows) * (high + GAP_PX) - GAP_PX)

    def _rows(self) -> list[list[Act]]:
        """Return the acts row by row, as evenly as their words allow."""
        for act, made in self.buttons.items():
            self._widest[act] = max(self._widest.get(act, 0), made.sizeHint().width())
        least = _filled(self._widest, self.width())
        width = self.width()
        # The narrowest room that needs no more rows has them evenly long.
        while width > 1 and len(_filled(self._widest, width - 8)) == len(least):
            width -= 8
        return _filled(self._widest, width)


def _filled(widths: dict[Act, int], room: int) -> list[list[Act]]:
    rows: list[list[Act]] = [[]]
    used = 0
    for act, wide in widths.items():
        if rows[-1] and used + wide > room:
            rows.append([])
            used = 0
        rows[-1].append(act)
        used += wide + GAP_PX
    return rows
