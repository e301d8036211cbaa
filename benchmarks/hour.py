"""An hour of 16 channels at 1000 Hz, as a session on the disk: one round of a patient, repeated."""

from pathlib import Path

import numpy as np

from calibration.montage import montages
from calibration.muscles import Side
from host.acquisition.simulated.patient import SimulatedPatient
from host.acquisition.simulated.script import clinic_script
from host.acquisition.simulated.settings import PatientSettings
from host.chain.stream import Chunk
from host.detection.watch import Watch
from host.recording.events import CueGiven
from host.recording.writer import SessionWriter
from host.session.recording import manifest_of

SEED = 1
HOUR_S = 3600
_PATTERNS = ("gentle closed smile", "gentle eye closure", "pucker")


def write_hour(folder: Path, seconds: int = HOUR_S) -> Path:
    """Write the session into a folder that does not exist yet; return the folder."""
    settings = PatientSettings(
        seed=SEED,
        rate_hz=1000.0,
        montage=montages()["face-16"],
        script=clinic_script(*_PATTERNS),
    )
    patient = SimulatedPatient(settings)
    stop = seconds * round(patient.stream.rate_hz)
    cues = patient.cues_until(stop)
    # The first cue that says again what the very first one said begins the second round.
    said = [(cue.pattern, cue.phase) for cue in cues]
    again = [cue.start for cue, what in zip(cues, said, strict=True) if what == said[0]]
    length = again[1] if len(again) > 1 else stop
    parts = [patient.read(500).data for _ in range(-(-length // 500))]
    round_uv = np.concatenate(parts)[:length]
    watch = Watch(montage=settings.montage)
    about = manifest_of(watch, patient.stream, Side.RIGHT, source="one round, repeated")
    writer = SessionWriter(folder, about, each=False)
    for cue in cues:
        writer.note(CueGiven.of(cue))
    for start in range(0, stop, length):
        writer.take(Chunk(start, round_uv[: stop - start]))
    writer.close()
    return folder
