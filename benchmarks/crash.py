"""What is lost when a recording is killed, its power is cut, or its disk is full."""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import filling
from benchmarks.figures import Figure
from benchmarks.mounts import cannot_mount, mounted, new_image
from benchmarks.victim import CHUNK, EVENT_EVERY, REPORT, STREAM, counted
from host.errors import RecordingError
from host.recording.reader import SessionRecording, read_session
from host.recording.repair import repair

KILLS = 50
CUTS = 10
AT_ONCE = 4
"""Recordings at a time: the disk is busier than it will ever be in a clinic."""
SEEDS = (*range(KILLS + CUTS),)

_ROOT = Path(__file__).parents[1]
_BLOCK = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one recording."""

    readable: bool
    lost_ms: float = 0.0
    events_lost: int = 0
    claimed_ms: float = 0.0
    """How much the repair said that is lost at most."""
    said: str = ""
    """What the repair said, or why it could not."""

    @property
    def honest(self) -> bool:
        """Whether no more is lost than was said; the chunk on its way to the recorder apart."""
        return self.lost_ms <= self.claimed_ms + 1000.0 * CHUNK / STREAM.rate_hz


def run() -> list[Figure]:
    """Kill recordings at random moments, repair them, and compare with what they had."""
    figures = _figures("kill -9", killed(range(KILLS)))
    if reason := cannot_mount():
        print(f"no power cuts: {reason}")
    else:
        figures += _figures("power cut", cut_off(range(KILLS, KILLS + CUTS)))
    return figures + filling.run()


def _figures(name: str, outcomes: list[Outcome]) -> list[Figure]:
    for outcome in outcomes:
        if not (outcome.readable and outcome.honest):
            print(f"{name}: {outcome}")
    unreadable = sum(not outcome.readable for outcome in outcomes)
    dishonest = sum(not outcome.honest for outcome in outcomes)
    lost_ms = [outcome.lost_ms for outcome in outcomes]
    events = max(outcome.events_lost for outcome in outcomes)
    return [
        Figure(name=f"{name}, recordings", value=len(outcomes), unit=""),
        Figure(name=f"{name}, unreadable after repair", value=unreadable, unit="", goal=1.0),
        Figure(name=f"{name}, lost, median", value=float(np.median(lost_ms)), unit="ms"),
        Figure(name=f"{name}, lost, most", value=max(lost_ms), unit="ms", goal=250.0),
        Figure(name=f"{name}, events lost, most", value=events, unit="", goal=1.5),
        Figure(name=f"{name}, more lost than the repair says", value=dishonest, unit="", goal=1.0),
    ]


def killed(seeds: Iterable[int], *, longest_s: float = 3.0) -> list[Outcome]:
    """Record in real time, and kill each recording at a random moment."""

    def one(root: Path, seed: int) -> Outcome:
        folder = root / "session"
        with _victim(folder) as victim:
            time.sleep(random.Random(seed).uniform(0.2, longest_s))
            victim.kill()
            report = _report(victim)
        return _judge(folder, report)

    return _each(one, seeds)


def cut_off(seeds: Iterable[int], *, longest_s: float = 3.0) -> list[Outcome]:
    """Record on a file system of its own, and keep only what it had given to its device.

    The recording is stopped while its device is copied, so that the copy is of one moment.
    """

    def one(root: Path, seed: int) -> Outcome:
        image, copy = new_image(root / "image"), root / "copy"
        with mounted(image, root / "mount") as place, _victim(place / "session") as victim:
            time.sleep(random.Random(seed).uniform(0.2, longest_s))
            victim.send_signal(signal.SIGSTOP)
            os.waitpid(victim.pid, os.WUNTRACED)
            shutil.copyfile(image, copy)
            victim.kill()
            report = _report(victim)
        with mounted(copy, root / "mount") as place:
            return _judge(place / "session", report)

    return _each(one, seeds)


def _each(one: Callable[[Path, int], Outcome], seeds: Iterable[int]) -> list[Outcome]:
    def in_a_folder(seed: int) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="quietface-crash-") as root:
            return one(Path(root), seed)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(in_a_folder, seeds))


@contextlib.contextmanager
def _victim(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a recording; it is under way when this yields, and gone afterwards."""
    command = [sys.executable, "-m", "benchmarks.victim", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=_ROOT) as victim:  # noqa: S603
        try:
            assert victim.stdout is not None  # noqa: S101  for mypy
            if len(victim.stdout.read(REPORT.size)) < REPORT.size:
                raise RuntimeError("the recording did not begin")
            yield victim
        finally:
            victim.kill()


def _report(victim: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Return what it last said that the recorder was about to get."""
    assert victim.stdout is not None  # noqa: S101  for mypy
    said = victim.stdout.read()
    if len(said) < REPORT.size:
        return CHUNK, CHUNK // EVENT_EVERY
    whole = len(said) // REPORT.size
    stop, events = REPORT.unpack_from(said, (whole - 1) * REPORT.size)
    return int(stop), int(events)


def _judge(folder: Path, report: tuple[int, int]) -> Outcome:
    stop, events = report
    try:
        done = repair(folder)
        session = read_session(folder)
    except RecordingError as error:
        return Outcome(readable=False, said=str(error))
    if done is None:
        return Outcome(readable=False, said="the repair had nothing to do")
    found = {marker.text for marker in session.markers}
    claimed = re.search(r"lost at most ([0-9.]+) s$", done.message)
    return Outcome(
        readable=_equal(session) and _closed(session),
        lost_ms=1000.0 * (stop - session.stop) / STREAM.rate_hz,
        events_lost=len({str(number) for number in range(1, events + 1)} - found),
        claimed_ms=1000.0 * float(claimed[1]) if claimed else 0.0,
        said=done.message,
    )


def _equal(session: SessionRecording) -> bool:
    """Tell whether every sample is the one that was recorded."""
    return all(
        np.array_equal(
            session.samples(start, min(start + _BLOCK, span.stop)),
            counted(start, min(start + _BLOCK, span.stop)),
        )
        for span in session.spans
        for start in range(span.start, span.stop, _BLOCK)
    )


def _closed(session: SessionRecording) -> bool:
    header = (session.folder / "emg.bdf").read_bytes()[:256]
    return int(header[236:244]) == len(session.records)
