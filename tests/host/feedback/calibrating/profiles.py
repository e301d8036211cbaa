"""Profiles for tests, written by hand."""

from dataclasses import replace

from calibration.channel import ChannelNumbers
from calibration.channel_model import ChannelModel, plain_channel
from calibration.freedom import Freedom
from calibration.profile import Electrodes, Profile
from calibration.proposals import with_thresholds
from calibration.thresholds import shaping
from tests.host.feedback.calibrating.moments import FOUR, WEAK

RATE_HZ = 250.0
_FREEDOM = Freedom(short_hz=150.0, long_hz=120.0)
WHITENED = ChannelModel(taps=(1.0, -0.4), rest=_FREEDOM, active=_FREEDOM)


def numbers(reference_uv: float = 12.34, spread: float = 0.1) -> ChannelNumbers:
    """Return the numbers of a channel that went well, with its thresholds."""
    found = ChannelNumbers(
        noise_uv=0.8123,
        rest_uv=1.2345,
        rest_quantiles_uv=(1.2, 1.3, 1.45, 1.6, 1.75, 1.85, 2.0),
        reference_uv=reference_uv,
        reference_low_uv=reference_uv * (1.0 - spread),
        reference_high_uv=reference_uv * (1.0 + spread),
        holds=3,
    )
    return with_thresholds(found, shaping())


def profile() -> Profile:
    """Return a profile of eye and cheek; the right cheek was too weak."""
    weak = replace(ChannelNumbers(), noise_uv=0.8)
    models = (WHITENED, WHITENED, WHITENED, plain_channel(RATE_HZ, "effort is too weak"))
    return Profile(
        person="P01",
        montage=FOUR,
        electrodes=Electrodes(id="first", date="2026-11-25"),
        chain="0123456789abcdef",
        rate_hz=RATE_HZ,
        band_hz=(20.0, 65.0),
        spectrum_step_hz=1.0,
        created="2026-11-25T10:00:00+00:00",
        therapist="T01",
        channels=(numbers(), numbers(20.0, 0.02), numbers(8.0, 0.3), weak),
        models=models,
        findings=(WEAK,),
    )
