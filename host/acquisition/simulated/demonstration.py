"""The patient of the demonstration: gentle effort reads as gentle on the board at hand."""

from dataclasses import replace

from calibration.reference import GENTLE_UV
from host.acquisition.simulated.patient import SimulatedPatient
from host.acquisition.simulated.settings import PatientSettings


def demonstration(settings: PatientSettings) -> SimulatedPatient:
    """Return a patient whose gentle effort the board's converter shows as the gentle reference.

    A Cyton at 250 Hz lets through about half of the amplitude at the skin. Nobody calibrates the
    demonstration, so without this its target muscle would never reach the corridor's middle.
    """
    passed = SimulatedPatient(settings).carrier_gain
    return SimulatedPatient(replace(settings, gentle_uv=GENTLE_UV / passed))
