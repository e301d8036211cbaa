"""A simulated patient who learns over sessions: what falls, and what is mere chance."""

from dataclasses import replace

import numpy as np
import pytest

from host.acquisition.simulated.disturbance import Mains
from host.acquisition.simulated.learning import Learner, session_settings
from host.acquisition.simulated.patient import PatientSettings, SimulatedPatient
from host.acquisition.simulated.script import clinic_script
from host.acquisition.simulated.synkinesis import MODERATE

SMILE_EYE = ("ZYG", "OOC")


def severities(learner: Learner, session: int) -> dict[tuple[str, str], float]:
    couplings = session_settings(learner, session).couplings
    return {(one.target, one.quiet): one.severity for one in couplings}


def test_p15_the_chosen_synkinesis_falls_by_its_share_with_each_session() -> None:
    learner = Learner(seed=1, falls=0.2, pairs=(SMILE_EYE,), day_spread=0.0)
    for session in range(5):
        found = severities(learner, session)
        assert found[SMILE_EYE] == pytest.approx(0.6 * 0.8**session)
        assert found["OOC", "ZYG"] == pytest.approx(0.5)


def test_without_chosen_pairs_all_of_it_falls() -> None:
    learner = Learner(seed=1, falls=0.5, day_spread=0.0)
    before, after = severities(learner, 0), severities(learner, 1)
    assert all(after[pair] == pytest.approx(before[pair] / 2.0) for pair in before)


def test_who_does_not_learn_has_the_same_days_electrodes_and_attempts() -> None:
    for session in range(3):
        learned = session_settings(Learner(seed=4, falls=0.2), session)
        steady = session_settings(Learner(seed=4, falls=0.0), session)
        assert (learned.gains, learned.seed) == (steady.gains, steady.seed)
        ratios = [
            one.severity / other.severity
            for one, other in zip(learned.couplings, steady.couplings, strict=True)
        ]
        assert ratios == pytest.approx([0.8**session] * len(MODERATE))


def test_electrodes_hear_differently_each_time_they_are_put_on() -> None:
    gains = np.log([session_settings(Learner(seed=seed), 0).gains for seed in range(200)])
    assert np.std(gains) == pytest.approx(0.25, rel=0.1)
    assert session_settings(Learner(seed=1), 0).gains != session_settings(Learner(seed=1), 1).gains


def test_a_gain_changes_what_is_heard_and_not_what_is_moved() -> None:
    plain = PatientSettings(script=clinic_script("gentle closed smile"), mains=Mains(level_uv=0.0))
    cheek = [site.muscle for site in plain.montage.sites].index("ZYG")
    gains = tuple(2.0 if column == cheek else 1.0 for column in range(8))
    one, other = (SimulatedPatient(each) for each in (plain, replace(plain, gains=gains)))
    before, after = one.truth(3000, 3500), other.truth(3000, 3500)
    np.testing.assert_array_equal(before.activation, after.activation)
    np.testing.assert_allclose(after.emg_uv[:, cheek], 2.0 * before.emg_uv[:, cheek])
    heard = [np.std(np.diff(each.read(3500).data[3000:, cheek])) for each in (one, other)]
    # The noise stays as it was.
    assert 1.8 < heard[1] / heard[0] < 2.0


def test_learners_and_sessions_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="falls"):
        Learner(seed=1, falls=1.0)
    with pytest.raises(ValueError, match="seed"):
        Learner(seed=-1)
    with pytest.raises(ValueError, match="spreads"):
        Learner(seed=1, gain_spread=2.0)
    with pytest.raises(ValueError, match="nothing couples"):
        Learner(seed=1, pairs=(("MEN", "FRO"),))
    with pytest.raises(ValueError, match="counted from 0"):
        session_settings(Learner(seed=1), -1)
    with pytest.raises(ValueError, match="a gain within"):
        PatientSettings(gains=(1.0,))
