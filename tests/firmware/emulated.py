"""The firmware's real program on an emulated chip (`firmware/harness`), behind a serial port."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pytest

from host.errors import RateError

FIRMWARE = Path(__file__).resolve().parents[2] / "firmware"
CHIPS = {"uno": "atmega328p", "nano": "atmega328p", "mega": "atmega2560"}
"""The boards that can be emulated; simavr has no host for native USB."""
SUPPLY_MV = 5000.0
LATE_S = 0.1
"""A chip that falls behind its time further than this cannot be judged."""
BUSY = 1.5
"""Nor can anything on a computer with so many programs for each of its processors."""
_CORE = Path("/usr/share/arduino/hardware/arduino/avr/cores/arduino/Arduino.h")
_NEEDED = {
    "make": shutil.which("make"),
    "a C compiler (gcc)": shutil.which("cc"),
    "avr-gcc (gcc-avr)": shutil.which("avr-gcc"),
    "avr-libc": Path("/usr/lib/avr/include/avr/io.h").exists(),
    "arduino-core-avr": _CORE.exists(),
    "libsimavr-dev": Path("/usr/include/simavr/sim_avr.h").exists(),
    "libelf-dev": Path("/usr/include/libelf.h").exists(),
}


def missing() -> str:
    """Return what the emulator needs and this computer lacks, "" where nothing."""
    if sys.platform != "linux":
        return "the emulator is built on Linux only"
    return ", ".join(name for name, found in _NEEDED.items() if not found)


needs_emulator = pytest.mark.skipif(
    bool(missing()), reason=f"no emulated board without: {missing()}"
)


def build(board: str) -> Path:
    """Build the emulator and one board's firmware, if they are not; return the program's path."""
    elf = Path("build") / board / "quietface.elf"
    made = subprocess.run(  # noqa: S603  our own Makefile
        ["make", "-s", "-C", str(FIRMWARE), "emulator", str(elf)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.fail(f"the firmware does not build:\n{made.stdout}{made.stderr}")
    return FIRMWARE / elf


class EmulatedBoard:
    """A board that runs while it is entered; `port` is what a program opens.

    Its inputs are at half the supply until told otherwise. Faults happen when they are asked for.
    """

    def __init__(
        self, board: str = "nano", *, frames: Path | None = None, rate_hz: int = 0
    ) -> None:
        self._command = [str(FIRMWARE / "build" / "emulator"), "--mcu", CHIPS[board]]
        if frames is not None:
            self._command += ["--frames", str(frames), "--frame-rate", str(rate_hz)]
        self._command.append(str(build(board)))
        self._process: subprocess.Popen[str] | None = None
        self.port = ""
        """Path of the serial port, once entered."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603  our own emulator
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = self._answer().removeprefix("port ")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is None:
            return
        busy = self._busy() if isinstance(error, RateError | TimeoutError) else ""
        self._end()
        if busy:
            pytest.skip(f"no time to judge times: {busy}")

    def _busy(self) -> str:
        """Say why chip, BrainFlow and test could not keep real time on this computer, if so.

        Values and counts do not depend on it, so only errors of time ask for it.
        """
        load = os.getloadavg()[0] / (os.cpu_count() or 1)
        if load > BUSY:
            return f"{load:.1f} programs wait for each processor"
        late_s = self.late_s if self._process and self._process.poll() is None else 0.0
        return f"the emulated chip was {late_s:.2f} s late" if late_s > LATE_S else ""

    def _end(self) -> None:
        if self._process is not None:
            _of(self._process.stdin).close()
            self._process.wait(10.0)
            _of(self._process.stdout).close()

    def volts(self, channel: int, millivolts: float) -> None:
        """Put a constant voltage on an input."""
        self._say(f"volts {channel} {millivolts}")

    def tone(self, channel: int, hz: float, amplitude_mv: float, centre_mv: float = 2500.0) -> None:
        """Put a sine on an input."""
        self._say(f"tone {channel} {hz} {amplitude_mv} {centre_mv}")

    def starve(self, seconds: float) -> None:
        """Let the serial line take next to no bytes for so long."""
        self._say(f"starve {seconds}")

    def reset(self) -> None:
        """Press the reset button."""
        self._say("reset")

    def hang(self) -> None:
        """Stop the sampling, so that only the watchdog can help."""
        self._say("hang")

    @property
    def late_s(self) -> float:
        """How far the emulation fell behind at worst."""
        return self._report("late_s")

    def live(self, seconds: float) -> None:
        """Wait until the chip has lived through so much of its own time."""
        until_s = self._report("chip_s") + seconds
        while self._report("chip_s") < until_s:
            time.sleep(0.01)

    def _report(self, key: str) -> float:
        report = dict(word.split("=") for word in self._exchange("report").split())
        return float(report[key])

    def _say(self, line: str) -> None:
        answer = self._exchange(line)
        if answer != "ok":
            raise ValueError(f"the emulator does not take {line!r}: {answer}")

    def _exchange(self, line: str) -> str:
        if self._process is None:
            raise ValueError("the board has to be entered first")
        commands = _of(self._process.stdin)
        commands.write(line + "\n")
        commands.flush()
        return self._answer()

    def _answer(self) -> str:
        if self._process is None:
            raise ValueError("the board has to be entered first")
        answer = _of(self._process.stdout).readline()
        if not answer:
            raise ValueError("the emulator has ended")
        return answer.strip()


def _of(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ValueError("the emulator's pipes are not open")
    return stream
