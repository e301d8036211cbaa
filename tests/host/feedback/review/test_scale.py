"""Which part of a recording is in view."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.feedback.review.scale import SHORTEST_S, Scale, clock, ticks

RATE_HZ = 250.0
HOUR = 900_000


def scale(start: float = 0.0, stop: float = HOUR, width: float = 1000.0) -> Scale:
    return Scale(total=HOUR, rate_hz=RATE_HZ, start=start, stop=stop, width=width)


def _some(total: int, first: float, length: float, width: float) -> Scale:
    start = first * total
    stop = min(start + max(length * (total - start), 1e-3 * total), float(total))
    return Scale(total=total, rate_hz=RATE_HZ, start=start, stop=stop, width=width)


scales = st.builds(
    _some,
    st.integers(1, 2_000_000),
    st.floats(0.0, 0.9),
    st.floats(0.01, 1.0),
    st.floats(1.0, 3000.0),
)


def test_a_view_that_shows_nothing_is_refused() -> None:
    for start, stop, width in (
        (5.0, 5.0, 10.0),
        (-1.0, 5.0, 10.0),
        (0.0, HOUR + 1, 10.0),
        (0, 5, 0),
    ):
        with pytest.raises(ValueError, match="a view lies inside"):
            scale(start, stop, width)


@given(scales, st.floats(0.05, 20.0), st.floats(-100.0, 4000.0))
def test_zooming_stays_inside_and_keeps_what_is_under_the_mouse(
    one: Scale, factor: float, x: float
) -> None:
    zoomed = one.zoomed(factor, x)
    span = zoomed.stop - zoomed.start
    assert span <= one.total
    assert span >= min(SHORTEST_S * RATE_HZ, one.total) * (1 - 1e-9) or span >= one.stop - one.start
    inside = zoomed.start > 0.0 and zoomed.stop < one.total and 0 <= x <= one.width
    if inside:
        under = one.start + x / one.width * (one.stop - one.start)
        assert zoomed.x(under) == pytest.approx(x, abs=1e-3 * one.width)


@given(scales, st.floats(-3e6, 3e6))
def test_moving_keeps_the_length_and_stays_inside(one: Scale, samples: float) -> None:
    moved = one.moved(samples)
    assert moved.stop - moved.start == pytest.approx(one.stop - one.start)


@given(scales, st.floats(0.0, 1.0))
def test_showing_a_sample_has_it_in_view_and_is_at_rest(one: Scale, share: float) -> None:
    sample = share * one.total
    shown = one.showing(sample)
    assert shown.start - 1e-6 * one.total <= sample <= shown.stop + 1e-6 * one.total
    assert shown.showing(sample) == shown


def test_what_is_seen_well_does_not_move() -> None:
    one = scale(1000, 2000)
    assert one.showing(1500) is one
    assert one.showing(1950).start == pytest.approx(1750)
    assert scale(0, 1000).showing(20) == scale(0, 1000)


def test_an_attempt_is_shown_with_room_about_it() -> None:
    shown = scale().fitted(10_000, 12_000)
    assert (shown.start, shown.stop) == (9700, 12_300)
    assert Scale.whole(30, RATE_HZ).fitted(0, 30).is_whole


def test_pixels_and_samples() -> None:
    one = scale(1000, 2000, 500)
    assert one.x(1500) == 250
    assert one.sample(250) == 1500
    assert (one.sample(-900), one.sample(1e9)) == (100 - 100, HOUR)
    assert one.resized(0).width == 1.0


@given(scales)
def test_times_stand_apart_and_in_view(one: Scale) -> None:
    places = [one.x(sample) for sample, _ in ticks(one)]
    # Times are at samples, which may be wide.
    sample_px = one.width / (one.stop - one.start)
    assert all(-sample_px <= place <= one.width + sample_px for place in places)
    assert all(b - a >= 90.0 - 2.0 * sample_px for a, b in pairwise(places))


def test_a_day_has_hours_that_do_not_touch() -> None:
    day = Scale.whole(86_400 * 250, RATE_HZ, 600.0)
    places = [day.x(sample) for sample, _ in ticks(day)]
    assert all(b - a >= 90.0 for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("seconds", "step_s", "words"),
    [
        (0, 1, "0:00"),
        (65, 1, "1:05"),
        (3725, 1, "1:02:05"),
        (59.96, 0.1, "1:00.0"),
        (3.25, 0.01, "0:03.25"),
        (61.5, 0.5, "1:01.5"),
    ],
)
def test_times_are_written_as_on_a_clock(seconds: float, step_s: float, words: str) -> None:
    assert clock(seconds, step_s) == words
