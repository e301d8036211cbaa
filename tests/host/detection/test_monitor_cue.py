"""Cues that are given while a session runs: as if they had been known from the start."""

from collections.abc import Sequence

import pytest

from host.chain.stream import Chunk
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from tests.host.detection.bits import as_bits
from tests.host.detection.smiling import ATTEMPT, NARROWING, SMILING, cue, face, monitor, run

RAW = face(*SMILING, NARROWING)


def given_live(cues: Sequence[Cue], known: Sequence[Cue] = ()) -> list[Frame]:
    """Return the frames where each cue is given when the stream has come to it."""
    stage, at, frames = monitor(cues=known), 0, list[Frame]()
    for one in cues:
        frames += run([Chunk(at, RAW[at : one.start])], stage)
        at = one.start
        stage.cue(one)
    return frames + run([Chunk(at, RAW[at:])], stage)


def test_p12_cues_given_live_give_the_same_frames_as_known_ones() -> None:
    live, known = given_live(ATTEMPT), run([Chunk(0, RAW)], monitor())
    assert list(map(as_bits, live)) == list(map(as_bits, known))


def test_a_live_cue_comes_behind_a_known_one_of_its_sample() -> None:
    live = given_live([cue(800, Phase.RELEASE)], known=ATTEMPT)
    phases = {frame.sample: frame.cue.phase for frame in live}
    assert (phases[790], phases[1000], phases[1600]) == (Phase.RISE, Phase.RELEASE, Phase.RELEASE)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_cues_are_in_force_in_the_order_of_their_samples(order: tuple[int, int]) -> None:
    coming = (cue(500, Phase.RISE), cue(800, Phase.HOLD))
    stage = monitor(cues=())
    for place in order:
        stage.cue(coming[place])
    phases = {frame.sample: frame.cue.phase for frame in run([Chunk(0, RAW)], stage)}
    assert (phases[490], phases[700], phases[1000]) == (Phase.FREE, Phase.RISE, Phase.HOLD)
