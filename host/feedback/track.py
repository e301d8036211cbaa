"""The track in which a level stands, and how it looks while nothing is known."""

from dataclasses import dataclass, field
from math import ceil

from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from host.feedback.lettering import fitted, fitted_line, sized
from host.feedback.theme import Theme, colour, veiled

_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
_HATCH_PX = 14
_CLEAR_PX = 1.5
_ACROSS, _ACROSS_WHY = 0.7, 0.5
"""Words, and why, stand across the track while they keep these shares of their size."""


@dataclass(frozen=True, slots=True)
class Track:
    """An upright track in pixels; levels 0 to 1 stand on a foot that is always seen."""

    rect: QRectF
    radius: float = field(init=False)
    """Radius of the round corners."""
    foot: float = field(init=False)
    """Height of what a level of 0 shows: quiet is not nothing."""
    left: float = field(init=False)
    width: float = field(init=False)
    height: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        """Measure once: a track is asked at each paint where its levels stand."""
        rect, keep = self.rect, object.__setattr__
        radius = min(0.2 * rect.width(), 16.0)
        keep(self, "radius", radius)
        keep(self, "foot", max(2.0 * radius, 0.05 * rect.height()))
        keep(self, "left", rect.left())
        keep(self, "width", rect.width())
        keep(self, "height", rect.height())
        keep(self, "bottom", rect.bottom())

    def y(self, level: float) -> float:
        """Return where a level stands; what is outside 0 to 1 stands at the end."""
        inside = 0.0 if level < 0.0 else min(level, 1.0)
        return self.bottom - self.foot - inside * (self.height - self.foot)

    def below(self, level: float) -> QRectF:
        """Return the part of the track that a level fills."""
        top = self.y(level)
        return QRectF(self.left, top, self.width, self.bottom - top)

    def between(self, low: float, high: float) -> QRectF:
        """Return the part of the track between two levels."""
        top = self.y(high)
        return QRectF(self.left, top, self.width, self.y(low) - top)


def draw_track(painter: QPainter, track: Track, theme: Theme) -> None:
    """Draw the empty track."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.track))
    painter.drawRoundedRect(track.rect, track.radius, track.radius)


def draw_pill(painter: QPainter, rect: QRectF) -> None:
    """Draw a bar with round ends in the painter's brush."""
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def limit_rect(track: Track, level: float) -> QRectF:
    """Return where `draw_limit` draws, with the clear edge around its line."""
    thick = max(3.0, 0.007 * track.height) + 2 * _CLEAR_PX
    beyond = 0.14 * track.width + _CLEAR_PX
    top = track.y(level) - thick / 2
    return QRectF(track.left - beyond, top, track.width + 2 * beyond, thick)


def draw_limit(painter: QPainter, track: Track, level: float, theme: Theme) -> None:
    """Draw the line that a level should stay below, clear of whatever is beneath it."""
    around = limit_rect(track, level)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.background))
    draw_pill(painter, around)
    painter.setBrush(colour(theme.ink))
    draw_pill(painter, around.adjusted(_CLEAR_PX, _CLEAR_PX, -_CLEAR_PX, -_CLEAR_PX))


def draw_unknown(
    painter: QPainter, track: Track, theme: Theme, words: tuple[str, str], font: QFont
) -> None:
    """Draw a track without a signal: an empty hatched outline that says so, and why."""
    frame = track.rect.adjusted(1.5, 1.5, -1.5, -1.5)
    _draw_hatching(painter, frame, track.radius, theme)
    outline = QPen(QColor(theme.unknown), 3.0)
    outline.setDashPattern([3.0, 2.0])
    painter.setPen(outline)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, track.radius, track.radius)
    inset = min(10.0, 0.12 * frame.width())
    _write_inside(painter, frame.adjusted(inset, inset, -inset, -inset), theme, words, font)


def _draw_hatching(painter: QPainter, frame: QRectF, radius: float, theme: Theme) -> None:
    painter.save()
    inside = QPainterPath()
    inside.addRoundedRect(frame, radius, radius)
    painter.setClipPath(inside)
    painter.setPen(QPen(veiled(theme.unknown, 0.5), 2.0))
    rise = frame.width()
    for step in range(ceil((frame.height() + rise) / _HATCH_PX)):
        y = frame.top() + step * _HATCH_PX
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y - rise))
    painter.restore()


def _write_inside(
    painter: QPainter, rect: QRectF, theme: Theme, words: tuple[str, str], font: QFont
) -> None:
    """Write across the track where words fit there, else in one line upwards along it."""
    wanted = sized(font, 0.05 * rect.height())
    room = QSizeF(rect.width(), 0.25 * rect.height())
    large, small = (fitted(wanted, word, room) for word in words)
    painter.save()
    painter.translate(rect.center())
    if min(large.pixelSize() / _ACROSS, small.pixelSize() / _ACROSS_WHY) >= wanted.pixelSize():
        box = QRectF(QPointF(-rect.width() / 2, -room.height()), room)
        painter.setFont(large)
        _write(painter, box, words[0], theme, Qt.AlignmentFlag.AlignBottom)
        painter.setFont(small)
        below = box.translated(0.0, room.height() + 0.5 * small.pixelSize())
        _write(painter, below, words[1], theme, Qt.AlignmentFlag.AlignTop)
    else:
        painter.rotate(-90.0)
        box = QRectF(-rect.height() / 2, -rect.width() / 2, rect.height(), rect.width())
        text = " – ".join(filter(None, words))
        painter.setFont(fitted_line(wanted, text, box.size()))
        _write(painter, box, text, theme, Qt.AlignmentFlag.AlignVCenter)
    painter.restore()


def _write(
    painter: QPainter, box: QRectF, text: str, theme: Theme, place: Qt.AlignmentFlag
) -> None:
    """Write on a plain ground, for the hatching not to cross the words."""
    if not text:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.background))
    ground = painter.boundingRect(box, _CENTRED | place, text).adjusted(-4, -2, 4, 2)
    painter.drawRoundedRect(ground, 6.0, 6.0)
    painter.setPen(QColor(theme.ink))
    painter.drawText(box, _CENTRED | place, text)
