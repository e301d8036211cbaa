"""People drawn at random: how common their synkinesis is, and how it lessens."""

from dataclasses import replace

import pytest

from calibration.muscles import Side
from host.acquisition.simulated.cohort import (
    BEURSKENS,
    LEAST_SEVERITY,
    Person,
    after_sessions,
    cohort,
    settings_for,
)
from host.acquisition.simulated.patient import PatientSettings, SimulatedPatient
from host.acquisition.simulated.script import clinic_script

PEOPLE = cohort(seed=1, count=2000)


@pytest.mark.parametrize(("pair", "share"), BEURSKENS.items())
def test_t2_synkinesis_is_as_common_as_beurskens_found(pair: tuple[str, str], share: float) -> None:
    having = sum(person.severity(*pair) >= LEAST_SEVERITY for person in PEOPLE)
    # Three standard errors of a share of 2000 people.
    assert having / len(PEOPLE) == pytest.approx(share, abs=3 * (share * (1 - share) / 2000) ** 0.5)


def test_t2_the_rates_show_in_the_true_activation_too() -> None:
    setup = replace(PatientSettings(), script=clinic_script("pucker"))
    eye = {side: setup.montage.column("OOC", side) for side in Side}
    narrowed = []
    for person in PEOPLE[:60]:
        patient = SimulatedPatient(settings_for(person, setup))
        truth = patient.truth(3000, 4125)
        synkinetic = truth.synkinetic[~truth.blinking, eye[person.affected]]
        narrowed.append(bool(synkinetic.max() > 0.1))
    assert narrowed == [person.severity("OOR", "OOC") > 0.0 for person in PEOPLE[:60]]


def test_a_person_does_not_depend_on_how_many_are_drawn() -> None:
    assert cohort(seed=1, count=5) == PEOPLE[:5]
    assert cohort(seed=2, count=5) != PEOPLE[:5]
    assert len(set(PEOPLE)) == 2000


def test_t4_nine_sessions_reduce_synkinesis_as_in_jena() -> None:
    before = PEOPLE[0]
    after = after_sessions(before, 9)
    for old, new in zip(before.couplings, after.couplings, strict=True):
        assert new.severity / old.severity == pytest.approx(6.36 / 7.75, abs=0.01)
    assert after.sessions == 9
    first, second = before.couplings[0], after_sessions(after_sessions(before, 4), 5).couplings[0]
    assert second.severity == pytest.approx(after.couplings[0].severity)
    assert first.delay_s == second.delay_s


def test_somebody_who_does_not_learn_stays_as_they_are() -> None:
    person = replace(PEOPLE[0], learning_rate=0.0)
    assert after_sessions(person, 50).couplings == person.couplings


def test_each_session_has_noise_of_its_own() -> None:
    settings = settings_for(PEOPLE[0])
    assert settings.couplings == PEOPLE[0].couplings
    assert settings_for(after_sessions(PEOPLE[0], 1)).seed != settings.seed


def test_people_who_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="learning_rate"):
        Person(seed=1, affected=Side.LEFT, couplings=(), learning_rate=1.0)
    with pytest.raises(ValueError, match="sessions"):
        Person(seed=1, affected=Side.LEFT, couplings=(), sessions=-1)
    with pytest.raises(ValueError, match="goes forward"):
        after_sessions(PEOPLE[0], -1)
    with pytest.raises(ValueError, match="-1 people"):
        cohort(seed=1, count=-1)
    with pytest.raises(ValueError, match="prevalence"):
        cohort(seed=1, count=1, prevalence={("ZYG", "OOC"): 1.5})
    with pytest.raises(ValueError, match="typical_severity"):
        cohort(seed=1, count=1, typical_severity=9.0)
