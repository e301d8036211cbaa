"""How the review's buttons and fields look: calm, in the colours of the room."""

from dataclasses import dataclass

from host.feedback.theme import Theme, mixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Tints:
    """Colours between the room's background and its lines, for what can be pressed."""

    soft: str
    """Of a control at rest, and of a row under the pointer."""
    press: str
    """Of what is pressed or chosen."""
    edge: str
    card: str
    """Of what lies on the background and holds controls."""

    @classmethod
    def of(cls, theme: Theme) -> "Tints":
        """Return a room's tints, as Qt's style sheets write them."""
        return cls(
            soft=mixed(theme.background, theme.track, 0.8).name(),
            press=mixed(theme.background, theme.ink, 0.16).name(),
            edge=mixed(theme.background, theme.line, 0.6).name(),
            card=mixed(theme.background, theme.track, 0.45).name(),
        )


def style_sheet(theme: Theme, px: int) -> str:
    """Return Qt's style sheet for all controls of the window, letters `px` high.

    What paints itself, as the patient's bars do, keeps its own letters: a style sheet goes before
    every font that a widget chooses.
    """
    tints = Tints.of(theme)
    return f"""{_controls(theme, tints, px)}{_scales(theme, tints, px)}
        QComboBox::drop-down {{ border: none; width: {px}px; }}
        QComboBox QAbstractItemView {{
            background: {theme.background}; color: {theme.ink};
            selection-background-color: {tints.press}; selection-color: {theme.ink};
        }}
        QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
        QScrollBar:vertical {{ background: transparent; width: 8px; }}
        QScrollBar::handle:vertical {{
            background: {tints.edge}; border-radius: 4px; min-height: 24px;
        }}
        QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
        QToolTip {{
            background: {theme.background}; color: {theme.ink}; border: 1px solid {tints.edge};
        }}
    """


def _controls(theme: Theme, tints: Tints, px: int) -> str:
    """Return how words, buttons and fields look."""
    return f"""
        QLabel, QPushButton, QComboBox, QLineEdit, QAbstractItemView {{
            color: {theme.ink}; font-size: {px}px;
        }}
        QLabel[faint="true"] {{ color: {theme.faint}; }}
        QLabel[title="true"] {{ font-size: {round(1.35 * px)}px; }}
        QPushButton, QComboBox, QLineEdit {{
            background: {tints.soft}; border: 1px solid {tints.edge}; border-radius: 6px;
            padding: {round(0.35 * px)}px {round(0.7 * px)}px;
        }}
        QPushButton:hover, QComboBox:hover {{ border-color: {theme.ink}; }}
        QPushButton:pressed, QPushButton:checked {{
            background: {tints.press}; border-color: {theme.ink};
        }}
        QPushButton:disabled {{ color: {theme.faint}; }}
        QPushButton:focus, QComboBox:focus, QLineEdit:focus {{
            border: 2px solid {theme.target};
        }}
    """


def _scales(theme: Theme, tints: Tints, px: int) -> str:
    """Return how what is slid looks."""
    return f"""
        QSlider {{ min-height: {round(1.5 * px)}px; }}
        QSlider::groove:horizontal {{
            height: 4px; border-radius: 2px; background: {tints.edge};
        }}
        QSlider::handle:horizontal {{
            width: {round(1.1 * px)}px; margin: -{round(0.45 * px)}px 0;
            border-radius: {round(0.5 * px)}px; background: {theme.target};
        }}
        QSlider::handle:horizontal:focus {{ background: {theme.ink}; }}
    """
