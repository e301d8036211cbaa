"""Play a recording from any moment, at any speed: the very frames of the session again."""

import threading
import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from host.acquisition.source import Link, LinkState
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.session.opened import Opened
from host.session.track import Track
from host.session.way import Way
from host.session.worker import Scene, View
from host.translation import mark

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)

_TICK_S = 0.01
_PIECE_S = 0.5
"""So much is judged between two looks at what the user wants now."""
_SILENT_S = 0.25
"""Samples that are missing for so long are silence; a frame that is so old shows nothing."""
_FINISHED_S = 0.1
"""A way that takes no longer is gone to its end, even when another place is wanted already."""

Checkpoint = Callable[[int], tuple[int, Monitor]]
"""Returns a monitor that has judged up to at most a sample, and how far it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user wants: a place, and whether and how fast to go on from there."""

    number: int = 0
    """Counts the places that were asked for."""
    sample: int = 0
    playing: bool = False
    speed: float = 1.0
    since_s: float = 0.0
    """When it was wanted, by the player's clock; on the way already, when that way began."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Reached:
    """Where a player has come to."""

    number: int = -1
    """Of the wish that it serves."""
    sample: int = 0
    at_s: float = 0.0
    """When, by the player's clock."""
    frame: Frame | None = None
    """None where nothing is known."""


class Player:
    """A thread that judges from a checkpoint on, so that bars can be shown at any moment."""

    def __init__(
        self,
        opened: Opened,
        checkpoint: Checkpoint,
        way: Way | None = None,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._opened = opened
        self._checkpoint = checkpoint
        self._way = way or Way()
        self._clock = clock
        stream = opened.recorded.stream
        self._rate_hz = stream.rate_hz
        self._piece = stream.samples(_PIECE_S)
        self._silent = stream.samples(_SILENT_S)
        self._scene = Scene(
            montage=opened.watch.montage, affected=opened.affected, effort=opened.watch.effort
        )
        self._wish = Wish()
        self._changed = threading.Condition()
        self._closing = False
        self._reached = _Reached()
        self._track: Track | None = None
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)

    def start(self) -> None:
        """Begin, at the beginning."""
        self._thread.start()

    def close(self) -> None:
        """End, and wait for the end."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def position(self) -> int:
        """The sample that is shown; on the way to another place, that place."""
        wish, reached = self._wish, self._reached
        return reached.sample if reached.number == wish.number else wish.sample

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._wish.playing

    @property
    def speed(self) -> float:
        """How many times faster than it was."""
        return self._wish.speed

    @property
    def view(self) -> View:
        """The newest frame, as a running session would show it.

        On the way to another place the last one stays for a moment, so that bars do not flicker
        while somebody scrubs; then nothing is known.
        """
        wish, reached = self._wish, self._reached
        since_s = max(wish.since_s, reached.at_s)
        late = reached.number != wish.number and self._clock() - since_s > _SILENT_S
        if reached.frame is not None and not late:
            link = LinkState(link=Link.STREAMING)
            return View(scene=self._scene, frame=reached.frame, link=link)
        if reached.number == wish.number and self._silent_at(reached.sample):
            link = LinkState(link=Link.SILENT, message=mark("Nothing was recorded here."))
        else:
            link = LinkState(link=Link.CONNECTING)
        return View(scene=self._scene, link=link)

    def seek(self, sample: int) -> None:
        """Go to a sample; playing goes on from there."""
        inside = min(max(int(sample), 0), self._opened.stop)
        self._ask(sample=inside)

    def play(self, *, on: bool = True) -> None:
        """Go on from here, or stand still; at the end it begins anew."""
        here = 0 if on and self.position >= self._opened.stop else self.position
        self._ask(sample=here, playing=on)

    def set_speed(self, speed: float) -> None:
        """Go on at another speed."""
        if not 0.0 < speed <= 64.0:
            raise ValueError(f"a speed lies above 0 and up to 64, got {speed}")
        self._ask(sample=self.position, speed=speed)

    def _ask(self, *, sample: int, playing: bool | None = None, speed: float | None = None) -> None:
        with self._changed:
            was = self._wish
            on_the_way = self._reached.number != was.number
            self._wish = Wish(
                number=was.number + 1,
                sample=sample,
                playing=was.playing if playing is None else playing,
                speed=speed or was.speed,
                since_s=was.since_s if on_the_way else self._clock(),
            )
            self._changed.notify()

    def _run(self) -> None:
        try:
            while not self._closing:
                wish = self._wish
                self._serve(wish)
                with self._changed:
                    while not self._closing and self._wish.number == wish.number:
                        self._changed.wait()
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error

    def _serve(self, wish: Wish) -> None:
        """Go to a place, and on from there, until something else is wanted."""
        began_s = self._clock()
        track = self._track = self._track_to(wish.sample)
        while track.at < wish.sample:
            # What takes a moment only is done to its end: bars follow somebody who scrubs.
            if self._closing or (not self._wanted(wish) and self._clock() - began_s > _FINISHED_S):
                return
            self._go(track, min(track.at + self._piece, wish.sample))
        self._show(track, wish)
        began_s = self._clock()
        while wish.playing and self._wanted(wish) and track.at < self._opened.stop:
            due = wish.sample + int((self._clock() - began_s) * wish.speed * self._rate_hz)
            if due > track.at:
                self._go(track, min(due, track.at + self._piece, self._opened.stop))
                self._show(track, wish)
            with self._changed:
                self._changed.wait(_TICK_S)
        if wish.playing and self._wanted(wish):
            with self._changed:
                if self._wish is wish:
                    self._wish = replace(wish, playing=False)

    def _go(self, track: Track, stop: int) -> None:
        with self._way.working():
            self._way.give()
            track.go(stop)

    def _track_to(self, sample: int) -> Track:
        """Return what is judged up to a sample at most: what there is already, or a checkpoint."""
        # A little earlier: there must be a frame to show when the place is reached.
        at, monitor = self._checkpoint(max(0, sample - self._silent))
        track = self._track
        if track is not None and at <= track.at <= sample:
            return track
        return Track(self._opened.recorded, monitor, at)

    def _wanted(self, wish: Wish) -> bool:
        return not self._closing and self._wish is wish

    def _show(self, track: Track, wish: Wish) -> None:
        # Whatever was judged on the way here: what is as old as a checkpoint may be is not shown.
        frame = track.frame
        fresh = frame is not None and track.at - frame.sample < self._silent
        shown = frame if fresh else None
        self._reached = _Reached(
            number=wish.number, sample=track.at, at_s=self._clock(), frame=shown
        )

    def _silent_at(self, sample: int) -> bool:
        """Tell whether a sample lies in a gap of the recording."""
        spans = self._opened.recorded.spans
        place = bisect_left(spans, sample, key=lambda span: span.stop)
        return place == len(spans) or sample < spans[place].start
