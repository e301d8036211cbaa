"""The patient's part of the page: the prompt in large letters, the face, and the pace."""

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.calibrating.pacer import Pacer
from host.feedback.calibrating.patient_state import PatientState
from host.feedback.faces.face import Face, WatchedFace
from host.feedback.lettering import sized
from host.feedback.theme import Theme, name_px
from host.feedback.words import Words
from host.report.face.geometry import HEIGHT as FACE_HEIGHT

PROMPT, DETAIL, SMALL = 1.9, 1.3, 0.85
"""Letter sizes, in sizes of a bar's name: 53, 36 and 24 pixels at 1280 x 800."""
HIGHEST = 0.08
"""Letters of the prompt take no more of the height than this: the face needs it."""
PROMPT_LINES = 2
PACER = 0.22
"""The pacer's share of the height."""


class PatientPart(QWidget):
    """Show `PatientState`; decide nothing. `watched`: it stands on the therapist's own page."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, watched: bool = False
    ) -> None:
        super().__init__(parent)
        self._state = PatientState()
        self._px = 0.0
        bottom, top = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        centre = Qt.AlignmentFlag.AlignHCenter
        self.prompt = Words(theme, self, align=centre | bottom)
        self.coming = Words(theme, self, align=centre | bottom, faint=True)
        self.ahead = Words(theme, self, faint=True)
        self.detail = Words(theme, self, align=centre | top)
        self.how = Words(theme, self, align=centre | top, faint=True)
        self.interruption = Words(theme, self)
        self.face = WatchedFace(theme, self) if watched else Face(theme, self)
        self.pacer = Pacer(theme, self)
        self.count = Words(theme, self, align=left | top, faint=True)
        self.seconds = Words(theme, self, align=right | top, faint=True)
        self.interruption.hide()

    @property
    def state(self) -> PatientState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: PatientState) -> None:
        if state == self._state:
            return
        self._state = state
        self.ahead.state = state.ahead
        self.ahead.setVisible(bool(state.ahead))
        for part, faint, words in (
            (self.prompt, self.coming, state.prompt),
            (self.detail, self.how, state.detail),
        ):
            part.state, faint.state = ("", words) if state.ahead else (words, "")
            part.setVisible(not state.ahead)
            faint.setVisible(bool(state.ahead))
        self._place_ahead()
        self.interruption.state = state.interruption
        self.count.state = state.count
        self.seconds.state = state.seconds
        self.pacer.state = state.pace
        self.face.state = state.face
        self.interruption.setVisible(bool(state.interruption))

    def use_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for part in self._words():
            part.theme = theme
        self.face.theme = self.pacer.theme = theme

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Give all parts their place in the new size."""
        self.arrange()

    def arrange(self) -> None:
        """Words above, the face in the middle, the pace below it."""
        window = self.window() or self
        width, height = self.width(), self.height()
        wanted = name_px(window.width(), window.height(), QGuiApplication.font())
        name = min(wanted, HIGHEST * height / PROMPT)
        line = self._size(self.prompt, PROMPT * name)
        self._size(self.coming, PROMPT * name)
        detail = self._size(self.detail, DETAIL * name)
        self._size(self.how, DETAIL * name)
        small = self._size(self.count, SMALL * name)
        for part in (self.seconds, self.ahead):
            self._size(part, SMALL * name)
        self._size(self.interruption, DETAIL * name)
        self.face.setFont(sized(self.face.font(), SMALL * name))
        prompt = small + min(PROMPT_LINES * line, round(0.26 * height))
        pacer = round(PACER * height)
        self.prompt.setGeometry(0, small, width, prompt - small)
        for part in (self.detail, self.how):
            part.setGeometry(0, prompt, width, detail)
        self.interruption.setGeometry(0, 0, width, prompt + detail)
        bottom = height - small
        self.count.setGeometry(0, bottom, width // 2, small)
        self.seconds.setGeometry(width // 2, bottom, width - width // 2, small)
        self.pacer.setGeometry(0, bottom - pacer, width, pacer)
        top = prompt + detail + small // 2
        self._place_ahead()
        self._place_face(QRect(0, top, width, bottom - pacer - top))

    def _place_ahead(self) -> None:
        """Place what is to come where it will be asked for, and "Next" right above it."""
        area, line = self.prompt.geometry(), QFontMetrics(self.ahead.font()).height()
        used = min(self.coming.height_for(area.width()), area.height())
        top = area.bottom() + 1 - used
        self.coming.setGeometry(0, top, area.width(), used)
        self.ahead.setGeometry(0, top - line, area.width(), line)

    def _place_face(self, room: QRect) -> None:
        wide = round(room.height() / FACE_HEIGHT)
        if isinstance(self.face, WatchedFace):
            wide *= 2  # as far again for its words
        wide = min(room.width(), wide)
        self.face.setGeometry(room.center().x() - wide // 2, room.top(), wide, room.height())

    def _words(self) -> tuple[Words, ...]:
        faint = (self.ahead, self.coming, self.how, self.count, self.seconds)
        return (self.prompt, self.detail, self.interruption, *faint)

    @staticmethod
    def _size(part: Words, px: float) -> int:
        """Give a part its letters; return the height of a line."""
        part.setFont(sized(part.font(), px))
        return QFontMetrics(part.font()).height()
