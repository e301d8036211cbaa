"""Sessions to be exported: one with everything that can happen, and the validator to judge it."""

import json
import shutil
import subprocess
import sysconfig
from pathlib import Path

import numpy as np
import pytest

from calibration.montage import Montage, montages
from calibration.muscles import Side
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.cues import Phase
from host.detection.watch import Watch
from host.recording.events import Adjusted, CueGiven, Marker, QualityChanged, Touch
from host.recording.writer import SessionWriter
from host.session.recording import manifest_of

RATE_HZ = 250.0
STREAM = Stream(rate_hz=RATE_HZ, channels=channel_names(4), bandwidth_hz=65.5)
SMILE = "gentle closed smile"
GAP = (1000, 1130)
"""Samples that never came."""
STOP = 2003
"""Not a whole number of records."""


def samples(start: int, stop: int, channels: int = 4) -> FloatArray:
    """Return noise on the recorder's grid, the same for every cut."""
    noise = np.random.default_rng(7).normal(0.0, 20.0, (STOP, channels))
    return STREAM.on_grid(noise[start:stop])


def write_session(
    folder: Path, *, montage: Montage | None = None, closed: bool = True, started: str = ""
) -> Path:
    """Write a session of eight seconds with a gap, a touch, a marker and a change."""
    watch = Watch(montage=montage or montages()["face-4"])
    manifest = manifest_of(watch, STREAM, Side.RIGHT, source="cyton, through BrainFlow")
    if started:
        import msgspec

        manifest = msgspec.structs.replace(manifest, created=started)
    writer = SessionWriter(folder, manifest)
    writer.note(CueGiven(sample=0, pattern=SMILE, phase=Phase.REST))
    writer.note(QualityChanged(sample=250, quality=("good", "good", "good", "loose")))
    writer.note(CueGiven(sample=500, pattern=SMILE, phase=Phase.RISE))
    writer.note(CueGiven(sample=750, pattern=SMILE, phase=Phase.HOLD))
    writer.take(Chunk(0, samples(0, GAP[0])))
    writer.note(Touch(sample=1200, muscles=("OOC",), on=True))
    writer.take(Chunk(GAP[1], samples(GAP[1], 1500)))
    writer.note(Touch(sample=1450, on=False))
    writer.note(Marker(sample=1500, text="coughed\tonce — ärger", samples=25, by="live"))
    change = Adjustment(start=1600, thresholds=Thresholds(enter=0.3, leave=0.2))
    writer.note(Adjusted(sample=1600, change=change))
    writer.note(CueGiven(sample=1750, pattern=SMILE, phase=Phase.RELEASE))
    writer.take(Chunk(1500, samples(1500, STOP)))
    if closed:
        writer.close()
    else:
        writer.sync()
        writer.abandon()
    return folder


def issues(root: Path) -> list[tuple[str, str, str]]:
    """Return what the BIDS validator says: severity, code and place of each issue."""
    script = shutil.which("bids-validator-deno", path=sysconfig.get_path("scripts"))
    if script is None:
        pytest.skip("bids-validator-deno is not installed beside this Python")
    ran = subprocess.run(  # noqa: S603  a script of this environment, found by its full path
        [script, str(root), "--format", "json", "--max-rows", "-1"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    try:
        found = json.loads(ran.stdout)["issues"]["issues"]
    except (ValueError, KeyError):
        pytest.skip(f"bids-validator-deno does not run here: {ran.stderr.strip()[-300:]}")
    return [(one["severity"], one["code"], one.get("subCode") or "") for one in found]
