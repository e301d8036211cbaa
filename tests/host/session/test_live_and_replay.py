"""Live and replay are one path: the same frames, to the last bit."""

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from calibration.montage import montages
from host.acquisition.live import BoardSource
from host.acquisition.replay import ReplaySource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.patient import PatientSource
from host.acquisition.simulated.settings import PatientSettings
from host.chain.stream import Chunk
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.recording.foreign.files import read_foreign
from tests.host.detection.bits import as_bits


def joined(chunks: list[Chunk]) -> list[Chunk]:
    """Join chunks that follow on each other, as a recording would hold them."""
    runs: list[list[Chunk]] = []
    for chunk in chunks:
        if runs and runs[-1][-1].stop == chunk.start:
            runs[-1].append(chunk)
        else:
            runs.append([chunk])
    return [Chunk(run[0].start, np.concatenate([part.data for part in run])) for run in runs]


through_brainflow = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="no pseudo-terminals for a simulated Cyton"
)


@through_brainflow
def test_a_real_recording_arrives_sample_by_sample(recordings: Path) -> None:
    recording = read_foreign(recordings / "cyton_gui" / "v6.txt")
    came: list[Chunk] = []
    with ExitStack() as stack:
        cyton = stack.enter_context(SimulatedCyton(ReplaySource(recording)))
        settings = BoardSettings(board="cyton", port=cyton.port)
        source = stack.enter_context(BoardSource(settings))
        while not came or came[-1].stop < 1000:
            chunk = source.read(0.5)
            if chunk is not None:
                came.append(chunk)
        lost = source.state.lost
    (run,) = joined(came)
    sent = recording.runs[0].data[: len(run)]
    assert (run.start, lost) == (0, 0)
    assert np.abs(run.data - sent).max() <= source.stream.step_uv


@through_brainflow
def test_what_came_live_through_brainflow_gives_the_same_frames_again() -> None:
    patient = demonstration(PatientSettings(seed=6))
    watch = Watch(montage=montages()["face-8"])
    came: list[Chunk] = []
    live: list[Frame] = []
    with ExitStack() as stack:
        faults = Faults.parse("loss=2%,garble=0.5%,stall=4+0.4")
        cyton = stack.enter_context(SimulatedCyton(PatientSource(patient), faults=faults, seed=6))
        settings = BoardSettings(board="cyton", port=cyton.port)
        source = stack.enter_context(BoardSource(settings))
        monitor = Monitor(watch, source.stream, patient.cues())
        while not came or came[-1].stop < 1800:
            chunk = source.read(0.5)
            if chunk is not None:
                came.append(chunk)
                live += monitor.push(chunk)
    runs = joined(came)
    assert len(runs) > 10
    monitor = Monitor(watch, source.stream, demonstration(PatientSettings(seed=6)).cues())
    replayed = [frame for run in runs for frame in monitor.push(run)]
    assert [as_bits(frame) for frame in replayed] == [as_bits(frame) for frame in live]
