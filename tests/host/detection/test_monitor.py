"""Chain and detection together: frames, cues, and independence of the cut."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from calibration.montage import Montage, Site, montages, plain_montage
from calibration.muscles import Side
from calibration.patterns import Pattern, pattern
from calibration.reference import Reference
from host.chain.pipeline import ChainSettings
from host.chain.quality import Quality
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.adjustments import Adjustment
from host.detection.blinks import BlinkLimits
from host.detection.cocontraction import Thresholds
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.detection.monitor import Monitor, allowances
from host.detection.watch import Watch
from tests.cuts import chunks, cuts, with_gaps
from tests.host.detection.bits import as_bits

MONTAGE = Montage(
    name="two",
    sites=(Site(muscle="OOC", side=Side.RIGHT), Site(muscle="ZYG", side=Side.RIGHT)),
)
STREAM = Stream(rate_hz=250.0, channels=channel_names(2))
WATCH = Watch(
    montage=MONTAGE,
    chain=ChainSettings(listen_s=0.2),
    # Of one eye alone anything short may be a blink: here hardly anything is.
    blinks=BlinkLimits(longest_s=0.08, apart_s=0.04, ring_s=0.0),
)
REFERENCE = Reference(
    rest_uv=np.array([2.0, 2.0]),
    noise_uv=np.array([0.5, 0.5]),
    gentle_uv=np.array([20.0, 20.0]),
    calibrated=True,
)
CUES = (
    Cue(start=0, pattern="gentle closed smile", phase=Phase.REST),
    Cue(start=500, pattern="gentle closed smile", phase=Phase.HOLD),
    Cue(start=900, pattern="gentle eye closure", phase=Phase.HOLD),
)


def smile(samples: int = 1200) -> FloatArray:
    """Return a resting face whose eye and cheek work from sample 500 to 800."""
    raw = np.random.default_rng(10).normal(0.0, 2.0, (samples, 2))
    raw[500:800] *= 10.0
    return STREAM.on_grid(raw + 1000.0)


def frames(pieces: Iterable[Chunk], reference: Reference | None = REFERENCE) -> list[Frame]:
    """Run a fresh monitor."""
    monitor = Monitor(WATCH, STREAM, CUES, reference)
    return [frame for piece in pieces for frame in monitor.push(piece)]


def test_an_unwanted_contraction_is_an_episode_with_its_time_and_pattern() -> None:
    ended = [episode for frame in frames([Chunk(0, smile())]) for episode in frame.ended]
    (episode,) = ended
    assert (episode.channel, episode.pattern, episode.cut) == (0, "gentle closed smile", False)
    # The RMS window is 45 samples long, and behind by up to as many.
    assert episode.start == pytest.approx(500, abs=45)
    assert episode.stop == pytest.approx(800, abs=60)
    assert 0.5 < episode.peak < 1.5


def test_the_roles_of_t2_follow_the_cue() -> None:
    every = {frame.sample: frame for frame in frames([Chunk(0, smile())])}
    smiling, closing = every[800], every[1100]
    assert (smiling.cue.phase, smiling.cue.pattern) == (Phase.HOLD, "gentle closed smile")
    assert smiling.threshold[0] == pytest.approx(0.25 * 1.5)
    assert np.isnan(smiling.threshold[1])
    assert np.isnan(closing.threshold[0])
    assert closing.threshold[1] == pytest.approx(0.25)


def test_a_pattern_change_ends_what_went_on_as_cut() -> None:
    raw = smile()
    raw[800:1000] = raw[550:750]
    (episode, *_) = [e for frame in frames([Chunk(0, raw)]) for e in frame.ended]
    assert episode.cut
    assert episode.stop == 900


def test_what_goes_on_at_the_end_of_a_session_is_an_episode_too() -> None:
    monitor = Monitor(WATCH, STREAM, CUES, REFERENCE)
    assert monitor.finish() == ()
    monitor.push(Chunk(0, smile()[:700]))
    (episode,) = monitor.finish()
    assert episode.cut
    assert episode.stop == 699  # the last sample waits for its successor
    assert monitor.finish() == ()


def test_without_calibration_the_first_seconds_give_the_rest_and_frames_say_so() -> None:
    every = frames([Chunk(0, smile(3200))], reference=None)
    assert not any(frame.calibrated for frame in every)
    known = [not np.isnan(frame.activation).any() for frame in every]
    # One second to settle, then two whole seconds on the grid.
    assert every[known.index(True)].time_s == pytest.approx(4.0, abs=0.1)
    assert np.nanmedian([frame.activation for frame in every[-100:]]) < 0.05


def test_nothing_depends_on_the_cut_when_the_rest_is_settled() -> None:
    raw = smile(4000)
    whole = frames([Chunk(0, raw)], reference=None)
    cut = frames(chunks(raw, list(range(90, 4000, 90))), reference=None)
    assert [as_bits(frame) for frame in cut] == [as_bits(frame) for frame in whole]


def test_a_gap_is_unknown_and_nothing_is_active_after_it() -> None:
    raw = smile()
    every = frames(with_gaps(raw, [(600, 700)], []))
    (episode,) = [e for frame in every for e in frame.ended]
    assert episode.cut
    assert episode.stop <= 600
    after = [frame for frame in every if 700 < frame.sample <= 940]
    assert after
    for frame in after:
        assert np.isnan(frame.activation).all()
        assert not frame.active.any()
        assert (frame.quality > Quality.MAINS).all()


@settings(deadline=None, max_examples=40)
@given(cuts(1000))
def test_frames_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    raw, gaps = smile(1000), [(620, 623), (700, 760)]
    for reference in (REFERENCE, None):
        whole = [as_bits(frame) for frame in frames(with_gaps(raw, gaps, []), reference)]
        cut = [as_bits(frame) for frame in frames(with_gaps(raw, gaps, cut_points), reference)]
        assert cut == whole


SOFTER = Adjustment(start=650, thresholds=Thresholds(enter=2.0, leave=1.9))
EYE_TOLERATED = Adjustment(
    start=601,
    patterns=(Pattern(name="gentle closed smile", prompt="Smile", target=("ZYG",)),),
    effort=Effort(ceiling=0.5),
)


def adjusted(pieces: Iterable[Chunk], *changes: Adjustment) -> list[Frame]:
    """Run a monitor whose terms change."""
    monitor = Monitor(WATCH, STREAM, CUES, REFERENCE, changes)
    return [frame for piece in pieces for frame in monitor.push(piece)]


def test_what_a_therapist_changes_holds_from_its_sample_on() -> None:
    every = adjusted([Chunk(0, smile())], SOFTER)
    (episode,) = [e for frame in every for e in frame.ended]
    assert 650 <= episode.stop < 720
    assert {frame.threshold[0] for frame in every if 500 < frame.sample <= 650} == {0.375}
    assert {frame.threshold[0] for frame in every if 652 < frame.sample < 800} == {3.0}


def test_changed_roles_cut_what_went_on_and_show_in_the_frame() -> None:
    every = adjusted([Chunk(0, smile())], EYE_TOLERATED)
    (episode,) = [e for frame in every for e in frame.ended]
    assert (episode.cut, episode.stop) == (True, 601)
    (after,) = [frame for frame in every if frame.sample == 700]
    assert np.isnan(after.threshold).all()
    assert after.asked.quiet == ()
    assert after.effort.ceiling == 0.5
    assert after.too_strong[1]


def test_a_change_that_comes_while_it_runs_is_as_if_it_had_been_known() -> None:
    raw = smile()
    monitor = Monitor(WATCH, STREAM, CUES, REFERENCE)
    live = monitor.push(Chunk(0, raw[:640]))
    for change in (replace(EYE_TOLERATED, start=640), SOFTER):
        monitor.adjust(change)
    live += monitor.push(Chunk(640, raw[640:]))
    known = adjusted([Chunk(0, raw)], SOFTER, replace(EYE_TOLERATED, start=640))
    assert [as_bits(frame) for frame in live] == [as_bits(frame) for frame in known]


@settings(deadline=None, max_examples=30)
@given(cuts(1000))
def test_adjusted_frames_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    raw, changes = smile(1000), (EYE_TOLERATED, SOFTER)
    whole = [as_bits(frame) for frame in adjusted([Chunk(0, raw)], *changes)]
    assert [as_bits(frame) for frame in adjusted(chunks(raw, cut_points), *changes)] == whole


def test_p15_a_slight_eye_is_allowed_in_a_smile() -> None:
    allowed = allowances(montages()["face-8"], pattern("gentle closed smile"))
    by_site = dict(zip(montages()["face-8"].sites, allowed, strict=True))
    assert by_site[Site(muscle="OOC", side=Side.LEFT)] == 1.5
    assert by_site[Site(muscle="PLA", side=Side.RIGHT)] == 1.0
    assert np.isnan(by_site[Site(muscle="ZYG", side=Side.RIGHT)])


def test_every_plain_channel_is_asked_to_be_quiet() -> None:
    assert (allowances(plain_montage(3), pattern("pucker")) == 1.0).all()


def test_a_montage_for_another_number_of_channels_is_refused() -> None:
    with pytest.raises(ValueError, match="for 8 channels, the stream has 2"):
        Monitor(Watch(montage=montages()["face-8"]), STREAM)


def test_episodes_hold_plain_numbers_that_any_file_can_take() -> None:
    raw = smile()
    raw[300] = 1e5
    episodes = [e for frame in frames([Chunk(0, raw)]) for e in frame.ended]
    assert episodes
    for episode in episodes:
        assert (type(episode.start), type(episode.stop), type(episode.peak)) == (int, int, float)
