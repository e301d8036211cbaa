"""What was felt against what was measured (P6)."""

from host.report.bout_felt import NOBODY_ASKED, NOTHING_KNOWN, felt_bout
from host.session.practising.tried import Agreement, FeltMuscle
from tests.host.report.bout_drawn import answered, practised


def test_p6_what_was_felt_is_set_against_what_was_measured() -> None:
    answers = [
        answered(eye_felt=False),
        answered(eye_felt=True),
        answered(eye_felt=True, eye_moved=False),
    ]
    felt = felt_bout(practised((0.4, 0.4, 0.1), felt=answers).tried)
    eye, cheek = felt.muscles
    assert (eye.muscle, eye.both, eye.missed, eye.imagined, eye.agreed) == ("OOC", 1, 1, 1, 1)
    assert (cheek.both, cheek.agreed, cheek.compared) == (3, 3, 3)
    assert felt.agreement.value == 4 / 6
    assert felt.agreement.low < 0.5 < felt.agreement.high < 1.0


def test_p6_what_was_not_measured_is_not_compared() -> None:
    half = felt_bout(practised((0.4,), felt=[answered(eye_felt=True, eye_moved=None)]).tried)
    assert [one.muscle for one in half.muscles] == ["ZYG"]
    assert half.agreement.value == 1.0


def test_without_an_answer_nothing_is_said() -> None:
    felt = felt_bout(practised((0.4,)).tried)
    assert (felt.answers, felt.muscles, felt.agreement.reason) == (0, (), NOBODY_ASKED)


def test_an_answer_that_cannot_be_compared_says_why() -> None:
    lost = Agreement(muscles=(FeltMuscle(muscle="OOC", felt=True, measured=None),))
    felt = felt_bout(practised((0.4,), felt=[lost]).tried)
    assert (felt.answers, felt.agreement.reason) == (1, NOTHING_KNOWN)
