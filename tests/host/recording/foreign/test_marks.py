"""Marks in columns: which there are, and at which samples they lie."""

import numpy as np
import pytest

from host.recording.foreign.marks import MOST, Mark, clean, from_column, from_numbers, on_axis


def mark(start: float, stop: float) -> Mark:
    return Mark(start=start, stop=stop, text="cue", by="column")


def test_a_number_marks_for_as_long_as_it_stands() -> None:
    marks, said = from_numbers(np.array([3.0, 3.0, 0.0, np.nan, 1.5, 2.0]), "trigger")
    assert [(one.start, one.stop, one.text) for one in marks] == [
        (0, 2, "3"),
        (4, 5, "1.5"),
        (5, 6, "2"),
    ]
    assert not said


@pytest.mark.parametrize("nothing", ["", " ", "0", "0.00", "NaN", "None", "null", "-"])
def test_some_cells_say_nothing(nothing: str) -> None:
    marks, _ = from_column([f"1,{nothing}", '2,"go, now"', "3"], ",", 1, "cue")
    assert [(one.start, one.stop, one.text) for one in marks] == [(1, 2, "go, now")]


def test_a_column_that_changes_all_the_time_marks_nothing() -> None:
    expected = ((), ("The column level changes too often to be marks and was left out.",))
    assert from_numbers(np.arange(MOST + 1.0), "level") == expected
    assert from_column([f"{row}" for row in range(MOST + 1)], ",", 0, "level") == expected


def test_marks_move_with_the_samples_that_rows_are() -> None:
    rows, index = np.array([0, 1, 2, 4, 5]), np.array([0, 1, 2, 10, 11])
    marks = [mark(1, 2), mark(1, 5), mark(3, 4), mark(2.5, 3.5), mark(5, 6)]
    markers, outside = on_axis(marks, rows, index)
    assert [(one.sample, one.samples) for one in markers] == [
        (1, 0),
        (1, 10),
        (6, 0),
        (4, 0),
        (11, 0),
    ]
    assert not outside


def test_marks_outside_of_the_samples_are_counted() -> None:
    rows = np.arange(10)
    markers, outside = on_axis([mark(-2, -1), mark(-2, 3), mark(9.5, 10.5)], rows, rows)
    assert [(one.sample, one.samples) for one in markers] == [(0, 3)]
    assert outside == 2
    assert on_axis([], rows, rows) == ((), 0)


def test_text_fits_on_one_line() -> None:
    assert clean(" a\n\tb\0c ") == "a b c"
    assert len(clean("x" * 999)) == 200
