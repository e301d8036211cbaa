"""The review window: strips of the whole session, the patient's bars, and what is to be said."""

from collections.abc import Callable
from datetime import UTC, datetime

from PyQt6.QtCore import QEvent, Qt, QTimer
from PyQt6.QtGui import QCloseEvent, QColor, QGuiApplication, QKeyEvent, QPalette, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from host.errors import HostError
from host.feedback.bar_state import screen_state
from host.feedback.patient_window import PatientWindow
from host.feedback.review import state as decided
from host.feedback.review.notes_line import NoteLine
from host.feedback.review.overview import Overview, OverviewState
from host.feedback.review.scale import Scale
from host.feedback.review.strips import Strips, StripsState
from host.feedback.review.styling import style_sheet
from host.feedback.review.terms_panel import TermsPanel
from host.feedback.review.transport import Transport
from host.feedback.theme import Scheme, Theme, name_px, theme_of
from host.recording.events import Marker
from host.recording.notes import add_note, read_notes
from host.report.decimation import Decimation, InView, about_zero
from host.report.revisions import save_revision
from host.report.study import Study
from host.report.supposing import Supposing
from host.session.judging import WhatIf
from host.session.opened import Opened
from host.session.player import Player

REFRESH_MS = 33
_KEYS = "Space plays · ← → attempts · Z this attempt · wheel zooms · 0 all · M mark · N note"


class ReviewWindow(QWidget):
    """Shows a recording; threads judge, play and read, a timer shows the newest of each."""

    def __init__(self, opened: Opened, scheme: Scheme = "system") -> None:
        super().__init__()
        theme = theme_of(scheme)
        self._opened, self._theme = opened, theme
        self.study = Study(opened)
        self.player = Player(opened, self.study.checkpoint)
        self.supposing = Supposing(opened)
        self._decimation = Decimation(opened.recorded)
        self._notes = (*opened.markers, *read_notes(opened.notes))
        self._marks = decided.marks(opened, None)
        self._stops = decided.stops(opened, None)
        self._follows = True
        self.transport = Transport(opened)
        self.strips = Strips(opened, self.study.outline, theme)
        self.overview = Overview(opened, self.study.outline, theme)
        self.patient = PatientWindow(scheme)
        self.patient.setMinimumSize(200, 130)
        self.card_title, self.card, self.foot = QLabel(), QLabel(), QLabel(_KEYS)
        self.terms = TermsPanel(opened)
        self.note_line = NoteLine(self)
        self._arrange()
        self._connect()
        self.setWindowTitle(f"{opened.name} – Quietface")
        self.setMinimumSize(900, 560)
        self.resize(1280, 800)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)

    def begin(self) -> None:
        """Start the threads and the timer."""
        for part in (self.study, self.player, self.supposing, self._decimation):
            part.start()
        self._timer.start(REFRESH_MS)
        self.refresh()

    @property
    def scale(self) -> Scale:
        """The part in view."""
        return self.strips.state.scale

    @property
    def notes(self) -> tuple[Marker, ...]:
        """What was marked, then or later."""
        return self._notes

    def refresh(self) -> None:
        """Show what is newest; what has not changed paints nothing."""
        self._take_results()
        rate_hz = self._opened.recorded.stream.rate_hz
        position, judged = self.player.position, self.study.outline.judged
        scale = self.scale
        if self.player.playing and self._follows:
            scale = scale.showing(position)
        self._show(scale, position, judged)
        self.transport.show_place(position / rate_hz, playing=self.player.playing)
        self.patient.state = screen_state(self.player.view)
        self._say(position)

    def look_at(self, scale: Scale) -> None:
        """Show this part from now on."""
        self._show(scale, self.player.position, self.study.outline.judged)

    def scrub(self, sample: int) -> None:
        """Put the cursor there at once; bars follow when they are judged."""
        self._follows = True
        self.player.seek(sample)
        self._show(self.scale, sample, self.study.outline.judged)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Obey single keys."""
        if event is None or not self._obey(event):
            super().keyPressEvent(event)

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Letters grow with the window."""
        self._dress()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow a change of the desktop's font."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange and self.isVisible():
            self._dress()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """End the threads."""
        self._timer.stop()
        self.player.close()
        self._decimation.close()
        self.supposing.close()
        self.study.stop()
        super().closeEvent(event)

    def _arrange(self) -> None:
        self.card.setWordWrap(True)
        self.card.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.card_title.setProperty("title", True)  # noqa: FBT003  Qt's own way
        self.foot.setProperty("faint", True)  # noqa: FBT003
        self.foot.setWordWrap(True)
        self.legend = QLabel(_legend(self._theme))
        self.legend.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.terms.hide()
        left = QVBoxLayout()
        left.addWidget(self.strips, 1)
        left.addWidget(self.overview)
        left.addWidget(self.note_line)
        right = QVBoxLayout()
        right.addWidget(self.patient)
        right.addWidget(self.card_title)
        right.addWidget(self.card, 1)
        right.addWidget(self.terms, 3)
        middle = QHBoxLayout()
        middle.setSpacing(18)
        middle.addLayout(left, 1)
        self._right = QWidget()
        self._right.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 10)
        column.addWidget(self.transport)
        column.addLayout(middle, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.foot, 1)
        bottom.addWidget(self.legend)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.strips.scrubbed.connect(self.scrub)
        self.strips.scaled.connect(self.look_at)
        self.overview.moved.connect(self._centre)
        self.transport.played.connect(self._play)
        self.transport.sped.connect(self.player.set_speed)
        self.transport.noted.connect(self.note_line.open)
        self.transport.raw.connect(lambda _on: self.look_at(self.scale))
        self.transport.supposed.connect(self._suppose)
        self.terms.valueChanged.connect(self._try)
        self.terms.saved.connect(self._save)
        self.note_line.written.connect(self.write_note)

    def _dress(self) -> None:
        """Set colours, and letters for the window's size."""
        px = max(12, round(0.55 * name_px(self.width(), self.height(), QGuiApplication.font())))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.background))
        self.setPalette(palette)
        self.setStyleSheet(style_sheet(self._theme, px))
        font = self.strips.font()
        font.setPixelSize(px)
        self.strips.setFont(font)
        self.overview.setFixedHeight(round(2.6 * px))
        width = round(0.31 * self.width())
        self._right.setFixedWidth(width)
        self.patient.setFixedHeight(round(0.62 * width))
        self.look_at(self.scale)

    def _show(self, scale: Scale, position: int, judged: int) -> None:
        """Give strips and overview their newest state."""
        scale = scale.resized(self.strips.field.width())
        raw = self.transport.raw_button.isChecked()
        if raw:
            self._read_raw(scale)
        second = self.supposing.comparison if self.terms.isVisibleTo(self) else None
        results = self.study.results
        self.strips.state = StripsState(
            scale=scale,
            cursor=position,
            judged=min(judged, int(scale.stop) + 1),
            lane=self._marks,
            second_lane=None if second is None else decided.second_marks(second),
            notes=tuple((note.sample, note.text) for note in self._notes),
            episodes=() if results is None else results.episodes,
            second=() if second is None else second.after.episodes,
            raw=raw,
            raw_version=self._decimation.version if raw else 0,
        )
        self.overview.state = OverviewState(scale=scale, cursor=position, judged=judged)

    def _read_raw(self, scale: Scale) -> None:
        view = InView(int(scale.start), int(scale.stop), max(1, int(scale.width)))
        self._decimation.show(view)
        self.strips.raw = (
            about_zero(self._decimation.extremes) if self._decimation.view == view else None
        )

    def _take_results(self) -> None:
        """Take what the threads have come to."""
        for part in (self.study, self.player, self.supposing, self._decimation):
            if part.error is not None:
                raise part.error
        results = self.study.results
        if results is not None and self.supposing.before is None:
            self.supposing.before = results
            self._marks = decided.marks(self._opened, results)
            self._stops = decided.stops(self._opened, results)

    def _say(self, position: int) -> None:
        """Write what is to be said of the moment."""
        results = self.study.results
        title, *lines = decided.card_words(results, position)
        rate_hz = self._opened.recorded.stream.rate_hz
        lines += [f"“{text}”" for text in decided.near_notes(self._notes, position, rate_hz)]
        _write(self.card_title, title)
        _write(self.card, "\n".join(lines))
        parts = [self._opened.words, *self._opened.remarks[:1]]
        if results is None:
            parts.insert(0, self.tr("Judging {:.0f} %").format(100 * self.study.progress))
        self.transport.show_about(" · ".join(parts))
        if self.terms.isVisibleTo(self):
            self._say_terms(position)

    def _say_terms(self, position: int) -> None:
        comparison = self.supposing.comparison
        if comparison is None:
            waiting = self.tr("Being judged …") if self.supposing.busy else ""
            self.terms.show_result(waiting, (), ready=False)
            return
        place = decided.place_of(comparison.before, position)
        why = comparison.attempts[place].why if place is not None else ()
        self.terms.show_result(comparison.sentence, why, ready=not self.supposing.terms.empty)

    def _obey(self, event: QKeyEvent) -> bool:
        """Do what a key says; tell whether it says anything."""
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self._play,
            Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Right: lambda: self._step(1),
            Qt.Key.Key_Home: lambda: self.scrub(0),
            Qt.Key.Key_End: lambda: self.scrub(self._opened.stop),
            Qt.Key.Key_N: self.note_line.open,
            Qt.Key.Key_M: lambda: self.write_note(""),
            Qt.Key.Key_R: self.transport.raw_button.toggle,
            Qt.Key.Key_W: self.transport.what_if.toggle,
            Qt.Key.Key_0: lambda: self.look_at(
                Scale.whole(self._opened.stop, self._opened.recorded.stream.rate_hz)
            ),
            Qt.Key.Key_Z: self._zoom_to_attempt,
            Qt.Key.Key_Up: lambda: self._zoom(0.5),
            Qt.Key.Key_Down: lambda: self._zoom(2.0),
            Qt.Key.Key_Plus: lambda: self.transport.change_speed(1),
            Qt.Key.Key_Minus: lambda: self.transport.change_speed(-1),
            Qt.Key.Key_F11: lambda: self.setWindowState(
                self.windowState() ^ Qt.WindowState.WindowFullScreen
            ),
        }
        act = keys.get(Qt.Key(event.key()))
        if act is None:
            return False
        act()
        return True

    def _play(self) -> None:
        self._follows = True
        self.player.play(on=not self.player.playing)

    def _step(self, step: int) -> None:
        """Go to the next attempt, or back to the one before."""
        place = decided.next_stop(self._stops, self.player.position, step)
        if place is not None:
            self.scrub(place)
            self.look_at(self.scale.showing(place))

    def _zoom(self, factor: float) -> None:
        scale = self.scale
        self.look_at(scale.zoomed(factor, scale.x(self.player.position)))

    def _zoom_to_attempt(self) -> None:
        """Show the attempt under the cursor, large."""
        for mark in self._marks:
            if mark.start <= self.player.position < mark.stop:
                self.look_at(self.scale.fitted(mark.start, mark.stop))

    def _centre(self, sample: int) -> None:
        self._follows = False
        scale = self.scale
        self.look_at(scale.moved(sample - 0.5 * (scale.start + scale.stop)))

    def write_note(self, text: str) -> None:
        """Write a note, or a mere marker, at the cursor; it is kept at once."""
        now = datetime.now(tz=UTC).isoformat(timespec="seconds")
        note = Marker(sample=self.player.position, text=text, by="review", utc=now)
        try:
            add_note(self._opened.notes, note)
        except HostError as error:
            self.foot.setText(str(error))
            return
        self._notes = (*self._notes, note)
        self.look_at(self.scale)

    def _suppose(self, on: bool) -> None:  # noqa: FBT001  Qt's own way
        """Open or close the form of other terms."""
        self.terms.setVisible(on)
        self.card.setVisible(not on)
        if on:
            stretch = self.strips.asked.at(self.player.position)
            self.terms.show_pattern(stretch.pattern)
        self.look_at(self.scale)

    def _try(self, terms: WhatIf) -> None:
        self.supposing.suppose(terms)
        self.look_at(self.scale)

    def _save(self) -> None:
        comparison = self.supposing.comparison
        if comparison is None:
            return
        try:
            path = save_revision(self._opened, self.supposing.terms, comparison)
        except HostError as error:
            self.foot.setText(str(error))
            return
        self.foot.setText(self.tr("Saved as {}; the session stays as it was.").format(path.name))


def _write(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)


def _legend(theme: Theme) -> str:
    """Return what the colours of the strips mean."""
    words = {"quiet": theme.quiet, "leads": theme.target, "came along": theme.over}
    signs = [f'<span style="color:{colour}">■</span> {word}' for word, colour in words.items()]
    return "&nbsp;&nbsp; ".join([*signs, f'<span style="color:{theme.unknown}">▨</span> no signal'])
