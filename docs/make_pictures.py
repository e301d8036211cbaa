"""Make the pictures of README and docs anew: `python docs/make_pictures.py`.

The windows show the simulated patient, so every run gives the same pictures.
"""

import os
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app_pictures import draw_app
from data_flow import draw
from draw_wiring import draw_wiring

from calibration.montage import montages
from calibration.muscles import Side
from calibration.profile import Electrodes
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.planting import Planted
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.source import Link, LinkState
from host.detection.cues import Phase
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.feedback.app import application
from host.feedback.bar_state import screen_state
from host.feedback.calibrating.app import draw_calibration
from host.feedback.calibrating.concluding import conclusion
from host.feedback.calibrating.moment import Moment
from host.feedback.picture import save_picture
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import Scheme
from host.recording.state import RecordingState
from host.report.face.sites import as_documented
from host.report.face.svg import face_svg
from host.session.asked import Asked
from host.session.calibrating.building import CalibrationStage, Ordered, patient_calibration
from host.session.calibrating.fitting import Identity
from host.session.calibrating.view import CoursePhase
from host.session.judging import WhatIf
from host.session.opened import Opened, open_recording
from host.session.setup import patient_session
from host.session.terms import line_at
from host.session.worker import Scene, View

IMAGES = Path(__file__).parent / "images"
SECONDS = 20
SIZE = (1280, 800)


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


def recorded(root: Path) -> Opened:
    """Record four minutes of the simulated patient, with a note, and open them."""
    asked = Asked(seconds=240.0, watched=False, through_board=False, record_to=root)
    with ExitStack() as stack:
        session = patient_session(asked)(stack).session
        while not session.over:
            if session.step(0.0) and abs(session.received_s - 64.0) < 0.005:
                session.mark("she felt the neck")
    opened = open_recording(next(root.iterdir()), Asked())
    return replace(opened, name="Four minutes with the simulated patient")


def calibrated() -> dict[str, Moment]:
    """Calibrate the simulated patient, whose right neck electrode is loose; return moments."""
    identity = Identity(
        person="P01",
        therapist="T01",
        electrodes=Electrodes(id="first", date="2026-11-25"),
        created="2026-11-25T10:00:00+00:00",
    )
    ordered = Ordered(identity=identity, planted=Planted.parse("loose:8"))
    asked = Asked(watched=False, through_board=False, recorded=False)
    profile = Path.home() / ".local/share/quietface/profiles/P01/2026-11-25_10-00-00-face-8.json"
    with ExitStack() as stack:
        stage = patient_calibration(asked, ordered)(stack)
        course, found = stage.session.course, dict[str, Moment]()
        while not course.done:
            stage.session.step(0.0)
            view = course.view
            held = view.title == "Cheek, both sides" and view.phase is CoursePhase.HOLD
            if held and view.hold == 2 and view.seconds_left < 2.0:
                found["hold"] = _shown(stage)
            if course.waiting:
                found.setdefault("finding", _shown(stage))
                course.go_on()
        concluded = conclusion(identity, lambda _made: profile)(stage)
        found["end"] = replace(_shown(stage), concluded=concluded)
    return found


def _shown(stage: CalibrationStage) -> Moment:
    """Return what a calibration shows now."""
    course = stage.session.course
    return Moment(
        view=course.view,
        steps=course.steps,
        montage=stage.montage,
        affected=stage.affected,
        link=LinkState(link=Link.STREAMING),
        recording=RecordingState(light=True),
    )


def draw_review(opened: Opened, scheme: Scheme, place_s: float, *, what_if: bool) -> None:
    """Write a picture of the review window with the cursor at `place_s`."""
    window = ReviewWindow(opened, scheme)
    window.resize(1280, 800)
    window.begin()
    window.study.wait()
    window.refresh()
    sample = opened.recorded.stream.samples(place_s)
    window.scrub(sample)
    if what_if:
        window.transport.what_if.setChecked(True)
        window.terms.setValue(WhatIf(thresholds=line_at(opened.watch.thresholds, 0.5)))
    while window.supposing.busy or not _is_at(window, sample):
        window.refresh()
    window.refresh()
    name = "what-if" if what_if else "review"
    save_picture(window, IMAGES / f"{name}-{scheme}.png")
    window.close()


def _is_at(window: ReviewWindow, sample: int) -> bool:
    """Tell whether the bars have followed to a sample."""
    frame = window.player.view.frame
    return frame is not None and 0 <= sample - frame.sample < 10


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(exist_ok=True)
    draw(IMAGES / "data-flow.svg")
    draw_wiring(IMAGES)
    for name, montage in montages().items():
        picture = face_svg(as_documented(montage))
        (IMAGES / f"montage-{name}.svg").write_text(picture, encoding="utf-8", newline="\n")
    _app = application()
    frame, scene = smiling()
    streaming, silent = LinkState(link=Link.STREAMING), LinkState(link=Link.SILENT)
    light = RecordingState(light=True)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        shown = screen_state(View(scene=scene, frame=frame, link=streaming, recording=light))
        save_picture(shown, IMAGES / f"patient-{scheme}.png", (1280, 800), scheme)
        shown = screen_state(View(scene=scene, frame=frame, link=silent, recording=light))
        save_picture(shown, IMAGES / f"silent-{scheme}.png", (1280, 800), scheme)
    print(f"Pictures of {frame.time_s:.2f} s into the simulated patient are in {IMAGES.name}/.")
    with tempfile.TemporaryDirectory() as folder:
        opened = recorded(Path(folder))
        for scheme in schemes:
            draw_review(opened, scheme, 58.0, what_if=False)
            draw_review(opened, scheme, 58.0, what_if=True)
    print(f"Pictures of the review of {opened.duration_s:.0f} s of it are there too.")
    moments = calibrated()
    for name, moment in moments.items():
        for scheme in schemes:
            draw_calibration(moment, IMAGES / f"calibration-{name}-{scheme}.png", scheme, SIZE)
    print("So are those of a calibration.")
    with tempfile.TemporaryDirectory() as nobodys:
        # What this computer remembers of its last therapist and board is in no picture.
        os.environ["QUIETFACE_DATA"] = nobodys
        draw_app(IMAGES / "app", moments["hold"])
    print("Every page of the app is in images/app/.")


if __name__ == "__main__":
    main()
