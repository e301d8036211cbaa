"""Practice is measured while it runs: the same as from its recording, to the last bit."""

import numpy as np
import pytest

from host.chain.stream import Chunk
from host.report.measured_file import NAME, recalled
from host.report.measured_kinds import AttemptMeasures
from host.report.session_judged import SessionJudged, judge_session
from host.session.asked import Asked
from host.session.judging import Judging
from host.session.opened import open_session
from tests.host.report.practised_live import Ran, ran


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return ran(tmp_path_factory.mktemp("live"))


@pytest.fixture(scope="module")
def again(run: Ran) -> SessionJudged:
    """Return what its recording says."""
    return judge_session(open_session(run.folder, Asked()))


def bits(attempts: tuple[AttemptMeasures, ...]) -> list[str]:
    """Return every number of these attempts, to the last bit."""
    return [
        f"{one.number} {one.start} {row.measure} {row.muscle} {row.side} {row.target} "
        f"{row.measured.reason} {row.beyond} "
        + " ".join(
            float(number).hex()
            for number in (row.measured.value, row.measured.low, row.measured.high, row.measured.n)
        )
        for one in attempts
        for row in one.rows
    ]


def same(one: SessionJudged, other: SessionJudged) -> None:
    """Hold one against the other."""
    assert one.practised is not None
    assert other.practised is not None
    assert one.practised.tried == other.practised.tried
    assert bits(one.practised.measures) == bits(other.practised.measures)
    assert bits(one.measures.attempts) == bits(other.measures.attempts)
    assert one.measures.resting == other.measures.resting
    assert len(one.courses) == len(other.courses) > 0
    for mine, theirs in zip(one.courses, other.courses, strict=True):
        assert mine.parts == theirs.parts
        for name in ("sums", "known", "along", "frames", "lines"):
            np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name), name)


def test_what_is_measured_live_is_what_its_recording_says(run: Ran, again: SessionJudged) -> None:
    same(run.result.judged, again)


def test_it_is_kept_beside_the_recording_as_soon_as_practice_is_over(
    run: Ran, again: SessionJudged
) -> None:
    assert (run.folder / NAME).is_file()
    kept = recalled(run.folder)
    assert kept is not None
    same(kept, again)


def test_replays_go_on_from_monitors_that_ran_live_with_the_same_frames(run: Ran) -> None:
    opened = open_session(run.folder, Asked())
    whole = {frame.sample: frame for frames in Judging(opened) for frame in frames}
    assert run.result.stands
    for at, make in run.result.stands:
        monitor = make()
        chunk = Chunk(at, opened.recorded.samples(at, opened.stop))
        frames = [one for found in monitor.advance(chunk) for one in found]
        assert frames
        for frame in frames:
            same_frame = whole[frame.sample]
            np.testing.assert_array_equal(frame.activation, same_frame.activation)
            np.testing.assert_array_equal(frame.active, same_frame.active)
            assert frame.cue == same_frame.cue


def test_a_session_that_is_only_measured_gives_a_trend_the_same(
    run: Ran, again: SessionJudged
) -> None:
    only = judge_session(open_session(run.folder, Asked()), bouts=False)
    assert only.practised is None
    assert bits(only.measures.attempts) == bits(again.measures.attempts)
