"""A disk that refuses when told to, and what writes on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from host.recording.writer import SessionWriter
from tests.host.recording.on_the_bench import ABOUT, Bench
from tests.host.recording.sessions import Disk


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """Return a disk that can be told to refuse."""
    return Disk(monkeypatch)


@pytest.fixture
def bench(tmp_path: Path, disk: Disk) -> Iterator[Bench]:
    """Give a recorder on the bench."""
    bench = Bench(tmp_path / "session", disk)
    yield bench
    bench.writer.abandon()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[SessionWriter]:
    """Give a writer of a session with records of 25 samples."""
    writer = SessionWriter(tmp_path / "session", ABOUT)
    yield writer
    writer.abandon()
