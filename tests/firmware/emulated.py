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

from host.errors import DeviceError, RateError

FIRMWARE = Path(__file__).resolve().parents[2] / "firmware"
CHIPS = {"uno": "atmega328p", "nano": "atmega328p", "mega": "atmega2560"}
"""The boards that can be emulated; simavr has no host for native USB."""
SUPPLY_MV = 5000.0
LATE_S = 0.1
"""Where something took too long, a chip that was later than this is the reason."""
SILENT_S = 0.4
"""A chip that was later than this nearly looked like a silent board: nothing can be judged."""
BUSY = 1.5
"""So many programs for each processor are a reason, too."""
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
        self._played = frames is not None
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
        late_s = self.late_s if self._process.poll() is None else 0.0
        self._end()
        took_too_long = isinstance(error, RateError | TimeoutError | DeviceError)
        why = excuse(late_s, least_s=LATE_S) or _crowd() if took_too_long else ""
        if isinstance(error, AssertionError) or (error is None and not self._played):
            # A played board is judged by whoever plays: voltages and chip wait for each other.
            why = excuse(late_s)
        if why:
            pytest.skip(f"this computer is too busy for real time: {why}")

    def _end(self) -> None:
        if self._process is not None:
            _of(self._process.stdin).close()
            self._process.wait(10.0)
            _of(self._process.stdout).close()

    def volts(self, channel: int, millivolts: float) -> None:
        """Put a constant voltage on an input."""
        self._say(f"volts {channel} {millivolts}")

    def tone(
        self,
        channel: int,
        hz: float,
        amplitude_mv: float,
        centre_mv: float = 2500.0,
        *,
        swell_hz: float = 0.0,
    ) -> None:
        """Put a sine on an input; it may swell from nothing and fade, so often a second."""
        self._say(f"tone {channel} {hz} {amplitude_mv} {centre_mv} {swell_hz}")

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

    def moment(self) -> tuple[int, int]:
        """Return a sample that is being sent, and how many frames the inputs have taken by then."""
        report = self._reports()
        return round(report["counter"]), round(report["frames"])

    @property
    def missed(self) -> int:
        """How many frames did not come when they were due: the last one stood meanwhile."""
        return round(self._report("missed"))

    def live(self, seconds: float) -> None:
        """Wait until the chip has lived through so much of its own time."""
        until_s = self._report("chip_s") + seconds
        while self._report("chip_s") < until_s:
            time.sleep(0.01)

    def _report(self, key: str) -> float:
        return self._reports()[key]

    def _reports(self) -> dict[str, float]:
        words = [word.partition("=") for word in self._exchange("report").split()]
        return {key: float(value) for key, _, value in words}

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


def excuse(late_s: float, *, least_s: float = SILENT_S) -> str:
    """Say that the chip was late where it was, "" where it was not: never on a quiet computer."""
    return f"the emulated chip was {late_s:.2f} s late" if late_s > least_s else ""


def _crowd() -> str:
    """Say how many programs want to run, where those are too many."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    return f"{load:.1f} programs wait for each processor" if load > BUSY else ""


def _of(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ValueError("the emulator's pipes are not open")
    return stream
