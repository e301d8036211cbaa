"""Ports by human names."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from host.acquisition.ports import describe_ports, identify, list_ports


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system report an unknown port and an OpenBCI dongle."""
    found = [
        SimpleNamespace(device="/dev/ttyS9", vid=None, pid=None, description="n/a"),
        SimpleNamespace(device="/dev/ttyUSB0", vid=0x0403, pid=0x6015, description="FT231X"),
    ]
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: found)


def test_likely_boards_come_first_and_by_a_human_name(plugged: None) -> None:
    dongle, other = list_ports()
    assert (dongle.device, dongle.known) == ("/dev/ttyUSB0", True)
    assert "OpenBCI dongle" in dongle.description
    assert (other.device, other.known, other.description) == ("/dev/ttyS9", False, "serial port")


def test_ports_are_described_one_to_a_line(plugged: None) -> None:
    assert describe_ports().splitlines()[1] == "/dev/ttyS9    serial port"


def test_no_ports_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    assert "plugged in?" in describe_ports()


def test_a_port_that_came_back_is_another_one(tmp_path: Path) -> None:
    port = tmp_path / "port"
    assert identify(str(port)) is None
    (tmp_path / "first").touch()
    (tmp_path / "second").touch()
    port.symlink_to(tmp_path / "first")
    before = identify(str(port))
    assert before == identify(str(port))
    port.unlink()
    port.symlink_to(tmp_path / "second")
    assert identify(str(port)) != before
