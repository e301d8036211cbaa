"""Blink, release, pace and attempts, through the whole chain: all of it in the frame."""

import gc
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.channel_model import ChannelModel, plain_channel
from calibration.freedom import plain_freedom
from calibration.reference import Reference
from host.chain.adaptive import AdaptiveWindow
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, FloatArray
from host.detection.attempted import Attempted
from host.detection.cues import Phase
from host.detection.kept import going_on, kept
from host.detection.monitor import Monitor
from host.detection.rests import Rests
from host.detection.states import Finding, State
from host.detection.touching import Touched
from host.detection.watch import Watch
from tests.cuts import chunks, cuts
from tests.host.detection.bits import as_bits
from tests.host.detection.smiling import (
    ATTEMPT,
    BLINK,
    CHEEK_LEFT,
    CHEEK_RIGHT,
    EYE,
    EYE_LEFT,
    EYE_RIGHT,
    FINGER,
    MONTAGE,
    NARROWING,
    REFERENCE,
    SMILING,
    STREAM,
    WATCH,
    WINK,
    blinks,
    cue,
    episodes,
    face,
    monitor,
    run,
)


def test_an_episode_says_when_its_activity_began_how_large_and_how_sure_it_was() -> None:
    (episode,) = episodes(run([Chunk(0, face(*SMILING, NARROWING))], monitor()))
    assert episode.channel == EYE_RIGHT
    assert episode.onset == pytest.approx(700, abs=4)
    assert episode.start > 700
    assert episode.size == pytest.approx(1.0, abs=0.1)  # as much as the cheek beside it
    assert episode.certainty is not None
    assert episode.certainty > 0.99


def test_moving_follows_the_muscles_within_some_ten_milliseconds() -> None:
    every = run([Chunk(0, face(*SMILING))], monitor())
    moving = np.array([frame.moving for frame in every])
    samples = np.array([frame.sample for frame in every])
    assert 520 <= samples[moving[:, CHEEK_LEFT].argmax()] <= 530
    assert not moving[:, EYE_LEFT].any()


def test_p12_the_next_attempt_may_start_when_all_that_count_are_released() -> None:
    every = {frame.sample: frame for frame in run([Chunk(0, face(*SMILING, NARROWING))], monitor())}
    assert every[480].may_go_on
    assert every[480].released.all()
    assert not every[1000].may_go_on
    assert every[1000].released.tolist() == [True, False, False, False]
    free = [sample for sample in range(1500, 1990) if every[sample].may_go_on]
    # Released 0.5 s after the window of 0.18 s has emptied.
    assert free[0] == pytest.approx(1510 + 45 + 125, abs=25)


def test_the_attempt_is_in_the_frame_with_its_state_and_the_time_in_it() -> None:
    every = run([Chunk(0, face(*SMILING))], monitor((*ATTEMPT, cue(1900, Phase.RISE))))
    frames = {frame.sample: frame for frame in every}
    assert frames[400].attempt is None
    assert frames[400].attempt_s == 0.0
    holding = frames[1200]
    assert holding.attempt is not None
    assert (holding.attempt.state, holding.attempt.since) == (State.HOLD, 800)
    assert holding.attempt_s == pytest.approx(1.6)
    (over,) = [attempt for frame in every for attempt in frame.attempted]
    assert over.states[-1][1] is State.REST
    assert Finding.TOO_FAST in over.findings  # noise that is switched on rises at once
    assert frames[1900].attempted == ()
    assert frames[1901].attempted == (over,)


def test_an_attempt_that_goes_on_at_the_end_is_closed_as_cut() -> None:
    stage = monitor()
    run([Chunk(0, face(*SMILING))], stage)
    (attempt,) = stage.close().attempts
    assert attempt.cut
    assert stage.close().attempts == ()


def test_t2_a_blink_in_a_smile_is_no_synkinesis_of_the_eye() -> None:
    every = run([Chunk(0, face(*SMILING, *WINK))], monitor())
    assert episodes(every) == []
    (blink,) = blinks(every)
    assert (blink.channels, blink.sure) == ((EYE_LEFT, EYE_RIGHT), True)
    assert blink.onset == pytest.approx(900, abs=4)
    assert 950 <= blink.offset < 980  # the filters ring
    doubted = [frame.sample for frame in every if frame.blinking.any()]
    assert 900 < doubted[0] < 915
    assert doubted[-1] < 1060


def test_t2_what_comes_along_at_the_mouth_in_a_blink_is_an_episode() -> None:
    raw = face(*WINK, (CHEEK_RIGHT, 905, 960), samples=1200)
    every = run([Chunk(0, raw)], monitor([cue(0, Phase.FREE, BLINK)]))
    (episode,) = episodes(every)
    assert (episode.channel, episode.with_blink) == (CHEEK_RIGHT, False)
    assert len(blinks(every)) == 1


def at_work(*works: tuple[int, int, int], level: float = 2.6) -> FloatArray:
    """Return a smile in which both eyes work a little, below their line, and more at times."""
    raw = face(*SMILING) - 800.0
    raw[560:1500, [EYE_LEFT, EYE_RIGHT]] *= level
    for channel, begin, end in works:
        raw[begin:end, channel] *= 12.0 / level
    return STREAM.on_grid(raw + 800.0)


def test_t2_a_blink_on_top_of_slight_activity_is_no_synkinesis_of_the_eye() -> None:
    assert episodes(run([Chunk(0, at_work())], monitor())) == []
    every = run([Chunk(0, at_work(*WINK))], monitor())
    assert episodes(every) == []
    (blink,) = [one for one in blinks(every) if one.onset > 700]
    assert (blink.channels, blink.sure) == ((EYE_LEFT, EYE_RIGHT), True)
    assert blink.onset == pytest.approx(900, abs=6)
    assert not any(frame.active.any() for frame in every)


def test_p14_an_eye_that_narrows_on_top_of_slight_activity_is_found_and_dated() -> None:
    every = run([Chunk(0, at_work((EYE_RIGHT, 900, 1400)))], monitor())
    (episode,) = episodes(every)
    assert (episode.channel, episode.with_blink) == (EYE_RIGHT, False)
    assert episode.start == pytest.approx(920, abs=20)
    begins = next(frame.sample for frame in every if frame.active[EYE_RIGHT])
    assert begins < 960  # not later than without any blink in doubt


def test_t2_what_comes_along_with_a_blink_is_told_and_not_of_the_pattern() -> None:
    raw = face(*WINK, (CHEEK_RIGHT, 905, 960), samples=1400)
    (episode,) = episodes(run([Chunk(0, raw)], monitor([cue(0, Phase.HOLD, "pucker")])))
    assert (episode.channel, episode.with_blink) == (CHEEK_RIGHT, True)


def test_both_eyes_for_longer_than_a_blink_count_from_where_they_began() -> None:
    raw = face(*SMILING, (EYE_LEFT, 900, 1200), (EYE_RIGHT, 900, 1200))
    every = run([Chunk(0, raw)], monitor())
    assert blinks(every) == []
    left, right = episodes(every)
    for episode in (left, right):
        assert episode.onset == pytest.approx(900, abs=5)
        assert episode.start == pytest.approx(930, abs=15)  # when its level crossed the line
    begins = next(frame.sample for frame in every if frame.active[EYE_RIGHT])
    assert begins == pytest.approx(900 + 0.65 * 250, abs=8)


def test_one_eye_alone_is_told_as_soon_as_ever() -> None:
    every = run([Chunk(0, face(*SMILING, NARROWING))], monitor())
    begins = next(frame.sample for frame in every if frame.active[EYE_RIGHT])
    assert begins < 750


def test_a_monitor_that_was_kept_goes_on_as_the_original() -> None:
    raw = face(*SMILING, NARROWING, *WINK)
    stage = monitor(touches=FINGER)
    run([Chunk(0, raw[:930])], stage)
    stood = kept(stage)
    assert not gc.is_tracked(stood)
    ends = [run([Chunk(930, raw[930:])], one) for one in (stage, going_on(stood))]
    assert [as_bits(frame) for frame in ends[0]] == [as_bits(frame) for frame in ends[1]]


BUSY = face(*[(c, a - 300, b - 300) for c, a, b in [*SMILING, NARROWING, *WINK]], samples=1300)
BUSY_CUES = [cue(max(one.start - 300, 0), one.phase) for one in ATTEMPT]
BUSY_TOUCH = Touched(start=760, muscles=EYE), Touched(start=830, on=False)


@settings(deadline=None, max_examples=25)
@given(cuts(1300), st.sampled_from([REFERENCE, None]))
def test_nothing_in_a_frame_depends_on_the_cut(
    cut_points: list[int], reference: Reference | None
) -> None:
    def frames(pieces: Iterable[Chunk]) -> tuple[list[tuple[object, ...]], list[Attempted]]:
        stage = Monitor(WATCH, STREAM, BUSY_CUES, reference, touches=BUSY_TOUCH)
        return [as_bits(frame) for frame in run(pieces, stage)], list(stage.close().attempts)

    (cut, over), (whole, expected) = frames(chunks(BUSY, cut_points)), frames([Chunk(0, BUSY)])
    assert cut == whole
    assert [(one.states, one.findings) for one in over] == [
        (one.states, one.findings) for one in expected
    ]


def test_the_power_at_rest_is_the_calibrated_one_where_there_is_one() -> None:
    plain = plain_channel(250.0)
    fitted = ChannelModel(noise_uv=3.0, rest=plain_freedom(1000.0), active=plain.active)
    chain = ChainSettings(adaptive=AdaptiveWindow(channels=(fitted, plain, plain, plain)))
    rests = Rests(Watch(montage=MONTAGE, chain=chain), 250.0)
    power = rests.power(REFERENCE)
    assert power.tolist() == [9.0, 2.5, 2.5, 2.5]
    assert rests.power(REFERENCE) is power
    assert rests.freedoms[0] == plain_freedom(1000.0)
    nothing = Reference(
        rest_uv=np.zeros(4), noise_uv=np.zeros(4), gentle_uv=np.ones(4), calibrated=False
    )
    assert np.isnan(rests.power(nothing)).tolist() == [False, True, True, True]
