"""A recorder on the bench: its thread's turns are made by hand, the disk and the clock are ours."""

from pathlib import Path

from host.chain.stream import Chunk
from host.recording.events import Gap
from host.recording.reader import read_session
from host.recording.recorder import Recorder
from host.recording.writer import SessionWriter
from tests.host.recording.sessions import Clock, Disk, manifest, signal

ABOUT = manifest(rate_hz=250.0)
RATE = 250
RAW = signal(ABOUT.stream, 100 * RATE)
MUCH = 10**12


class Bench:
    """A recorder whose thread's turns are made by hand, on a disk and a clock of our own."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self.disk = disk
        self.clock = Clock()
        self.free = MUCH
        self.writer = SessionWriter(folder, ABOUT)
        self.recorder = Recorder(self.writer, free=lambda _: self.free, clock=self.clock)
        self.recorder._closing = False
        self.at = 0

    def feed(self, seconds: float, *, skip: int = 0) -> None:
        """Let samples come, write them, and let the time go by that they took."""
        self.at += skip
        stop = self.at + round(seconds * RATE)
        self.recorder.take(Chunk(self.at, RAW[self.at : stop]))
        self.at = stop
        self.clock.now_s += seconds
        self.turn()

    def turn(self) -> None:
        self.recorder._due = True
        assert self.recorder._turn()

    def close(self) -> None:
        self.recorder._closing = True
        self.recorder._turn()
        self.recorder._over = True

    def lit(self) -> bool:
        return self.recorder.state.light

    @property
    def message(self) -> str:
        return self.recorder.state.message

    def gaps(self) -> list[tuple[int, int, str]]:
        return gaps(self.writer.folder)


def chunk(start: int, stop: int) -> Chunk:
    """Return samples of the signal that is recorded."""
    return Chunk(start, RAW[start:stop])


def gaps(folder: Path) -> list[tuple[int, int, str]]:
    """Return where the gaps of a session begin and stop, and why."""
    found = [event for event in read_session(folder).events if isinstance(event, Gap)]
    return [(gap.sample, gap.stop, gap.why) for gap in found]
