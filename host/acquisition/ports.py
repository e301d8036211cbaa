"""The serial ports there are, with names that a person recognises."""

import os
import sys
from dataclasses import dataclass

from serial.tools import list_ports as serial_ports

from host.translation import mark

_KNOWN = {
    (0x0403, 0x6015): "OpenBCI dongle (FT231X), or another FTDI adapter",
    (0x0403, 0x6001): "FTDI serial adapter (FT232R)",
    (0x2458, 0x0001): "BLED112 Bluetooth dongle, for a Ganglion",
    (0x2341, 0x0043): "Arduino Uno",
    (0x2341, 0x0001): "Arduino Uno",
    (0x2A03, 0x0043): "Arduino Uno",
    (0x2341, 0x8036): "Arduino Leonardo",
    (0x2341, 0x8037): "Arduino Micro",
    (0x2341, 0x0042): "Arduino Mega 2560",
    (0x2341, 0x0069): "Arduino Uno R4 Minima",
    (0x2341, 0x1002): "Arduino Uno R4 WiFi",
    (0x1A86, 0x7523): "Arduino-compatible board (CH340)",
    (0x10C4, 0xEA60): "serial adapter (CP210x)",
    (0x16C0, 0x0483): "Teensy",
}
"""By USB vendor and product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortInfo:
    """One serial port."""

    device: str
    """What `--port` wants."""
    description: str
    """What is probably plugged in there."""
    known: bool
    """Whether a board for this program may well be behind it."""


@dataclass(frozen=True, slots=True)
class PortIdentity:
    """Tells one plugging-in of a port from the next at the same path."""

    path: str
    device: int
    changed_ns: int


def list_ports() -> tuple[PortInfo, ...]:
    """List the serial ports, those with a likely board first."""
    ports = [
        _info(port.device, port.vid, port.pid, port.description) for port in serial_ports.comports()
    ]
    return tuple(sorted(ports, key=lambda port: (not port.known, port.device)))


def describe_ports() -> str:
    """Return one line per port, or a sentence where there is none."""
    ports = list_ports()
    if not ports:
        return mark("No serial ports were found: is the dongle or the board plugged in?")
    width = max(len(port.device) for port in ports)
    return "\n".join(f"{port.device:<{width}}  {port.description}" for port in ports)


def identify(port: str) -> PortIdentity | None:
    """Return what tells this port from another one at the same path; None where it is gone."""
    if sys.platform == "win32":
        names = {info.device.upper() for info in list_ports()}
        return PortIdentity(port.upper(), 0, 0) if port.upper() in names else None
    try:
        status = os.stat(port)  # noqa: PTH116  (a device node, not a file that is read)
    except OSError:
        return None
    # It may come back under the same number; then the time it was made is another.
    return PortIdentity(os.path.realpath(port), status.st_rdev, status.st_ctime_ns)


def accessible(port: str) -> bool:
    """Tell whether this user may open the port; Windows has no such permission."""
    return sys.platform == "win32" or os.access(port, os.R_OK | os.W_OK)


def _info(
    device: str, vendor: int | None, product: int | None, description: str | None
) -> PortInfo:
    name = _KNOWN.get((vendor or 0, product or 0))
    if name is None and vendor == 0x2341:
        name = "Arduino"
    said = description if description and description != "n/a" else "serial port"
    return PortInfo(device=device, description=name or said, known=name is not None)
