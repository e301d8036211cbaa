"""How the question "What moved?" looks: the patient's own face, as in a mirror. No Qt."""

from host.feedback.faces.felt_state import SIGNS, Agreement, FeltState
from host.report.face.geometry import HEIGHT, region
from host.report.face.outline import muscle_shape, outline
from host.report.face.shapes import Anchor, Disc, Drawing, Letters, Shape
from host.report.face.status import CHECK, Sign, sign_drawing
from host.translation import tr

LEFT, TOP, RIGHT, BOTTOM = -0.12, -0.12, 1.12, HEIGHT + 0.4
"""Edges of the picture, in widths of the face's own."""
LEGEND_TOP, LEGEND_ROW = HEIGHT + 0.085, 0.078
"""The legend stands in the middle of what is free below the names of the sides."""
WORDS, SIDE = 0.058, 0.058
MARK = 0.03
FELT = Sign(color="target", outline="disc", strokes=CHECK)


def felt_still() -> Drawing:
    """Draw the face, with the patient's sides named at the top and at the bottom."""
    names: list[Shape] = []
    sides: tuple[tuple[str, float, Anchor], ...] = (
        (tr("your left"), LEFT + 0.04, "start"),
        (tr("your right"), RIGHT - 0.04, "end"),
    )
    for words, x, anchor in sides:
        for y in (TOP + 0.06, HEIGHT + 0.035):
            at = (x, y)
            names.append(Letters(words=words, at=at, size=SIDE, color="ink", anchor=anchor))
    return (*outline(), *names)


def felt_live(state: FeltState) -> Drawing:
    """Draw what can be chosen and what was; or, once revealed, the answers and their legend."""
    if state.found is None:
        return (*_choices(state), *_cursor(state))
    shapes: list[Shape] = []
    for (code, side), agreement in state.found:
        sign = SIGNS[agreement]
        shapes.append(muscle_shape(code, side, sign.color, 0.4, dashed=sign.hollow))
        shapes += sign_drawing(sign, region(code, side).touch, MARK)
    return (*shapes, *_legend(state))


def _choices(state: FeltState) -> Drawing:
    shapes: list[Shape] = []
    for code, side in state.choices:
        felt = (code, side) in state.felt
        shapes.append(
            muscle_shape(code, side, "target" if felt else "quiet", 0.5 if felt else 0.16)
        )
        if felt:
            shapes += sign_drawing(FELT, region(code, side).touch, MARK)
    return tuple(shapes)


def _cursor(state: FeltState) -> Drawing:
    if state.cursor is None:
        return ()
    centre = region(*state.cursor).touch
    return (Disc(centre=centre, radius=0.052, stroke="ink", width=0.011),)


def _legend(state: FeltState) -> Drawing:
    """Explain the signs that are on the face, each in a line of its own."""
    used = {agreement for _, agreement in state.found or ()}
    shown = [agreement for agreement in Agreement if agreement in used]
    if not shown:
        words = tr("Nothing was felt, and nothing moved.")
        return (Letters(words=words, at=(0.5, _legend_y(1)), size=WORDS, color="ink", room=1.1),)
    shapes: list[Shape] = []
    for number, agreement in enumerate(shown):
        y = _legend_y(len(shown)) + number * LEGEND_ROW
        shapes += sign_drawing(SIGNS[agreement], (0.2, y), 0.024)
        shapes.append(Letters(words=tr(agreement.value), at=(0.26, y), size=WORDS, color="ink",
                              anchor="start", room=0.85))  # fmt: skip
    return tuple(shapes)


def _legend_y(lines: int) -> float:
    """Return the middle of the first of so many lines."""
    return (LEGEND_TOP + BOTTOM - (lines - 1) * LEGEND_ROW) / 2
