"""Parts of wiring diagrams as SVG: boards with pins, wires, electrodes, resistors."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from host.report.face.svg import PAPER

Point = tuple[float, float]

COLORS = {
    "supply": "#b5452f",
    "ground": PAPER["ink"],
    "signal": PAPER["target"],
    "plus": "#c07a1a",
    "minus": "#3f7fae",
    "reference": PAPER["beside"],
    "usb": PAPER["line"],
}
"""By what a wire carries; each wire has its words, too."""
INK, FAINT, FILL = PAPER["ink"], PAPER["faint"], PAPER["track"]
STUB = 9.0
"""How far a pin sticks out of its board."""


def text(
    at: Point,
    words: str,
    *,
    size: float = 13,
    anchor: str = "start",
    bold: bool = False,
    color: str = INK,
) -> str:
    """Return words with their base line at a point."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{at[0]:g}" y="{at[1]:g}" font-size="{size:g}" text-anchor="{anchor}"{weight} '
        f'fill="{color}">{escape(words)}</text>'
    )


def lines_of(at: Point, rows: Sequence[str], *, size: float = 13, color: str = FAINT) -> str:
    """Return several lines of words, from the top."""
    step = 1.45 * size
    return "".join(
        text((at[0], at[1] + step * row), words, size=size, color=color)
        for row, words in enumerate(rows)
    )


def wire(kind: str, *points: Point, dashed: bool = False) -> str:
    """Return a wire along points."""
    path = "M" + " L".join(f"{x:g} {y:g}" for x, y in points)
    dashes = ' stroke-dasharray="2 7"' if dashed else ""
    return (
        f'<path d="{path}" fill="none" stroke="{COLORS[kind]}" stroke-width="2.6" '
        f'stroke-linejoin="round" stroke-linecap="round"{dashes}/>'
    )


def joint(kind: str, at: Point) -> str:
    """Return the dot where wires join."""
    return f'<circle cx="{at[0]:g}" cy="{at[1]:g}" r="4.5" fill="{COLORS[kind]}"/>'


def panel(at: Point, size: Point, *, fill: str = FILL, stroke: str = "none") -> str:
    """Return a rounded rectangle."""
    return (
        f'<rect x="{at[0]:g}" y="{at[1]:g}" width="{size[0]:g}" height="{size[1]:g}" rx="10" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="1.5"/>'
    )


def electrode(at: Point, kind: str, words: str) -> str:
    """Return an electrode with what it is, to its left."""
    x, y = at
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="13" fill="{PAPER["skin"]}" stroke="{COLORS[kind]}" '
        f'stroke-width="2.6"/><circle cx="{x:g}" cy="{y:g}" r="5" fill="{COLORS[kind]}"/>'
        + text((x - 22, y + 4.5), words, anchor="end")
    )


def resistor(
    middle: Point, words: str, *, upright: bool = False, below: bool = False, before: bool = False
) -> str:
    """Return a resistor over a wire, its value above or below it; upright, after or before it."""
    x, y = middle
    across, down = (14, 42) if upright else (42, 14)
    box = (
        f'<rect x="{x - across / 2:g}" y="{y - down / 2:g}" width="{across}" height="{down}" '
        f'rx="2" fill="{PAPER["background"]}" stroke="{INK}" stroke-width="2"/>'
    )
    if upright and before:
        return box + text((x - 14, y + 4.5), words, anchor="end")
    if upright:
        return box + text((x + 14, y + 4.5), words)
    return box + text((x, y + (24 if below else -13)), words, anchor="middle")


def capacitor(middle: Point, words: str, *, upright: bool = True) -> str:
    """Return a capacitor over a wire, with its value at its right or, lying, above it."""
    x, y = middle
    flat = f'<rect x="{x - 4:g}" y="{y - 4:g}" width="8" height="8" fill="{PAPER["background"]}"/>'
    plates = (
        ((x - 15, y - 4), (x + 15, y - 4), (x - 15, y + 4), (x + 15, y + 4))
        if upright
        else ((x - 4, y - 15), (x - 4, y + 15), (x + 4, y - 15), (x + 4, y + 15))
    )
    (a, b), (c, d), (e, f), (g, h) = plates
    drawn = (
        f'<path d="M{a:g} {b:g}L{c:g} {d:g}M{e:g} {f:g}L{g:g} {h:g}" stroke="{INK}" '
        'stroke-width="2.4" stroke-linecap="round"/>'
    )
    where = (x + 22, y + 4.5) if upright else (x, y - 22)
    return flat + drawn + text(where, words, anchor="start" if upright else "middle")


def earth(at: Point, words: str = "GND") -> str:
    """Return the sign of the board's own ground below a wire's end."""
    x, y = at
    strokes = "".join(
        f"M{x - half:g} {y + down:g}L{x + half:g} {y + down:g}"
        for half, down in ((13, 0), (8, 5), (3.5, 10))
    )
    return (
        f'<path d="{strokes}" stroke="{COLORS["ground"]}" stroke-width="2.4" '
        'stroke-linecap="round"/>' + text((x + 18, y + 9), words, size=11, color=FAINT)
    )


def amplifier(at: Point, words: Sequence[str], *, width: float = 92, height: float = 96) -> str:
    """Return a triangle with its point at the right; `at` is the middle of its left edge."""
    x, y = at
    body = (
        f'<path d="M{x:g} {y - height / 2:g}L{x + width:g} {y:g}L{x:g} {y + height / 2:g}Z" '
        f'fill="{FILL}" stroke="{INK}" stroke-width="2" stroke-linejoin="round"/>'
    )
    top = y + 4 - 7.5 * (len(words) - 1)
    return body + "".join(
        text((x + 9, top + 15 * row), line, size=11.5) for row, line in enumerate(words)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board with pins at its left and its right edge."""

    at: Point
    size: Point
    title: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    first: float = 58.0
    """From the top to the first pin."""
    step: float = 34.0
    pause: tuple[int, float] = (99, 0.0)
    """After so many pins at the left, so much more space."""
    behind: int = 0
    """How many more of the same lie behind it."""

    def __post_init__(self) -> None:
        """Refuse pins below the board."""
        most = max(len(self.left), len(self.right), 1)
        if self._down(most - 1) > self.at[1] + self.size[1]:
            raise ValueError(f"{self.title}: {most} pins do not fit")

    def pin(self, name: str) -> Point:
        """Return the outer end of a pin; ValueError where there is none of that name."""
        if name in self.left:
            return self.at[0] - STUB, self._down(self.left.index(name))
        return self.at[0] + self.size[0] + STUB, self._down(self.right.index(name))

    def drawn(self) -> str:
        """Return the board."""
        x, y = self.at
        width, _ = self.size
        parts = [
            panel((x + 8 * n, y - 8 * n), self.size, stroke=PAPER["line"])
            for n in range(self.behind, -1, -1)
        ]
        parts.append(text((x + width / 2, y + 28), self.title, size=15, bold=True, anchor="middle"))
        for name in (*self.left, *self.right):
            left = name in self.left
            px, py = self.pin(name)
            inner = x if left else x + width
            parts.append(
                f'<path d="M{px:g} {py:g}L{inner:g} {py:g}" stroke="{INK}" stroke-width="5"/>'
                + text((inner + (9 if left else -9), py + 4.5), name,
                       anchor="start" if left else "end")
            )  # fmt: skip
        return "".join(parts)

    def _down(self, index: int) -> float:
        after, more = self.pause
        return self.at[1] + self.first + self.step * index + (more if index >= after else 0.0)


def document(size: Point, title: str, about: str, parts: Sequence[str]) -> str:
    """Return a whole picture with its heading; `about` is also read aloud."""
    width, height = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{escape(f"{title}. {about}", quote=True)}" font-family="sans-serif">'
    )
    paper = f'<rect width="{width:g}" height="{height:g}" fill="{PAPER["background"]}"/>'
    heading = text((32, 44), title, size=21, bold=True) + text((32, 68), about, color=FAINT)
    return "\n".join([head, paper, heading, *parts, "</svg>"]) + "\n"
