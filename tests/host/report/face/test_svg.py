"""The picture of a montage as SVG: for documents and reports, without Qt."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import asdict
from pathlib import Path

import pytest

from calibration.montage import montages
from host.report.face.sites import GROUND, Cables, as_documented, sites_of
from host.report.face.status import SIGNS, Status
from host.report.face.svg import PAPER, face_svg, spoken

SVG = "{http://www.w3.org/2000/svg}"
IMAGES = Path(__file__).parents[4] / "docs" / "images"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 ours


@pytest.mark.parametrize("name", montages())
def test_t1_every_cable_and_muscle_is_written(name: str) -> None:
    sites = sites_of(montages()[name], Cables.PINS)
    words = [element.text for element in parsed(face_svg(sites)).iter(f"{SVG}text")]
    for row in sites.rows:
        assert row.cable in words
        assert row.title in words
        if row.channel is not None:
            assert row.pins in words
    assert words.count("patient’s right") == words.count("patient’s left") == 2


def test_each_electrode_is_drawn_once() -> None:
    root = parsed(face_svg(sites_of(montages()["face-8"], shared=(GROUND,))))
    electrodes = [e for e in root.iter(f"{SVG}circle") if float(e.get("r", "0")) < 10]
    assert len(electrodes) == 2 * 8 + 1


@pytest.mark.parametrize("status", SIGNS)
def test_a_state_is_told_in_words_beside_its_colour(status: Status) -> None:
    text = face_svg(sites_of(montages()["face-4"]), {0: status})
    assert f">{status.value}<" in text
    assert PAPER[SIGNS[status].color] in text


def test_states_differ_in_shape_for_those_who_do_not_tell_colours_apart() -> None:
    looks = [(sign.outline, sign.hollow, sign.strokes) for sign in SIGNS.values()]
    assert len(set(looks)) == len(SIGNS) == len(Status) - 1


def test_the_picture_can_be_read_aloud() -> None:
    said = spoken(sites_of(montages()["face-4"]))
    assert said == (
        "Electrodes of face-4, as you face the patient. 1: Eye, left; 2: Cheek, left; "
        "3: Eye, right; 4: Cheek, right; BIAS: ground, forehead, middle"
    )
    assert parsed(face_svg(sites_of(montages()["face-4"]))).get("aria-label") == said


def test_it_is_written_without_qt() -> None:
    told = "import sys, host.report.face.svg; print(any('PyQt' in name for name in sys.modules))"
    command = [sys.executable, "-c", told]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 ours
    assert done.stdout.strip() == "False"


def test_paper_has_the_colours_of_the_light_theme() -> None:
    theme = pytest.importorskip("host.feedback.theme", exc_type=ImportError)
    light = asdict(theme.LIGHT)
    assert {name: light[name] for name in PAPER} == dict(PAPER)


@pytest.mark.parametrize("name", montages())
def test_the_documents_show_the_montages_as_they_are(name: str) -> None:
    kept = (IMAGES / f"montage-{name}.svg").read_text(encoding="utf-8")
    assert kept == face_svg(as_documented(montages()[name]))
