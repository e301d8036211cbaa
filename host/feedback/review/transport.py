"""The bar at the top: what is shown, and the buttons; each has a key of its own."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from host.feedback.review.choice import Choice
from host.feedback.review.scale import clock
from host.session.notices import source_words
from host.session.opened import Opened
from host.session.player import SPEEDS


class Transport(QWidget):
    """Title, place and buttons; it decides nothing."""

    played = pyqtSignal()
    sped = pyqtSignal(float)
    noted = pyqtSignal()
    raw = pyqtSignal(bool)
    supposed = pyqtSignal(bool)
    """Whether other terms are to be tried."""

    def __init__(self, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total_s = opened.duration_s
        title = QLabel(opened.name)
        title.setProperty("title", True)  # noqa: FBT003  Qt's own way
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title.setToolTip(opened.name)
        self._about = QLabel(source_words(opened.words))
        for label in (title, self._about):
            # However long they are, they push no button out of the window.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._about.setProperty("faint", True)  # noqa: FBT003
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(self._about)
        self._place = QLabel()
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.play = self._button(self.tr("Play"), self.tr("Space"))
        self.play.clicked.connect(self.played)
        self.speed = Choice()
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Speed (- and +)"))
        self.speed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g} ×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.speed.currentIndexChanged.connect(lambda index: self.sped.emit(SPEEDS[index]))
        note = self._button(self.tr("Note"), "N")
        note.clicked.connect(self.noted)
        self.raw_button = self._button(self.tr("Raw"), "R", held=True)
        self.raw_button.toggled.connect(self.raw)
        self.what_if = self._button(self.tr("What if"), "W", held=True)
        self.what_if.toggled.connect(self.supposed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        for part in (self._place, self.play, self.speed, note, self.raw_button, self.what_if):
            row.addWidget(part)

    def show_place(self, seconds: float, *, playing: bool) -> None:
        """Show where the cursor stands."""
        place = f"{clock(seconds, 0.1)} / {clock(self._total_s)}"
        if self._place.text() != place:
            self._place.setText(place)
        label = self.tr("Pause") if playing else self.tr("Play")
        if self.play.text() != label:
            self.play.setText(label)

    def show_about(self, text: str) -> None:
        """Show a line below the title."""
        if self._about.text() != text:
            self._about.setText(text)
            self._about.setToolTip(text)

    def change_speed(self, steps: int) -> None:
        """Take the next faster or slower speed."""
        index = self.speed.currentIndex() + steps
        self.speed.setCurrentIndex(min(max(index, 0), self.speed.count() - 1))

    def _button(self, words: str, key: str, *, held: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(f"{words} ({key})")
        button.setAccessibleDescription(key)
        button.setCheckable(held)
        # Keys belong to the window: a button that has been clicked must not eat the space bar.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
