"""A drawing as SVG, for documents and reports: no Qt, no font of its own, no file."""

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from host.report.face.electrodes import BOTTOM, LEFT, NOTHING, RIGHT, TOP, electrode_drawing
from host.report.face.geometry import Points
from host.report.face.shapes import Curve, Disc, Drawing, Letters, cubics
from host.report.face.sites import Sites
from host.report.face.status import Status

SCALE = 500.0
"""Pixels to a width of the face's picture."""

PAPER: Mapping[str, str] = MappingProxyType(
    {
        "background": "#f6f4ef",
        "ink": "#28323a",
        "faint": "#62696c",
        "track": "#e5e2da",
        "target": "#2c8a6e",
        "warm": "#e6a04e",
        "over": "#c9691b",
        "quiet": "#5f9fc8",
        "beside": "#7a5c9e",
        "unknown": "#7d8386",
        "skin": "#efe9df",
        "hair": "#dcd5c9",
        "line": "#9a958b",
    }
)
"""The colours of the light theme, by name."""


def face_svg(
    sites: Sites, status: Mapping[int, Status] = NOTHING, colors: Mapping[str, str] = PAPER
) -> str:
    """Return the picture of a montage as an SVG document; `status` is by column."""
    width, height = SCALE * (RIGHT - LEFT), SCALE * (BOTTOM - TOP)
    said = escape(spoken(sites), quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'role="img" aria-label="{said}" font-family="sans-serif">'
    )
    parts = [
        head,
        f'<rect width="{_n(width)}" height="{_n(height)}" fill="{colors["background"]}"/>',
        *svg_shapes(electrode_drawing(sites, status), colors, (-LEFT, -TOP)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def spoken(sites: Sites) -> str:
    """Say the picture in words, for those who do not see it."""
    rows = [
        f"{row.cable}: {row.title}" + (f", {row.side.value}" if row.side else f", {row.pins}")
        for row in sorted(sites.rows, key=lambda row: (row.channel is None, row.channel or 0))
    ]
    return f"Electrodes of {sites.name}, as you face the patient. " + "; ".join(rows)


def svg_shapes(
    drawing: Drawing, colors: Mapping[str, str], moved: tuple[float, float] = (0.0, 0.0)
) -> list[str]:
    """Return one element for each shape."""
    writer = _Writer(colors, moved)
    return [writer.element(shape) for shape in drawing]


class _Writer:
    def __init__(self, colors: Mapping[str, str], moved: tuple[float, float]) -> None:
        self._colors = colors
        self._moved = moved

    def element(self, shape: Curve | Disc | Letters) -> str:
        if isinstance(shape, Curve):
            return self._curve(shape)
        return self._disc(shape) if isinstance(shape, Disc) else self._letters(shape)

    def _curve(self, curve: Curve) -> str:
        path = self._path(curve.points, closed=curve.closed, straight=curve.straight)
        if curve.hole:
            path += self._path(curve.hole, closed=True, straight=False)
        seen = f' fill-opacity="{curve.opacity:.2f}"' if curve.opacity < 1.0 else ""
        return (
            f'<path d="{path}" fill-rule="evenodd"{seen} stroke-linejoin="round" '
            f'stroke-linecap="round"{self._paint(curve)}/>'
        )

    def _disc(self, disc: Disc) -> str:
        x, y = self._at(*disc.centre)
        radius = _n(SCALE * disc.radius)
        return f'<circle cx="{x}" cy="{y}" r="{radius}"{self._paint(disc)}/>'

    def _letters(self, letters: Letters) -> str:
        # Half the height of capitals below the middle: not every viewer knows other baselines.
        across, down = letters.at
        x, y = self._at(across, down + 0.36 * letters.size)
        bold = ' font-weight="bold"' if letters.bold else ""
        return (
            f'<text x="{x}" y="{y}" font-size="{_n(SCALE * letters.size)}"{bold} '
            f'text-anchor="{letters.anchor}" fill="{self._colors[letters.color]}">'
            f"{escape(letters.words)}</text>"
        )

    def _paint(self, shape: Curve | Disc) -> str:
        fill = self._colors[shape.fill] if shape.fill else "none"
        if not shape.stroke:
            return f' fill="{fill}"'
        width = _n(SCALE * shape.width)
        gap = _n(2.0 * SCALE * shape.width)
        dashes = f' stroke-dasharray="{gap} {gap}"' if shape.dashed else ""
        stroke = self._colors[shape.stroke]
        return f' fill="{fill}" stroke="{stroke}" stroke-width="{width}"{dashes}'

    def _path(self, points: Points, *, closed: bool, straight: bool) -> str:
        first = "M" + " ".join(self._at(*points[0]))
        if straight:
            rest = "".join("L" + " ".join(self._at(*point)) for point in points[1:])
        else:
            rest = "".join(
                "C" + " ".join(" ".join(self._at(*point)) for point in piece)
                for piece in cubics(points, closed=closed)
            )
        return first + rest + ("Z" if closed else "")

    def _at(self, x: float, y: float) -> tuple[str, str]:
        return _n(SCALE * (x + self._moved[0])), _n(SCALE * (y + self._moved[1]))


def _n(number: float) -> str:
    """Write a number as short as a tenth of a pixel allows, the same on every computer."""
    return f"{number + 0.0:.1f}".removesuffix(".0")
