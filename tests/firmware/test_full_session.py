"""A whole session on the emulated board, with the simulated patient at its inputs."""

from pathlib import Path

import pytest

from tests.firmware.emulated import excuse, needs_emulator
from tests.firmware.full_session import SMILE, Wanted, full_session

pytestmark = needs_emulator

GENTLE_UV = 20.0
"""Of the simulated patient at the skin, 20 to 450 Hz."""


def test_a_calibration_and_a_bout_with_its_profile_run_on_the_emulated_board(
    tmp_path: Path,
) -> None:
    outcome = full_session(Wanted(montage="face-4"), tmp_path)
    if outcome.complaints and (why := excuse(outcome.late_s)):
        pytest.skip(f"{why}: {outcome.complaints}")
    assert outcome.complaints == ()
    assert outcome.frozen_s == 0.0
    assert outcome.profile.rate_hz == 500.0
    sites = outcome.profile.montage.sites
    assert len(sites) == 8
    for site, numbers in zip(sites, outcome.profile.channels, strict=True):
        if site.muscle:
            assert numbers.reference_uv is not None
            assert numbers.rest_uv is not None
            # The mean over 2 ms lets through most of the band, and never more than there is.
            assert 0.6 * GENTLE_UV < numbers.reference_uv < 1.1 * GENTLE_UV
            assert numbers.rest_uv < 2.0
    assert {tried.pattern for tried in outcome.attempts} == {SMILE}
