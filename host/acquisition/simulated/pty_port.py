"""A pseudo-terminal as a serial port with a stable path: the only POSIX-only file.

Importing it is safe anywhere; `AVAILABLE` says whether a port can be made.
"""

import contextlib
import os
import select
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from calibration.saying import Saying
from host.errors import DeviceError

AVAILABLE = sys.platform != "win32"
"""Whether this system has pseudo-terminals."""

_NO_PTY = Saying(
    "this system has no pseudo-terminals, so no board can be simulated behind a serial port"
)


class PtyPort:
    """A serial port whose far end this program holds.

    The path is a symbolic link to the terminal of the moment, so that a cable may be pulled and
    come back at the same path. Reads and writes never wait longer than they are told to.
    """

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._master = -1
        self._slave = -1
        self._unsent = b""

    @property
    def path(self) -> str:
        """Return where programs open the port; known after entering."""
        if self._folder is None:
            raise ValueError("a port has a path once it is entered")
        return str(Path(self._folder.name) / "ttyCyton")

    @property
    def plugged(self) -> bool:
        """Tell whether the port exists now."""
        return self._master >= 0

    def __enter__(self) -> Self:
        if not AVAILABLE:
            raise DeviceError(_NO_PTY)
        self._folder = tempfile.TemporaryDirectory(prefix="quietface-")
        self.plug()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unplug()
        if self._folder is not None:
            self._folder.cleanup()

    def plug(self) -> None:
        """Let the port appear, empty."""
        if sys.platform != "win32":
            import pty
            import tty

            self._master, self._slave = pty.openpty()
            # Raw before anybody opens it: an echo would send the program its own commands.
            tty.setraw(self._slave)
            os.set_blocking(self._master, False)
            Path(self.path).symlink_to(os.ttyname(self._slave))

    def unplug(self) -> None:
        """Let the port vanish, with all that was on its way."""
        if self.plugged:
            Path(self.path).unlink(missing_ok=True)
            os.close(self._master)
            os.close(self._slave)
        self._master = self._slave = -1
        self._unsent = b""

    def wait(self, timeout_s: float) -> bytes:
        """Return what was sent to the board; wait until `timeout_s` for the first byte of it."""
        ready, _, _ = select.select([self._master], [], [], max(timeout_s, 0.0))
        if not ready:
            return b""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._master, 4096)
        return b""

    def write(self, data: bytes) -> bool:
        """Send bytes from the board; False where nobody reads and they are thrown away whole.

        What went halfway is finished first, so that a packet is never cut off.
        """
        if not self._flush():
            return False
        self._unsent = data
        if self._flush() or len(self._unsent) < len(data):
            return True
        self._unsent = b""
        return False

    def discard(self) -> None:
        """Throw away what was sent and not yet read, as a system does when a port is closed."""
        self._unsent = b""
        if sys.platform != "win32":
            import termios

            termios.tcflush(self._slave, termios.TCIFLUSH)

    def _flush(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            while self._unsent:
                self._unsent = self._unsent[os.write(self._master, self._unsent) :]
            return True
        return False
