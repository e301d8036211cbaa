"""Every emulated board in every mode for a while, with figures: python -m tests.firmware.soak."""

import argparse
import sys
from dataclasses import dataclass

import numpy as np

from tests.firmware.cyton_reader import CytonReader, counters, statuses, unpacked
from tests.firmware.emulated import EmulatedBoard, missing
from tests.firmware.tones import PACKED_STEP_UV, STEP_UV, amplitudes_uv, expected_uv, play

PACKETS_HZ = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A rate with its channels, plain or packed."""

    rate_hz: int
    channels: int
    packed: bool

    @property
    def title(self) -> str:
        """Return what a person calls it."""
        how = "packed" if self.packed else "plain"
        return f"{self.rate_hz:4d} × {self.channels} {how}"

    @property
    def commands(self) -> str:
        """Return what asks the board for it."""
        return f"Qk0!Qn{self.channels}!Qk{int(self.packed)}!Qr{self.rate_hz}!"


MODES = (
    Mode(rate_hz=250, channels=8, packed=False),
    Mode(rate_hz=500, channels=8, packed=True),
    Mode(rate_hz=1000, channels=4, packed=True),
)


def soak(chip: str, mode: Mode, seconds: float) -> bool:
    """Stream tones for so long and print what came; False where it is not as it must be."""
    count = round(seconds * PACKETS_HZ)
    with EmulatedBoard(chip) as board:
        play(board)
        with CytonReader(board.port, mode.commands) as reader:
            table = reader.packets(count, 10.0 + 1.5 * seconds)
        late_s = board.late_s
    per_packet = mode.rate_hz // PACKETS_HZ
    lost = int(np.sum(np.diff(counters(table)) // per_packet - 1))
    dropped = int(statuses(table)[-1] & 0x0FFF)
    data_uv = table[1 : 1 + mode.channels].T
    if mode.packed:
        data_uv = unpacked(table, per_packet)[:, : mode.channels] * PACKED_STEP_UV
    wanted_uv = expected_uv(mode.channels, mode.rate_hz, 8 if mode.channels > 4 else 4)
    error_uv = float(np.abs(amplitudes_uv(data_uv, mode.rate_hz) - wanted_uv).max())
    print(
        f"{chip:5s} {mode.title}: {table.shape[1]} packets, {lost} lost, {dropped} dropped by the "
        f"board; worst amplitude off by {error_uv / STEP_UV:.2f} steps of the ADC "
        f"({error_uv:.1f} µV); the emulation was {late_s:.2f} s late at worst"
    )
    return lost == 0 and dropped == 0 and error_uv < STEP_UV


def main() -> int:
    """Run what was asked for; 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    seconds = parser.parse_args().seconds
    if missing():
        print(f"No emulated board without: {missing()}")
        return 0
    passed = [soak(chip, mode, seconds) for chip in ("nano", "mega") for mode in MODES]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
