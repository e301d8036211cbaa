"""How the calibration page looks beyond what it shares with the review."""

from host.feedback.review.styling import style_sheet as shared
from host.feedback.theme import Theme, mixed


def style_sheet(theme: Theme, px: int) -> str:
    """Return Qt's style sheet for the page, letters `px` high."""
    soft = mixed(theme.background, theme.track, 0.8).name()
    press = mixed(theme.background, theme.ink, 0.16).name()
    edge = mixed(theme.background, theme.line, 0.6).name()
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
        QListWidget::item:hover {{ background: {soft}; border-radius: 6px; }}
        QListWidget::item:selected {{
            background: {press}; color: {theme.ink}; border-radius: 6px;
        }}
        QHeaderView {{ background: {theme.background}; border: none; }}
        QHeaderView::section {{
            background: {theme.background}; color: {theme.faint};
            border: none; border-bottom: 1px solid {edge};
        }}
        QScrollArea#findings {{ border-left: 4px solid {theme.over}; }}
        QScrollArea#findings QLabel {{ padding-left: {round(0.6 * px)}px; }}
        QProgressBar {{ background: {theme.track}; border: none; border-radius: 3px; }}
        QProgressBar::chunk {{ background: {theme.quiet}; border-radius: 3px; }}
    """
