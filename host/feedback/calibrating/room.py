"""The parts of a running calibration: the patient's at the left, the therapist's at the right."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, pyqtSignal
from PyQt6.QtGui import QColor, QGuiApplication, QPalette, QResizeEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.calibrating.division import Division, division
from host.feedback.calibrating.guide import Guide
from host.feedback.calibrating.guide_state import guide_state, step_meant
from host.feedback.calibrating.keys import Act
from host.feedback.calibrating.moment import Concluded, Moment
from host.feedback.calibrating.patient_part import PatientPart
from host.feedback.calibrating.patient_state import patient_state
from host.feedback.calibrating.result_page import ResultPage
from host.feedback.calibrating.styling import style_sheet
from host.feedback.lettering import sized
from host.feedback.recording_light import LightState, RecordingLight
from host.feedback.theme import Scheme, Theme, name_px, theme_of

LETTERS = 0.6
"""Letters of the column, in sizes of a bar's name: 17 pixels at 1280 x 800."""


class CalibrationRoom(QWidget):
    """Shows a `Moment`; decides nothing. In a window of its own, or as a part of another one."""

    went_on = pyqtSignal()
    repeated = pyqtSignal(int)
    skipped = pyqtSignal(int)
    paused = pyqtSignal()
    began_again = pyqtSignal()

    def __init__(self, scheme: Scheme = "system", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(scheme)
        self._scheme = scheme
        self._moment = Moment()
        self._dressed: tuple[Theme, int] | None = None
        self._rows = 0
        self.patient = PatientPart(self._theme, self, watched=True)
        self.result = ResultPage(self)
        self.result.hide()
        self.guide = Guide(self._theme, self)
        self.light = RecordingLight(LightState(), self._theme, self)
        self._acts = self._all_acts()
        self.guide.steps.chose.connect(lambda _step: self.show_moment(self._moment))
        self.guide.commands.asked.connect(lambda act: self._acts[act]())
        self.setAccessibleName(self.tr("Calibration"))
        self._dress()
        self.show_moment(self._moment)
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._follow_desktop)

    @property
    def moment(self) -> Moment:
        """What is shown."""
        return self._moment

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or whatever the desktop has."""
        return self._scheme

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._scheme, self._theme = scheme, theme_of(scheme)
        self._dress()

    def show_moment(self, moment: Moment) -> None:
        """Show the newest; what has not changed paints nothing."""
        before, self._moment = self._moment.concluded, moment
        self.patient.state = patient_state(moment)
        chosen = self.guide.steps.chosen
        self.guide.state = guide = guide_state(moment, chosen=chosen, last=self.guide.state)
        self.light.state = LightState(
            words=guide.recording, on=guide.recording_light, wrong=guide.recording_wrong
        )
        if len(guide.channels.rows) != self._rows:
            self._dress()
        if moment.concluded is not before:
            self._show_concluded(moment.concluded)

    def obey(self, act: Act) -> None:
        """Do what a key asks for, where it is possible now."""
        if act in self.guide.commands.buttons:
            self.guide.commands.ask(act)
        elif act in self._acts:
            self._acts[act]()

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Letters grow with the window."""
        self._dress()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow a change of the desktop's font."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange and self.isVisible():
            self._dress()

    def _show_concluded(self, concluded: Concluded | None) -> None:
        """Show what came of it in place of the prompt, or the prompt again."""
        if concluded is not None:
            # Late: with it come intervals, and scipy; by now the session has brought them anyway.
            from host.feedback.calibrating.state import result_state

            self.result.state = result_state(concluded, self._moment.affected)
        self.result.setVisible(concluded is not None)
        self.patient.setVisible(concluded is None)

    def _all_acts(self) -> dict[Act, Callable[[], object]]:
        steps = self.guide.steps
        return {
            Act.GO_ON: self.went_on.emit,
            Act.REPEAT: lambda: self._about_step(self.repeated.emit),
            Act.SKIP: lambda: self._about_step(self.skipped.emit),
            Act.PAUSE: self.paused.emit,
            Act.BEGIN_AGAIN: self.began_again.emit,
            Act.UP: lambda: steps.step_by(-1),
            Act.DOWN: lambda: steps.step_by(1),
            Act.LINES: self.result.turn,
        }

    def _about_step(self, tell: Callable[[int], object]) -> None:
        """Tell which step is meant; it is chosen no more after that."""
        if self._moment.view is not None:
            tell(step_meant(self._moment.view, self.guide.steps.chosen))
            self.guide.steps.choose(None)

    def _follow_desktop(self) -> None:
        if self._scheme == "system":
            self.scheme = "system"

    def _dress(self) -> None:
        """Set colours, letters for the window's size, and the places of all parts."""
        wanted_px = LETTERS * name_px(self.width(), self.height(), QGuiApplication.font())
        self._rows = len(self.guide.state.channels.rows)
        divided = division(self.width(), self.height(), wanted_px, self._rows)
        if (self._theme, divided.letters) != self._dressed:
            self._dressed = self._theme, divided.letters
            self.setStyleSheet(style_sheet(self._theme, divided.letters))
            # After the style sheet, which would bring the palette back that it found.
            palette = self.palette()
            palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.background))
            self.setPalette(palette)
            self.patient.use_theme(self._theme)
            self.light.theme = self._theme
            self.light.setFont(sized(self.light.font(), divided.letters))
        self._arrange(divided)
        self.guide.dress(self._theme, divided.letters)
        self.result.dress(self._theme, divided.letters)

    def _arrange(self, divided: Division) -> None:
        """Place the column at the right, the light at its foot, the rest at the left."""
        margin, foot = divided.margin, round(1.6 * divided.letters)
        left = self.width() - divided.column - margin
        high = self.height() - 2 * margin
        self.guide.setGeometry(left, margin, divided.column, high - foot - margin // 2)
        self.light.setGeometry(left, margin + high - foot, divided.column, foot)
        for part in (self.patient, self.result):
            part.setGeometry(margin, margin, left - 3 * margin, high)
        self.patient.arrange()
