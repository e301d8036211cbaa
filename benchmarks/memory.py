"""Memory over two simulated hours of recording, chain, detection and summary: it must stay flat."""

import math
import os
import platform
import tempfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from benchmarks import chain
from benchmarks.figures import Figure
from calibration.montage import plain_montage
from calibration.muscles import Side
from host.acquisition.source import Link, LinkState, Unconnected
from host.chain.stream import Chunk, Stream, channel_names
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.report.tally import Tally
from host.session.asked import Asked
from host.session.journal import Journal
from host.session.recording import begin_recording, manifest_of
from host.session.session import Session

SEEDS = chain.SEEDS
STREAM = Stream(rate_hz=250.0, channels=channel_names(8))
HOURS = 2
WARM_S = 600
CHUNK = 25


class Again(Unconnected):
    """A source that repeats ten seconds for two hours: every channel contracts in one of them.

    Each episode is kept, for the summary: 8 channels make 5760 of them.
    """

    def __init__(self) -> None:
        self.stream = STREAM
        self.state = LinkState(link=Link.STREAMING)
        rest, contraction = chain.face(STREAM)[:250], chain.face(STREAM)[250:500]
        self._raw = np.concatenate([rest] * 9 + [contraction])
        self._next = 0

    def close(self) -> None:
        """Let nothing more come."""
        self.state = LinkState(link=Link.ENDED)

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next tenth of a second."""
        del timeout_s
        if self._next >= HOURS * 3600 * STREAM.rate_hz:
            self.state = LinkState(link=Link.ENDED)
            return None
        place = self._next % len(self._raw)
        chunk = Chunk(self._next, self._raw[place : place + CHUNK])
        self._next = chunk.stop
        return chunk


def run() -> list[Figure]:
    """Measure the resident memory after ten minutes, and at the end of the two hours."""
    tally, warm_mb, source = Tally(8, 1), math.nan, Again()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        asked = Asked(watched=False, record_to=Path(folder))
        watch = Watch(montage=plain_montage(8))
        manifest = manifest_of(watch, STREAM, Side.LEFT, source="a benchmark")
        journal = Journal(begin_recording(stack, manifest, asked), source)
        session = Session(source, Monitor(watch, STREAM), journal=journal)
        tally = Tally(8, session.hop)
        while not session.over:
            for frame in session.step(0.0):
                tally.push(frame)
            if math.isnan(warm_mb) and session.received_s >= WARM_S:
                warm_mb = resident_mb()
        end_mb = resident_mb()
        missed = session.recording.missed
    tally.flush()
    hours = tally.samples[:, 0].sum() / STREAM.rate_hz / 3600
    return [
        Figure(name="simulated time, recorded", value=float(hours), unit="h"),
        Figure(name="samples that were not recorded", value=missed, unit="", goal=0.5),
        Figure(name="resident memory after ten minutes", value=warm_mb, unit="MB"),
        Figure(name="growth in the rest of the time", value=end_mb - warm_mb, unit="MB", goal=3.0),
    ]


def resident_mb() -> float:
    """Return resident memory now; where the system tells only the largest so far, that."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        resident = int(pages.read_text(encoding="ascii").split()[1])
        return resident * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource  # not on Windows, where this benchmark cannot run

    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / (1e6 if platform.system() == "Darwin" else 1e3)
