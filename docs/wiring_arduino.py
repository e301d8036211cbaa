"""Wiring of an Arduino with each kind of front end."""

from collections.abc import Sequence
from dataclasses import dataclass

from wiring_parts import (
    FAINT,
    INK,
    Board,
    Point,
    capacitor,
    document,
    electrode,
    joint,
    lines_of,
    panel,
    resistor,
    text,
    wire,
)

from calibration.montage import montages
from host.report.face.svg import PAPER

SIZE = (1180.0, 640.0)
TOP, FIRST, STEP = 110.0, 62.0, 34.0
"""Pins of front end and Arduino lie on the same lines."""
INPUTS = tuple(f"A{n}" for n in range(8))
MONTAGE = "face-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontEndBoard:
    """What differs between the ready-made boards."""

    file: str
    title: str
    about: str
    name: str
    plus: str
    minus: str
    reference: str
    supply: str
    output: str
    resistor: str
    capacitor: str
    volts: str = "5V"
    """The Arduino's pin that feeds it."""
    aref: bool = False
    """Whether the converter is referred to that pin, too."""
    notes: tuple[str, ...]


BOARDS = (
    FrontEndBoard(
        file="wiring-bioamp-exg-pill",
        title="BioAmp EXG Pill on an Arduino",
        about="One Pill for each channel. Solder its band-pass jumper closed for EMG.",
        name="BioAmp EXG Pill",
        plus="IN+",
        minus="IN−",
        reference="REF",
        supply="VCC",
        output="OUT",
        resistor="3.3 kΩ",
        capacitor="100 nF",
        notes=(
            "REF of the first Pill only: the others share its supply and so its middle.",
            "Its gain is not published: measure it once, and tell it by --front-end-gain.",
        ),
    ),
    FrontEndBoard(
        file="wiring-myoware-2",
        title="MyoWare 2.0 on an Arduino, RAW output",
        about="One sensor for each channel. RAW, not ENV or RECT: those are smoothed already.",
        name="MyoWare 2.0",
        plus="middle",
        minus="end",
        reference="REF",
        supply="VIN",
        output="RAW",
        resistor="1 kΩ",
        capacitor="100 nF",
        notes=(
            "Small electrodes on short leads: the sensor’s own snaps are too far apart for a face.",
            "REF of the first sensor only. --front-end myoware-2-raw (gain 200).",
        ),
    ),
    FrontEndBoard(
        file="wiring-ad8232",
        title="AD8232 board on an Arduino, at 3.3 V",
        about="One board for each channel, its filters changed for EMG. Never at 5 V.",
        name="AD8232 board",
        plus="RA",
        minus="LA",
        reference="RL",
        supply="3.3V",
        output="OUTPUT",
        resistor="3.3 kΩ",
        capacitor="100 nF",
        volts="3V3",
        aref=True,
        notes=(
            "AREF through 1 kΩ: first send Qe1! Qm3200! Qw! to the board, then connect it.",
            "RL of the first board only. LO+, LO− and SDN stay free. --front-end ad8232-emg.",
        ),
    ),
)


def arduino(*, at: Point, aref: bool, volts: str) -> Board:
    """Return the Arduino with the pins that are used."""
    power = (volts, "GND", "AREF") if aref else (volts, "GND")
    left = power + INPUTS
    pause = 92.0 - STEP * (len(power) - 2)
    return Board(
        at=at, size=(190, FIRST + STEP * (len(left) - 1) + pause + 26), title="Arduino", left=left,
        first=FIRST, step=STEP, pause=(len(power), pause),
    )  # fmt: skip


def muscles_beside(board: Board) -> str:
    """Return which muscle each input measures, inside the board, at its right."""
    parts = []
    montage = montages()[MONTAGE]
    for column, pin in enumerate(INPUTS):
        at = (board.at[0] + 50, board.pin(pin)[1] + 4.5)
        parts.append(text(at, f"{column + 1}  {montage.named(column)}", size=12, color=FAINT))
    return "".join(parts)


def computer(board: Board) -> str:
    """Return the laptop on its battery, and the USB cable to it."""
    x, y = board.at[0] + board.size[0] + 40, board.at[1] + 64
    screen = (
        panel((x, y), (112, 74), stroke=PAPER["line"])
        + f'<path d="M{x - 14:g} {y + 84:g}h140" stroke="{INK}" stroke-width="5" '
        'stroke-linecap="round"/>'
        + f'<rect x="{x + 38:g}" y="{y + 27:g}" width="32" height="18" rx="3" fill="none" '
        f'stroke="{PAPER["target"]}" stroke-width="2.4"/>'
        + f'<rect x="{x + 71:g}" y="{y + 32:g}" width="4" height="8" fill="{PAPER["target"]}"/>'
        + f'<rect x="{x + 42:g}" y="{y + 31:g}" width="20" height="10" fill="{PAPER["target"]}"/>'
    )
    cable = wire("usb", (board.at[0] + board.size[0], y + 40), (x, y + 40))
    words = lines_of((x - 12, y + 112), ("laptop on its battery:", "charger, network and",
                                         "screen cables out"), size=12, color=INK)  # fmt: skip
    return cable + screen + words + text((x - 20, y + 32), "USB", size=11, anchor="middle")


def wiring(kind: FrontEndBoard) -> str:
    """Return the wiring of a ready-made front end as SVG."""
    uno = arduino(at=(740, TOP), aref=kind.aref, volts=kind.volts)
    front = Board(
        at=(330, TOP), size=(170, 156), title=kind.name, behind=2, first=FIRST, step=STEP,
        left=(kind.plus, kind.minus, kind.reference), right=(kind.supply, "GND", kind.output),
    )  # fmt: skip
    parts = [_face(), *_electrodes(front, kind), uno.drawn(), muscles_beside(uno), computer(uno)]
    parts += _power(front, uno, kind)
    parts += _filter(front, uno, kind)
    parts += [front.drawn(), _others(uno), _notes(kind.notes)]
    return document(SIZE, kind.title, kind.about, parts)


def _face() -> str:
    return panel((32, TOP), (212, 156), fill=PAPER["skin"]) + text(
        (138, TOP + 28), "on the patient", size=15, bold=True, anchor="middle"
    )


def _electrodes(front: Board, kind: FrontEndBoard) -> list[str]:
    rows = (
        (kind.plus, "plus", "muscle 1, one end"),
        (kind.minus, "minus", "8 to 10 mm from it"),
        (kind.reference, "reference", "reference, forehead"),
    )
    parts = []
    for pin, wire_kind, words in rows:
        x, y = front.pin(pin)
        spot = (214.0, y)
        parts.append(wire(wire_kind, spot, (x, y)))
        parts.append(electrode(spot, wire_kind, words))
    return parts


def _power(front: Board, uno: Board, kind: FrontEndBoard) -> list[str]:
    supply, volts = front.pin(kind.supply), uno.pin(kind.volts)
    ground, gnd = front.pin("GND"), uno.pin("GND")
    parts = [
        wire("supply", supply, volts),
        wire("ground", ground, gnd),
        text((528, supply[1] - 8), kind.volts.replace("3V3", "3.3 V").replace("5V", "5 V"),
             size=12),
        text((528, ground[1] - 8), "ground", size=12),
    ]  # fmt: skip
    if kind.aref:
        aref = uno.pin("AREF")
        parts += [
            wire("supply", (680, volts[1]), (680, aref[1]), aref),
            joint("supply", (680, volts[1])),
            resistor((707, aref[1]), "1 kΩ", below=True),
        ]
    return parts


def _filter(front: Board, uno: Board, kind: FrontEndBoard) -> list[str]:
    output, into, ground = front.pin(kind.output), uno.pin("A0"), front.pin("GND")
    y = into[1]
    bend, middle = 540.0, 650.0
    return [
        wire("signal", output, (bend, output[1]), (bend, y), into),
        wire("ground", (middle, y), (middle, ground[1])),
        joint("ground", (middle, ground[1])),
        joint("signal", (middle, y)),
        resistor((596, y), kind.resistor, below=True),
        capacitor((middle, y - 46), ""),
        text((middle - 24, y - 41.5), kind.capacitor, anchor="end"),
    ]


def _others(uno: Board) -> str:
    """Say that each further channel is wired the same."""
    parts = []
    for pin in INPUTS[1:]:
        x, y = uno.pin(pin)
        parts.append(wire("signal", (x - 66, y), (x, y), dashed=True))
    x, y = uno.pin("A4")
    parts.append(text((x - 80, y - 2), "channels 2 to 8: the same again,", size=12, anchor="end"))
    parts.append(text((x - 80, y + 15), "each with its own filter", size=12, anchor="end"))
    return "".join(parts)


def _notes(rows: Sequence[str]) -> str:
    every = (
        "Uno: A0 to A5 only. Leonardo, Micro: A6 is pin 4, A7 is pin 6. Nano, Mega: A0 to A7.",
        "Everything that touches the patient hangs on one battery; nothing of it on the mains.",
    )
    return lines_of((32, SIZE[1] - 92), (*rows, *every), size=13.5, color=INK)
