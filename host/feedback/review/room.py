"""The parts of the review window and their places; they know nothing of each other."""

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QColor, QGuiApplication, QPalette, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from host.feedback.patient_window import PatientWindow
from host.feedback.review.foot import Foot
from host.feedback.review.notes_line import NoteLine
from host.feedback.review.overview import Overview
from host.feedback.review.strips import Strips
from host.feedback.review.styling import style_sheet
from host.feedback.review.terms_panel import TermsPanel
from host.feedback.review.transport import Transport
from host.feedback.theme import USUAL_FONT_PX, Scheme, Theme, name_px, theme_of
from host.report.outline import Outline
from host.session.opened import Opened
from host.translation import tr


class Room(QWidget):
    """Strips at the left, the patient's bars and what is said of the moment at the right."""

    def __init__(self, opened: Opened, outline: Outline, scheme: Scheme) -> None:
        super().__init__()
        self._scheme = scheme
        self._theme = theme_of(scheme)
        self._px = 0
        self.transport = Transport(opened)
        self.strips = Strips(opened, outline, self._theme)
        self.overview = Overview(opened, outline, self._theme)
        self.patient = PatientWindow(scheme)
        self.patient.setMinimumSize(200, 130)
        self.card_title, self.card, self.foot = QLabel(), QLabel(), Foot()
        self._legend = QLabel()
        self.terms = TermsPanel(opened)
        self.note_line = NoteLine(self)
        self._right = QWidget()
        self._arrange()
        self.setWindowTitle(f"{opened.name} – Quietface")
        self.setMinimumSize(900, 560)
        self.resize(1280, 800)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dress()

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or whatever the desktop has."""
        return self._scheme

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._scheme, self._theme, self._px = scheme, theme_of(scheme), 0
        self.strips.use_theme(self._theme)
        self.overview.theme = self._theme
        self.patient.scheme = scheme
        self.dress()

    def dress(self) -> None:
        """Set colours, and letters for the window's size."""
        px = max(12, round(0.55 * name_px(self.width(), self.height(), QGuiApplication.font())))
        # A style sheet looks at every part of the window: not at each step of a drag.
        if px != self._px:
            self._px = px
            palette = self.palette()
            palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.background))
            self.setStyleSheet(style_sheet(self._theme, px))
            # After the style sheet, which would bring the palette back that it found.
            self.setPalette(palette)
            self._legend.setText(_legend(self._theme))
            font = self.strips.font()
            font.setPixelSize(px)
            self.strips.setFont(font)
            # Its letters grow with its size and with the desktop's font; here it is small.
            font.setPixelSize(2 * round(USUAL_FONT_PX))
            self.patient.setFont(font)
            self.overview.setFixedHeight(round(2.6 * px))
        width = round(0.31 * self.width())
        self._right.setFixedWidth(width)
        self.patient.setFixedHeight(round(0.62 * width))

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Letters grow with the window."""
        self.dress()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow a change of the desktop's font."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange and self.isVisible():
            self.dress()

    def _arrange(self) -> None:
        self.card.setWordWrap(True)
        self.card.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.card_title.setProperty("title", True)  # noqa: FBT003  Qt's own way
        self._legend.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.terms.hide()
        left, right = QVBoxLayout(), QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.strips, 1)
        left.addWidget(self.overview)
        left.addWidget(self.note_line)
        right.addWidget(self.patient)
        right.addWidget(self.card_title)
        right.addWidget(self.card, 1)
        right.addWidget(self.terms, 3)
        middle, bottom = QHBoxLayout(), QHBoxLayout()
        middle.setSpacing(18)
        middle.addLayout(left, 1)
        middle.addWidget(self._right)
        bottom.addWidget(self.foot, 1)
        bottom.addWidget(self._legend)
        column = QVBoxLayout(self)
        # The window's own least size holds, however much a label would like to say.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(20, 14, 20, 10)
        column.addWidget(self.transport)
        column.addLayout(middle, 1)
        column.addLayout(bottom)


def _legend(theme: Theme) -> str:
    """Return what the colours of the strips mean."""
    words = {tr("quiet"): theme.quiet, tr("leads"): theme.target, tr("came along"): theme.over}
    signs = [f'<span style="color:{colour}">■</span> {word}' for word, colour in words.items()]
    signs.append(f'<span style="color:{theme.unknown}">▨</span> {tr("no signal")}')
    return "&nbsp;&nbsp; ".join(signs)
