"""How the app looks beyond what it shares with review and calibration."""

from PyQt6.QtGui import QGuiApplication

from host.feedback.calibrating.styling import style_sheet as shared
from host.feedback.review.styling import Tints
from host.feedback.theme import Theme, name_px

LETTERS = 0.6
"""Letters of the app, in sizes of a bar's name: 17 pixels at 1280 x 800."""
SMALLEST_PX = 12
MOST_WIDE, MOST_HIGH = 58, 36
"""A window is at least so many sizes of its letters wide and high: a page needs them, and the rail
beside it. Letters grow with the desktop's font until then, and no further."""


def letters_px(width: int, height: int) -> int:
    """Return the size of the app's letters in a window of this size."""
    wanted = LETTERS * name_px(width, height, QGuiApplication.font())
    carried = min(width // MOST_WIDE, height // MOST_HIGH)
    return max(SMALLEST_PX, min(round(wanted), carried))


def style_sheet(theme: Theme, px: int) -> str:
    """Return Qt's style sheet for the app, letters `px` high."""
    tints = Tints.of(theme)
    return f"""{shared(theme, px)}
        QPushButton {{ text-align: center; outline: none; }}
        QPushButton[advised="true"]:focus {{ background: {tints.press}; }}
        QLabel[large="true"] {{ font-size: {round(2.0 * px)}px; }}
        QLabel[wrong="true"] {{ color: {theme.ink}; font-weight: bold; }}
        {_sheets(theme, tints, px)}{_fields(theme, tints, px)}{_choices(theme, tints, px)}
        QStatusBar {{ color: {theme.faint}; }}
        QToolButton {{ color: {theme.ink}; background: transparent; border: none; }}
    """


def _sheets(theme: Theme, tints: Tints, px: int) -> str:
    """Return how what holds the controls looks: cards, the rail of steps, a sheet over a page."""
    small, pad = _small(px), _pad(px)
    return f"""
        QFrame#card {{
            background: {tints.card}; border: none; border-radius: {small}px; padding: {pad}px;
        }}
        QFrame#rail {{ background: {tints.card}; border: none; }}
        QFrame#rail QPushButton {{
            text-align: left; background: transparent; border: 2px solid transparent;
            padding: {small}px {pad}px;
        }}
        QFrame#rail QPushButton[faint="true"] {{ color: {theme.faint}; }}
        QFrame#rail QPushButton[small="true"] {{ font-size: {round(0.85 * px)}px; }}
        QFrame#rail QPushButton:hover {{ background: {tints.soft}; }}
        QFrame#rail QPushButton:checked {{ background: {tints.press}; font-weight: bold; }}
        QFrame#rail QPushButton:focus {{ border-color: {theme.target}; }}
        QWidget#keys QLabel {{ font-size: {round(0.88 * px)}px; }}
        QPushButton[plain="true"] {{
            background: transparent; border: 2px solid transparent;
            font-size: {round(0.85 * px)}px; padding: {small // 2}px {small}px;
        }}
        QPushButton[plain="true"]:focus {{ border-color: {theme.target}; }}
        QFrame#sheet {{
            background: {theme.background}; border: 1px solid {tints.edge};
            border-radius: {2 * small}px;
        }}
    """


def _fields(theme: Theme, tints: Tints, px: int) -> str:
    """Return how fields and boxes to tick look."""
    small = _small(px)
    return f"""
        QCheckBox, QDateEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit {{
            color: {theme.ink}; font-size: {px}px;
        }}
        QDateEdit, QPlainTextEdit {{
            background: {tints.soft}; border: 1px solid {tints.edge}; border-radius: 6px;
        }}
        QDateEdit {{ padding: {small - 1}px {small}px; }}
        QPlainTextEdit {{ padding: {small}px; }}
        QDateEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {theme.target}; }}
        QCheckBox {{ spacing: {small}px; padding: {small // 2}px; border: 2px solid transparent; }}
        QCheckBox:focus {{ border: 2px solid {theme.target}; border-radius: 6px; }}
        QCheckBox::indicator {{
            width: {px}px; height: {px}px; border: 2px solid {theme.line};
            border-radius: {small // 2}px; background: {theme.background};
        }}
        QCheckBox::indicator:checked {{
            background: {theme.target}; border-color: {theme.target};
        }}
    """


def _choices(theme: Theme, tints: Tints, px: int) -> str:
    """Return how lists to choose from look."""
    small = _small(px)
    return f"""
        QListWidget#choices {{
            background: {tints.card}; border: 1px solid {tints.edge}; border-radius: {small}px;
            padding: {small}px;
        }}
        QListWidget#choices:focus {{ border: 2px solid {theme.target}; }}
        QListWidget#choices::item {{
            padding: {small}px {_pad(px)}px; border-radius: {small}px;
        }}
        QListWidget#choices::item:selected {{ background: {tints.press}; color: {theme.ink}; }}
    """


def _small(px: int) -> int:
    return round(0.35 * px)


def _pad(px: int) -> int:
    return round(0.7 * px)
