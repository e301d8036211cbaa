"""Draw the wiring diagrams of hardware.md: `python docs/draw_wiring.py [FOLDER]`."""

import sys
from pathlib import Path

from wiring_arduino import BOARDS, wiring
from wiring_circuits import anti_alias, differential_pair
from wiring_cyton import cyton

IMAGES = Path(__file__).parent / "images"


def drawings() -> dict[str, str]:
    """Return every diagram by its name."""
    return {
        **{kind.file: wiring(kind) for kind in BOARDS},
        "wiring-differential-pair": differential_pair(),
        "wiring-anti-alias": anti_alias(),
        "wiring-cyton": cyton(),
    }


def draw_wiring(folder: Path = IMAGES) -> None:
    """Write them."""
    for name, picture in drawings().items():
        (folder / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    draw_wiring(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
