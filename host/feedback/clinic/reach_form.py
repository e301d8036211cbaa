"""Which board, and where: a form that speaks one `Reach`."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QCompleter, QLineEdit, QWidget

from host.acquisition.catalog import BOARDS, GAINS, Address, Board
from host.acquisition.quietface_mode import Wish
from host.acquisition.settings import BoardSettings
from host.errors import SettingsError
from host.feedback.clinic.arduino_form import ArduinoForm
from host.feedback.clinic.controls import column, label, narrow
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.remembered import Remembered
from host.feedback.review.choice import Choice
from host.translation import tr

USUAL_GAIN = max(GAINS)
"""The finest step; facial EMG is far from its range."""


class ReachForm(QWidget):
    """Choose a board, its port or address, a Cyton's gain, and what is asked of our own."""

    valueChanged = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.board, self.where = Choice(), QLineEdit()
        self.where_name = label(kind="faint")
        self.gain, self.gain_name = Choice(), label(tr("Gain of its amplifiers"), "faint")
        self.arduino = ArduinoForm()
        for one in BOARDS:
            self.board.addItem(tr(one.title), one.name)
        for gain in reversed(GAINS):
            words = tr("{} (usual)") if gain == USUAL_GAIN else "{}"
            self.gain.addItem(words.format(gain), gain)
        self.gain.setAccessibleName(tr("Gain of its amplifiers"))
        self.board.setAccessibleName(tr("Board"))
        narrow(self.board)
        self.board.currentIndexChanged.connect(self._name_where)
        self.where.textEdited.connect(self.valueChanged)
        self.gain.currentIndexChanged.connect(self.valueChanged)
        self.arduino.valueChanged.connect(self.valueChanged)
        below = (self.where_name, self.where, self.gain_name, self.gain, self.arduino)
        self.setLayout(column(self.board, *below, gap=6))
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
            return Reach(board=BoardSettings(board=name, address=where, gain=self._gain()))
        if board is Address.MAC:
            return Reach(board=BoardSettings(board=name, mac=where))
        settings = BoardSettings(board=name, port=where, gain=self._gain(), wish=self._wish())
        return Reach(board=settings)

    def setValue(self, reach: Reach) -> None:
        """Show a way to a board; the simulated patient's has nothing to show."""
        if reach.board is not None:
            board = reach.board
            self.show_board(board.board, board.port or board.address or board.mac)
            self.show_gain(str(board.gain))
            self.arduino.setValue(board.wish)

    def show_board(self, name: str, where: str) -> None:
        """Show a board by its plain name, and where it is; others are not shown."""
        number = self.board.findData(name)
        if number >= 0:
            self.board.setCurrentIndex(number)
        self.where.setText(where)

    def show_gain(self, written: str) -> None:
        """Show a gain; the usual one for what is none."""
        at = self.gain.findData(int(written)) if written.isdecimal() else -1
        self.gain.setCurrentIndex(max(at, 0))

    def recall(self, known: Remembered) -> None:
        """Show the board of last time, as it was written."""
        self.show_board(known.board, known.where)
        self.show_gain(known.amplifier_gain)
        self.arduino.front_end.show_front_end(known.front_end, known.gain)
        self.arduino.reference.setText(known.reference)

    def remembered(self, known: Remembered) -> Remembered:
        """Return what is to be remembered of the board, with all else as it was."""
        front_end = self.arduino.front_end
        return replace(
            known,
            board=str(self.board.currentData()),
            where=self.where.text().strip(),
            amplifier_gain=str(self.gain.currentData()),
            front_end=front_end.name,
            gain=front_end.gain.text().strip(),
            reference=self.arduino.reference.text().strip(),
        )

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
        return self.arduino.value() if self._board().ours else Wish()

    def _gain(self) -> int:
        """Return the gain of a Cyton; of any other board nobody asks."""
        return int(self.gain.currentData()) if self._board().settable_gain else USUAL_GAIN

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
        shown = {
            self.where: bool(words),
            self.where_name: bool(words),
            self.gain: self._board().settable_gain,
            self.gain_name: self._board().settable_gain,
            self.arduino: self._board().ours,
        }
        for part, visible in shown.items():
            part.setVisible(visible)
        self.valueChanged.emit()
