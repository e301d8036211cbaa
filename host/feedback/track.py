"""The track in which a level stands, and how it looks while nothing is known."""

from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from host.feedback.lettering import LEGIBLE, fitted
from host.feedback.theme import Theme, veiled

_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Track:
    """An upright track in pixels; levels 0 to 1 stand on a foot that is always seen."""

    rect: QRectF

    @property
    def radius(self) -> float:
        """Radius of the round corners."""
        return min(0.2 * self.rect.width(), 16.0)

    @property
    def foot(self) -> float:
        """Height of what a level of 0 shows: quiet is not nothing."""
        return max(2.0 * self.radius, 0.05 * self.rect.height())

    def y(self, level: float) -> float:
        """Return where a level stands; what is outside 0 to 1 stands at the end."""
        inside = min(max(level, 0.0), 1.0)
        return self.rect.bottom() - self.foot - inside * (self.rect.height() - self.foot)

    def below(self, level: float) -> QRectF:
        """Return the part of the track that a level fills."""
        return QRectF(QPointF(self.rect.left(), self.y(level)), self.rect.bottomRight())

    def between(self, low: float, high: float) -> QRectF:
        """Return the part of the track between two levels."""
        return QRectF(
            QPointF(self.rect.left(), self.y(high)), QPointF(self.rect.right(), self.y(low))
        )


def draw_track(painter: QPainter, track: Track, theme: Theme) -> None:
    """Draw the empty track."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.track))
    painter.drawRoundedRect(track.rect, track.radius, track.radius)


def draw_pill(painter: QPainter, rect: QRectF) -> None:
    """Draw a bar with round ends in the painter's brush."""
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def draw_limit(painter: QPainter, track: Track, level: float, theme: Theme) -> None:
    """Draw the line that a level should stay below, clear of whatever is beneath it."""
    thick = max(3.0, 0.007 * track.rect.height())
    beyond = 0.14 * track.rect.width()
    line = track.between(level, level).adjusted(-beyond, -thick / 2, beyond, thick / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.background))
    draw_pill(painter, line.adjusted(-1.5, -1.5, 1.5, 1.5))
    painter.setBrush(QColor(theme.ink))
    draw_pill(painter, line)


def draw_unknown(
    painter: QPainter, track: Track, theme: Theme, words: tuple[str, str], font: QFont
) -> None:
    """Draw a track without a signal: an empty hatched outline that says so, and why."""
    outline = QPen(QColor(theme.unknown), 2.5)
    outline.setDashPattern([3.0, 2.5])
    painter.setPen(outline)
    painter.setBrush(QBrush(veiled(theme.unknown, 0.4), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(track.rect.adjusted(1, 1, -1, -1), track.radius, track.radius)
    _write_inside(painter, track.rect, theme, words, font)


def _write_inside(
    painter: QPainter, rect: QRectF, theme: Theme, words: tuple[str, str], font: QFont
) -> None:
    """Write across the track where words fit there, else upwards along it."""
    painter.save()
    painter.translate(rect.center())
    box = rect.translated(-rect.center())
    text = "\n\n".join(filter(None, words))
    chosen = fitted(font, text, 0.9 * box.size())
    if chosen.pixelSize() < LEGIBLE * font.pixelSize():
        text = " – ".join(filter(None, words))
        painter.rotate(-90.0)
        box = QRectF(box.top(), box.left(), box.height(), box.width())
        chosen = fitted(font, text, 0.92 * box.size())
    painter.setFont(chosen)
    _draw_plate(painter, painter.boundingRect(box, _CENTRED, text), theme)
    painter.setPen(QColor(theme.ink))
    painter.drawText(box, _CENTRED, text)
    painter.restore()


def _draw_plate(painter: QPainter, words: QRectF, theme: Theme) -> None:
    """Lay a plain ground under words, for the hatching not to cross them."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.background))
    painter.drawRoundedRect(words.adjusted(-5, 0, 5, 0), 6.0, 6.0)
