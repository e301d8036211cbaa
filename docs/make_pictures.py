"""Make the pictures of README and docs anew: `python docs/make_pictures.py`.

The windows show the simulated patient, so every run gives the same pictures.
"""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from data_flow import draw

from calibration.muscles import Side
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.source import Link, LinkState
from host.detection.cues import Phase
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.feedback.app import application
from host.feedback.bar_state import screen_state
from host.feedback.picture import save_picture
from host.feedback.theme import Scheme
from host.session.worker import Scene, View

IMAGES = Path(__file__).parent / "images"
SECONDS = 20


def smiling() -> tuple[Frame, Scene]:
    """Return the moment of a smile in which most comes along, and its scene."""
    settings = PatientSettings()
    patient = demonstration(settings)
    watch = Watch(montage=settings.montage)
    monitor = Monitor(watch, patient.stream, patient.cues())
    frames = monitor.push(patient.read(patient.stream.samples(SECONDS)))
    held = [frame for frame in frames if frame.cue.phase is Phase.HOLD and frame.active.any()]
    chosen = max(held, key=lambda frame: float(frame.activation[frame.active].sum()))
    notice = "Not calibrated · At 250 Hz about 65 Hz of bandwidth is left"
    return chosen, Scene(montage=settings.montage, affected=Side.RIGHT, notice=notice)


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(exist_ok=True)
    draw(IMAGES / "data-flow.svg")
    _app = application()
    frame, scene = smiling()
    streaming, silent = LinkState(link=Link.STREAMING), LinkState(link=Link.SILENT)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        shown = screen_state(View(scene=scene, frame=frame, link=streaming))
        save_picture(shown, IMAGES / f"patient-{scheme}.png", (1280, 800), scheme)
        shown = screen_state(View(scene=scene, frame=frame, link=silent))
        save_picture(shown, IMAGES / f"silent-{scheme}.png", (1280, 800), scheme)
    print(f"Pictures of {frame.time_s:.2f} s into the simulated patient are in {IMAGES.name}/.")


if __name__ == "__main__":
    main()
