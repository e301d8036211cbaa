"""Repair: what a crash left open is closed, and nothing is ever deleted."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
import pytest

from host.chain.stream import Chunk
from host.errors import RecordingError
from host.recording import durable
from host.recording.events import Gap, Touch
from host.recording.manifest import NAME, read_manifest, write_manifest
from host.recording.reader import EMG, EVENTS, read_session
from host.recording.recorded import Span
from host.recording.repair import Recovered, in_words, repair, repair_all
from host.recording.risk import RISK_BYTES, read_risk, risk_field
from host.recording.writer import SessionWriter
from tests.host.recording.sessions import Disk, manifest, signal, write_session

ABOUT = manifest(rate_hz=250.0)
RAW = signal(ABOUT.stream, 3000)
RECORD = 150 + 120


def left_open(folder: Path, samples: int = 1010) -> Path:
    first, last = Touch(sample=1), Touch(sample=samples - 1)
    return write_session(folder, [first, Chunk(0, RAW[:samples]), last], ABOUT, closed=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a session that a crash left open after 40 records and a bit."""
    return left_open(tmp_path / "session")


def test_a_session_left_open_is_closed_and_listed(folder: Path) -> None:
    done = repair(folder)
    assert done is not None
    assert (done.folder, done.samples, done.duration_s) == (folder, 1000, 4.0)
    assert done.message == "recovered: 4.0 s, lost at most 0.2 s"
    session = read_session(folder)
    assert session.remarks == ()
    assert session.manifest.recovered == done.message
    np.testing.assert_array_equal(session.samples(0, 1000), RAW[:1000])
    assert [event.sample for event in session.events] == [1, 1009]
    assert (folder / EMG).read_bytes()[236:244] == b"40      "
    assert repair(folder) is None


def test_it_ended_when_its_last_record_was_written(folder: Path) -> None:
    then = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
    os.utime(folder / EMG, (then.timestamp(), then.timestamp()))
    repair(folder)
    assert read_manifest(folder).ended == "2026-03-01T12:00:00.000000+00:00"


def test_a_crash_while_a_gap_was_held_makes_no_sample_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    writer = SessionWriter(tmp_path / "session", ABOUT)
    writer.take(Chunk(0, RAW[:60]))
    disk.room = 200 + 4 * RECORD
    with pytest.raises(OSError, match="No space left"):
        writer.take(Chunk(500, RAW[500:600]))
    writer.abandon()
    disk.room = None
    done = repair(writer.folder)
    assert done is not None
    assert done.samples == 60
    assert read_session(writer.folder).spans == (Span(0, 60),)
    assert (writer.folder / EMG).stat().st_size > 1024 + 3 * RECORD


def test_a_crash_in_the_middle_of_closing_makes_no_sample_of_the_filling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = SessionWriter(tmp_path / "session", ABOUT)
    writer.take(Chunk(0, RAW[:60]))
    monkeypatch.setattr(writer._samples, "overwrite", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        writer.close()
    done = repair(writer.folder)
    assert done is not None
    assert done.samples == 60
    session = read_session(writer.folder)
    np.testing.assert_array_equal(session.samples(0, 60), RAW[:60])
    assert not any(isinstance(event, Gap) for event in session.events)


def test_a_session_that_this_program_writes_is_left_alone(tmp_path: Path) -> None:
    writer = SessionWriter(tmp_path / "session", ABOUT)
    writer.take(Chunk(0, RAW[:260]))
    assert repair(writer.folder) is None
    assert list(repair_all(tmp_path)) == []
    writer.take(Chunk(260, RAW[260:300]))
    writer.close()
    session = read_session(writer.folder)
    assert session.manifest.recovered == ""
    np.testing.assert_array_equal(session.samples(0, 300), RAW[:300])


def test_a_session_that_another_program_writes_is_left_alone(folder: Path) -> None:
    holder = (
        "import sys; from pathlib import Path; from host.recording import durable\n"
        "with Path(sys.argv[1]).open('r+b', buffering=0) as file:\n"
        "    print(durable.lock(file), flush=True); sys.stdin.read()\n"
    )
    before = (folder / EMG).read_bytes()
    with subprocess.Popen(  # noqa: S603  our own interpreter
        [sys.executable, "-c", holder, str(folder / EMG)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"True"
        assert repair(folder) is None
        assert (folder / EMG).read_bytes() == before
    assert repair(folder) is not None


def test_one_that_was_closed_in_the_meantime_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = msgspec.structs.replace(read_manifest(folder), samples=7)

    def closes_first(_: object) -> bool:
        write_manifest(folder, closed)
        return True

    monkeypatch.setattr(durable, "lock", closes_first)
    assert repair(folder) is None
    assert read_manifest(folder) == closed


def test_all_are_closed_and_each_that_cannot_be_is_said(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        left_open(tmp_path / name)
    (tmp_path / "b" / NAME).write_bytes(b"{")
    left_open(tmp_path / "d")
    (tmp_path / "d" / EMG).unlink()
    results = list(repair_all(tmp_path))
    assert [type(result) for result in results] == [
        Recovered,
        RecordingError,
        Recovered,
        RecordingError,
    ]
    assert "d cannot be repaired: No such file" in str(results[3])
    assert [type(result) for result in repair_all(tmp_path)] == [RecordingError] * 2


def test_a_folder_that_cannot_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbidden)
    (error,) = repair_all(tmp_path)
    assert isinstance(error, RecordingError)


def test_a_full_disk_leaves_the_repair_for_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / EMG).open("ab") as file:
        file.write(b"torn")
    disk = Disk(monkeypatch)
    disk.room = 3
    with pytest.raises(RecordingError, match="session cannot be repaired: No space left"):
        repair(folder)
    assert (folder / EMG).read_bytes().endswith(b"torn")
    disk.room = None
    assert repair(folder) is not None
    assert (folder / "emg.bdf.rest").read_bytes() == b"torn"


def test_events_that_are_missing_are_no_reason_not_to_close(folder: Path) -> None:
    (folder / EVENTS).unlink()
    assert repair(folder) is not None
    assert read_session(folder).stop == 1000


@pytest.mark.parametrize("seconds", [0.3, 12.0, float("inf")])
def test_what_is_at_risk_fits_into_the_header_and_comes_back(seconds: float) -> None:
    assert len(risk_field(seconds)) == len(risk_field(0.0)) == RISK_BYTES
    assert read_risk(risk_field(seconds)) == seconds


@pytest.mark.parametrize("field", [b" " * 32, b"at risk", b"at risk x s", b"at risk nan", b"\xff"])
def test_a_field_that_says_nothing_puts_nothing_at_risk(field: bytes) -> None:
    assert read_risk(field) == 0.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0.0 s"),
        (3.24, "3.2 s"),
        (59.96, "1 min 0.0 s"),
        (723.2, "12 min 3.2 s"),
        (3723.0, "1 h 2 min 3.0 s"),
        (7200.0, "2 h 0 min 0.0 s"),
    ],
)
def test_durations_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
