"""The simulated board seen from its port, without BrainFlow."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.protocol import decode_packets, to_counts
from host.acquisition.simulated.pty_port import PtyPort
from host.errors import DeviceError, SettingsError
from tests.host.acquisition.memory_source import MemorySource, noise

needs_pty = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="this system has no pseudo-terminals for a simulated board"
)


def listen(port: int, until: bytes | int, limit_s: float = 2.0) -> bytes:
    """Read until these bytes have come, or so many."""
    os.set_blocking(port, False)
    heard, stop_s = b"", time.perf_counter() + limit_s
    while time.perf_counter() < stop_s:
        try:
            heard += os.read(port, 4096)
        except BlockingIOError:
            time.sleep(0.002)
        if until in heard if isinstance(until, bytes) else len(heard) >= until:
            return heard
    pytest.fail(f"heard only {heard!r}")


@needs_pty
def test_it_answers_and_streams_in_real_time() -> None:
    feed = MemorySource(noise(0.4))
    with SimulatedCyton(feed) as board:
        port = os.open(board.port, os.O_RDWR | os.O_NOCTTY)
        os.write(port, b"v")
        assert b"Firmware: v3" in listen(port, b"$$$")
        os.write(port, b"b")
        started_s = time.perf_counter()
        heard = listen(port, 100 * 33)
        took_s = time.perf_counter() - started_s
        assert board.finished.wait(1.0)
        os.close(port)
    numbers, counts = decode_packets(np.frombuffer(heard, dtype=np.uint8).reshape(-1, 33))
    assert numbers.tolist() == [*range(100)]
    np.testing.assert_array_equal(counts, to_counts(feed.data, np.full(8, 24)))
    assert 0.38 < took_s < 0.8
    assert board.sent.samples == 100


@needs_pty
def test_a_pulled_cable_takes_the_port_away_and_brings_it_back_at_the_same_path() -> None:
    feed = MemorySource(noise(3.0))
    with SimulatedCyton(feed, faults=Faults.parse("pull=0.1+0.2")) as board:
        port = os.open(board.port, os.O_RDWR | os.O_NOCTTY)
        os.write(port, b"b")
        seen: list[bool] = []
        stop_s = time.perf_counter() + 0.5
        while time.perf_counter() < stop_s:
            there = Path(board.port).exists()
            if not seen or seen[-1] is not there:
                seen.append(there)
            time.sleep(0.01)
        os.close(port)
    assert seen == [True, False, True]


@needs_pty
def test_the_port_is_gone_afterwards() -> None:
    with SimulatedCyton(MemorySource(noise(0.1))) as board:
        path = Path(board.port)
        assert path.exists()
    assert not path.parent.exists()


@needs_pty
def test_a_port_that_nobody_reads_throws_packets_away_whole() -> None:
    with PtyPort() as port:
        packet = bytes(range(33))
        taken = sum(port.write(packet) for _ in range(3000))
        reader = os.open(port.path, os.O_RDWR | os.O_NOCTTY)
        heard = listen(reader, 33)
        os.close(reader)
    assert taken < 3000
    assert heard[:33] == packet


def test_feeds_that_no_cyton_could_send_are_refused() -> None:
    with pytest.raises(SettingsError, match="4 at 200 do not fit"):
        SimulatedCyton(MemorySource(noise(0.1, rate_hz=200.0, channels=4), rate_hz=200.0))
    with pytest.raises(SettingsError, match="16 at 250 do not fit"):
        SimulatedCyton(MemorySource(noise(0.1, channels=16)))
    with pytest.raises(SettingsError, match="Cyton with Daisy sends 16 channels at 125"):
        SimulatedCyton(MemorySource(noise(0.1)), daisy=True)


def test_without_pseudo_terminals_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pty_port, "AVAILABLE", False)
    with (
        pytest.raises(DeviceError, match="no pseudo-terminals"),
        SimulatedCyton(MemorySource(noise(0.1))),
    ):
        pass
