"""The patient of the demonstration."""

from dataclasses import replace

import pytest

from calibration.reference import GENTLE_UV
from host.acquisition.simulated.carrier import Spectrum
from host.acquisition.simulated.demonstration import demonstration
from tests.host.acquisition.simulated.clean_face import CLEAN, HOLD, ZYG, rms


@pytest.mark.parametrize("rate_hz", [250.0, 1000.0])
def test_gentle_effort_reads_as_the_gentle_reference_at_any_rate(rate_hz: float) -> None:
    patient = demonstration(replace(CLEAN, rate_hz=rate_hz))
    scale = round(rate_hz / 250.0)
    data = patient.read(scale * HOLD.stop).data[scale * HOLD.start :]
    assert rms(data)[ZYG] == pytest.approx(GENTLE_UV, rel=0.04)


def test_everything_else_is_as_set() -> None:
    made = replace(CLEAN, seed=7, spectrum=Spectrum(rise_hz=60.0))
    patient = demonstration(made)
    assert replace(patient.settings, gentle_uv=made.gentle_uv) == made
    assert patient.settings.gentle_uv * patient.carrier_gain == pytest.approx(GENTLE_UV)
