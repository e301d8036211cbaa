"""Five appointments through the whole chain: who learns shows a fall, who does not shows none."""

from dataclasses import replace
from math import log

import pytest

from calibration.montage import montages
from host.acquisition.simulated.learning import Learner
from host.acquisition.simulated.synkinesis import Coupling
from host.report.trends import Trends, trends_of
from host.report.trends_line import Verdict
from host.report.trends_session import SessionMeasures, session_measures
from host.report.trends_simulated import Appointment, appointed, course_of

SMILE, CLOSURE = "gentle closed smile", "gentle eye closure"
SHORT = Appointment(montage=montages()["face-4"], patterns=(SMILE, CLOSURE), attempts=3)
LEARNER = Learner(
    seed=2,
    falls=0.2,
    couplings=(
        Coupling(target="ZYG", quiet="OOC", severity=0.6, common=0.1),
        Coupling(target="OOC", quiet="ZYG", severity=0.5, delay_s=0.035, common=0.1),
    ),
)
STEADY = replace(LEARNER, falls=0.0)


@pytest.fixture(scope="module")
def learned() -> tuple[SessionMeasures, ...]:
    return course_of(LEARNER, 5, SHORT)


@pytest.fixture(scope="module")
def steady(learned: tuple[SessionMeasures, ...]) -> Trends:
    # Before anything is learned the two are the same person.
    later = (session_measures(appointed(STEADY, number, SHORT)) for number in range(1, 5))
    return trends_of((learned[0], *later))


def test_p15_a_learner_shows_a_falling_ratio_whose_interval_excludes_no_change(
    learned: tuple[SessionMeasures, ...],
) -> None:
    found = trends_of(learned)
    slope = found.overall.slope
    assert found.verdict is Verdict.FALLS
    assert slope.low <= log(0.8) <= slope.high
    ratios = [level.ratio.value for level in found.courses[0].levels]
    assert ratios[-1] < 0.7 * ratios[0]


def test_p11_who_does_not_learn_shows_no_change_with_the_same_variability(steady: Trends) -> None:
    assert steady.verdict is Verdict.OPEN
    assert steady.overall.slope.low < 0.0 < steady.overall.slope.high


def test_every_appointment_is_calibrated_and_measured(
    learned: tuple[SessionMeasures, ...],
) -> None:
    for session in learned:
        assert session.calibrated
        assert [one.pattern for one in session.attempts] == [SMILE] * 3 + [CLOSURE] * 3
        assert len(session.resting) == 4
    assert trends_of(learned).courses[0].levels[0].ratio.value == pytest.approx(0.6, abs=0.25)


def test_an_appointment_at_which_nothing_is_practised_is_refused() -> None:
    with pytest.raises(ValueError, match="must be practised"):
        Appointment(attempts=0)
