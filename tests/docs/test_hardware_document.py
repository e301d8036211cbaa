"""hardware.md: its links lead somewhere, its pictures are drawn, its figures hold."""

import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from calibration.montage import montages
from host.acquisition.catalog import find_board
from host.acquisition.front_end import FRONT_ENDS, find_front_end

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
TEXT = (ROOT / "hardware.md").read_text(encoding="utf-8")
WIRING = (
    "wiring-ad8232",
    "wiring-anti-alias",
    "wiring-bioamp-exg-pill",
    "wiring-cyton",
    "wiring-differential-pair",
    "wiring-myoware-2",
)
LINKS = sorted({link for link in re.findall(r"\]\(([^)\s]+)\)", TEXT) if "//" not in link})
TAG = "{http://www.w3.org/2000/svg}text"


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub makes of headings."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    command = [sys.executable, str(ROOT / "docs" / "draw_wiring.py"), str(folder)]
    subprocess.run(command, check=True)  # noqa: S603 ours
    return folder


@pytest.mark.parametrize("link", LINKS)
def test_each_link_leads_to_a_file_and_a_heading(link: str) -> None:
    path, _, anchor = link.partition("#")
    target = ROOT / path if path else ROOT / "hardware.md"
    assert target.is_file()
    if anchor:
        assert anchor in anchors(target.read_text(encoding="utf-8"))


def test_safety_comes_first() -> None:
    headings = re.findall(r"^## (.+)$", TEXT, flags=re.MULTILINE)
    assert headings[0] == "Safety first"


def test_every_diagram_is_drawn_and_shown(drawn: Path) -> None:
    assert {path.stem for path in drawn.iterdir()} == set(WIRING)
    assert {name for name in WIRING if f"(docs/images/{name}.svg)" in TEXT} == set(WIRING)


@pytest.mark.parametrize("name", WIRING)
def test_the_kept_diagrams_are_up_to_date(name: str, drawn: Path) -> None:
    kept = (IMAGES / f"{name}.svg").read_text(encoding="utf-8")
    assert kept == (drawn / f"{name}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WIRING)
def test_a_diagram_is_sound_and_can_be_read_aloud(name: str) -> None:
    root = ET.parse(IMAGES / f"{name}.svg").getroot()  # noqa: S314 ours
    width = float(root.get("viewBox", "0 0 0 0").split()[2])
    assert root.get("aria-label")
    for words in root.iter(TAG):
        assert 0.0 <= float(words.get("x", "-1")) <= width


@pytest.mark.parametrize("name", ["wiring-ad8232", "wiring-bioamp-exg-pill", "wiring-myoware-2"])
def test_t1_each_input_is_named_by_the_muscle_it_measures(name: str) -> None:
    root = ET.parse(IMAGES / f"{name}.svg").getroot()  # noqa: S314 ours
    words = [element.text for element in root.iter(TAG)]
    montage = montages()["face-8"]
    for channel in range(8):
        assert f"A{channel}" in words
        assert f"{channel + 1}  {montage.named(channel)}" in words


@pytest.mark.parametrize("name", ["face-8", "face-4"])
def test_t1_the_table_of_inputs_follows_the_montage(name: str) -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| `{name}` | eye"))
    cells = [cell.strip() for cell in row.strip("|").split("|")][1:]
    montage = montages()[name]
    wanted = [montage.named(channel).lower() for channel in range(len(montage.sites))]
    said = [cell.replace(" L", ", left").replace(" R", ", right") for cell in cells if cell]
    assert said == wanted


def test_every_ready_montage_has_its_picture() -> None:
    for name in montages():
        assert f"(docs/images/montage-{name}.svg)" in TEXT


@pytest.mark.parametrize(
    ("board", "rate_hz"), [("cyton", 250), ("cyton-daisy", 125), ("ganglion", 200)]
)
def test_the_table_of_boards_says_what_the_catalog_says(board: str, rate_hz: int) -> None:
    share = find_board(board).bandwidth
    assert share is not None
    said = re.search(rf"\| {rate_hz} \| 20–(\d+) Hz \|", TEXT)
    assert said is not None
    assert abs(int(said[1]) - share * rate_hz) <= 0.5


def test_published_gains_are_those_of_the_program() -> None:
    assert f"| MyoWare 2.0, RAW | {find_front_end('myoware-2-raw').gain:g} |" in TEXT
    assert f"| AD8232 board | {find_front_end('ad8232').gain:g} |" in TEXT


def test_each_front_end_that_is_named_exists() -> None:
    named = set(re.findall(r"--front-end ([a-z0-9-]+)", TEXT)) - {"gain"}
    assert named <= {front_end.name for front_end in FRONT_ENDS}


def test_currents_of_the_safety_part_are_calculated_right() -> None:
    charger_ua = 2.0 * math.pi * 50.0 * 2.2e-9 * 230.0 * 1e6
    assert f"= {charger_ua:.0f} µA" in TEXT
    assert f"5 V / 102 kΩ = {5e3 / 102:.0f} µA" in TEXT
    for volts, kohm, micro in re.findall(r"(\d\.?\d*) V through\s+(\d+) kΩ are (\d+) µA", TEXT):
        assert float(volts) / float(kohm) * 1e3 == float(micro)


def test_filters_of_the_ad8232_are_calculated_right() -> None:
    def high_hz(farad: float) -> float:
        return 10.0 / (2.0 * math.pi * 10e6 * farad)

    def low_hz(one: float, other: float) -> float:
        return 1.0 / (2.0 * math.pi * 1e6 * math.sqrt(one * other))

    assert [round(high_hz(330e-9), 1), round(high_hz(8.2e-9))] == [0.5, 19]
    assert [round(low_hz(10e-9, 1.5e-9)), round(low_hz(910e-12, 150e-12))] == [41, 431]
    assert "(0.5 Hz) become 8.2 nF (19 Hz)" in TEXT
    assert "(41 Hz) become 910 pF and 150 pF (431 Hz)" in TEXT
