"""Words for moments and tone claim no more than is known, and than matters (P11, P17)."""

import pytest

from calibration.measured import Measured, unknown
from host.report.bout_moments import (
    Order,
    Tone,
    apart_words,
    lasting,
    order_of,
    seconds_words,
    share_words,
    tells,
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
    ("low", "value", "high", "told"),
    [
        (0.7, 0.9, 1.1, True),
        (9.0, 12.0, 16.0, True),  # surely long
        (-9.0, 5.2, 19.4, False),
        (-7.0, 4.6, 17.0, False),
        (4.3, 12.9, 21.5, False),
        (0.0, 0.9, 4.9, False),  # it would be said as 0 s
    ],
)
def test_p11_a_time_that_may_be_nearly_anything_tells_nothing(
    low: float, value: float, high: float, *, told: bool
) -> None:
    assert tells(Measured(value=value, low=low, high=high, unit="s"), 10.0) is told


def test_an_unknown_time_tells_nothing_and_a_length_of_time_never_begins_before_0() -> None:
    lost = unknown("s", "it was lost")
    assert not tells(lost, 10.0)
    assert lasting(lost) is lost
    found = lasting(known(2.0, 2.7))
    assert (found.low, found.value, found.high) == (0.0, 2.0, 4.7)


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
