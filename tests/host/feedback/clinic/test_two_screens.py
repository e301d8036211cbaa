"""On two screens the patient's window fills the second one by itself, and comes back to it."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from host.clinic.repository import Clinic
from host.feedback.clinic.app import Clinical
from host.feedback.starting import application

def run():
    app = application()
    window = Clinical(Clinic(Path(sys.argv[1])))
    def tell(what):
        app.processEvents()
        room = window.room.geometry()
        print(what, window.room.isVisible(), window.room.isWindow(), room.x(), room.width())
    window.show()
    tell("shown")
    window.room.close()
    tell("closed")
    window.placing.call()
    tell("called")
    window.close()
    tell("ended")

run()
"""


def screen(name: str, left: int, width: int, height: int) -> dict[str, object]:
    size = {"x": left, "y": 0, "width": width, "height": height}
    return {"name": name, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1, **size}


def on_screens(folder: Path, *screens: dict[str, object]) -> list[str]:
    """Run the program on screens that are not there; return what it says."""
    (folder / "screens.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
    done = subprocess.run(  # noqa: S603  this very Python, and the text above
        [sys.executable, "-c", PROGRAM, str(folder)],
        # Qt splits its option at colons: the path must have none, as a Windows drive has.
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen:configfile=screens.json"}
        | {"PYTHONPATH": str(Path(__file__).parents[4])},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_the_patients_window_fills_the_second_screen_and_closing_it_loses_nothing(
    tmp_path: Path,
) -> None:
    said = on_screens(tmp_path, screen("a", 0, 1280, 800), screen("b", 1280, 1920, 1080))
    assert said == [
        "shown True True 1280 1920",
        "closed False True 1280 1920",
        "called True True 1280 1920",
        "ended False True 1280 1920",
    ]


def test_on_one_screen_it_stands_beside_the_page_and_not_over_it(tmp_path: Path) -> None:
    said = on_screens(tmp_path, screen("a", 0, 1280, 800))
    assert said[0].startswith("shown False False")
