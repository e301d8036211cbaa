"""The colours of a calm room, light and dark, and the size of its letters."""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal, Protocol, runtime_checkable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QFont, QFontInfo, QGuiApplication

Scheme = Literal["system", "light", "dark"]


@runtime_checkable
class Schemed(Protocol):
    """A window whose scheme can be changed while it is open."""

    scheme: Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """All colours of the patient's screen, as `#rrggbb`.

    Blue, orange and bluish green keep apart for every kind of colour vision (Okabe and Ito,
    2008); they are softened here, and differ in lightness too.
    """

    background: str
    ink: str
    """Words, and the lines that matter."""
    faint: str
    """Words and marks that may be overlooked."""
    track: str
    """What a bar stands in."""
    quiet: str
    warm: str
    """A muscle that has just come along."""
    over: str
    """A muscle that came along far."""
    target: str
    beside: str
    """A second judgement, beside the one of the session."""
    unknown: str
    """Outline and hatching where there is no signal."""
    skin: str
    hair: str
    line: str
    """The lines of the drawn face."""

    def __post_init__(self) -> None:
        """Refuse what is no colour."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not QColor.isValidColorName(value):
                raise ValueError(f"{field.name} must be a colour, got {value!r}")


LIGHT = Theme(
    background="#f6f4ef",
    ink="#28323a",
    faint="#62696c",
    track="#e5e2da",
    quiet="#5f9fc8",
    warm="#e6a04e",
    over="#c9691b",
    target="#2c8a6e",
    beside="#7a5c9e",
    unknown="#7d8386",
    skin="#efe9df",
    hair="#dcd5c9",
    line="#9a958b",
)

DARK = Theme(
    background="#161a1e",
    ink="#eae7e0",
    faint="#9ba2a6",
    track="#2a3037",
    quiet="#5a9ac4",
    warm="#e3ac63",
    over="#f08c3c",
    target="#58b898",
    beside="#b79ad6",
    unknown="#8b9399",
    skin="#23292f",
    hair="#2f363d",
    line="#6d757b",
)


def theme_of(scheme: Scheme) -> Theme:
    """Return the theme of a scheme; `system` asks the desktop, and is light where it won't say."""
    if scheme not in {"system", "light", "dark"}:
        raise ValueError(f"scheme must be system, light or dark, got {scheme!r}")
    if scheme == "system":
        hints = QGuiApplication.styleHints()
        dark = hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if scheme == "dark" else LIGHT


def other_scheme(scheme: Scheme) -> Scheme:
    """Return the scheme that looks the other way; where the desktop looks so, it is followed."""
    wanted: Scheme = "light" if theme_of(scheme) is DARK else "dark"
    return "system" if theme_of("system") is theme_of(wanted) else wanted


@lru_cache(maxsize=64)
def colour(name: str) -> QColor:
    """Return a colour of a theme, made once: it must not be changed."""
    return QColor(name)


def mixed(start: str, end: str, share: float) -> QColor:
    """Return the colour `share` of the way from `start` to `end`."""
    first, last = QColor(start), QColor(end)
    parts = zip(first.getRgbF(), last.getRgbF(), strict=True)
    return QColor.fromRgbF(*((1.0 - share) * a + share * b for a, b in parts))


def veiled(color: str, opacity: float) -> QColor:
    """Return the colour as a veil, with opacity 0 to 1."""
    veil = QColor(color)
    veil.setAlphaF(opacity)
    return veil


USUAL_FONT_PX = 12.0
"""Pixel size of the desktop's font where nobody has enlarged it."""


def name_px(width: int, height: int, font: QFont) -> int:
    """Return the letter size of a bar's name: 28 pixels at 1280 x 800 with the usual font."""
    system = QFontInfo(font).pixelSize() / USUAL_FONT_PX
    return round(0.035 * min(height, width / 1.6) * min(max(system, 1.0), 2.0))
