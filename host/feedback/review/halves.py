"""What the channels show in their halves of the strips: heights, colours and marks."""

import numpy as np
from PyQt6.QtGui import QColor

from host.chain.stream import BoolArray, FloatArray, IntArray
from host.detection.cocontraction import Episode
from host.feedback.bar_heights import bar_heights
from host.feedback.review.layout import Asked
from host.feedback.review.raster import (
    Colour,
    Inks,
    Marked,
    Pixels,
    Sides,
    levels,
    packed,
    traces,
)
from host.feedback.theme import Theme, mixed
from host.report.decimation import Traces
from host.report.outline import Glance, Outline
from host.session.opened import Opened

Stretches = dict[int, FloatArray]
"""For each channel `(n_episodes, 2)`: where its episodes start and stop, in samples."""


class Halves:
    """Knows who is whose: the affected side in full colours, the other side fainter (P3)."""

    def __init__(self, opened: Opened, outline: Outline, asked: Asked, theme: Theme) -> None:
        self._own = [site.side in (None, opened.affected) for site in opened.watch.montage.sites]
        self._outline = outline
        self._asked = asked
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        """Take colours."""
        self._theme = theme
        self._palette = np.stack([_palette(theme, own=one) for one in self._own])

    def __len__(self) -> int:
        return len(self._palette)

    @property
    def inks(self) -> Inks:
        """The colours around all levels."""
        theme = self._theme
        return Inks(
            ground=rgb(mixed(theme.background, theme.track, 0.55)),
            hold=rgb(mixed(theme.background, theme.target, 0.16)),
            hatch=rgb(QColor(theme.unknown)),
            line=rgb(QColor(theme.line)),
        )

    def pixels(
        self, edges: FloatArray, rows: int, raw: Traces | None, marks: Marked
    ) -> tuple[Pixels, Pixels, Pixels]:
        """Return the ground, and all channels as they stand above and below a middle line.

        `edges` are where pixel columns begin, in samples, one more than there are. With `raw`
        the raw signal is drawn in place of the levels.
        """
        middles = 0.5 * (edges[:-1] + edges[1:])
        samples, inks = middles.astype(np.int64), self.inks
        ground = inks.under(self._asked.held(samples))
        if raw is not None:
            found = _traces_at(raw, middles)
            drawn = traces(found[..., 0].T, found[..., 1].T, ground, rows, inks)
            return ground, drawn, drawn
        glance = self._outline.glance(edges[0], edges[-1], len(middles))
        drawn = levels(self._sides(glance, samples, marks), ground, rows, inks)
        return ground, drawn[:, ::-1], drawn

    def _sides(self, glance: Glance, samples: IntArray, marks: Marked) -> Sides:
        threshold = glance.threshold.T
        # Faint for what nobody judged, blue for what should be quiet, green for what leads.
        which = np.where(np.isnan(threshold), 0, 1)
        which[self._asked.leads(samples).T] = 2
        which[glance.active.T] = 3
        return Sides(
            level=bar_heights(glance.activation.T),
            threshold=bar_heights(threshold),
            ink=np.take_along_axis(self._palette, which, axis=1),
            marks=marks,
        )


def _traces_at(raw: Traces, samples: FloatArray) -> FloatArray:
    """Return what was read of the raw signal, at these samples; NaN where it was not read."""
    view = raw.view
    place = np.floor((samples - view.start) / (view.stop - view.start) * view.columns)
    found = raw.scaled[np.clip(place, 0, view.columns - 1).astype(np.int64)]
    found[(place < 0) | (place >= view.columns)] = np.nan
    return found


def _palette(theme: Theme, *, own: bool) -> Pixels:
    """Return the colours of what is not judged, quiet, leading and coming along."""
    return np.array(
        [
            packed(rgb(mixed(theme.background, colour, full if own else faint)))
            for colour, full, faint in (
                (theme.faint, 0.6, 0.35),
                (theme.quiet, 1.0, 0.45),
                (theme.target, 0.9, 0.45),
                (theme.over, 1.0, 0.5),
            )
        ]
    )


class Marks:
    """Where the newest episodes are, by channel; sorted anew only where there are others."""

    def __init__(self) -> None:
        self._episodes: tuple[Episode, ...] = ()
        self._stretches: Stretches = {}

    def of(self, episodes: tuple[Episode, ...]) -> Stretches:
        """Return them by channel."""
        if episodes is not self._episodes:
            self._episodes, self._stretches = episodes, stretches(episodes)
        return self._stretches


def stretches(episodes: tuple[Episode, ...]) -> Stretches:
    """Sort episodes by channel."""
    found: dict[int, list[tuple[int, int]]] = {}
    for episode in episodes:
        found.setdefault(episode.channel, []).append((episode.start, episode.stop))
    return {channel: np.array(pairs, dtype=np.float64) for channel, pairs in found.items()}


def covered(found: Stretches, channels: int, edges: FloatArray) -> BoolArray:
    """Return which pixel columns the stretches touch, `(n_channels, n_columns)`.

    Column `k` reaches from sample `edges[k]` to `edges[k + 1]`; all are as wide.
    """
    columns = len(edges) - 1
    counts: IntArray = np.zeros((channels, columns + 1), dtype=np.int64)
    for channel, spans in found.items():
        x = (spans - edges[0]) / (edges[-1] - edges[0]) * columns
        inside = (x[:, 1] > 0.0) & (x[:, 0] < columns)
        first = np.clip(np.floor(x[inside, 0]), 0, columns - 1).astype(np.int64)
        after = np.clip(np.ceil(x[inside, 1]), first + 1, columns).astype(np.int64)
        np.add.at(counts[channel], first, 1)
        np.add.at(counts[channel], after, -1)
    touched: BoolArray = np.cumsum(counts, axis=1)[:, :columns] > 0
    return touched


def rgb(colour: QColor) -> Colour:
    """Return a colour as numbers."""
    return colour.red(), colour.green(), colour.blue()
