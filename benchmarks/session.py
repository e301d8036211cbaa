"""The whole app while two people practise: how smooth it is, with every page made.

The simulated board is played by another process, as a real one has a processor of its own.
"""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PyQt6.QtCore import Qt

from benchmarks.board_apart import BoardApart, patient_feed
from benchmarks.figures import Figure
from benchmarks.review import machine_alone
from benchmarks.session_app import Practised, TimedApp, calibrated, prepared
from benchmarks.standstill import Collections, Turns
from benchmarks.witness import Witness
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.clinic.repository import Clinic
from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.keys import Act
from host.feedback.clinic.practise_state import appointed, practice_asked
from host.feedback.collecting import collecting
from host.feedback.rhythm import PAINTS_PER_S
from host.feedback.screenless import has_screen
from host.feedback.starting import application
from host.session.practising.building import PracticeBuild, practice_session
from host.session.practising.following import SimulatedFollower

SEEDS = (1,)
MINUTES = 10.0
"""So long somebody practises; raw signals are shown in every other minute."""
RAW_S = 30.0
"""So long sixteen raw traces are watched."""
DAISY_HZ = 125.0


def run() -> list[Figure]:
    """Practise calibrated for ten minutes; then watch sixteen raw traces at 1920 x 1080."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _app = application()  # it lives as long as this name
    with tempfile.TemporaryDirectory() as root:
        os.environ["QUIETFACE_DATA"] = root
        return [*_ten_minutes(Path(root)), *_sixteen(Path(root)), machine_alone()]


@contextmanager
def _practised(clinic: Clinic, now: Appointment) -> Iterator[Practised]:
    """Open the app as `run_clinic` does, with every page made."""
    window = TimedApp(clinic)
    window.resize(1920, 1080)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    with collecting(lambda: window.calm):
        practised = Practised(window, now)
        practised.make_all_pages()
        yield practised
    window.close()


def patient_of(now: Appointment) -> PatientSettings:
    """Return who plays the patient of an appointment: at rest until something is asked."""
    given = appointed(now)
    settings = PatientSettings(seed=SEEDS[0], affected=given.plan.affected, script=WAITING)
    return settings if now.montage is None else replace(settings, montage=now.montage)


def practice_of(clinic: Clinic, now: Appointment, board: BoardApart) -> PracticeBuild:
    """Return how practice is built on a board that is played apart."""
    return practice_session(
        practice_asked(now, clinic.sessions_folder),
        appointed(now),
        board=board.settings,
        followed=lambda _source: SimulatedFollower(board),
    )


def _ten_minutes(root: Path) -> list[Figure]:
    """Measure latency and stalls, from bout to bout, levels and raw signals in turn."""
    clinic = Clinic(root)
    now = calibrated(clinic, prepared(clinic, "P01", "face-8"))
    feed = partial(patient_feed, patient_of(now))
    with _practised(clinic, now) as practised, Witness() as witness, BoardApart(feed) as board:
        window = practised.window
        practised.begin(practice_of(clinic, now, board))
        turns, collections = Turns(), Collections()
        window.arrived_s.clear()
        for minute in range(max(round(MINUTES), 1)):
            if minute:
                practised.press(Act.RAW)
            practised.practise(60.0 * MINUTES / max(round(MINUTES), 1))
        turns.stop()
        collections.stop()
        ahead_s = 0.0 if window.watched is None else window.watched.ahead_s
        practised.end()
    arrived_s, silences_s = window.arrived_s, turns.silences_s
    calm = [span for span in arrived_s if not witness.saw(*span)]
    left_out = 100.0 * (1.0 - len(calm) / len(arrived_s))
    return [
        Figure(name="arrival to painted, median", value=_quantile_ms(arrived_s, 0.5), unit="ms"),
        Figure(
            name="arrival to painted, p95",
            value=_quantile_ms(arrived_s, 0.95),
            unit="ms",
            goal=10.0,
        ),
        Figure(
            name="  the same while the machine kept nobody waiting",
            value=_quantile_ms(calm, 0.95),
            unit="ms",
            goal=10.0,
        ),
        Figure(name="  paints left out for that", value=left_out, unit="%"),
        Figure(name="the chain looks ahead, beside that", value=1e3 * ahead_s, unit="ms"),
        *_stalls(silences_s, witness),
        Figure(
            name="longest full collection of garbage", value=1e3 * collections.longest_s, unit="ms"
        ),
    ]


def _stalls(silences_s: Sequence[tuple[float, float]], witness: Witness) -> list[Figure]:
    """Return the longest silence of the event loop, and of those that were its own."""
    own = [span for span in silences_s if not witness.saw(*span)]
    return [
        Figure(
            name=f"longest stall in {MINUTES:g} minutes of practice",
            value=_quantile_ms(silences_s, 1.0),
            unit="ms",
            goal=50.0,
        ),
        Figure(
            name="  the same while the machine kept nobody waiting",
            value=_quantile_ms(own, 1.0),
            unit="ms",
            goal=50.0,
        ),
        witness.figure(),
    ]


def _quantile_ms(spans_s: Sequence[tuple[float, float]], share: float) -> float:
    """Return a quantile of how long spans are; 0 where there are none."""
    lengths_s = [end_s - begin_s for begin_s, end_s in spans_s]
    return 1e3 * float(np.quantile(lengths_s, share)) if lengths_s else 0.0


def _sixteen(root: Path) -> list[Figure]:
    """Measure what painting sixteen raw traces of a Cyton with Daisy takes of a core."""
    clinic = Clinic(root)
    now = prepared(clinic, "P02", "face-16")
    feed = partial(patient_feed, replace(patient_of(now), rate_hz=DAISY_HZ))
    with _practised(clinic, now) as practised, BoardApart(feed, daisy=True) as board:
        window = practised.window
        practised.begin(practice_of(clinic, now, board))
        practised.press(Act.RAW)
        practised.spin(2.0)
        window.painted_s.clear()
        began_s, worked_s = time.perf_counter(), time.thread_time()
        practised.practise(RAW_S)
        took_s, worked_s = time.perf_counter() - began_s, time.thread_time() - worked_s
        practised.end()
    paints = len(window.painted_s)
    return [
        Figure(
            name=f"sixteen raw traces: time per paint (asked: {PAINTS_PER_S}/s)",
            value=1e3 * took_s / max(paints, 1),
            unit="ms",
            goal=1.05e3 / PAINTS_PER_S,
        ),
        Figure(
            name="sixteen raw traces: the painting thread",
            value=100.0 * worked_s / took_s,
            unit="% core",
            goal=25.0,
        ),
    ]
