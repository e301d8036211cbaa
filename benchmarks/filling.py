"""Record in real time on a disk that becomes full, and has room again."""

import math
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.mounts import cannot_mount, fill, small_disk
from benchmarks.victim import CHUNK, EVENT_EVERY, STREAM, about, counted
from host.chain.stream import Chunk
from host.recording.events import Gap, Marker
from host.recording.reader import read_session
from host.recording.recorder import Recorder
from host.recording.state import RecordingState
from host.recording.writer import SessionWriter

_DISK = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What became of a recording whose disk was full for a while."""

    before: int
    """Samples that were on the disk when it became full."""
    kept: bool
    """Whether all of these are there."""
    events_lost: int
    whys: tuple[str, ...]
    """What the gaps say."""
    resumed_s: float
    """From when there was room again until samples were on the disk again."""
    longest_ms: float
    """The longest that handing over samples and an event took."""
    full: RecordingState
    """The state just before there was room again."""
    after: RecordingState


def run() -> list[Figure]:
    """Measure what is lost, and whether anybody had to wait."""
    if reason := cannot_mount():
        print(f"no full disk: {reason}")
        return []
    with tempfile.TemporaryDirectory(prefix="quietface-full-") as root:
        filled = on_small_disk(Path(root) / "disk")
    print(f"full disk: {filled.full.message!r}")
    lost = 0 if filled.kept else filled.before
    lit = float(filled.full.light)
    return [
        Figure(name="full disk, recorded samples lost", value=lost, unit="", goal=1.0),
        Figure(name="full disk, events lost", value=filled.events_lost, unit="", goal=1.0),
        Figure(name="full disk, light on meanwhile", value=lit, unit="", goal=1.0),
        Figure(name="full disk, recording again after", value=filled.resumed_s, unit="s", goal=3.0),
        Figure(name="full disk, longest wait of the session", value=filled.longest_ms, unit="ms"),
    ]


def on_small_disk(
    place: Path, *, full_s: tuple[float, float] = (2.0, 4.0), seconds: float = 8.0
) -> Filled:
    """Record in real time; while it is `full_s`, there is no room."""
    full_from, full_to = (round(time_s * STREAM.rate_hz) for time_s in full_s)
    longest_s, again_s = 0.0, None
    full = RecordingState()
    with small_disk(place, _DISK):
        recorder = Recorder(SessionWriter(place / "session", about()))
        with recorder:
            began_s = time.perf_counter()
            for start in range(0, round(seconds * STREAM.rate_hz), CHUNK):
                stop = start + CHUNK
                time.sleep(max(0.0, began_s + stop / STREAM.rate_hz - time.perf_counter()))
                if start == full_from:
                    ballast, before = fill(place), recorder.state.synced_sample
                if start == full_to:
                    full = recorder.state
                    ballast.unlink()
                handed_s = _hand_over(recorder, start)
                longest_s = max(longest_s, handed_s)
                if again_s is None and recorder.state.synced_sample > full.synced_sample > 0:
                    again_s = time.perf_counter() - began_s - full_s[1]
            after = recorder.state
        session = read_session(place / "session")
        first = session.spans[0]
        return Filled(
            before=before,
            kept=first.stop >= before
            and all(
                (session.samples(s.start, s.stop) == counted(s.start, s.stop)).all()
                for s in session.spans
            ),
            events_lost=stop // EVENT_EVERY - len(session.markers),
            whys=tuple(event.why for event in session.events if isinstance(event, Gap)),
            resumed_s=math.inf if again_s is None else again_s,
            longest_ms=1000.0 * longest_s,
            full=full,
            after=after,
        )


def _hand_over(recorder: Recorder, start: int) -> float:
    """Give a chunk and its event to the recorder; return how long that took."""
    stop = start + CHUNK
    chunk, events = Chunk(start, counted(start, stop)), stop // EVENT_EVERY
    began_s = time.perf_counter()
    recorder.take(chunk)
    if events > start // EVENT_EVERY:
        recorder.note(Marker(sample=stop, text=str(events)))
    return time.perf_counter() - began_s
