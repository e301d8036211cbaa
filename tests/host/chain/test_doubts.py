"""What cannot be believed for what it is, or for what went before it."""

import numpy as np
from hypothesis import given

from host.chain.doubts import Doubts
from host.chain.hum import HumLimits
from host.chain.quality import CodeArray, Flaw, QualityLimits
from host.chain.stream import FloatArray, Stream, channel_names
from tests.cuts import chunks, cuts

STREAM = Stream(rate_hz=100.0, channels=channel_names(2))
SOUND = np.zeros((300, 2), dtype=np.uint8)
STILL = np.zeros((300, 2))


def doubts() -> Doubts:
    return Doubts(QualityLimits(), HumLimits(), STREAM)


def spans(flaws: CodeArray, flaw: Flaw, channel: int = 0) -> tuple[int, int]:
    """Return the first and the last sample with a flaw."""
    marked = np.flatnonzero(flaws[:, channel] & np.uint8(flaw))
    return int(marked[0]), int(marked[-1])


def test_a_start_and_an_unsound_stretch_take_a_second_to_settle() -> None:
    restarted = np.zeros((300, 2), dtype=np.bool_)
    restarted[0] = True
    raw = SOUND.copy()
    raw[150:160, 1] = Flaw.RAILED
    flaws = doubts().push(0, STILL, STILL, raw, restarted)
    assert spans(flaws, Flaw.SETTLING) == (0, 99)
    assert spans(flaws[100:], Flaw.SETTLING, channel=1) == (50, 158)
    assert not raw[:150].any()  # what was given is not written into


def test_too_much_for_a_face_leaves_a_wake_and_ends_it() -> None:
    data = STILL.copy()
    data[100, 0] = -1600.0
    flaws = doubts().push(0, data, STILL, SOUND, None)
    assert spans(flaws, Flaw.ARTEFACT) == (100, 149)
    assert not flaws[:, 1].any()


def signals() -> tuple[FloatArray, FloatArray, CodeArray]:
    """Return data, hum and raw flaws with something of everything."""
    rng = np.random.default_rng(11)
    data, hum, raw = rng.normal(0.0, 5.0, (300, 2)), STILL.copy(), SOUND.copy()
    data[[40, 180, 185], [0, 1, 1]] = 2000.0
    hum[120:125, 1] = 20_000.0
    raw[60:70, 0] = Flaw.FLAT
    return data, hum, raw


@given(cuts(300))
def test_flaws_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    data, hum, raw = signals()
    whole, cut = doubts().push(0, data, hum, raw, None), doubts()
    pieces = [
        cut.push(
            part.start,
            part.data,
            hum[part.start :][: len(part)],
            raw[part.start :][: len(part)],
            None,
        )
        for part in chunks(data, cut_points)
        if len(part)
    ]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)
