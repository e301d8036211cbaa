"""The review window: strips of the whole session, the patient's bars, and what is to be said."""

from collections.abc import Callable
from math import ceil

from PyQt6.QtCore import QEvent, Qt, QTimer
from PyQt6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

from host.feedback.bar_state import screen_state
from host.feedback.review import state as decided
from host.feedback.review.keeping import Keeping
from host.feedback.review.keys import Act, act_of
from host.feedback.review.overview import OverviewState
from host.feedback.review.room import Room
from host.feedback.review.scale import Scale
from host.feedback.review.showing import Showing
from host.feedback.review.strips_state import StripsState
from host.feedback.review.telling import Telling
from host.feedback.theme import Scheme
from host.recording.events import Marker
from host.recording.notes import read_notes
from host.report.decimation import Decimation, InView
from host.report.study import Study
from host.report.supposing import Supposing
from host.session.judging import WhatIf
from host.session.opened import Opened
from host.session.player import Player
from host.session.way import Way
from host.translation import mark

REFRESH_MS = 33
_GROWTH_EVERY = 8
"""What has been judged meanwhile is painted so many refreshes apart: it costs a whole picture."""


class ReviewWindow(Room):
    """Shows a recording; threads judge, play and read, a timer shows the newest of each."""

    def __init__(self, opened: Opened, scheme: Scheme = "system") -> None:
        self._way = Way()
        self.study = Study(opened, self._way)
        self.player = Player(opened, self.study.checkpoint, self._way)
        self.supposing = Supposing(opened, self._way)
        self._decimation = Decimation(opened.recorded, self._way)
        self._opened = opened
        self._rate_hz = opened.recorded.stream.rate_hz
        super().__init__(opened, self.study.outline, scheme)
        self._showing = Showing(opened, (*opened.markers, *read_notes(opened.notes)))
        self._follows = True
        self._refreshes = self._judged = 0
        self._keeping = Keeping(
            opened, self, self._showing, lambda: self.player.position, self.refresh
        )
        self._telling = Telling(opened, self, self.study, self.supposing)
        self._acts = self._all_acts()
        self._connect()
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
        return self._showing.notes

    def refresh(self) -> None:
        """Show what is newest; what has not changed paints nothing."""
        self._take_results()
        self._tell_failures()
        if self.study.results is not None or self._refreshes % _GROWTH_EVERY == 0:
            self._judged = self.study.outline.judged
        self._refreshes += 1
        position, scale = self.player.position, self.scale
        if self.player.playing and self._follows:
            scale = scale.showing(position)
        self._show(scale, position)
        self.transport.show_place(position / self._rate_hz, playing=self.player.playing)
        self.patient.state = screen_state(self.player.view)
        self._telling.say(position, self.notes)

    def look_at(self, scale: Scale) -> None:
        """Show this part from now on."""
        self._show(scale, self.player.position)

    def scrub(self, sample: int) -> None:
        """Put the cursor there at once; bars follow when they are judged."""
        self._follows = True
        self.player.seek(sample)
        if not self.terms.isHidden():
            self.terms.show_pattern(self.strips.asked.at(sample).pattern)
        self.look_at(self.scale)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Obey single keys."""
        act = None if event is None else act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            self._acts[act]()

    def event(self, event: QEvent | None) -> bool:
        """Paint everything that has changed at once, with nobody in the way."""
        if event is not None and event.type() == QEvent.Type.UpdateRequest:
            with self._way.claimed():
                return super().event(event)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Show the same part on the new width."""
        super().resizeEvent(event)
        self.look_at(self.scale)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """End the threads."""
        self._timer.stop()
        self.player.close()
        self._decimation.close()
        self.supposing.close()
        self.study.stop()
        super().closeEvent(event)

    def _connect(self) -> None:
        self.strips.scrubbed.connect(self.scrub)
        self.strips.scaled.connect(self.look_at)
        self.overview.moved.connect(self._centre)
        self.transport.played.connect(self._play)
        self.transport.sped.connect(self.player.set_speed)
        self.transport.noted.connect(self._keeping.begin_note)
        self.transport.raw.connect(lambda _on: self.look_at(self.scale))
        self.transport.supposed.connect(self._suppose)
        self.terms.valueChanged.connect(self._try)
        self.terms.saved.connect(lambda: self._keeping.save(self.supposing))

    def _all_acts(self) -> dict[Act, Callable[[], object]]:
        return {
            Act.PLAY: self._play,
            Act.BACK: lambda: self._step(-1),
            Act.ON: lambda: self._step(1),
            Act.BEGIN: lambda: self._go(0),
            Act.END: lambda: self._go(self._opened.stop),
            Act.NOTE: self._keeping.begin_note,
            Act.MARK: self._keeping.mark,
            Act.RAW: self.transport.raw_button.toggle,
            Act.WHAT_IF: self.transport.what_if.toggle,
            Act.WHOLE: lambda: self.look_at(Scale.whole(self._opened.stop, self._rate_hz)),
            Act.ATTEMPT: self._zoom_to_attempt,
            Act.NEARER: lambda: self._zoom(0.5),
            Act.FARTHER: lambda: self._zoom(2.0),
            Act.FASTER: lambda: self.transport.change_speed(1),
            Act.SLOWER: lambda: self.transport.change_speed(-1),
            Act.FULL: lambda: self.setWindowState(
                self.windowState() ^ Qt.WindowState.WindowFullScreen
            ),
            Act.LEAVE: self._leave,
        }

    def _show(self, scale: Scale, position: int) -> None:
        """Give strips and overview their newest state."""
        scale = scale.resized(self.strips.field.width())
        raw = self.transport.raw_button.isChecked()
        if raw:
            columns = max(1, int(scale.width))
            self._decimation.show(InView(int(scale.start), ceil(scale.stop), columns))
            self.strips.raw = self._decimation.traces
        second_lane, second = (
            (None, ()) if self.terms.isHidden() else self._showing.second(self.supposing)
        )
        self.strips.state = StripsState(
            scale=scale,
            cursor=position,
            judged=min(self._judged, int(scale.stop) + 1),
            lane=self._showing.lane,
            second_lane=second_lane,
            notes=self._showing.note_places,
            episodes=self._showing.episodes,
            second=second,
            raw=raw,
            raw_version=self._decimation.version if raw else 0,
        )
        self.overview.state = OverviewState(scale=scale, cursor=position, judged=self._judged)

    def _take_results(self) -> None:
        """Take what has been judged, once all of it has."""
        results = self.study.results
        if results is not None and self.supposing.before is None:
            self.supposing.before = results
            self._showing.take(results)

    def _tell_failures(self) -> None:
        tell = self._telling.fail
        tell(mark("The recording cannot be judged to its end"), self.study.error)
        tell(mark("The bars cannot follow any more"), self.player.error)
        tell(mark("Other terms cannot be judged"), self.supposing.error)
        tell(mark("The raw signal cannot be read"), self._decimation.error)

    def _play(self) -> None:
        self._follows = True
        self.player.play(on=not self.player.playing)

    def _go(self, sample: int) -> None:
        self.scrub(sample)
        self.look_at(self.scale.showing(sample))

    def _step(self, step: int) -> None:
        """Go to the next attempt, or back to the one before."""
        place = decided.next_stop(self._showing.stops, self.player.position, step)
        if place is not None:
            self._go(place)

    def _zoom(self, factor: float) -> None:
        scale = self.scale
        self.look_at(scale.zoomed(factor, scale.x(self.player.position)))

    def _zoom_to_attempt(self) -> None:
        """Show the attempt under the cursor, large."""
        for one in self._showing.lane:
            if one.start <= self.player.position < one.stop:
                self.look_at(self.scale.fitted(one.start, one.stop))

    def _centre(self, sample: int) -> None:
        self._follows = False
        scale = self.scale
        self.look_at(scale.moved(sample - 0.5 * (scale.start + scale.stop)))

    def _leave(self) -> None:
        self.setFocus()
        if self.isFullScreen():
            self.showNormal()

    def _suppose(self, on: bool) -> None:  # noqa: FBT001  Qt's own way
        """Open or close the form of other terms."""
        self.terms.setVisible(on)
        self.card.setVisible(not on)
        self.terms.show_pattern(self.strips.asked.at(self.player.position).pattern)
        self.look_at(self.scale)

    def _try(self, terms: WhatIf) -> None:
        self.supposing.suppose(terms)
        self.look_at(self.scale)
