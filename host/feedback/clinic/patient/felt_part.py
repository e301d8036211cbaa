"""The question what moved, with a button that says when the answer is whole (P6)."""

from PyQt6.QtCore import QRect, pyqtSignal
from PyQt6.QtWidgets import QWidget

from host.feedback.clinic.controls import button
from host.feedback.clinic.patient.patient_state import Question
from host.feedback.clinic.styling import style_sheet
from host.feedback.faces.felt_face import FeltFace
from host.feedback.theme import Theme
from host.translation import tr


class FeltPart(QWidget):
    """Ask on the face; each question gets a face of its own."""

    changed = pyqtSignal(frozenset)
    """The muscles felt so far, as `(code, side)`."""
    answered = pyqtSignal()
    """The patient says that this is all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._px = theme, 20
        self._question: Question | None = None
        self.face = FeltFace((), theme, self)
        self.face.valueChanged.connect(self.changed)
        self.done = button(tr("That is all"), self.answered.emit)
        self.done.setParent(self)

    @property
    def question(self) -> Question | None:
        """What is asked, or was last."""
        return self._question

    def ask(self, question: Question) -> None:
        """Ask, or show the answer beside the measurement; the same question changes nothing."""
        before, self._question = self._question, question
        if question == before:
            return
        if before is None or question.key != before.key or question.choices != before.choices:
            self._renew(question)
        self.done.setVisible(question.measured is None)
        if question.measured is not None:
            self.face.setValue(question.felt)
            self.face.reveal(dict(question.measured))
        self.arrange(self._px)

    def use_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.face.theme = theme
        self.arrange(self._px)

    def arrange(self, px: int) -> None:
        """Place the face, and the button beneath it, letters `px` high."""
        self._px = px
        # In a window of its own no style sheet of the shell reaches the button.
        self.done.setStyleSheet(style_sheet(self._theme, round(0.8 * px)))
        high = round(2.4 * px)
        wide = min(max(self.done.sizeHint().width(), 9 * px), self.width())
        room = self.rect()
        if not self.done.isHidden():
            place = QRect((self.width() - wide) // 2, self.height() - high, wide, high)
            self.done.setGeometry(place)
            room = room.adjusted(0, 0, 0, -high - px // 2)
        self.face.setGeometry(room)

    def _renew(self, question: Question) -> None:
        self.face.hide()
        self.face.deleteLater()
        self.face = FeltFace(question.choices, self._theme, self)
        self.face.setMinimumSize(1, 1)
        self.face.valueChanged.connect(self.changed)
        self.face.show()
