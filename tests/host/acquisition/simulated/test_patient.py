"""The simulated patient's samples: as asked for, and however they are read."""

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from calibration.montage import montages, plain_montage
from host.acquisition.simulated.contact import Loose
from host.acquisition.simulated.disturbance import Electrodes
from host.acquisition.simulated.effort import Blinks
from host.acquisition.simulated.mixing import Crosstalk
from host.acquisition.simulated.patient import (
    CarrierKind,
    PatientSettings,
    PatientSource,
    SimulatedPatient,
)
from host.acquisition.simulated.script import Script, Step
from host.acquisition.source import Link, Source
from tests.cuts import cuts
from tests.host.acquisition.simulated.clean_face import (
    CLEAN,
    EYE,
    HOLD,
    OOC,
    OOC_L,
    OOR,
    PLA,
    ZYG,
    ZYG_L,
    clean,
    rms,
)

KINDS = pytest.mark.parametrize("kind", CarrierKind)


@KINDS
@settings(max_examples=15, deadline=None)
@given(cut_points=cuts(300))
def test_samples_do_not_depend_on_how_they_are_read(
    kind: CarrierKind, cut_points: list[int]
) -> None:
    made = PatientSettings(carrier=kind, blinks=Blinks(every_s=1.0), seed=3)
    whole = SimulatedPatient(made).read(300)
    patient = SimulatedPatient(made)
    pieces = [patient.read(stop - start) for start, stop in pairwise([0, *cut_points, 300])]
    np.testing.assert_array_equal(np.concatenate([piece.data for piece in pieces]), whole.data)
    assert [piece.stop for piece in pieces] == [*cut_points, 300]


def test_the_seed_decides_everything() -> None:
    one, same, other = (
        SimulatedPatient(PatientSettings(seed=seed)).read(500).data for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, same)
    assert not np.isclose(one, other).any(axis=0).all()


def test_samples_lie_on_the_recorders_grid() -> None:
    patient = SimulatedPatient(PatientSettings())
    data = patient.read(500).data
    np.testing.assert_array_equal(data, patient.stream.on_grid(data))


@KINDS
def test_gentle_effort_has_20_uv_of_which_the_converter_lets_its_share_through(
    kind: CarrierKind,
) -> None:
    patient = clean(carrier=kind)
    data = patient.read(HOLD.stop).data[HOLD]
    assert rms(data)[ZYG] == pytest.approx(20.0 * patient.carrier_gain, rel=0.04)
    assert rms(data)[ZYG_L] == pytest.approx(20.0 * patient.carrier_gain, rel=0.04)
    truth = patient.truth(HOLD.start, HOLD.stop)
    np.testing.assert_allclose(truth.activation[:, [ZYG_L, ZYG]], 1.0)
    np.testing.assert_allclose(truth.emg_uv[:, ZYG], 20.0)
    assert not data[:, [OOC_L, OOR, PLA]].any()


def test_t4_a_cyton_at_250_hz_keeps_65_hz_and_less_than_half_of_the_amplitude() -> None:
    patient = clean()
    assert patient.stream.bandwidth_hz == pytest.approx(65.5)
    assert 0.4 < patient.carrier_gain < 0.5
    assert 0.85 < clean(rate_hz=1000.0).carrier_gain < 0.95


@KINDS
def test_the_coupling_ratio_is_recovered(kind: CarrierKind) -> None:
    data = clean(carrier=kind, couplings=(EYE,)).read(HOLD.stop).data[HOLD]
    assert rms(data)[OOC] / rms(data)[ZYG] == pytest.approx(0.6, rel=0.06)
    assert not data[:, OOC_L].any()


def test_the_delay_is_recovered_from_the_samples() -> None:
    twitches = Step(
        pattern="gentle closed smile", rest_s=0.4, rise_s=0.1, hold_s=0.3, release_s=0.2
    )
    effort = replace(CLEAN.effort, reaction_s=0.0, fall_s=0.1)
    coupling = replace(EYE, severity=1.0, delay_s=0.05, relax_s=0.0)
    patient = clean(
        rate_hz=1000.0, couplings=(coupling,), script=Script(steps=(twitches,)), effort=effort
    )
    power = patient.read(60_000).data ** 2
    # All attempts on one another: what is left is the envelope.
    mean = power.reshape(60, 1000, 8).mean(axis=0)
    likeness = [np.roll(mean[:, ZYG], lag) @ mean[:, OOC] for lag in range(150)]
    smooth = np.convolve(likeness, np.ones(15) / 15.0, mode="valid")
    assert np.argmax(smooth) + 7 == pytest.approx(50, abs=8)


def test_synkinesis_is_carried_independently_but_for_common_axons() -> None:
    for common in (0.0, 0.36):
        patient = clean(rate_hz=1000.0, couplings=(replace(EYE, common=common),))
        data = patient.read(20_000).data[6_000:]
        alike = [
            np.corrcoef(data[20 + lag : len(data) - 20 + lag, OOC], data[20:-20, ZYG])[0, 1]
            for lag in range(-20, 21)
        ]
        assert max(alike) == pytest.approx(np.sqrt(common), abs=0.04)
        if common:
            assert np.argmax(alike) - 20 == 3


def test_crosstalk_has_the_amount_given_and_no_lag() -> None:
    data = clean(crosstalk=Crosstalk(scale=2.0), rate_hz=1000.0).read(20_000).data[6_000:]
    assert rms(data)[OOC] / rms(data)[ZYG] == pytest.approx(0.16, rel=0.05)
    alike = [data[20 + lag : lag - 20, OOC] @ data[20:-20, ZYG] for lag in range(-19, 20)]
    assert np.argmax(alike) == 19
    truth = clean(crosstalk=Crosstalk(scale=2.0)).truth(HOLD.start, HOLD.stop)
    assert not truth.activation[:, OOC].any()
    np.testing.assert_allclose(truth.electrode_uv[:, OOC], 0.16 * 20.0)


def test_noise_offset_and_mains_are_there_and_as_large_as_asked() -> None:
    quiet = replace(CLEAN, electrodes=Electrodes(offset_uv=0.0, drift_uv=0.0, noise_uv=0.5))
    assert rms(SimulatedPatient(quiet).read(900).data)[OOR] == pytest.approx(0.5, rel=0.1)
    default = SimulatedPatient(PatientSettings(mains_hz=60.0)).read(2500).data
    assert np.ptp(default.mean(axis=0)) > 5_000.0
    lines = np.abs(np.fft.rfft(default - default.mean(axis=0), axis=0))[100:]
    assert (np.argmax(lines, axis=0) + 100 == pytest.approx(600, abs=2)) is True


@pytest.mark.parametrize("rate_hz", [125.0, 200.0, 1000.0, 2148.148])
def test_any_rate_and_montage_can_be_simulated(rate_hz: float) -> None:
    patient = SimulatedPatient(PatientSettings(rate_hz=rate_hz, montage=montages()["face-16"]))
    assert patient.read(3000).data.shape == (3000, 16)
    assert np.isfinite(patient.truth(0, 3000).electrode_uv).all()


def test_a_plain_montage_has_noise_but_no_muscles() -> None:
    patient = SimulatedPatient(PatientSettings(montage=plain_montage(4)))
    assert patient.read(500).data.std() > 0.0
    assert not patient.truth(0, 5000).emg_uv.any()
    assert patient.episodes(0, 5000) == ()


def test_the_source_waits_for_nothing_and_ends_where_asked() -> None:
    source: Source = PatientSource(SimulatedPatient(PatientSettings()), chunk_s=0.02, stop=12)
    with source:
        links = [source.state.link]
        found = [source.read(0.0) for _ in range(4)]
        assert [chunk and (chunk.start, chunk.stop) for chunk in found] == [
            (0, 5),
            (5, 10),
            (10, 12),
            None,
        ]
        links.append(source.state.link)
        assert links == [Link.STREAMING, Link.ENDED]
        assert source.state.rate_hz is None
        assert math.isnan(source.host_time_s(3))
    with PatientSource(SimulatedPatient(PatientSettings())) as endless:
        assert endless.read(0.0) is not None
    assert endless.read(0.0) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seed": -1}, "seed"),
        ({"mains_hz": 55.0}, "50 or 60"),
        ({"gentle_uv": 0.0}, "gentle_uv"),
        ({"tone_uv": -1.0}, "tone"),
        ({"unsteadiness": 2.0}, "unsteadiness"),
        ({"rate_hz": 50.0}, "100 samples"),
        ({"couplings": (EYE, EYE)}, "same muscles"),
        ({"loose": (Loose(channel=8, start_s=0.0),)}, "no channel 8"),
    ],
)
def test_nonsense_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(CLEAN, **wrong)


def test_impossible_questions_are_refused() -> None:
    patient = clean()
    with pytest.raises(ValueError, match="-1"):
        patient.read(-1)
    with pytest.raises(ValueError, match="start <= stop"):
        patient.truth(10, 5)
    with pytest.raises(ValueError, match="least"):
        patient.episodes(0, 10, least=0.0)
    with pytest.raises(ValueError, match="takes some time"):
        PatientSource(patient, chunk_s=0.0)
    with pytest.raises(ValueError, match="before the first"):
        PatientSource(patient, stop=-1)
