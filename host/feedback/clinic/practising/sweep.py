"""The widget of the raw traces: pixels are kept, and only new columns are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PyQt6.QtCore import QEvent, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetrics, QImage, QPainter, QResizeEvent

from host.feedback.canvas import Canvas
from host.feedback.clinic.practising.sweep_state import (
    FIRST_UV,
    Sweep,
    joined,
    scale_beside,
    scale_for,
)
from host.feedback.review.raster import Inks, packed, traces
from host.feedback.theme import Theme, mixed
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from PyQt6.QtWidgets import QWidget

    from host.chain.stream import Chunk, FloatArray
    from host.feedback.clinic.practising.sweep_state import Columns
    from host.feedback.review.raster import Colour, Pixels

AHEAD = 10
"""Empty columns before the newest: where it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """What the traces are of."""

    names: tuple[str, ...] = ()
    rate_hz: float = 250.0


class SweepView(Canvas[Lanes]):
    """Up to sixteen raw traces; Up and Down change how large they are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._pixels: Pixels = np.zeros((1, 1), dtype=np.uint32)
        self._image: QImage | None = None
        self._sweep: Sweep | None = None
        self._low: FloatArray = np.zeros((0, 0))
        self._high: FloatArray = np.zeros((0, 0))
        self._recent: list[Chunk] = []
        """What came before the first paint; drawn again while the size is not settled."""
        self._scale_uv, self._own_scale = FIRST_UV, False
        super().__init__(Lanes(), theme, parent)
        self._field = QRect(0, 0, 1, 1)
        self.setMinimumHeight(120)

    @property
    def scale_uv(self) -> float:
        """Microvolts from a trace's middle to its edge."""
        return self._scale_uv

    def spoken(self) -> str:
        """Say what it is."""
        return tr("Raw signals of {n} channels").format(n=len(self._state.names))

    def still_key(self) -> Hashable:
        """Return names and scale."""
        return self._state, self._scale_uv

    def begin(self, lanes: Lanes, recent: Iterable[Chunk] = ()) -> None:
        """Begin anew with these, and with what has come just before."""
        self.state = lanes
        self._recent = joined(recent)
        self._renew()

    def enlarge(self, steps: int) -> None:
        """Draw larger from now on, or smaller."""
        self._own_scale = True
        self._scale_uv = scale_beside(self._scale_uv, -steps)
        self.update()

    def push(self, chunks: Iterable[Chunk]) -> None:
        """Draw what came; only its columns are painted."""
        self._recent = []
        self._push(joined(chunks))

    def _measured(self) -> QRect:
        """Return where the traces are to be drawn: beside the longest name."""
        metrics = QFontMetrics(self.font())
        names = [metrics.horizontalAdvance(name) for name in self._state.names]
        left = max(names, default=0) + metrics.horizontalAdvance("M")
        return QRect(left, 0, max(self.width() - left, 1), self.height())

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Begin anew in the new size."""
        self._renew()

    def changeEvent(self, event: QEvent | None) -> None:
        """Begin anew beside names in other letters: none of them may be cut."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self._renew()

    def use_theme(self, theme: Theme) -> None:
        """Take other colours; what was drawn in the old ones is let go of."""
        if theme != self.theme:
            self.theme = theme
            self._renew()

    def paint_still(self, painter: QPainter) -> None:
        """Write the names, and the scale below them."""
        names, field = self._state.names, self._field
        painter.setPen(QColor(self._theme.ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for number, name in enumerate(names):
            top, high = self._lane(number)
            painter.drawText(QRectF(0.0, top, field.left() - 4.0, high), flags, name)
        painter.setPen(QColor(self._theme.faint))
        words = f"± {self._scale_uv:g} µV"
        foot = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(0, 0, field.left(), self.height()), foot, words)

    def paint_live(self, painter: QPainter) -> None:
        """Draw the kept pixels; Qt clips to what is new."""
        if self._image is not None:
            painter.drawImage(self._field.topLeft(), self._image)

    def _push(self, chunks: Iterable[Chunk]) -> None:
        if self._sweep is None:
            return
        for chunk in chunks:
            columns = self._sweep.push(chunk)
            if columns is not None:
                self._draw(columns, self._sweep)

    def _lane(self, number: int) -> tuple[int, int]:
        """Return top and height of a lane."""
        foot = round(1.4 * self.font().pixelSize())
        high = max((self.height() - foot) // max(len(self._state.names), 1), 2)
        return number * high, high

    def _renew(self) -> None:
        names = self._state.names
        self._field = field = self._measured()
        self._sweep = None
        self._image = None
        if not names or field.width() < AHEAD:
            return
        self._sweep = Sweep(len(names), self._state.rate_hz, field.width())
        self._low = np.full((len(names), field.width()), np.nan)
        self._high = self._low.copy()
        self._image = QImage(field.width(), self.height(), QImage.Format.Format_RGB32)
        self._pixels = _pixels_of(self._image)
        self._pixels[:] = packed(self._inks().ground)
        self._push(self._recent)
        self.update()

    def _draw(self, columns: Columns, sweep: Sweep) -> None:
        """Draw columns in pieces that do not reach over the right edge."""
        done, count = 0, columns.low.shape[1]
        skipped = max(count - sweep.width, 0)
        done = skipped
        while done < count:
            at = (columns.first + done) % sweep.width
            number = min(count - done, sweep.width - at)
            piece = slice(done, done + number)
            self._write(at, columns.low[:, piece], columns.high[:, piece])
            done += number

    def _write(self, at: int, low: FloatArray, high: FloatArray) -> None:
        width, stop = self._low.shape[1], at + low.shape[1]
        self._low[:, at:stop], self._high[:, at:stop] = low, high
        begin = max(at - 1, 0)  # the column before, for lines to meet
        inks, (_, rows) = self._inks(), self._lane(0)
        drawn = traces(
            self._low[:, begin:stop] / self._scale_uv,
            self._high[:, begin:stop] / self._scale_uv,
            np.full(stop - begin, packed(inks.ground)),
            rows,
            inks,
        )
        lanes = drawn[:, :, at - begin :].reshape(len(drawn) * rows, -1)
        self._pixels[: len(lanes), at:stop] = lanes
        ahead = min(stop + AHEAD, width)
        self._pixels[:, stop:ahead] = packed(inks.ground)
        if stop == width:
            self._pixels[:, :AHEAD] = packed(inks.ground)
            self._rescale()
            self.update(QRect(self._field.left(), 0, AHEAD, self.height()))
        self.update(QRect(self._field.left() + at, 0, ahead - at, self.height()))

    def _rescale(self) -> None:
        """At the right edge, take the scale that suits what was drawn; the next sweep has it."""
        if self._own_scale:
            return
        scale_uv = scale_for(self._low, self._high)
        if scale_uv != self._scale_uv:
            self._scale_uv = scale_uv
            self.update(QRect(0, 0, self._field.left(), self.height()))

    def _inks(self) -> Inks:
        return _inks_of(self._theme)


@lru_cache(maxsize=2)
def _inks_of(theme: Theme) -> Inks:
    return Inks(
        ground=_rgb(mixed(theme.background, theme.track, 0.35)),
        hold=_rgb(QColor(theme.track)),
        hatch=_rgb(QColor(theme.unknown)),
        line=_rgb(mixed(theme.background, theme.ink, 0.85)),
    )


def _pixels_of(image: QImage) -> Pixels:
    """Return the pixels of an image, `(height, width)`; what is written there is seen."""
    bits = image.bits()
    if bits is None:
        raise ValueError("the image has no pixels")
    bits.setsize(image.sizeInBytes())
    pixels = np.frombuffer(bits, dtype=np.uint32)  # type: ignore[call-overload]  # it has a buffer
    whole: Pixels = pixels.reshape(image.height(), image.bytesPerLine() // 4)
    return whole[:, : image.width()]


def _rgb(colour: QColor) -> Colour:
    return colour.red(), colour.green(), colour.blue()
