"""Words for moments and tone claim no more than is known, and than matters (P11, P17)."""

import pytest

from calibration.measured import Measured
from host.report.bout_moments import (
    Order,
    Tone,
    apart_words,
    order_of,
    seconds_words,
    share_words,
    tone_of,
)


def known(value: float, half: float) -> Measured:
    return Measured(value=value, low=value - half, high=value + half, unit="s")


@pytest.mark.parametrize(
    ("value", "half", "order"),
    [
        (0.02, 0.005, Order.TOGETHER),  # sure, and means nothing
        (-0.09, 0.01, Order.TOGETHER),
        (0.3, 0.4, Order.TOGETHER),  # long, and not sure
        (0.3, 0.1, Order.LATER),
        (-0.3, 0.1, Order.EARLIER),
    ],
)
def test_p17_moments_are_apart_only_where_that_is_sure_and_matters(
    value: float, half: float, order: Order
) -> None:
    assert order_of(known(value, half)) is order


def test_p11_times_are_said_no_finer_than_they_are_known() -> None:
    assert seconds_words(known(1.234, 0.001)) == "1.2 s"
    assert seconds_words(known(3.3, 2.5)) == "4 s"
    assert apart_words(known(-0.34, 0.11)) == "0.3 s (0.2 to 0.4)"
    assert apart_words(known(0.34, 0.001)) == "0.3 s"


@pytest.mark.parametrize(
    ("value", "half", "tone"),
    [(0.005, 0.01, Tone.AT_REST), (0.03, 0.05, Tone.NEAR_REST), (0.05, 0.02, Tone.LEFT)],
)
def test_p4_p12_what_is_surely_near_nothing_is_rest(value: float, half: float, tone: Tone) -> None:
    assert tone_of(known(value, half)) is tone


def test_p11_a_share_is_said_in_whole_percent_at_most() -> None:
    assert share_words(known(0.0347, 0.001)) == "3 %"
    assert share_words(known(0.134, 0.08)) == "15 %"
    assert share_words(known(-0.01, 0.001)) == "0 %"
