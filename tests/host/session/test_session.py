"""One loop, and the thread that runs it."""

from contextlib import ExitStack

import numpy as np
import pytest

from calibration.montage import plain_montage
from calibration.muscles import Side
from host.acquisition.source import Link, LinkState, Unconnected
from host.chain.stream import Chunk, Stream, channel_names
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.errors import DeviceError
from host.session.session import Session
from host.session.worker import Scene, Stage, Worker

STREAM = Stream(rate_hz=250.0, channels=channel_names(2))
WATCH = Watch(montage=plain_montage(2))


class Board(Unconnected):
    """A source of `seconds` of noise, after which nothing comes, whatever it says of that."""

    def __init__(self, seconds: float, *, after: Link = Link.SILENT) -> None:
        self._after = after
        self.stream = STREAM
        self.state = LinkState(link=Link.STREAMING)
        self.closed = False
        self._left = round(seconds * 25)
        self._next = 0
        self._rng = np.random.default_rng(12)

    def close(self) -> None:
        """Remember that it was left."""
        self.closed = True

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next ten samples."""
        if not self._left:
            self.state = LinkState(link=self._after)
            return None
        self._left -= 1
        chunk = Chunk(self._next, STREAM.on_grid(self._rng.normal(0.0, 5.0, (10, 2))))
        self._next = chunk.stop
        return chunk


def test_a_session_gives_the_frames_of_what_it_reads() -> None:
    session = Session(Board(4.0), Monitor(WATCH, STREAM))
    frames = [frame for _ in range(100) for frame in session.step(0.0)]
    assert session.received_s == pytest.approx(4.0)
    samples = [frame.sample for frame in frames]
    assert samples == list(range(samples[0], 1000, session.hop))


def test_a_session_ends_at_its_limit_of_the_stream() -> None:
    session = Session(Board(4.0), Monitor(WATCH, STREAM), limit_s=2.0)
    while not session.over:
        session.step(0.0)
    assert session.received_s == pytest.approx(2.0, abs=0.05)


def test_a_silent_board_does_not_hold_a_limited_session_for_ever() -> None:
    now = iter(float(second) for second in range(1000))
    session = Session(Board(1.0), Monitor(WATCH, STREAM), limit_s=200.0, clock=lambda: next(now))
    while not session.over:
        session.step(0.0)
    assert session.received_s == pytest.approx(1.0)


def test_a_session_ends_when_the_simulated_board_has_sent_all() -> None:
    session = Session(Board(1.0), Monitor(WATCH, STREAM), exhausted=lambda: True)
    steps = 0
    while not session.over:
        session.step(0.0)
        steps += 1
    assert steps == 26


def test_without_a_limit_silence_is_no_end() -> None:
    session = Session(Board(0.0), Monitor(WATCH, STREAM))
    session.step(0.0)
    assert not session.over


def stage(board: Board) -> Stage:
    """Return a session of one second, ready to run."""
    return Stage(
        session=Session(board, Monitor(WATCH, STREAM), exhausted=lambda: True),
        scene=Scene(montage=WATCH.montage, affected=Side.LEFT),
        words="a test",
    )


def test_a_worker_runs_a_session_to_its_end_and_closes_the_source() -> None:
    board, seen = Board(3.0), list[Frame]()

    def build(stack: ExitStack) -> Stage:
        stack.enter_context(board)
        return stage(board)

    worker = Worker(build, watch=seen.append)
    assert worker.view.scene is None
    worker.start()
    worker.join(10.0)
    assert worker.done
    assert board.closed
    assert worker.error is None
    assert worker.view.frame is seen[-1]
    assert worker.view.link.link is Link.SILENT


def test_a_frame_that_is_old_does_not_stand_for_now() -> None:
    now_s = [0.0]
    board = Board(3.0, after=Link.STREAMING)
    session = Session(board, Monitor(WATCH, STREAM))
    scene = Scene(montage=WATCH.montage, affected=Side.LEFT)
    seen = list[Frame]()
    worker = Worker(
        lambda _stack: Stage(session=session, scene=scene, words="a test"),
        watch=seen.append,
        clock=lambda: now_s[0],
    )
    worker.start()
    while not seen or seen[-1].sample < 740:
        worker.join(0.01)
    before = worker.view.link.link
    now_s[0] = 0.26
    assert (before, worker.view.link.link) == (Link.STREAMING, Link.SILENT)
    worker.stop(10.0)


def test_a_worker_keeps_what_went_wrong_for_the_window() -> None:
    def build(stack: ExitStack) -> Stage:
        raise DeviceError("The board is off.")

    worker = Worker(build)
    worker.start()
    worker.join(10.0)
    assert isinstance(worker.error, DeviceError)
    assert worker.view.frame is None


def test_a_stopped_worker_ends_while_its_board_is_silent() -> None:
    board = Board(0.0)
    worker = Worker(
        lambda _stack: Stage(
            session=Session(board, Monitor(WATCH, STREAM)),
            scene=Scene(montage=WATCH.montage, affected=Side.LEFT),
            words="a test",
        )
    )
    worker.start()
    worker.stop(10.0)
    assert worker.done
    worker.stop()
