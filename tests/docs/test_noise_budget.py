"""What can be resolved: known answers of the estimate, and the tables in hardware.md."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from docs.noise_budget import (
    ANTI_ALIAS,
    SETUPS,
    Setup,
    alias_table,
    budget_table,
    corner_hz,
    folded_hz,
    mean_share,
    neighbour_share,
    rc_share,
    thermal_uv,
    told_uv,
)

HARDWARE = Path(__file__).parents[2] / "hardware.md"
PLAIN = Setup(name="x", gain=1000.0, rate_hz=500.0, slots=8, packed=False, noise_nv=20.0)


@pytest.mark.parametrize("table", [budget_table(), alias_table()])
def test_the_document_has_the_tables_as_they_are_calculated(table: str) -> None:
    assert f"-->\n{table}\n<!-- end -->" in HARDWARE.read_text(encoding="utf-8")


def test_a_step_is_the_reference_over_1024_and_the_gain() -> None:
    assert PLAIN.step_uv == pytest.approx(5e6 / 1024 / 1000)
    assert PLAIN.full_scale_mv == pytest.approx(2.5)
    assert PLAIN.conversions == 8.0


def test_converter_noise_is_what_rounded_and_averaged_noise_has() -> None:
    random = np.random.default_rng(4)
    # All of the band, so that no share of it has to be taken into account.
    steps = np.round(random.normal(0.3, 0.5, (200_000, 8)))
    share = math.sqrt(2.0 * PLAIN.band_hz / PLAIN.rate_hz)
    measured_uv = float(steps.mean(axis=1).std()) * PLAIN.step_uv * share
    assert PLAIN.converter_uv == pytest.approx(measured_uv, rel=0.02)


def test_packing_adds_the_rounding_to_12_bits() -> None:
    packed = replace(PLAIN, packed=True)
    share = math.sqrt(2.0 * PLAIN.band_hz / PLAIN.rate_hz)
    rounding_uv = PLAIN.step_uv / 4.0 / math.sqrt(12.0) * share
    assert packed.converter_uv == pytest.approx(math.hypot(PLAIN.converter_uv, rounding_uv))


def test_a_kiloohm_has_four_nanovolts_per_root_hertz() -> None:
    assert thermal_uv(1.0, 1.0) * 1e3 == pytest.approx(4.1, abs=0.05)


def test_front_end_and_electrodes_add_as_powers() -> None:
    assert PLAIN.front_end_uv == pytest.approx(0.02 * math.sqrt(PLAIN.band_hz))
    unknown = replace(PLAIN, noise_nv=None)
    assert unknown.front_end_uv is None
    assert unknown.together_uv < PLAIN.together_uv


def test_a_level_that_is_told_adds_two_scatters_of_the_noises_power() -> None:
    random = np.random.default_rng(5)
    band_hz, noise_uv = 200.0, 3.0
    # A second of a band of 200 Hz holds 400 independent values.
    powers = (noise_uv * random.normal(size=(20_000, 400))) ** 2
    scatter = float(powers.mean(axis=1).std())
    assert told_uv(noise_uv, band_hz) ** 2 == pytest.approx(2.0 * scatter, rel=0.03)


def test_rc_and_mean_are_halved_and_blind_where_they_should_be() -> None:
    assert corner_hz(3.3, 100.0) == pytest.approx(482.3, abs=0.1)
    assert rc_share(482.3, 482.3) == pytest.approx(math.sqrt(0.5))
    assert mean_share(500.0, 500.0, 8.0) == pytest.approx(0.0, abs=1e-12)
    assert mean_share(0.0, 500.0, 8.0) == mean_share(4000.0, 500.0, 8.0) == 1.0
    assert mean_share(50.0, 250.0, 16.0) == pytest.approx(0.94, abs=0.005)  # protocol.md, Sampling


@pytest.mark.parametrize(("at_hz", "heard_hz"), [(100, 100), (300, 200), (3800, 200), (4000, 0)])
def test_a_tone_folds_to_where_sampling_puts_it(at_hz: float, heard_hz: float) -> None:
    samples = np.arange(1000) / 500.0
    spectrum = np.abs(np.fft.rfft(np.cos(2.0 * np.pi * at_hz * samples)))
    assert folded_hz(at_hz, 500.0) == np.argmax(spectrum) * 0.5 == heard_hz


def test_a_channel_leaks_less_into_the_next_than_a_step() -> None:
    assert neighbour_share(ANTI_ALIAS[0], 4) < 1.0 / 1024


@pytest.mark.parametrize("change", [{"slots": 6}, {"rate_hz": 9000.0}, {"gain": 0.5}])
def test_what_the_firmware_cannot_do_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="no such"):
        replace(PLAIN, **change)  # type: ignore[arg-type]


def test_t4_myoware_does_not_resolve_rest_and_the_pair_does() -> None:
    noise_uv = {one.name: one.together_uv for one in SETUPS}
    assert min(uv for name, uv in noise_uv.items() if "MyoWare" in name) >= 3.0
    assert noise_uv["differential pair, 500 × 8"] < 1.0
