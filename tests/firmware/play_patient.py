"""The simulated patient at an emulated board's inputs: python -m tests.firmware.play_patient."""

import argparse
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import signal

from host.acquisition.simulated.patient import PatientSettings, SimulatedPatient
from tests.firmware.emulated import CHIPS, SUPPLY_MV, EmulatedBoard

FRAMES_HZ = 2000
PIECE = 200
"""Frames made at once, 0.1 s."""


def frames_of(patient: SimulatedPatient, gain: float) -> Iterator[bytes]:
    """Yield what front ends with this gain make of the patient: 8 × 16-bit millivolts a frame.

    They pass nothing below 1 Hz, so that electrode offsets do not reach the converter.
    """
    sos = signal.butter(1, 1.0, "highpass", fs=FRAMES_HZ, output="sos")
    first = patient.read(1).data[0]
    # As if the first sample had stood there for ever.
    state = signal.sosfilt_zi(sos)[:, :, None] * first
    while True:
        data_uv, state = signal.sosfilt(sos, patient.read(PIECE).data, axis=0, zi=state)
        millivolts = np.full((PIECE, 8), SUPPLY_MV / 2.0)
        millivolts[:, : data_uv.shape[1]] += data_uv * gain / 1000.0
        yield np.clip(np.rint(millivolts), 0.0, SUPPLY_MV).astype("<u2").tobytes()


@contextlib.contextmanager
def played(chip: str, patient: SimulatedPatient) -> Iterator[tuple[EmulatedBoard, Path]]:
    """Run a board that reads its inputs from the pipe whose path comes with it."""
    if patient.stream.rate_hz != FRAMES_HZ:
        raise ValueError(f"frames come at {FRAMES_HZ} Hz, the patient at {patient.stream.rate_hz}")
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder) / "millivolts"
        os.mkfifo(pipe)
        with EmulatedBoard(chip, frames=pipe, rate_hz=FRAMES_HZ) as board:
            yield board, pipe


def main() -> None:
    """Play until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--board", choices=sorted(CHIPS), default="nano")
    parser.add_argument("--gain", type=float, default=1000.0, help="from the skin to the input")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    patient = SimulatedPatient(PatientSettings(seed=options.seed, rate_hz=float(FRAMES_HZ)))
    with played(options.board, patient) as (board, pipe), contextlib.suppress(KeyboardInterrupt):
        print(f"The emulated {options.board} is at {board.port}. To see it:", flush=True)
        print(
            f"quietface run --board arduino --port {board.port} --front-end gain "
            f"--front-end-gain {options.gain:g}",
            flush=True,
        )
        with pipe.open("wb") as millivolts:
            for piece in frames_of(patient, options.gain):
                millivolts.write(piece)


if __name__ == "__main__":
    main()
