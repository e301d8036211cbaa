"""The patient's window: a calm room with bars, a face and few words."""

from PyQt6.QtCore import QEvent, QRect, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPalette,
    QResizeEvent,
)
from PyQt6.QtWidgets import QWidget

from host.feedback.bar_row import BarRow
from host.feedback.bar_state import ScreenState
from host.feedback.faces.face import Face
from host.feedback.faces.face_state import face_state
from host.feedback.lettering import sized
from host.feedback.recording_light import LightState, RecordingLight
from host.feedback.screen_words import RECORDING
from host.feedback.theme import Scheme, Theme, name_px, theme_of
from host.feedback.words import Words
from host.report.face.geometry import HEIGHT as FACE_HEIGHT

PROMPT, HINT, SMALL = 1.55, 1.2, 0.62
"""Letter sizes, in sizes of a bar's name."""
HIGHEST = 0.075
"""Letters of the prompt take no more of the height than this: the bars need it."""
FACE_WIDTH, FACE_BESIDE_MANY = 0.33, 0.22
"""The face's share of the window, beside few columns and many."""
MANY = 6
FOOT_LINES = 3


class PatientWindow(QWidget):
    """Show `ScreenState`; decide nothing. F11 fills the screen, Esc leaves it.

    M and T ask to mark this moment, and a touch (P5).
    """

    marked = pyqtSignal()
    touched = pyqtSignal()

    def __init__(self, scheme: Scheme = "system", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(scheme)
        self._state = ScreenState()
        self._scheme = scheme
        self._divided: object = None
        self._row = BarRow(theme, self)
        self._face = Face(theme, self)
        self._prompt = Words(theme, self)
        self._hint = Words(theme, self)
        self._interruption = Words(theme, self)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        centre = Qt.AlignmentFlag.AlignVCenter
        self._notice = Words(theme, self, align=left | centre, faint=True)
        self._legend = Words(theme, self, align=right | centre, faint=True)
        self._light = RecordingLight(LightState(), theme, self)
        for part in (self._interruption, self._legend, self._face):
            part.hide()
        self._use_theme(theme)
        self.setWindowTitle("Quietface")
        self.setMinimumSize(720, 480)
        self.resize(1280, 800)
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._follow_desktop)

    @property
    def state(self) -> ScreenState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: ScreenState) -> None:
        if state == self._state:
            return
        self._state = state
        self._row.show_state(state)
        self._face.state = face_state(state)
        self._prompt.state = state.prompt
        self._hint.state = state.hint
        self._notice.state = state.notice
        self._interruption.state = state.interruption
        self._light.state = LightState(
            words=state.recording,
            on=state.recording_light,
            wrong=bool(state.recording) and not state.recording.startswith(RECORDING),
        )
        marked = any(bar.other is not None for bar in state.bars)
        self._legend.state = self.tr("▬ other side") if marked else ""
        self._legend.setVisible(marked)
        self._interruption.setVisible(bool(state.interruption))
        self._face.setHidden(self._face.state.blank)
        if self._division() != self._divided:
            self._arrange()

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or whatever the desktop has."""
        return self._scheme

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._use_theme(theme_of(scheme))

    @property
    def row(self) -> BarRow:
        """The bars and the corridor."""
        return self._row

    @property
    def face(self) -> Face:
        """The face diagram; hidden while it has nothing to tell."""
        return self._face

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Give all parts their place in the new size."""
        self._arrange()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow a change of the desktop's font."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Fill the screen, or leave it; mark this moment, or a touch."""
        if event is not None and event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif event is not None and event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        elif event is not None and event.key() == Qt.Key.Key_M:
            self.marked.emit()
        elif event is not None and event.key() == Qt.Key.Key_T:
            self.touched.emit()
        else:
            super().keyPressEvent(event)

    def _follow_desktop(self) -> None:
        if self._scheme == "system":
            self._use_theme(theme_of("system"))

    def _use_theme(self, theme: Theme) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.background))
        self.setPalette(palette)
        words = (self._prompt, self._hint, self._interruption, self._notice, self._legend)
        for part in (self._row, self._face, self._light, *words):
            part.theme = theme

    def _division(self) -> tuple[object, ...]:
        """Return what the division of the window depends on, besides its size and font."""
        bars = self._row.bars
        words = self._notice.state, self._legend.state, self._light.state
        return not bars, len(bars) < MANY, self._face.isHidden(), words

    def _arrange(self) -> None:
        """Place words above and below, bars and face between them."""
        self._divided = self._division()
        name = name_px(self.width(), self.height(), self.font())
        margin = round(0.035 * min(self.width(), self.height()))
        room = self.rect().adjusted(margin, margin // 2, -margin, -margin // 2)
        large = min(PROMPT * name, HIGHEST * self.height())
        prompt = self._size(self._prompt, large)
        hint = self._size(self._hint, HINT / PROMPT * large)
        self._size(self._interruption, large)
        small = self._arrange_foot(room, SMALL * name)
        self._face.setFont(self._notice.font())
        self._row.setFont(sized(self.font(), name))
        top, bottom = room.top() + prompt + hint, room.bottom() - small
        self._prompt.setGeometry(room.left(), room.top(), room.width(), prompt)
        self._hint.setGeometry(room.left(), room.top() + prompt, room.width(), hint)
        above = prompt + hint if self._row.bars else bottom - room.top()
        self._interruption.setGeometry(room.left(), room.top(), room.width(), above)
        self._arrange_middle(QRect(room.left(), top, room.width(), bottom - top - margin // 2))

    def _arrange_foot(self, room: QRect, px: float) -> int:
        """Place light, notice and legend, in as many lines as they need; return their height."""
        line = self._size(self._notice, px)
        self._size(self._legend, px)
        self._light.setFont(sized(self._light.font(), px))
        metrics = QFontMetrics(self._legend.font())
        # A few pixels of grace: a line that fits exactly must not wrap by rounding.
        legend = metrics.horizontalAdvance(self._legend.state) + line // 4
        wide = room.width() - (legend + line if self._legend.state else 0)
        light = min(self._light.wanted_width(), wide // 2)
        left = light + line // 2 if light else 0
        height = max(line, min(self._notice.height_for(wide - left), FOOT_LINES * line))
        if light < self._light.wanted_width():
            height = max(height, 2 * line)
        top = room.bottom() - height
        self._light.setGeometry(room.left(), top, light, height)
        self._notice.setGeometry(room.left() + left, top, wide - left, height)
        self._legend.setGeometry(room.right() - legend, top, legend, height)
        return height

    def _arrange_middle(self, room: QRect) -> None:
        """Divide the middle between bars and face."""
        if not self._face.isHidden():
            share = FACE_WIDTH if len(self._row.bars) < MANY else FACE_BESIDE_MANY
            width = round(min(share * self.width(), room.height() / FACE_HEIGHT))
            face = QRect(room.right() - width, room.top(), width, room.height())
            self._face.setGeometry(face)
            room = room.adjusted(0, 0, -width - room.width() // 40, 0)
        self._row.setGeometry(room)
        self._row.arrange()

    @staticmethod
    def _size(part: Words, px: float) -> int:
        """Give a part its letters; return the height of a line."""
        part.setFont(sized(part.font(), px))
        return QFontMetrics(part.font()).height()
