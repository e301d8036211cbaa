"""The patient's window during practice: words, bars or a face, and one slow shape."""

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.bar_row import BarRow
from host.feedback.clinic.patient.felt_part import FeltPart
from host.feedback.clinic.patient.hill import Hill
from host.feedback.clinic.patient.loop import LoopState
from host.feedback.clinic.patient.patient_state import Middle, PatientState
from host.feedback.faces.face import Face
from host.feedback.lettering import sized
from host.feedback.recording_light import LightState, RecordingLight
from host.feedback.theme import LIGHT, Theme, name_px
from host.feedback.words import Words
from host.report.face.geometry import HEIGHT as FACE_HEIGHT
from host.translation import tr

PROMPT, HINT, SMALL = 2.0, 1.25, 0.62
"""Letter sizes, in sizes of a bar's name."""
HIGHEST = 0.075
"""Letters of the prompt take no more of the height than this."""
HILL = 0.19
"""The hill's share of the height."""
FACE, FACE_BESIDE_MANY, MANY = 0.32, 0.25, 6
"""The face's share of the width, beside few columns and many."""
UPRIGHT = 0.95
"""Narrower than this share of the height, the face stands below the bars."""


class PracticeRoom(QWidget):
    """Show `PatientState`; decide nothing."""

    def __init__(self, theme: Theme = LIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = PatientState()
        bottom, top = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
        centre, right = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
        self.prompt = Words(theme, self, align=centre | bottom)
        self.hint = Words(theme, self, align=centre | top)
        self.legend = Words(theme, self, align=right | Qt.AlignmentFlag.AlignVCenter, faint=True)
        self.row = BarRow(theme, self)
        self.face = Face(theme, self)
        self.hill = Hill(theme, self)
        self.felt = FeltPart(theme, self)
        self.light = RecordingLight(LightState(), theme, self)
        self.setAccessibleName(tr("Practice, for the patient"))
        self._show_parts()

    @property
    def state(self) -> PatientState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: PatientState) -> None:
        if state == self._state:
            return
        before, self._state = self._state, state
        self.prompt.state, self.hint.state = state.said.prompt, state.said.hint
        self.light.state = state.light
        if state.middle is Middle.BARS:
            self.row.show_state(state.screen)
        self.face.state = state.face
        self.hill.state = state.loop or LoopState()
        if state.question is not None:
            self.felt.ask(state.question)
        if self._division(before) != self._division(state):
            self._show_parts()
            self.arrange()

    def use_theme(self, theme: Theme) -> None:
        """Take other colours."""
        words = (self.prompt, self.hint, self.legend)
        for part in (*words, self.row, self.face, self.hill, self.light):
            part.theme = theme
        self.felt.use_theme(theme)

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Give all parts their place in the new size."""
        self.arrange()

    def arrange(self) -> None:
        """Words above, the middle, the hill below it."""
        # Beside the therapist's page the room is narrow: its words may then be larger for it.
        upright = self.width() < UPRIGHT * self.height()
        wide = round((2.6 if upright else 1.0) * self.width())
        name = name_px(wide, self.height(), QGuiApplication.font())
        large = min(PROMPT * name, HIGHEST * self.height(), 0.09 * self.width())
        line = self._size(self.prompt, large)
        hint = self._size(self.hint, HINT / PROMPT * large)
        small = self._arrange_foot(max(SMALL * name, 12))
        if self._state.middle is Middle.WORDS and self._state.loop is None:
            top = round(0.4 * self.height())
            self.prompt.setGeometry(0, top - 2 * line, self.width(), 2 * line)
            self.hint.setGeometry(0, top + line // 3, self.width(), 3 * hint)
            return
        lines = 1 if self._one_line() else 2
        self.prompt.setGeometry(0, 0, self.width(), lines * line)
        self.hint.setGeometry(0, lines * line, self.width(), round(1.15 * hint))
        top = lines * line + round(1.35 * hint)
        bottom = self.height() - small
        if self._state.loop is not None:
            hill = round(HILL * self.height())
            self.hill.setGeometry(0, bottom - hill, self.width(), hill)
            bottom -= hill + small // 2
        self.row.setFont(sized(self.font(), name))
        self._arrange_middle(QRect(0, top, self.width(), bottom - top), round(name))

    def _one_line(self) -> bool:
        wide = QFontMetrics(self.prompt.font()).horizontalAdvance(self._state.said.prompt)
        return wide <= 0.96 * self.width()

    def _arrange_foot(self, px: float) -> int:
        line = self._size(self.legend, px)
        self.light.setFont(sized(self.light.font(), px))
        self.face.setFont(self.legend.font())
        half = self.width() // 2
        self.light.setGeometry(0, self.height() - line, half, line)
        self.legend.setGeometry(half, self.height() - line, self.width() - half, line)
        return round(1.3 * line)

    def _arrange_middle(self, room: QRect, px: int) -> None:
        self.felt.setGeometry(room)
        self.felt.arrange(px)
        if self._state.middle is not Middle.BARS:
            self.face.setGeometry(room.adjusted(0, px, 0, -px // 2))
            return
        if self._state.face.blank:
            self.row.setGeometry(room)
        elif self.width() < UPRIGHT * self.height():
            high = round(0.4 * room.height())
            self.face.setGeometry(room.left(), room.bottom() - high, room.width(), high)
            self.row.setGeometry(room.adjusted(0, 0, 0, -high - px // 2))
        else:
            share = FACE if len(self._state.screen.bars) < MANY else FACE_BESIDE_MANY
            wide = round(min(share * self.width(), room.height() / FACE_HEIGHT))
            self.face.setGeometry(room.right() - wide, room.top(), wide, room.height())
            self.row.setGeometry(room.adjusted(0, 0, -wide - self.width() // 40, 0))
        self.row.arrange()

    def _show_parts(self) -> None:
        state = self._state
        bars, felt = state.middle is Middle.BARS, state.middle is Middle.FELT
        self.row.setVisible(bars)
        self.face.setVisible(state.middle in (Middle.BARS, Middle.FACE) and not state.face.blank)
        self.felt.setVisible(felt)
        self.hill.setVisible(state.loop is not None)
        marked = bars and any(bar.other is not None for bar in state.screen.bars)
        self.legend.state = tr("▬ other side") if marked else ""

    def _division(self, state: PatientState) -> tuple[object, ...]:
        """Return what the division of the room depends on, besides its size."""
        marked = any(bar.other is not None for bar in state.screen.bars)
        bars = len(state.screen.bars)
        blank = state.face.blank
        return state.middle, state.loop is None, bars, blank, marked, state.said.prompt

    @staticmethod
    def _size(part: Words, px: float) -> int:
        """Give a part its letters; return the height of a line."""
        part.setFont(sized(part.font(), px))
        return QFontMetrics(part.font()).height()
