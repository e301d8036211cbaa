"""A disk that refuses: it stops nothing but the recording, and what was lost is known."""

import errno
from pathlib import Path

import numpy as np
import pytest

from host.chain.stream import Chunk
from host.errors import RecordingError
from host.recording.events import Marker, Touch
from host.recording.reader import EMG, read_session
from host.recording.recorded import Span
from host.recording.recorder import refuse_full_disk
from host.recording.repair import repair
from tests.host.recording.on_the_bench import RATE, RAW, Bench
from tests.host.recording.sessions import Disk


def test_a_full_disk_stops_nothing_but_the_recording(bench: Bench) -> None:
    bench.feed(1.0)
    bench.disk.code = errno.ENOSPC
    for _ in range(70):  # longer than the queue
        bench.feed(1.0)
        bench.recorder.note(Marker(sample=bench.at, text="while full"))
        assert not bench.lit()
        assert bench.message == "Not recorded: the disk is full."
    assert bench.recorder.state.missed == 70 * RATE
    assert bench.recorder.state.waiting_s == 0.0
    bench.disk.code = 0
    bench.feed(2.5)  # the next try is due by then
    bench.feed(0.5)
    assert bench.lit()
    assert bench.message == ""
    bench.close()
    session = read_session(bench.writer.folder)
    assert len(session.markers) == 70
    assert session.spans[0] == Span(0, RATE)
    start = session.spans[1].start
    assert bench.recorder.state.missed == start - RATE
    assert {why for _, _, why in bench.gaps()} == {"not recorded"}
    np.testing.assert_array_equal(session.samples(start, bench.at), RAW[start : bench.at])


def test_samples_of_a_half_filled_record_count_as_missed_with_it(bench: Bench) -> None:
    bench.feed(1.04)
    bench.disk.code = errno.ENOSPC
    bench.feed(0.2)
    assert bench.recorder.state.missed == round(0.24 * RATE)
    assert bench.recorder.state.synced_sample == RATE


def test_trouble_lasts_until_samples_are_on_the_disk_again(bench: Bench) -> None:
    bench.feed(1.0)
    bench.disk.code = errno.EIO
    bench.feed(0.2)
    assert bench.message == "Not recorded: the disk says: Input/output error."
    bench.disk.code = 0
    bench.clock.now_s += 3.0
    bench.turn()  # nothing to write: nothing is known to work
    assert not bench.lit()
    bench.feed(0.02)  # with it the gap is written
    assert bench.lit()


def test_the_disk_is_not_asked_again_at_once(bench: Bench) -> None:
    bench.feed(1.0)
    bench.disk.code = errno.EFBIG
    bench.feed(0.2)
    assert bench.message.endswith("the file has reached the largest size that is allowed.")
    bench.disk.code = 0
    bench.feed(1.0)
    assert bench.recorder.state.missed == round(1.2 * RATE)


def test_a_recording_that_could_not_be_closed_says_so(bench: Bench) -> None:
    bench.feed(1.04)
    bench.disk.code = errno.ENOSPC
    bench.close()
    assert bench.message == "The recording was not closed: the disk is full."
    assert not bench.lit()
    bench.disk.code = 0
    assert repair(bench.writer.folder) is not None


def test_an_hour_of_a_full_disk_keeps_no_more_than_its_events(bench: Bench) -> None:
    bench.feed(1.0)
    bench.disk.code = errno.ENOSPC
    for _ in range(3600):
        bench.recorder.take(Chunk(bench.at, RAW[:RATE]))
        for _ in range(4):
            bench.recorder.note(Touch(sample=bench.at))
        bench.at += RATE
        bench.clock.now_s += 1.0
        bench.turn()
    assert bench.writer.unsynced_events == 10_000
    assert len(bench.writer._annotations) <= 200
    assert not bench.recorder._items


@pytest.mark.parametrize("exposed_s", [0.5, 3.0])
def test_a_repair_knows_how_late_the_disk_was(bench: Bench, exposed_s: float) -> None:
    bench.feed(1.0)
    assert b"at risk" in (bench.writer.folder / EMG).read_bytes()[:1024]  # a whole second at once
    bench.feed(exposed_s)
    bench.writer.abandon()
    done = repair(bench.writer.folder)
    assert done is not None
    assert done.message.endswith(f"lost at most {max(1.0, exposed_s):.1f} s")
    assert b"at risk" not in (bench.writer.folder / EMG).read_bytes()[:1024]


def test_a_repair_knows_that_the_disk_had_refused(bench: Bench, disk: Disk) -> None:
    bench.feed(1.0)
    disk.sync_code = errno.EIO
    bench.feed(1.0)
    disk.sync_code = 0
    bench.feed(0.1)
    bench.writer.abandon()
    done = repair(bench.writer.folder)
    assert done is not None
    assert done.message == "recovered: 1.0 s; the disk had refused what came after"


def test_nothing_is_begun_on_a_full_disk(tmp_path: Path) -> None:
    refuse_full_disk(tmp_path / "not" / "yet" / "there", bytes_per_s=1.0)
    with pytest.raises(RecordingError, match="is full"):
        refuse_full_disk(tmp_path / "not" / "yet" / "there", bytes_per_s=1e15)
