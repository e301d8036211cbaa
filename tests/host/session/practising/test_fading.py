"""Faded feedback: by rule, with regular probes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.session.practising.fading import has_feedback


def drawn(share: float, count: int = 12) -> str:
    return "".join("x" if has_feedback(index, share) else "." for index in range(1, count + 1))


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.0, "............"),
        (0.25, "x...x...x..."),
        (0.5, "x.x.x.x.x.x."),
        (2 / 3, "xx.xx.xx.xx."),
        (0.75, "xxx.xxx.xxx."),
        (1.0, "xxxxxxxxxxxx"),
    ],
)
def test_p6_probes_without_feedback_come_regularly(share: float, expected: str) -> None:
    assert drawn(share) == expected


@given(st.floats(0.0, 1.0), st.integers(1, 200))
def test_the_share_is_kept_at_every_attempt(share: float, count: int) -> None:
    shown = sum(has_feedback(index, share) for index in range(1, count + 1))
    assert abs(shown - share * count) <= 1.0 + 0.01 * count


def test_attempts_and_shares_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        has_feedback(0, 0.5)
    with pytest.raises(ValueError, match="0 to 1"):
        has_feedback(1, 1.5)
