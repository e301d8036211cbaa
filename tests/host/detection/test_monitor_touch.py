"""A finger on a muscle (P5), through the whole chain: labelled, and never scored."""

import numpy as np
import pytest

from host.chain.stream import Chunk
from host.detection.states import Finding
from host.detection.touching import Touched
from host.detection.watch import Watch
from tests.host.detection.bits import as_bits
from tests.host.detection.smiling import (
    EYE_RIGHT,
    FINGER,
    MONTAGE,
    NARROWING,
    SMILING,
    episodes,
    face,
    monitor,
    run,
)


def test_p5_what_is_touched_is_labelled_and_never_scored() -> None:
    every = run([Chunk(0, face(*SMILING, NARROWING))], monitor(touches=FINGER))
    frames = {frame.sample: frame for frame in every}
    touched = frames[1000]
    assert touched.touched.tolist() == [True, False, True, False]
    assert np.isnan(touched.activation).tolist() == [True, False, True, False]
    assert np.isnan(touched.interval()[0]).tolist() == [True, False, True, False]
    assert np.isfinite(touched.rms_uv).all()
    assert not (touched.moving | touched.released | touched.active)[EYE_RIGHT]
    assert touched.attempt is not None
    assert Finding.TOUCHED in touched.attempt.findings
    early, late = episodes(every)
    assert (early.stop, early.cut) == (900, True)
    # A quarter of a second behind the finger it is scored again.
    assert late.start >= 1100 + 62


def test_p5_a_finger_somewhere_leaves_nothing_to_score() -> None:
    every = run([Chunk(0, face(*SMILING, NARROWING))], monitor(touches=[Touched(start=600)]))
    (frame,) = [frame for frame in every if frame.sample == 1200]
    assert np.isnan(frame.activation).all()
    assert not frame.may_go_on
    assert episodes(every) == []


def test_p5_a_touch_that_comes_while_it_runs_is_as_if_it_had_been_known() -> None:
    raw = face(*SMILING, NARROWING)
    stage = monitor()
    live = run([Chunk(0, raw[:900])], stage)
    stage.touch(FINGER[0])
    live += run([Chunk(900, raw[900:1100])], stage)
    stage.touch(FINGER[1])
    live += run([Chunk(1100, raw[1100:])], stage)
    known = run([Chunk(0, raw)], monitor(touches=FINGER))
    assert [as_bits(frame) for frame in live] == [as_bits(frame) for frame in known]


def test_a_wait_behind_a_finger_that_nobody_would_keep_is_refused() -> None:
    with pytest.raises(ValueError, match="touch_after_s must be 0 to 10, got 11"):
        Watch(montage=MONTAGE, touch_after_s=11.0)
