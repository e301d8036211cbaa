"""Draw `images/data-flow.svg`: how a sample travels."""

from html import escape
from pathlib import Path

BOXES = {
    # name: column, row, title, what
    "board": (0, 0, "board", "BrainFlow, serial or radio"),
    "patient": (0, 1, "simulated patient", "behind a simulated Cyton"),
    "file": (0, 2, "recording", "OpenBCI GUI, BrainFlow, CSV"),
    "source": (1, 1, "Source", "counted chunks, 24-bit grid"),
    "chain": (2, 1, "SignalChain", "mains out, gaps bridged, levels"),
    "monitor": (3, 1, "Monitor", "activation, episodes: a Frame"),
    "screen": (4, 0, "screen_state()", "what the patient sees"),
    "paint": (5, 0, "patient window", "60 paints a second"),
    "tally": (4, 2, "Tally", "times, quantiles, episodes"),
    "summary": (5, 2, "summary", "text, JSON, CSV"),
}
ARROWS = (
    ("board", "source"),
    ("patient", "source"),
    ("file", "source"),
    ("source", "chain"),
    ("chain", "monitor"),
    ("monitor", "screen"),
    ("screen", "paint"),
    ("monitor", "tally"),
    ("tally", "summary"),
)
WIDTH, HEIGHT, STEP_X, STEP_Y, MARGIN = 184, 62, 220, 108, 20
INK, LINE, FILL, PAPER = "#26323a", "#97928a", "#e4e1d9", "#f5f4ef"


def corner(name: str) -> tuple[int, int]:
    """Return the left upper corner of a box."""
    column, row, _, _ = BOXES[name]
    return MARGIN + column * STEP_X, MARGIN + 26 + row * STEP_Y


def box(name: str) -> str:
    """Return a box with its two lines."""
    x, y = corner(name)
    _, _, title, what = BOXES[name]
    middle = x + WIDTH // 2
    return (
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="10" fill="{FILL}"/>'
        f'<text x="{middle}" y="{y + 27}" font-size="16" font-weight="600">{escape(title)}</text>'
        f'<text x="{middle}" y="{y + 47}" font-size="11">{escape(what)}</text>'
    )


def arrow(start: str, end: str) -> str:
    """Return an arrow from the right of one box to the left of another."""
    (x1, y1), (x2, y2) = corner(start), corner(end)
    a, b = x1 + WIDTH + 3, x2 - 5
    y1, y2 = y1 + HEIGHT // 2, y2 + HEIGHT // 2
    bend = (a + b) // 2
    return f'<path d="M{a} {y1} C{bend} {y1} {bend} {y2} {b} {y2}" marker-end="url(#tip)"/>'


def band(first: int, last: int, text: str) -> str:
    """Return a heading over some columns."""
    middle = MARGIN + first * STEP_X + ((last - first) * STEP_X + WIDTH) // 2
    return f'<text x="{middle}" y="26" font-size="13" fill="{LINE}">{escape(text)}</text>'


def draw(path: Path) -> None:
    """Write the picture."""
    width, height = 2 * MARGIN + 5 * STEP_X + WIDTH, 2 * MARGIN + 26 + 2 * STEP_Y + HEIGHT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" text-anchor="middle">'
    )
    tip = (
        '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{LINE}" stroke="none"/></marker>'
    )
    parts = [
        head,
        tip,
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        band(0, 0, "where samples come from"),
        band(1, 3, "the session's thread: live and replay are one path"),
        band(4, 5, "on the screen and on paper"),
        f'<g fill="{INK}">',
        *(box(name) for name in BOXES),
        "</g>",
        f'<g fill="none" stroke="{LINE}" stroke-width="2">',
        *(arrow(start, end) for start, end in ARROWS),
        "</g></svg>",
    ]
    path.write_text("\n".join(parts) + "\n", encoding="utf-8", newline="\n")
