"""How the calibration page looks beyond what it shares with the review."""

from host.feedback.review.styling import Tints
from host.feedback.review.styling import style_sheet as shared
from host.feedback.theme import Theme


def style_sheet(theme: Theme, px: int) -> str:
    """Return Qt's style sheet for the page, letters `px` high."""
    tints = Tints.of(theme)
    return f"""{shared(theme, px)}
        QPushButton {{ text-align: left; }}
        QPushButton[advised="true"] {{
            border: 2px solid {theme.target}; font-weight: bold;
            padding: {round(0.35 * px) - 1}px {round(0.7 * px) - 1}px;
        }}
        QListWidget, QTableWidget {{
            background: {theme.background}; color: {theme.ink}; border: none; outline: none;
        }}
        QListWidget {{ font-size: {px}px; }}
        QListWidget::item {{ padding: {round(0.04 * px)}px 0; }}
        QListWidget::item:hover {{ background: {tints.soft}; border-radius: 6px; }}
        QListWidget::item:selected {{
            background: {tints.press}; color: {theme.ink}; border-radius: 6px;
        }}
        QHeaderView {{ background: {theme.background}; border: none; }}
        QHeaderView::section {{
            background: {theme.background}; color: {theme.faint};
            border: none; border-bottom: 1px solid {tints.edge};
        }}
        QScrollArea#findings {{ border-left: 4px solid {theme.over}; }}
        QScrollArea#findings QLabel {{ padding: 0 {round(0.6 * px)}px; }}
        QProgressBar {{ background: {theme.track}; border: none; border-radius: 3px; }}
        QProgressBar::chunk {{ background: {theme.quiet}; border-radius: 3px; }}
    """
