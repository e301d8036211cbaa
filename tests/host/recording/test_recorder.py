"""The recorder: it never holds anybody up, and its light tells the truth."""

import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from host.chain.stream import Chunk
from host.recording import recorder as recorder_module
from host.recording.events import HostTime, Marker, Touch
from host.recording.reader import EVENTS, read_session
from host.recording.recorded import Span
from host.recording.recorder import Recorder
from host.recording.repair import repair
from host.recording.writer import SessionWriter
from tests.host.recording.on_the_bench import ABOUT, MUCH, RATE, RAW, Bench
from tests.host.recording.sessions import Clock, Disk


def test_all_that_came_is_recorded_to_the_last_bit(tmp_path: Path) -> None:
    with Recorder(SessionWriter(tmp_path / "session", ABOUT)) as recorder:
        for start in range(0, 1000, 7):
            recorder.take(Chunk(start, RAW[start : min(start + 7, 1000)]))
            recorder.note(Touch(sample=start))
    session = read_session(tmp_path / "session")
    np.testing.assert_array_equal(session.samples(0, 1000), RAW[:1000])
    assert [event.sample for event in session.events] == list(range(0, 1000, 7))
    assert recorder.state.missed == 0
    assert not recorder.state.light


def test_the_light_is_on_only_once_a_record_is_on_the_disk(bench: Bench) -> None:
    bench.feed(0.04)
    assert not bench.lit()
    bench.feed(0.1)
    assert bench.lit()
    assert bench.message == ""
    assert bench.recorder.state.synced_sample == 25
    bench.close()
    assert not bench.lit()


def test_the_light_goes_out_when_the_disk_is_a_second_late(bench: Bench) -> None:
    bench.feed(1.0)
    bench.recorder.take(Chunk(bench.at, RAW[bench.at : bench.at + RATE + 30]))
    assert not bench.lit()
    assert bench.message == "Recording lags: the disk is slow."
    assert 1.0 < bench.recorder.state.waiting_s < 1.2
    bench.turn()
    assert bench.lit()


def test_a_long_gap_puts_no_light_out(bench: Bench) -> None:
    bench.feed(1.0)
    bench.feed(0.5, skip=50 * RATE)
    assert bench.lit()
    assert bench.recorder.state.waiting_s < 0.1
    bench.close()
    assert bench.gaps() == [(RATE, 51 * RATE, "lost")]


def test_a_stuck_disk_holds_nobody_up_and_is_said(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, stuck, free = Clock(), threading.Event(), threading.Event()
    recorder = Recorder(SessionWriter(tmp_path / "session", ABOUT), clock=clock)
    sync = recorder._writer.sync

    def hang() -> None:
        stuck.set()
        assert free.wait(10.0)
        sync()

    monkeypatch.setattr(recorder._writer, "sync", hang)
    with recorder:
        recorder.take(Chunk(0, RAW[:RATE]))
        assert stuck.wait(10.0)
        for start in range(RATE, 80 * RATE, RATE):
            recorder.take(Chunk(start, RAW[start : start + RATE]))
        state = recorder.state
        assert not state.light
        assert state.message == "Recording lags: the disk is slow."
        assert 60.0 < state.waiting_s <= 62.0
        assert state.missed == 80 * RATE - round(state.waiting_s * RATE)
        for number in range(20_000):
            recorder.note(Touch(sample=number))
        clock.now_s += 2.0
        free.set()
    kept = RATE * 61 + RATE
    assert read_session(tmp_path / "session").spans == (Span(0, kept),)
    assert "10000 events could not be recorded." in recorder.state.message


def test_what_the_queue_could_not_hold_is_a_gap_that_says_so(bench: Bench) -> None:
    bench.feed(1.0)
    for _ in range(2):
        for second in range(31):
            start = bench.at + second * RATE
            bench.recorder.take(Chunk(start, RAW[start : start + RATE]))
        bench.at += 31 * RATE
    missed = bench.recorder.state.missed
    assert missed > 0
    bench.turn()
    bench.feed(1.0)
    bench.feed(1.0, skip=40)
    bench.close()
    end = 63 * RATE
    assert bench.gaps() == [
        (end - missed, end, "not recorded"),
        (end + RATE, end + RATE + 40, "lost"),
    ]
    assert bench.recorder.state.missed == missed


def test_a_mistake_in_the_thread_puts_the_light_out_for_good(tmp_path: Path) -> None:
    with Recorder(SessionWriter(tmp_path / "session", ABOUT)) as recorder:
        recorder.take(Chunk(0, RAW[:RATE]))
        recorder.take(Chunk(0, RAW[:RATE]))  # no source does that
        recorder._thread.join(10.0)
        assert not recorder.state.light
        assert "by a mistake of this program" in recorder.state.message
        recorder.take(Chunk(RATE, RAW[RATE : 2 * RATE]))
        recorder.note(Touch(sample=1))
        assert not recorder._items
    assert recorder.state.missed >= RATE
    assert repair(tmp_path / "session") is not None


def test_an_event_that_no_file_can_hold_costs_no_sample(bench: Bench) -> None:
    bench.recorder.note(HostTime(sample=1, utc="", host_s=object()))  # type: ignore[arg-type]
    bench.recorder.note(Marker(sample=2, text="\ud800"))
    bench.feed(1.0)
    assert bench.lit()
    assert bench.message == "1 event could not be recorded."
    bench.close()
    session = read_session(bench.writer.folder)
    assert session.stop == RATE
    assert session.markers == (Marker(sample=2, text="?"),)


def test_little_room_is_said_while_the_light_is_on(bench: Bench) -> None:
    bench.free = round(bench.writer.bytes_per_s * 130)
    bench.feed(1.0)
    assert bench.lit()
    assert bench.message == "The disk has room for 2 more minutes."
    bench.free = MUCH
    bench.feed(6.0)
    assert bench.message == ""


def test_a_disk_that_is_stuck_at_the_end_is_left(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()
    monkeypatch.setattr(recorder_module, "_CLOSE_S", 0.01)
    recorder = Recorder(SessionWriter(tmp_path / "session", ABOUT))
    close = recorder._writer.close

    def hang() -> None:
        assert free.wait(10.0)
        close()

    monkeypatch.setattr(recorder._writer, "close", hang)
    with recorder:
        recorder.take(Chunk(0, RAW[:RATE]))
    assert recorder.state.message == "The recording was not closed: the disk is stuck."
    assert not recorder.state.light
    free.set()
    recorder._thread.join(10.0)


def test_who_is_in_no_hurry_waits_for_the_disk(tmp_path: Path) -> None:
    recorder = Recorder(SessionWriter(tmp_path / "session", ABOUT), hurried=False)
    recorder._most_waiting = RATE
    with recorder:
        for start in range(0, 60 * RATE, RATE):
            recorder.take(Chunk(start, RAW[start : start + RATE]))
    assert recorder.state.missed == 0
    assert read_session(tmp_path / "session").spans == (Span(0, 60 * RATE),)


def test_half_an_hour_leaves_nothing_behind_in_memory(bench: Bench) -> None:
    bench.disk.pretends = True

    def minutes(count: int) -> int:
        for _ in range(count * 60):
            data = RAW[:RATE]
            bench.recorder.take(Chunk(bench.at, data))
            bench.recorder.note(Touch(sample=bench.at))
            bench.recorder.note(Marker(sample=bench.at, text="x"))
            bench.at += RATE
            bench.clock.now_s += 1.0
            bench.turn()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = minutes(5)
        growth = minutes(25) - before
    finally:
        tracemalloc.stop()
    assert growth < 50_000


def test_events_are_on_the_disk_without_any_sample(bench: Bench) -> None:
    notes: list[Callable[[], None]] = [lambda: bench.recorder.note(Touch(sample=0)), bench.turn]
    for step in notes:
        step()
    assert (bench.writer.folder / EVENTS).read_bytes().count(b"\n") == 1
