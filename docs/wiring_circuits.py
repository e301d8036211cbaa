"""Circuits to build: a front end for a pair of electrodes, and the anti-alias filter."""

from noise_budget import ANTI_ALIAS, PAIR_GAIN, PAIR_KOHM, corner_hz
from wiring_parts import (
    COLORS,
    INK,
    Point,
    amplifier,
    capacitor,
    document,
    earth,
    electrode,
    joint,
    lines_of,
    panel,
    resistor,
    text,
    wire,
)

from host.report.face.svg import PAPER


def differential_pair() -> str:
    """Return the circuit of one channel, and of the middle that all channels share."""
    parts = [
        panel((32, 100), (190, 180), fill=PAPER["skin"]),
        text((127, 130), "on the patient", size=15, bold=True, anchor="middle"),
        *_first_stage(),
        *_high_pass(),
        *_second_stage(),
        *_output(),
        *_middle(),
        lines_of((32, 584), _figures(), size=13.5, color=INK),
    ]
    return document(
        (1180, 650),
        "A front end for a pair of electrodes",
        "What is above the dashed line is built for each channel.",
        parts,
    )


def _figures() -> tuple[str, str, str]:
    gain, fault_ua = f"{PAIR_GAIN:.0f}", f"{5e3 / (2 * PAIR_KOHM):.0f}"
    low, more, high = corner_hz(82, 100), corner_hz(1, 22e3), corner_hz(220, 1.5)
    gain_words = (
        f"Gain {gain} = (1 + 49.4 kΩ / 8.2 kΩ) × (1 + 220 kΩ / 1 kΩ): "
        f"--front-end differential-pair --front-end-gain {gain}"
    )
    band_words = (
        f"Band {low:.0f} Hz (100 nF, 82 kΩ; 22 µF adds {more:.0f} Hz) to {high:.0f} Hz "
        "(220 kΩ, 1.5 nF). All chips on 5 V and ground, each with 100 nF beside it."
    )
    fault_words = (
        f"In a fault 5 V drive {fault_ua} µA through two electrodes and their {PAIR_KOHM:g} kΩ: "
        "below the 50 µA d.c. of a single fault (IEC 60601-1)."
    )
    return gain_words, band_words, fault_words


def _first_stage() -> list[str]:
    plus, minus = 178.0, 238.0
    return [
        wire("plus", (190, plus), (360, plus)),
        wire("minus", (190, minus), (360, minus)),
        electrode((190, plus), "plus", "muscle, one end"),
        electrode((190, minus), "minus", "8–10 mm from it"),
        resistor((290, plus), f"{PAIR_KOHM:g} kΩ"),
        resistor((290, minus), f"{PAIR_KOHM:g} kΩ", below=True),
        amplifier((360, 208), ("+", "INA826", "× 7.0", "−"), width=106, height=112),
        lines_of((360, 292), ("RG: 8.2 kΩ", "REF pin: 2.5 V"), size=12),
    ]


def _high_pass() -> list[str]:
    return [
        wire("signal", (466, 208), (650, 208)),
        capacitor((512, 208), "100 nF", upright=False),
        wire("reference", (566, 208), (566, 300)),
        joint("signal", (566, 208)),
        resistor((566, 254), "82 kΩ", upright=True, before=True),
        _middle_point((566, 318)),
    ]


def _second_stage() -> list[str]:
    loop, down, back = 150.0, 246.0, 618.0
    return [
        amplifier((650, 227), ("+", "MCP6002", "× 221", "−"), width=106, height=100),
        wire("signal", (756, 227), (860, 227)),
        wire("signal", (800, 227), (800, loop - 40), (back, loop - 40), (back, down), (650, down)),
        wire("signal", (800, loop), (back, loop)),
        joint("signal", (800, 227)),
        joint("signal", (800, loop)),
        joint("signal", (back, loop)),
        joint("signal", (back, down)),
        resistor((709, loop), "220 kΩ"),
        capacitor((709, loop - 40), "1.5 nF", upright=False),
        wire("reference", (back, down), (back, 348)),
        resistor((back, 292), "1 kΩ", upright=True),
        capacitor((back, 332), "22 µF"),
        _middle_point((back, 368)),
    ]


def _output() -> list[str]:
    return [
        *_filter((860, 227), kohm="1 kΩ", nf="100 nF"),
        panel((1030, 172), (118, 104), stroke=PAPER["line"]),
        text((1089, 200), "Arduino", size=15, bold=True, anchor="middle"),
        text((1044, 231.5), "A0 (to A7)"),
    ]


def _filter(at: Point, *, kohm: str, nf: str) -> list[str]:
    """Return the filter, 170 wide, from its input."""
    x, y = at
    return [
        wire("signal", (x, y), (x + 170, y)),
        wire("ground", (x + 90, y), (x + 90, y + 84)),
        joint("signal", (x + 90, y)),
        resistor((x + 36, y), kohm),
        capacitor((x + 90, y + 44), nf),
        earth((x + 90, y + 86)),
    ]


def _middle_point(at: Point) -> str:
    return text(at, "2.5 V", anchor="middle", color=COLORS["reference"], bold=True)


def _middle() -> list[str]:
    y = 462.0
    return [
        _line_across(388),
        panel((32, y - 52), (190, 84), fill=PAPER["skin"]),
        *_divider((900, y + 12)),
        _turned((720, y), ("−", "MCP6002", "× 1", "+")),
        wire("reference", (628, y), (190, y)),
        wire("reference", (600, y), (600, y - 56), (740, y - 56), (740, y - 14), (720, y - 14)),
        joint("reference", (600, y)),
        wire("reference", (480, y), (480, y + 34)),
        joint("reference", (480, y)),
        _middle_point((480, y + 54)),
        resistor((330, y), f"{PAIR_KOHM:g} kΩ"),
        electrode((190, y), "reference", "reference, forehead"),
    ]


def _line_across(y: float) -> str:
    return (
        f'<path d="M32 {y:g}H1148" stroke="{PAPER["line"]}" stroke-width="1.5" '
        'stroke-dasharray="7 7"/>'
    )


def _divider(at: Point) -> list[str]:
    x, y = at
    return [
        wire("supply", (x, y - 62), (x, y)),
        wire("ground", (x, y), (x, y + 56)),
        wire("reference", (x, y), (720, y)),
        joint("reference", (x, y)),
        wire("ground", (800, y), (800, y + 56)),
        joint("reference", (800, y)),
        resistor((x, y - 30), "10 kΩ", upright=True),
        resistor((x, y + 29), "10 kΩ", upright=True),
        text((x + 14, y - 60), "5 V", color=COLORS["supply"], bold=True),
        capacitor((800, y + 28), "10 µF"),
        earth((x, y + 58)),
        earth((800, y + 58)),
        lines_of((990, y - 20), ("once for all channels:", "their middle, 2.5 V"), size=13.5),
    ]


def _turned(at: Point, words: tuple[str, ...]) -> str:
    """Return an amplifier that points to the left; `at` is the middle of its right edge."""
    x, y = at
    body = (
        f'<path d="M{x:g} {y - 42:g}L{x - 92:g} {y:g}L{x:g} {y + 42:g}Z" '
        f'fill="{PAPER["track"]}" stroke="{INK}" stroke-width="2" stroke-linejoin="round"/>'
    )
    return body + "".join(
        text((x - 7, y - 16 + 13.5 * row), line, size=11.5, anchor="end")
        for row, line in enumerate(words)
    )


def anti_alias() -> str:
    """Return the filter between a front end and an input."""
    kohm, nf = ANTI_ALIAS
    parts = [
        panel((32, 110), (170, 100), stroke=PAPER["line"]),
        text((117, 146), "front end", size=15, bold=True, anchor="middle"),
        text((188, 175), "OUT", anchor="end"),
        wire("signal", (202, 170), (590, 170)),
        wire("ground", (400, 170), (400, 262)),
        joint("signal", (400, 170)),
        resistor((290, 170), f"{kohm:g} kΩ"),
        capacitor((400, 216), f"{nf:g} nF, film or C0G"),
        earth((400, 266), "ground, at the Arduino"),
        panel((590, 110), (150, 100), stroke=PAPER["line"]),
        text((665, 146), "Arduino", size=15, bold=True, anchor="middle"),
        text((604, 175), "A0 (to A7)"),
        lines_of(
            (780, 132),
            (
                f"corner = 1 / (2π · {kohm:g} kΩ · {nf:g} nF) = {corner_hz(kohm, nf):.0f} Hz",
                f"after MyoWare (498 Hz of its own): 1 kΩ, {corner_hz(1, nf):.0f} Hz",
                "resistor below 10 kΩ, as the converter asks",
                "capacitor within 2 cm of the pin",
            ),
            size=13.5,
            color=INK,
        ),
    ]
    return document(
        (1180, 310),
        "The filter before each input",
        "It takes away what the converter would hear at a wrong frequency.",
        parts,
    )
