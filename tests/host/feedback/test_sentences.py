"""Errors are said as sentences."""

import pytest

from host.feedback.sentences import sentence


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
