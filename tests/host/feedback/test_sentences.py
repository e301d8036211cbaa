"""Errors are said as sentences; a number stays with its unit."""

import pytest

from host.feedback.sentences import sentence, unbroken


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", ""),
        ("nothing: there is no such file", "Nothing: there is no such file."),
        ("It is so.", "It is so."),
        ("Which side?", "Which side?"),
        ("Looking …", "Looking …"),
    ],
)
def test_words_become_a_sentence(words: str, said: str) -> None:
    assert sentence(words) == said


def test_no_line_breaks_between_a_number_and_its_unit() -> None:
    words = "3 % not known, 57 s more, 2 sides, 1.5 µV"
    assert unbroken(words) == "3\u00a0% not known, 57\u00a0s more, 2 sides, 1.5\u00a0µV"
