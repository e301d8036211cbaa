"""English words that remember how they were put together, so that they can be told in any language.

On record, on the command line and in comparisons they are plain text. Who shows them passes them
through `host.translation.told`, which this package knows nothing of.
"""

from __future__ import annotations

from typing import Self


class Saying(str):
    """A sentence with values in it: `Saying("{:.0%} of the time", share)`.

    ValueError or IndexError where the values do not fit. A value that is text, another saying among
    them, is told in the reader's language too.
    """

    __slots__ = ("template", "values")
    template: str
    values: tuple[object, ...]

    def __new__(cls, template: str, *values: object) -> Self:
        """Put the sentence together in English."""
        made = super().__new__(cls, template.format(*values))
        made.template, made.values = template, values
        return made

    def __getnewargs__(self) -> tuple[object, ...]:  # type: ignore[override]  # str's is (text,)
        """Return what a copy is made from, in this process or in another one."""
        return (self.template, *self.values)


class Clause(Saying):
    """Words on one line and without their full stop, to stand within a sentence.

    They lose it after they were told: `Saying("{} is damaged: {}.", name, Clause(words))`.
    """

    __slots__ = ()

    def __new__(cls, words: str) -> Self:
        """Take words, a saying perhaps."""
        made = str.__new__(cls, on_one_line(words))
        made.template, made.values = "{}", (words,)
        return made

    def __getnewargs__(self) -> tuple[object, ...]:  # type: ignore[override]  # str's is (text,)
        """Return what a copy is made from."""
        return self.values


def on_one_line(words: str) -> str:
    """Return words on one line, without the full stop at their end."""
    return " ".join(words.split()).rstrip(".")


def words_of(error: BaseException) -> str:
    """Return what an error says: the saying that it was made with, or else its text."""
    first = error.args[0] if len(error.args) == 1 else None
    return first if isinstance(first, Saying) else str(error)
