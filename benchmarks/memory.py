"""Memory over a simulated hour of chain, detection and summary: it must stay flat."""

import os
import platform
from pathlib import Path

from benchmarks import chain
from benchmarks.figures import Figure
from calibration.montage import plain_montage
from host.chain.stream import Chunk, Stream, channel_names
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.report.tally import Tally

SEEDS = chain.SEEDS
STREAM = Stream(rate_hz=250.0, channels=channel_names(8))
HOUR_S = 3600
WARM_S = 300


def run() -> list[Figure]:
    """Measure the resident memory after five minutes, and at the end of the hour."""
    raw = chain.face(STREAM)
    monitor = Monitor(Watch(montage=plain_montage(8)), STREAM)
    tally = Tally(8, monitor.hop)
    seen = {}
    for second in range(0, HOUR_S, chain.SECONDS):
        for frame in monitor.push(Chunk(second * round(STREAM.rate_hz), raw)):
            tally.push(frame)
        if second == WARM_S:
            seen[second] = resident_mb()
    growth = resident_mb() - seen[WARM_S]
    hours = tally.samples[:, 0].sum() / STREAM.rate_hz / 3600
    return [
        Figure(name="simulated time", value=float(hours), unit="h"),
        Figure(name="resident memory after five minutes", value=seen[WARM_S], unit="MB"),
        Figure(name="growth in the rest of the hour", value=growth, unit="MB", goal=3.0),
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
