"""What an error says, as a sentence. No Qt."""


def sentence(words: str) -> str:
    """Return words as one sentence; "" stays empty."""
    if not words:
        return ""
    ended = words if words[-1] in ".?!…" else f"{words}."
    return f"{ended[:1].upper()}{ended[1:]}"
