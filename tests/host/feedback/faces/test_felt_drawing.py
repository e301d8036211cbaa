"""The legend of the answers stands apart from the names of the sides, with room around it."""

import pytest

from calibration.muscles import Side
from host.feedback.faces.felt_drawing import BOTTOM, LEGEND_ROW, SIDE, felt_live, felt_still
from host.feedback.faces.felt_state import Agreement, FeltState
from host.report.face.shapes import Drawing, Letters

CODES = ("OOC", "ZYG", "OOR", "PLA")


def heights(drawing: Drawing) -> list[float]:
    """Return where words stand, from the top down."""
    return sorted(shape.at[1] for shape in drawing if isinstance(shape, Letters))


@pytest.mark.parametrize("lines", range(1, len(Agreement) + 1))
def test_the_legend_is_in_the_middle_of_what_is_free(lines: int) -> None:
    found = tuple(
        ((code, Side.RIGHT), agreement)
        for code, agreement in zip(CODES, list(Agreement)[:lines], strict=False)
    )
    state = FeltState(choices=tuple(spot for spot, _ in found), found=found)
    legend, sides = heights(felt_live(state)), heights(felt_still())
    assert len(legend) == lines
    above = legend[0] - sides[-1]
    assert above > 1.4 * SIDE
    assert above > LEGEND_ROW
    below = BOTTOM - legend[-1]
    assert below > SIDE / 2
    assert above == pytest.approx(below + SIDE, abs=0.05)
