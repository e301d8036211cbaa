"""Which board, and where: a form that speaks one `Reach`."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QCompleter, QLineEdit, QWidget

from host.acquisition.catalog import BOARDS, Address, Board
from host.acquisition.quietface_mode import Wish
from host.acquisition.settings import BoardSettings
from host.errors import SettingsError
from host.feedback.clinic.controls import column, label, narrow
from host.feedback.clinic.front_end_form import FrontEndForm
from host.feedback.clinic.reach import Reach
from host.feedback.review.choice import Choice
from host.translation import tr


class ReachForm(QWidget):
    """Choose a board, its port or address, and what is before the inputs of our own."""

    valueChanged = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.board, self.where = Choice(), QLineEdit()
        self.where_name = label(kind="faint")
        self.front_end = FrontEndForm()
        for one in BOARDS:
            self.board.addItem(one.title, one.name)
        self.board.setAccessibleName(tr("Board"))
        narrow(self.board)
        self.board.currentIndexChanged.connect(self._name_where)
        self.where.textEdited.connect(self.valueChanged)
        self.front_end.valueChanged.connect(self.valueChanged)
        self.setLayout(column(self.board, self.where_name, self.where, self.front_end, gap=6))
        self._name_where()

    def value(self) -> Reach:
        """Return the way to the board; SettingsError says what is missing."""
        board, where = self._address(), self.where.text().strip()
        name = str(self.board.currentData())
        if board in (Address.SERIAL, Address.SERIAL_AND_MAC) and not where:
            raise SettingsError(tr("At which port is the board? Write it into the field below it."))
        if board is Address.IP and not where:
            raise SettingsError(tr("At which address is the board? Write it below its name."))
        if board is Address.IP:
            return Reach(board=BoardSettings(board=name, address=where))
        if board is Address.MAC:
            return Reach(board=BoardSettings(board=name, mac=where))
        return Reach(board=BoardSettings(board=name, port=where, wish=self._wish()))

    def setValue(self, reach: Reach) -> None:
        """Show a way to a board; the simulated patient's has nothing to show."""
        if reach.board is not None:
            board = reach.board
            self.show_board(board.board, board.port or board.address or board.mac)
            self.front_end.setValue(board.wish.front_end)

    def show_board(self, name: str, where: str) -> None:
        """Show a board by its plain name, and where it is; others are not shown."""
        number = self.board.findData(name)
        if number >= 0:
            self.board.setCurrentIndex(number)
        self.where.setText(where)

    def offer_ports(self, ports: tuple[str, ...]) -> None:
        """Offer these ports; the first, if nothing was written yet."""
        completer = QCompleter(list(ports), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.where.setCompleter(completer)
        serial = self._address() in (Address.SERIAL, Address.SERIAL_AND_MAC)
        if ports and serial and not self.where.text():
            self.where.setText(ports[0])

    def _board(self) -> Board:
        return BOARDS[max(self.board.currentIndex(), 0)]

    def _address(self) -> Address:
        return self._board().address

    def _wish(self) -> Wish:
        """Return what is asked of our own board; any other has nothing to be asked."""
        return Wish(front_end=self.front_end.value()) if self._board().ours else Wish()

    def _name_where(self) -> None:
        words = {
            Address.NONE: "",
            Address.SERIAL: tr("Port, such as COM3 or /dev/ttyUSB0"),
            Address.SERIAL_AND_MAC: tr("Port, such as COM3 or /dev/ttyUSB0"),
            Address.MAC: tr("Bluetooth address, where there are several"),
            Address.IP: tr("Address in the network"),
            Address.ANY: tr("Port or address, if it needs one"),
        }[self._address()]
        self.where_name.setText(words)
        self.where.setAccessibleName(words or tr("Nothing to fill in"))
        for part in (self.where, self.where_name):
            part.setVisible(bool(words))
        self.front_end.setVisible(self._board().ours)
        self.valueChanged.emit()
