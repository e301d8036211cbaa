"""Judge a recording in the background while somebody already looks at it."""

import threading
from bisect import bisect_right

from host.detection.kept import STAND_S, going_on, kept
from host.detection.monitor import Monitor
from host.report.outline import Outline
from host.report.results import Results, measuring_of, outcomes_of, results_of
from host.session.judging import Judging
from host.session.opened import Opened
from host.session.way import Way

_MOST_CHECKPOINTS = 150
"""In a longer recording they are farther apart: 16 channels take 0.4 MB each."""
_STEP_S = 0.5


class Study:
    """A thread that fills an outline and the results, and keeps where playing may begin."""

    def __init__(self, opened: Opened, way: Way | None = None) -> None:
        self.opened = opened
        self._way = way or Way()
        judging = Judging(opened, step_s=_STEP_S)
        stream = opened.recorded.stream
        self.outline = Outline(
            opened.stop, len(stream.channels), judging.monitor.hop, stream.rate_hz
        )
        """As far as it has been judged; grows while the thread runs."""
        self.results: Results | None = None
        """None until the whole recording has been judged."""
        self.error: BaseException | None = None
        self._judging = judging
        self._every = max(stream.samples(STAND_S), opened.stop // _MOST_CHECKPOINTS)
        self._checkpoints: list[tuple[int, bytes]] = [(0, kept(judging.monitor))]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="study", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End early, and wait for the end."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait(self) -> Results:
        """Return the results once the whole recording has been judged."""
        self._thread.join()
        if self.error is not None:
            raise self.error
        if self.results is None:
            raise RuntimeError("the study was stopped before its end")
        return self.results

    @property
    def progress(self) -> float:
        """Share of the recording that has been judged, 0 to 1."""
        return 1.0 if self.results else self._judging.stop / max(self.opened.stop, 1)

    @property
    def reach(self) -> int:
        """Index up to which playing can begin without waiting."""
        return self._judging.stop

    def checkpoint(self, sample: int) -> tuple[int, Monitor]:
        """Return a monitor that has judged up to at most `sample`, and how far it has."""
        known = self._checkpoints
        place = bisect_right([at for at, _ in known], sample) - 1
        at, stood = known[max(place, 0)]
        return at, going_on(stood)

    def _run(self) -> None:
        try:
            with self._way.working():
                self._judge()
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error

    def _judge(self) -> None:
        outcomes, measuring = outcomes_of(self.opened), measuring_of(self.opened)
        for frames in self._judging:
            self.outline.push(frames)
            outcomes.push(frames)
            measuring.push(frames)
            if self._judging.stop - self._checkpoints[-1][0] >= self._every:
                self._keep()
            self._way.give()
            if self._stop.is_set():
                return
        over = self._judging.monitor.close()
        outcomes.close(over.episodes)
        measuring.close(over.attempts)
        self.results = results_of(self.opened, outcomes, measuring)

    def _keep(self) -> None:
        """Keep the monitor as it stands."""
        judging = self._judging
        self._checkpoints.append((judging.stop, kept(judging.monitor)))
