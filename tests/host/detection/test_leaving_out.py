"""Channels that the therapist left out, through the whole chain: unknown, in nobody's way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from host.chain.quality import Quality
from host.chain.stream import Chunk
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.terms import Terms
from tests.cuts import chunks, cuts
from tests.host.detection.bits import as_bits
from tests.host.detection.smiling import (
    ATTEMPT,
    CHEEK_LEFT,
    CHEEK_RIGHT,
    EYE_RIGHT,
    NARROWING,
    REFERENCE,
    SMILING,
    STREAM,
    WATCH,
    episodes,
    face,
    run,
)

NARROWED = face(*SMILING, NARROWING)


def monitor(*excluded: int) -> Monitor:
    return Monitor(replace(WATCH, excluded=excluded), STREAM, ATTEMPT, REFERENCE)


def frames(*excluded: int) -> list[Frame]:
    return run([Chunk(0, NARROWED)], monitor(*excluded))


def test_a_muscle_that_is_left_out_is_unknown_throughout_and_says_so() -> None:
    for frame in frames(EYE_RIGHT):
        assert Quality(int(frame.quality[EYE_RIGHT])) is Quality.LEFT_OUT
        assert np.isnan(frame.rms_uv[EYE_RIGHT])
        assert np.isnan(frame.activation[EYE_RIGHT])
        assert np.isnan(frame.threshold[EYE_RIGHT])
        assert not (frame.released | frame.moving | frame.active)[EYE_RIGHT]


def test_what_it_does_is_never_scored_and_nothing_else_changes() -> None:
    every, without = frames(), frames(EYE_RIGHT)
    assert {episode.channel for episode in episodes(every)} == {EYE_RIGHT}
    assert episodes(without) == []
    kept = [column for column in range(4) if column != EYE_RIGHT]
    for frame, other in zip(every, without, strict=True):
        np.testing.assert_array_equal(frame.activation[kept], other.activation[kept])


def test_p12_nobody_waits_for_its_release() -> None:
    def waits(every: list[Frame]) -> list[bool]:
        return [frame.may_go_on for frame in every if frame.sample > 1000]

    # The eye goes on narrowing for all of the hold; without it the rest of the face decides.
    assert not any(waits(frames(EYE_RIGHT, CHEEK_LEFT))[:50])
    resting = run([Chunk(0, face((EYE_RIGHT, 0, 2000)))], monitor(EYE_RIGHT))
    assert all(frame.may_go_on for frame in resting if frame.sample > 700)
    hindered = run([Chunk(0, face((EYE_RIGHT, 0, 2000)))], monitor())
    assert not any(frame.may_go_on for frame in hindered)


def test_an_attempt_is_led_by_the_target_that_is_left() -> None:
    terms = Terms.of(replace(WATCH, excluded=(CHEEK_LEFT,)))
    smiling = terms.changed(ATTEMPT[1])
    assert smiling.targets == (CHEEK_RIGHT,)
    assert not smiling.counted[CHEEK_LEFT]


SHORT = NARROWED[500:800]
WHOLE = [as_bits(frame) for frame in run([Chunk(0, SHORT)], monitor(EYE_RIGHT))]


@given(cuts(len(SHORT)))
def test_output_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    cut = run(chunks(SHORT, cut_points), monitor(EYE_RIGHT))
    assert [as_bits(frame) for frame in cut] == WHOLE


def test_a_channel_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="columns 0 to 3"):
        replace(WATCH, excluded=(4,))
