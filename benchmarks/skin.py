"""From the skin to a painted bar: steps through simulated Cyton, BrainFlow, chain and window.

At a Cyton's 250 Hz, on Gaussian EMG. The board is played by another process, as a real one has a
processor of its own, and hands its packets over as they are made: what a dongle adds, up to 16 ms
with an FTDI chip as it wakes up, is the same for every filter and none of ours.
"""

import os
import time
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import cast

import numpy as np
from PyQt6.QtCore import QEvent, QTimer
from scipy import signal

from benchmarks.board_apart import BoardApart
from benchmarks.estimator_bench import Bench
from benchmarks.estimator_signals import COLUMNS, Kind
from benchmarks.figures import Figure
from calibration.montage import plain_montage
from calibration.muscles import Side
from calibration.reference import Reference
from host.acquisition.live import BoardSource
from host.acquisition.source import Link, LinkState, Unconnected
from host.chain.adaptive import AdaptiveWindow
from host.chain.conditioning import Conditioner
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.feedback.app import Show, application
from host.feedback.bar_heights import bar_height
from host.feedback.patient_window import PatientWindow
from host.feedback.screenless import has_screen
from host.session.session import Session
from host.session.worker import Scene, Stage, Worker

SEEDS = (5,)
RATE_HZ, SECONDS, EVERY_S = 250.0, 36.0, 1.5
LOW, HIGH, SHARE = 0.05, 1.0, 0.63
GOALS: dict[float, float | None] = {3.0: 0.3, 5.0: None}
"""By corner. The goal is for the filter whose 90 ms it was set against; at 250 Hz converter and
band-pass alone, which both chains share, take too much of what 5 Hz need."""


def run() -> list[Figure]:
    """Measure ours and Butterworth filters of order 2, each beside ours in one window."""
    return [figure for corner_hz in GOALS for figure in _compared(corner_hz)]


def _compared(corner_hz: float) -> list[Figure]:
    bench = Bench(RATE_HZ, Kind.GAUSSIAN)
    painted, step_s = _watched(bench, corner_hz)
    ours, theirs = (1e3 * _delay_s(painted, step_s, half) for half in (0, COLUMNS))
    name = f"Butterworth-2 {corner_hz:g} Hz"
    return [
        Figure(name=f"skin to bar, 63 % of a step up, ours beside {name}", value=ours, unit="ms"),
        Figure(name=f"skin to bar, 63 % of a step up, {name}", value=theirs, unit="ms"),
        Figure(
            name=f"skin to bar, ours over {name}",
            value=ours / theirs,
            unit="x",
            goal=GOALS[corner_hz],
        ),
    ]


def _stepped(bench: Bench) -> tuple[FloatArray, list[int]]:
    """Return what four electrodes see, twice, for two estimators beside each other; and the steps.

    Those are the samples at which a step goes up.
    """
    samples = round(SECONDS * RATE_HZ)
    high = np.arange(samples) / RATE_HZ % EVERY_S >= EVERY_S / 2.0
    raw_uv = bench.raw(np.where(high, HIGH, LOW), SEEDS[0])
    steps = np.flatnonzero(np.diff(high.astype(np.int8)) == 1) + 1
    return np.concatenate([raw_uv, raw_uv], axis=1), steps.tolist()


class _Steps(Unconnected):
    """A source of what electrodes see, `(n_samples, n_channels)` in microvolts."""

    def __init__(self, data: FloatArray) -> None:
        self._data = data
        self._next = 0
        self.stream = Stream(rate_hz=RATE_HZ, channels=channel_names(2 * COLUMNS))

    @property
    def state(self) -> LinkState:
        """Streaming until the last sample has been read."""
        over = self._next >= len(self._data)
        return LinkState(link=Link.ENDED if over else Link.STREAMING)

    def read(self, timeout_s: float) -> Chunk | None:  # noqa: ARG002  the protocol's name
        """Return the next 10 ms or so."""
        start = self._next
        self._next += 2
        return Chunk(start, self._data[start : start + 2]) if start < len(self._data) else None


class _Beside:
    """A monitor of which the second half of the channels shows a filter of fixed length."""

    def __init__(self, bench: Bench, stream: Stream, corner_hz: float) -> None:
        models = bench.models * 2
        scales = {peer.name: peer.scale for peer in bench.peers}
        self._scale = np.tile(scales[f"Butterworth-2 {corner_hz:g} Hz"], 2)
        self._noise_uv = np.tile(bench.band_noise_uv, 2)
        noise_uv = np.array([model.noise_uv for model in models])
        reference = Reference(
            rest_uv=np.zeros(len(models)),
            noise_uv=noise_uv,
            gentle_uv=1.0 / np.tile(bench.ours.scale, 2),
            calibrated=True,
        )
        chain = _doubled(bench)
        watch = Watch(montage=plain_montage(len(models)), chain=chain)
        self._monitor = Monitor(watch, stream, (), reference)
        self._conditioner = Conditioner(chain.conditioning, stream)
        self._sos = signal.butter(2, corner_hz, fs=stream.rate_hz, output="sos")
        self._carried = np.zeros((len(self._sos), 2, len(models)))
        self._smooth: FloatArray = np.empty((0, len(models)))
        self._first = 0
        """The sample of its first row: what no frame will ask for is let go of."""
        self.hop = self._monitor.hop

    def push(self, chunk: Chunk) -> list[Frame]:
        """Return the frames, with the filter's levels in the second half."""
        for piece in self._conditioner.push(chunk):
            rectified = np.abs(piece.data) * np.sqrt(np.pi / 2.0)
            smooth, self._carried = signal.sosfilt(self._sos, rectified, axis=0, zi=self._carried)
            self._smooth = np.concatenate([self._smooth, smooth])
        frames = self._monitor.push(chunk)
        for frame in frames:
            row = self._smooth[frame.sample - 1 - self._first]
            power = np.maximum(row, 0.0) ** 2 - self._noise_uv**2
            level = np.sqrt(np.maximum(power, 0.0)) * self._scale
            frame.activation[COLUMNS:] = level[COLUMNS:]
        if frames:
            told = frames[-1].sample - self._first
            self._smooth, self._first = self._smooth[told:], self._first + told
        return frames

    def finish(self) -> tuple[()]:
        """Return nothing: no episode is of interest."""
        return ()


def _doubled(bench: Bench) -> ChainSettings:
    """Return the calibrated chain for every channel twice."""
    return replace(bench.settings, adaptive=AdaptiveWindow(channels=bench.models * 2))


def _watched(bench: Bench, corner_hz: float) -> tuple[FloatArray, FloatArray]:
    """Return paints `(n_paints, 1 + n_bars)` with their times, and when the steps were, in s."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = application()
    window = PatientWindow("light")
    window.resize(1280, 800)
    times: list[FloatArray] = []
    data, steps = _stepped(bench)

    def build(stack: ExitStack) -> Stage:
        board = stack.enter_context(BoardApart(partial(_Steps, data)))
        source = stack.enter_context(BoardSource(board.settings))
        monitor = cast("Monitor", _Beside(bench, source.stream, corner_hz))
        session = Session(source, monitor, exhausted=lambda: board.finished)
        montage = plain_montage(2 * COLUMNS)
        return Stage(
            session=session, scene=Scene(montage=montage, affected=Side.RIGHT), words="steps"
        )

    worker = Worker(build)
    show = Show(worker, window)
    painted: list[list[float]] = []

    def refresh() -> None:
        """Show the newest, and note it once it is painted."""
        show.refresh()
        window.event(QEvent(QEvent.Type.UpdateRequest))
        fills = [bar.fill for bar in window.state.bars]
        if fills and None not in fills:
            painted.append([time.perf_counter(), *(fill or 0.0 for fill in fills)])
        if worker.done:
            app.quit()
        elif worker.stage is not None:
            source = worker.stage.session.source
            times[:] = [np.array([source.host_time_s(step) for step in steps])]

    show.rhythm.due.disconnect()
    show.rhythm.due.connect(refresh)
    window.show()
    worker.start()
    limit = QTimer()
    limit.timeout.connect(app.quit)
    limit.start(round(1e3 * (SECONDS + 15.0)))
    app.exec()
    limit.stop()
    show.rhythm.stop()
    worker.stop()
    window.close()
    if worker.error is not None:
        raise worker.error
    return np.array(painted), times[0]


def _delay_s(painted: FloatArray, step_s: FloatArray, first: int) -> float:
    """Return the median time until bars from column `first` on have done 63 % of a step."""
    height = bar_height(LOW + SHARE * (HIGH - LOW))
    delays = []
    for begin_s in step_s[2:]:
        rows = painted[(painted[:, 0] >= begin_s) & (painted[:, 0] < begin_s + EVERY_S / 2.0)]
        for column in range(1 + first, 1 + first + COLUMNS):
            above = np.flatnonzero(rows[:, column] >= height)
            if len(above):
                delays.append(rows[above[0], 0] - begin_s)
    return float(np.median(delays))
