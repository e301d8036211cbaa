"""The simulated patient's truth: episodes, blinks, touches and loose electrodes."""

from itertools import islice

import numpy as np
import pytest

from calibration.muscles import Side
from host.acquisition.simulated.contact import Fault, Loose
from host.acquisition.simulated.disturbance import Mains
from host.acquisition.simulated.effort import Blinks
from host.acquisition.simulated.patient import (
    PatientSettings,
    SimulatedPatient,
)
from host.acquisition.simulated.script import Script, Step
from host.detection.cues import Phase
from tests.host.acquisition.simulated.clean_face import EYE, OOC, OOC_L, ZYG, ZYG_L, clean, rms


def test_a_face_without_synkinesis_has_no_true_episodes() -> None:
    patient = SimulatedPatient(PatientSettings(couplings=()))
    assert patient.episodes(0, 60 * 250) == ()
    assert not patient.truth(0, 60 * 250).synkinetic.any()


def test_true_episodes_are_quiet_muscles_of_the_affected_side() -> None:
    patient = clean(couplings=(EYE,))
    [episode] = patient.episodes(0, 36 * 250)
    assert episode.channel == OOC
    assert 4 * 250 < episode.start < 5.5 * 250
    assert episode.stop > 35.5 * 250
    assert episode.peak == pytest.approx(0.6)


def test_episodes_are_the_same_over_a_search_in_pieces() -> None:
    patient = SimulatedPatient(PatientSettings())
    whole = patient.episodes(0, 130 * 250)
    later = [episode for episode in whole if episode.start > 58 * 250]
    assert tuple(sorted(later, key=str)) == tuple(
        sorted((e for e in patient.episodes(50 * 250, 130 * 250) if e.start > 58 * 250), key=str)
    )


def test_truth_does_not_depend_on_the_stretch_nor_on_what_was_read() -> None:
    patient = SimulatedPatient(PatientSettings())
    before = patient.truth(0, 5000)
    patient.read(1000)
    part = patient.truth(2345, 3456)
    np.testing.assert_array_equal(part.activation, before.activation[2345:3456])
    np.testing.assert_array_equal(part.blinking, before.blinking[2345:3456])
    assert part.stop == 3456


def test_truth_is_known_after_days_without_a_history() -> None:
    truth = SimulatedPatient(PatientSettings()).truth(10**9, 10**9 + 5000)
    assert truth.activation.max() > 0.5


def test_the_default_patient_moves_after_4_s_and_the_eye_comes_along() -> None:
    patient = SimulatedPatient(PatientSettings())
    cues = list(islice(patient.cues(), 3))
    assert [(cue.start, cue.phase) for cue in cues[:2]] == [(0, Phase.REST), (1000, Phase.RISE)]
    assert patient.cues_until(1001) == tuple(cues[:2])
    truth = patient.truth(1500, 2250)
    eye = truth.activation[~truth.blinking, OOC].mean()
    assert 0.4 < eye / truth.activation[:, ZYG].mean() < 0.8
    assert truth.activation[~truth.blinking, OOC_L].max() < 0.15


def test_a_blink_is_true_activity_of_both_eyes() -> None:
    patient = clean(blinks=Blinks(every_s=3.0))
    data, truth = patient.read(1000).data, patient.truth(0, 1000)
    assert truth.blinking.any()
    for eye in (OOC_L, OOC):
        assert truth.activation[truth.blinking, eye].max() > 0.5
        assert rms(data[truth.blinking])[eye] > 2.0
        # The converter smears a blink's edges over a sample or two.
        near = np.convolve(truth.blinking, np.ones(7), mode="same") > 0.0
        assert not data[~near, eye].any()


def test_a_loose_electrode_rails_or_hums_and_comes_back() -> None:
    loose = (
        Loose(channel=ZYG, start_s=8.0, stop_s=10.0, fault=Fault.RAILS),
        Loose(channel=ZYG_L, start_s=8.0, stop_s=10.0),
    )
    patient = clean(loose=loose, mains=Mains(level_uv=20.0))
    data, truth = patient.read(3000).data, patient.truth(0, 3000)
    assert (data[2000:2500, ZYG] == patient.stream.range_uv).all()
    assert rms(data[2010:2490])[ZYG_L] > 300.0
    assert rms(data[2550:])[ZYG_L] < 60.0
    np.testing.assert_array_equal(np.flatnonzero(truth.loose[:, ZYG]), np.arange(2000, 2500))
    assert not truth.electrode_uv[truth.loose].any()
    assert truth.activation[2000:2500, ZYG].min() > 0.9


def test_p5_a_touch_moves_the_electrodes_and_is_known() -> None:
    script = Script(steps=(Step(pattern="gentle closed smile", touched=("OOC",)),))
    patient = clean(script=script)
    data, truth = patient.read(2000).data, patient.truth(0, 2000)
    assert np.abs(data[truth.touched[:, OOC], OOC]).max() > 200.0
    assert not truth.touched[:, [OOC_L, ZYG]].any()


def test_the_other_side_can_be_the_affected_one() -> None:
    patient = clean(couplings=(EYE,), affected=Side.LEFT)
    assert {episode.channel for episode in patient.episodes(0, 5000)} == {OOC_L}
