"""Wiring of an OpenBCI Cyton for the montage of four muscles a side."""

from wiring_parts import (
    COLORS,
    FAINT,
    INK,
    document,
    electrode,
    lines_of,
    panel,
    text,
    wire,
)

from calibration.montage import montages
from host.report.face.sites import GROUND, pins_of
from host.report.face.svg import PAPER

MONTAGE = "face-8"
COLUMN, FIRST = 98.0, 262.0
UPPER, LOWER = 346.0, 400.0
"""Heights of the two rows of pins."""
NOTES = (
    "SRB1 and SRB2 stay empty: --wiring bipolar (the default) takes SRB2 off all channels.",
    "Left and right are the patient’s own. Batteries only; the radio dongle is in the laptop.",
)


def cyton() -> str:
    """Return each pair of electrodes on its two pins."""
    parts = [
        panel((32, 110), (1116, 128), fill=PAPER["skin"]),
        text((48, 138), "on the patient", size=15, bold=True),
        lines_of((48, 162), ("each pair along its", "muscle, 8 to 10 mm", "apart"), size=12),
        panel((32, 296), (1116, 146), stroke=PAPER["line"]),
        text((48, 328), "Cyton", size=15, bold=True),
        lines_of((48, 354), ("upper pin: P", "lower pin: N"), size=12),
    ]
    for column in range(8):
        parts += _pair(column)
    parts += _ground()
    parts.append(
        lines_of(
            (32, 478),
            NOTES,
            size=13.5,
            color=INK,
        )
    )
    about = "Four muscles a side: channels 1 to 4 on the left side, 5 to 8 on the right."
    return document((1180, 526), f"OpenBCI Cyton, montage {MONTAGE}", about, parts)


def _pair(column: int) -> list[str]:
    x = FIRST + COLUMN * column
    plain, side = montages()[MONTAGE].named(column).split(", ")
    upper, lower = pins_of(column).split(" · ")
    return [
        text((x, 136), f"{column + 1}  {plain}", anchor="middle", bold=True),
        text((x, 153), side, size=12, anchor="middle", color=FAINT),
        wire("plus", (x - 18, 190), (x - 18, UPPER)),
        wire("minus", (x + 18, 190), (x + 18, LOWER)),
        electrode((x - 18, 190), "plus", ""),
        electrode((x + 18, 190), "minus", ""),
        _pin(x - 18, UPPER, upper, COLORS["plus"]),
        _pin(x + 18, LOWER, lower, COLORS["minus"]),
    ]


def _pin(x: float, y: float, name: str, color: str) -> str:
    return f'<rect x="{x - 7:g}" y="{y - 7:g}" width="14" height="14" fill="{color}"/>' + text(
        (x, y + 24), name, size=12, anchor="middle"
    )


def _ground() -> list[str]:
    x = FIRST + COLUMN * 8 + 22
    return [
        text((x, 136), "Forehead", anchor="middle", bold=True),
        text((x, 153), "ground", size=12, anchor="middle", color=FAINT),
        wire("reference", (x, 190), (x, UPPER)),
        electrode((x, 190), "reference", ""),
        _pin(x, UPPER, GROUND.pin, COLORS["reference"]),
    ]
