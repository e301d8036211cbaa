"""What an error says, as a sentence, and where no line may break. No Qt."""

import re

_UNIT = re.compile(r"(?<=\d) (?=(?:%|s|µV)(?!\w))")


def sentence(words: str) -> str:
    """Return words as one sentence; "" stays empty."""
    if not words:
        return ""
    ended = words if words[-1] in ".?!…" else f"{words}."
    return f"{ended[:1].upper()}{ended[1:]}"


def unbroken(words: str) -> str:
    """Return words in which no line is broken between a number and its unit."""
    return _UNIT.sub("\u00a0", words)
