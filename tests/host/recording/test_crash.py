"""Recordings that are killed, whose power is cut, whose disk is full (as `benchmarks crash`)."""

import sys
import textwrap
from pathlib import Path
from subprocess import run

import numpy as np
import pytest

from benchmarks.crash import Outcome, cut_off, killed
from benchmarks.filling import on_small_disk
from benchmarks.mounts import cannot_mount
from benchmarks.victim import about, counted
from host.recording.events import Gap
from host.recording.reader import read_session
from host.recording.recorded import Span

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def mounts() -> None:
    """Skip where no file system can be mounted."""
    if reason := cannot_mount():
        pytest.skip(reason)


def assert_little_is_lost(outcome: Outcome) -> None:
    assert outcome.readable, outcome
    assert outcome.lost_ms <= 250.0, outcome
    assert outcome.events_lost <= 1, outcome
    assert outcome.honest, outcome


def test_a_kill_at_any_moment_costs_a_quarter_second_and_one_event_at_most() -> None:
    for outcome in killed(range(6), longest_s=0.8):
        assert_little_is_lost(outcome)


@pytest.mark.usefixtures("mounts")
def test_a_power_cut_costs_no_more_than_a_kill() -> None:
    for outcome in cut_off(range(2), longest_s=1.0):
        assert_little_is_lost(outcome)


@pytest.mark.usefixtures("mounts")
def test_a_full_disk_loses_nothing_that_was_recorded_and_no_event(tmp_path: Path) -> None:
    filled = on_small_disk(tmp_path / "disk", full_s=(1.0, 2.0), seconds=4.5)
    assert filled.kept
    assert filled.events_lost == 0
    assert set(filled.whys) == {"not recorded"}
    assert (filled.full.light, filled.after.light) == (False, True)
    assert filled.full.message == "Not recorded: the disk is full."
    assert filled.after.message.startswith("The disk has room for")
    assert filled.full.missed > 500
    assert filled.resumed_s < 3.0


LIMITED = """
    import resource, sys
    from itertools import count
    from pathlib import Path
    from benchmarks.victim import about, counted
    from host.chain.stream import Chunk
    from host.recording.events import Marker
    from host.recording.recorder import Recorder
    from host.recording.writer import SessionWriter

    at = 0
    recorder = Recorder(SessionWriter(Path(sys.argv[1]), about()), hurried=False,
                        clock=lambda: at / 1000.0)
    recorder._most_waiting = 100  # the thread is never further behind
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    with recorder:
        for at in range(0, 12_000, 10):
            if at == 2_000:
                resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
            if at == 8_000:
                print(recorder.state.light, recorder.state.message, flush=True)
                resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            recorder.take(Chunk(at, counted(at, at + 10)))
            if at % 100 == 0:
                recorder.note(Marker(sample=at))
    print(recorder.state.missed)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
def test_a_file_that_may_not_grow_is_a_gap_until_it_may(tmp_path: Path) -> None:
    folder = tmp_path / "session"
    command = [sys.executable, "-c", textwrap.dedent(LIMITED), str(folder)]
    told = run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    light, missed = told.stdout.splitlines()
    assert light == ("False Not recorded: the file has reached the largest size that is allowed.")
    session = read_session(folder)
    before, after = session.spans
    assert before == Span(0, (200_000 - 256 * 18) // (4800 + 120) * 100)
    assert after.stop == 12_000
    assert 7_900 <= after.start <= 10_200
    assert int(missed) == after.start - before.stop
    for span in session.spans:
        np.testing.assert_array_equal(
            session.samples(span.start, span.stop), counted(span.start, span.stop)
        )
    assert [marker.sample for marker in session.markers] == list(range(0, 12_000, 100))
    gaps = [event for event in session.events if isinstance(event, Gap)]
    assert {gap.why for gap in gaps} == {"not recorded"}
    assert (gaps[0].sample, gaps[-1].stop) == (before.stop, after.start)
    assert about().stream == session.stream
