"""Lines as a drag or a key moves them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.clinic.plan import LINES, PlannedPattern
from host.feedback.bar_heights import bar_height
from host.feedback.clinic.practising.lines import activation_at, as_all, lifted, moved, stepped

PUCKER = PlannedPattern(name="pucker")


@given(st.floats(0.0, 3.0))
def test_a_line_is_taken_hold_of_where_it_is_drawn(activation: float) -> None:
    assert activation_at(bar_height(activation)) == pytest.approx(activation, abs=1e-6)


def test_the_highest_place_is_not_without_end() -> None:
    assert activation_at(1.0) < 100.0
    assert activation_at(-0.1) == 0.0


def test_a_muscle_has_a_line_of_its_own_until_it_has_that_of_all_again() -> None:
    own = moved(moved(PUCKER, "OOC", 0.31), "OOC", 0.2)
    assert own.line_of("OOC") == pytest.approx(0.2)
    assert own.line == PUCKER.line
    assert as_all(own, "OOC") == PUCKER


def test_the_line_of_all_takes_own_lines_with_it() -> None:
    both = moved(moved(PUCKER, "OOC", 0.3), "", 0.125)
    assert both.line == pytest.approx(0.125)
    assert both.line_of("OOC") == pytest.approx(0.15)


def test_no_line_leaves_what_means_something() -> None:
    assert moved(PUCKER, "OOC", 0.0).line_of("OOC") == LINES[0]
    assert lifted(PUCKER, 99.0).ceiling == LINES[1]


def test_t4_a_key_moves_a_line_by_a_twentieth_of_itself() -> None:
    assert stepped(0.4, -1) == pytest.approx(0.38)
    assert stepped(0.02, -1) == pytest.approx(0.015)
