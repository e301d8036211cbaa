"""A recording is judged in the background while somebody already looks at it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import host.report.study as under_test
from host.chain.stream import Chunk, FloatArray
from host.errors import RecordingError
from host.report.outline import Outline
from host.report.results import judged
from host.report.study import Study
from host.session.opened import Opened
from tests.host.detection.bits import as_bits
from tests.host.session.recordings import RATE, STOP, foreign, judged_at_once, opened


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    study = Study(opened(tmp_path))
    study.start()
    yield study
    study.stop()


def test_it_comes_to_the_same_results_as_judging_once(study: Study, tmp_path: Path) -> None:
    results, wanted = study.wait(), judged(opened(tmp_path))
    assert (results.attempts, results.episodes) == (wanted.attempts, wanted.episodes)
    assert (study.progress, study.reach, study.outline.judged) == (1.0, STOP, STOP - 1)


def test_its_outline_is_that_of_all_frames(study: Study) -> None:
    study.wait()
    made = study.opened
    monitor = made.monitor()
    outline = Outline(STOP, 4, monitor.hop, float(RATE))
    for span in made.recorded.spans:
        for part in monitor.advance(
            Chunk(span.start, made.recorded.samples(span.start, span.stop))
        ):
            outline.push(part)
    for name in ("activation", "threshold", "active", "quality"):
        one, other = (getattr(each.glance(0, STOP, 800), name) for each in (study.outline, outline))
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("sample", [0, 3749, 3750, 4000, STOP])
def test_from_every_checkpoint_the_frames_are_those_of_the_session(
    study: Study, sample: int
) -> None:
    study.wait()
    at, monitor = study.checkpoint(sample)
    assert at <= sample
    assert sample - at <= 15.5 * RATE
    recorded = study.opened.recorded
    frames = []
    for span in recorded.spans:
        begin = max(span.start, at)
        if begin < span.stop:
            frames += monitor.push(Chunk(begin, recorded.samples(begin, span.stop)))
    wanted = [frame for frame in judged_at_once(study.opened) if frame.sample > at - 1]
    count = min(len(frames), len(wanted))
    assert count >= len(wanted) - 1
    last = [as_bits(frame) for frame in frames[-count:]] if count else []
    assert last == ([as_bits(frame) for frame in wanted[-count:]] if count else [])


def test_a_checkpoint_is_not_changed_by_who_goes_on_from_it(study: Study) -> None:
    study.wait()
    first = study.checkpoint(STOP)
    second = study.checkpoint(STOP)
    assert first[1] is not second[1]
    samples = study.opened.recorded.samples(first[0], STOP)
    one = first[1].push(Chunk(first[0], samples))
    other = second[1].push(Chunk(second[0], samples))
    assert [as_bits(frame) for frame in one] == [as_bits(frame) for frame in other]


def test_a_long_recording_keeps_no_more_checkpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "_MOST_CHECKPOINTS", 4)
    monkeypatch.setattr(under_test, "STAND_S", 0.1)
    study = Study(opened(tmp_path))
    study.start()
    study.wait()
    assert 2 <= len(study._checkpoints) <= 5


def test_a_study_that_is_stopped_has_no_results(tmp_path: Path) -> None:
    study = Study(opened(tmp_path))
    study._stop.set()
    study.start()
    study.stop()
    assert study.results is None
    assert study.progress < 1.0
    with pytest.raises(RuntimeError, match="stopped"):
        study.wait()


def cut(made: Opened) -> Opened:
    """Return a recording whose file was cut while it was open."""

    class Cut:
        """Cannot be read to its end."""

        stream, spans = made.recorded.stream, made.recorded.spans

        def samples(self, start: int, stop: int) -> FloatArray:
            if stop > 4000:
                raise RecordingError("emg.bdf was cut while it was open.")
            return made.recorded.samples(start, stop)

    return replace(made, recorded=Cut())


def test_what_goes_wrong_is_kept_for_the_window(tmp_path: Path) -> None:
    study = Study(cut(opened(tmp_path)))
    study.start()
    with pytest.raises(RecordingError, match="was cut"):
        study.wait()
    assert isinstance(study.error, RecordingError)
    assert study.results is None
    assert 0 < study.outline.judged < STOP


def test_the_shortest_recording_has_results(tmp_path: Path) -> None:
    short = foreign(np.zeros((RATE, 4)), ())
    study = Study(opened(tmp_path, short))
    study.start()
    assert study.wait().attempts == ()
