"""Play a recording from any moment, at any speed: the very frames of the session again."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from host.acquisition.source import Link, LinkState
from host.chain.stream import Chunk
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.session.opened import Opened
from host.session.worker import Scene, View

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)

_TICK_S = 0.01
_PIECE_S = 0.5
"""So much is judged between two looks at what the user wants now."""
_SILENT_S = 0.25

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


class Player:
    """A thread that judges from a checkpoint on, so that bars can be shown at any moment."""

    def __init__(
        self,
        opened: Opened,
        checkpoint: Checkpoint,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._opened = opened
        self._checkpoint = checkpoint
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
        self._position = 0
        self._frame: Frame | None = None
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
        """Sample up to which the newest view has come."""
        return self._position

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
        """The newest frame, as a running session would show it."""
        if self._frame is None:
            message = "Nothing was recorded here." if self._silent_here() else ""
            return View(scene=self._scene, link=LinkState(link=Link.SILENT, message=message))
        return View(scene=self._scene, frame=self._frame, link=LinkState(link=Link.STREAMING))

    def seek(self, sample: int) -> None:
        """Go to a sample; playing goes on from there."""
        inside = min(max(int(sample), 0), self._opened.stop)
        self._ask(sample=inside)

    def play(self, *, on: bool = True) -> None:
        """Go on from here, or stand still; at the end it begins anew."""
        here = 0 if on and self._position >= self._opened.stop else self._position
        self._ask(sample=here, playing=on)

    def set_speed(self, speed: float) -> None:
        """Go on at another speed."""
        if not 0.0 < speed <= 64.0:
            raise ValueError(f"a speed lies above 0 and up to 64, got {speed}")
        self._ask(sample=self._position, speed=speed)

    def _ask(self, *, sample: int, playing: bool | None = None, speed: float | None = None) -> None:
        with self._changed:
            was = self._wish
            self._wish = Wish(
                number=was.number + 1,
                sample=sample,
                playing=was.playing if playing is None else playing,
                speed=speed or was.speed,
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
        # A little earlier: there must be a frame to show when the place is reached.
        at, monitor = self._checkpoint(max(0, wish.sample - self._silent))
        track = _Track(self._opened, monitor, at)
        while track.at < wish.sample and self._wanted(wish):
            track.go(min(track.at + self._piece, wish.sample))
        if not self._wanted(wish):
            return
        self._show(track)
        began_s = self._clock()
        while wish.playing and self._wanted(wish) and track.at < self._opened.stop:
            due = wish.sample + int((self._clock() - began_s) * wish.speed * self._rate_hz)
            if due > track.at:
                track.go(min(due, track.at + self._piece, self._opened.stop))
                self._show(track)
            with self._changed:
                self._changed.wait(_TICK_S)
        if wish.playing and self._wanted(wish):
            with self._changed:
                if self._wish is wish:
                    self._wish = replace(wish, playing=False)

    def _wanted(self, wish: Wish) -> bool:
        return not self._closing and self._wish is wish

    def _show(self, track: "_Track") -> None:
        frame = track.frame
        fresh = frame is not None and track.at - frame.sample <= self._silent
        self._frame = frame if fresh else None
        self._position = track.at

    def _silent_here(self) -> bool:
        """Tell whether the position lies in a gap of the recording."""
        spans = self._opened.recorded.spans
        return not any(span.start < self._position <= span.stop for span in spans)


class _Track:
    """A recording judged from `at` on, piece by piece."""

    def __init__(self, opened: Opened, monitor: Monitor, at: int) -> None:
        self._recorded = opened.recorded
        self._monitor = monitor
        self.at = at
        """Index after the last sample that was judged."""
        self.frame: Frame | None = None
        """The newest frame."""

    def go(self, stop: int) -> None:
        """Judge up to sample `stop`."""
        for span in self._recorded.spans:
            begin, end = max(span.start, self.at), min(span.stop, stop)
            if begin >= end:
                continue
            for frames in self._monitor.advance(Chunk(begin, self._recorded.samples(begin, end))):
                self.frame = frames[len(frames) - 1]
        self.at = stop
