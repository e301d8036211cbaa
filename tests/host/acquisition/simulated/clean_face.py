"""A patient in whom nothing happens but what a test asks for."""

from dataclasses import replace
from typing import Any

import numpy as np

from host.acquisition.simulated.disturbance import Electrodes, Mains
from host.acquisition.simulated.effort import Blinks, Effort
from host.acquisition.simulated.mixing import Crosstalk
from host.acquisition.simulated.patient import (
    PatientSettings,
    SimulatedPatient,
)
from host.acquisition.simulated.script import Script, Step
from host.acquisition.simulated.synkinesis import Coupling
from host.chain.stream import FloatArray

OOC_L, ZYG_L, OOR_L, PLA_L, OOC, ZYG, OOR, PLA = range(8)
"""Columns of the default montage; the right side is the affected one."""

SMILE = Script(steps=(Step(pattern="gentle closed smile", rest_s=4.0, hold_s=30.0),))
HOLD = slice(6 * 250, 34 * 250)
"""Samples well inside that script's first hold."""

CLEAN = PatientSettings(
    script=SMILE,
    couplings=(),
    unsteadiness=0.0,
    effort=Effort(
        variation=0.0,
        sides_variation=0.0,
        tremor=0.0,
        along=0.0,
        along_other_side=0.0,
        along_tolerated=0.0,
    ),
    blinks=Blinks(every_s=0.0),
    tone_uv=0.0,
    tone_affected_uv=0.0,
    crosstalk=Crosstalk(scale=0.0),
    electrodes=Electrodes(offset_uv=0.0, drift_uv=0.0, noise_uv=0.0),
    mains=Mains(level_uv=0.0),
)
"""Nothing but the muscles that lead."""

EYE = Coupling(target="ZYG", quiet="OOC", severity=0.6)


def clean(**changes: Any) -> SimulatedPatient:
    return SimulatedPatient(replace(CLEAN, **changes))


def rms(data: FloatArray) -> FloatArray:
    level: FloatArray = np.sqrt(np.mean(data**2, axis=0))
    return level
