"""Words that fit: a text into a box, and the names of many bars into their columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QRectF, QSizeF, Qt
from PyQt6.QtGui import QFont, QFontMetricsF

SMALLEST_PX = 9
LEGIBLE = 0.85
"""A way to write that keeps this share of the wanted size is good enough."""
NARROW = 87
"""Stretch of the letters, in percent, that is tried before they are set smaller."""
SMALLEST_NAME_PX = 12
"""Names are shortened with an ellipsis rather than set smaller than this."""


def sized(font: QFont, px: float) -> QFont:
    """Return the font at a pixel size."""
    other = QFont(font)
    other.setPixelSize(max(SMALLEST_PX, int(px)))
    return other


def fitted(font: QFont, text: str, box: QSizeF) -> QFont:
    """Return the font, smaller where needed, so that the text, wrapped at words, fits the box."""
    for px in range(font.pixelSize(), SMALLEST_PX, -1):
        used = QFontMetricsF(sized(font, px)).boundingRect(
            QRectF(0.0, 0.0, box.width(), 1e4), Qt.TextFlag.TextWordWrap, text
        )
        if used.width() <= box.width() and used.height() <= box.height():
            return sized(font, px)
    return sized(font, SMALLEST_PX)


def fitted_line(font: QFont, text: str, box: QSizeF) -> QFont:
    """Return the font, smaller where needed, so that the text fits the box in one line."""
    high = font.pixelSize() * box.height() / QFontMetricsF(font).height()
    return sized(font, min(high, _px_that_fits([text], box.width(), font)))


def legible(font: QFont, text: str, box: QSizeF) -> bool:
    """Tell whether the text fits the box in one line without much smaller letters."""
    return fitted_line(font, text, box).pixelSize() >= LEGIBLE * font.pixelSize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The names of all columns at one size, so that they stand in line."""

    texts: tuple[str, ...]
    """One per column; all have the same number of lines."""
    font: QFont
    shared: str = ""
    """The word that every name begins with, where it is told once for all."""


def fit_labels(names: Sequence[str], width: float, font: QFont) -> Labels:
    """Write each name into a column of `width`: in one line, in two, or its first word shared."""
    wanted = font.pixelSize()
    sizes = [(_px_that_fits(texts, width, font), shared, texts) for shared, texts in _ways(names)]
    good = [way for way in sizes if way[0] >= LEGIBLE * wanted]
    px, shared, texts = good[0] if good else max(sizes, key=lambda way: way[0])
    if not good:
        font = _narrow(font)
        px = _px_that_fits(texts, width, font)
    small = sized(font, max(px, SMALLEST_NAME_PX))
    return Labels(texts=_even(_elided(texts, width, small)), font=small, shared=shared)


def _narrow(font: QFont) -> QFont:
    narrow = QFont(font)
    narrow.setStretch(NARROW)
    return narrow


def _ways(names: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    ways = [("", names), ("", [_halved(name) for name in names])]
    first_words = {name.partition(" ")[0] for name in names}
    rests = [name.partition(" ")[2] for name in names]
    if len(names) > 1 and len(first_words) == 1 and all(rests):
        ways.append((first_words.pop(), rests))
    return ways


def _halved(name: str) -> str:
    """Break a name at the space nearest to its middle."""
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    if not spaces:
        return name
    middle = min(spaces, key=lambda at: abs(2 * at - len(name)))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def _px_that_fits(texts: Sequence[str], width: float, font: QFont) -> float:
    metrics = QFontMetricsF(font)
    widest = max(metrics.horizontalAdvance(line) for text in texts for line in text.split("\n"))
    return font.pixelSize() * min(1.0, width / max(widest, 1.0))


def _elided(texts: Sequence[str], width: float, font: QFont) -> list[str]:
    metrics, right = QFontMetricsF(font), Qt.TextElideMode.ElideRight
    # Half a pixel of grace: a line that fits exactly must not lose a letter to rounding.
    return [
        "\n".join(metrics.elidedText(line, right, width + 0.5) for line in text.split("\n"))
        for text in texts
    ]


def _even(texts: Sequence[str]) -> tuple[str, ...]:
    lines = max(text.count("\n") for text in texts)
    return tuple(text + "\n" * (lines - text.count("\n")) for text in texts)
