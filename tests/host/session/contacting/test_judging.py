"""From levels to verdicts that do not flicker, whatever the cut."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.amplitude import Levels
from host.chain.quality import Quality
from host.session.contacting.judging import ContactJudge, Judged
from host.session.contacting.verdicts import ContactLimits, Verdict

HOPS_PER_S = 20.0
LIMITS = ContactLimits()


def levels(
    first: int, *, seconds: float, quality: Quality = Quality.GOOD, uv: float = 1.5
) -> Levels:
    """Return levels of one channel in one state."""
    hops = round(seconds * HOPS_PER_S)
    rms_uv = np.full((hops, 1), uv if quality.usable else np.nan)
    codes = np.full((hops, 1), quality, dtype=np.uint8)
    return Levels(first, 12, rms_uv, codes, np.zeros((hops, 1), dtype=np.int64))


def after(*stretches: tuple[Quality, float, float]) -> Judged:
    """Return what is judged after stretches of quality, seconds and level."""
    judge, first = ContactJudge(LIMITS, 1, HOPS_PER_S), 0
    for quality, seconds, uv in stretches:
        piece = levels(first, seconds=seconds, quality=quality, uv=uv)
        judge.push([piece])
        first += len(piece)
    return judge.judged[0]


def test_at_first_nothing_is_known() -> None:
    assert after() == Judged()
    assert after((Quality.GOOD, 1.0, 1.5)).verdict is Verdict.UNKNOWN


def test_a_resting_channel_is_good_and_soon_steady_with_its_noise() -> None:
    judged = after((Quality.GOOD, 7.0, 1.5))
    assert judged.verdict is Verdict.GOOD
    assert judged.steady
    assert judged.rest_uv == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("quality", "verdict"),
    [
        (Quality.MAINS, Verdict.MAINS),
        (Quality.LOOSE, Verdict.LOOSE),
        (Quality.FLAT, Verdict.LOOSE),
        (Quality.RAILED, Verdict.RAILED),
        (Quality.ARTEFACT, Verdict.NOISY),
        (Quality.GAP, Verdict.UNKNOWN),
        (Quality.SETTLING, Verdict.UNKNOWN),
    ],
)
def test_each_state_that_lasts_has_its_word(quality: Quality, verdict: Verdict) -> None:
    assert after((Quality.GOOD, 6.0, 1.5), (quality, 6.0, 1.5)).verdict is verdict


def test_rest_that_no_face_has_is_noisy_and_movement_is_not() -> None:
    assert after((Quality.GOOD, 12.0, 15.0)).verdict is Verdict.NOISY
    # A smile of seven seconds: what the quietest moments of the last ten show counts.
    smiled = after((Quality.GOOD, 6.0, 1.5), (Quality.GOOD, 7.0, 40.0))
    assert smiled.verdict is Verdict.GOOD
    assert smiled.rest_uv == pytest.approx(1.5)


def test_a_moment_changes_no_verdict() -> None:
    for quality in (Quality.RAILED, Quality.LOOSE, Quality.ARTEFACT, Quality.GAP):
        good = after((Quality.GOOD, 6.0, 1.5), (quality, 0.5, 1.5))
        assert good.verdict is Verdict.GOOD
    loose = after((Quality.LOOSE, 6.0, 1.5), (Quality.GOOD, 1.75, 1.5))
    assert loose.verdict is Verdict.LOOSE
    assert not loose.steady


def test_a_channel_that_flickers_is_never_called_good_steadily() -> None:
    flicker = [(Quality.GOOD, 0.5, 1.5), (Quality.LOOSE, 0.5, 1.5)] * 10
    assert not after(*flicker).steady


def test_a_silent_board_leaves_nothing_known() -> None:
    judge = ContactJudge(LIMITS, 1, HOPS_PER_S)
    judge.push([levels(0, seconds=7.0)])
    judge.lose()
    assert judge.judged == (Judged(),)


@given(st.lists(st.integers(0, 200), max_size=8).map(sorted))
def test_output_does_not_depend_on_the_cut(cut_points: Sequence[int]) -> None:
    whole = levels(3, seconds=10.0)
    whole.quality[60:110] = Quality.LOOSE
    whole.rms_uv[60:110] = np.nan
    cut, once = (ContactJudge(LIMITS, 1, HOPS_PER_S) for _ in range(2))
    once.push([whole])
    edges = [0, *cut_points, len(whole)]
    cut.push([whole.rows(a, b) for a, b in pairwise(edges)])
    assert cut.judged == once.judged


def test_limits_that_nothing_passes_are_refused() -> None:
    with pytest.raises(ValueError, match="noisy_uv"):
        ContactLimits(noisy_uv=0.0)
    with pytest.raises(ValueError, match="enough_s"):
        ContactLimits(enough_s=20.0)
    with pytest.raises(ValueError, match="shares"):
        ContactLimits(quietest=0.0)
