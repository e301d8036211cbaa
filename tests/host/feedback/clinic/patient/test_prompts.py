"""What is said to the patient: few words, no hurry, no judgement."""

import re

import pytest

from host.clinic.plan import FeedbackMode
from host.feedback.clinic.patient.prompts import said_to_patient
from host.session.practising.tried import Agreement, FeltMuscle
from host.session.practising.view import BoutPhase, PracticeView, Trouble, TroubleKind
from tests.host.feedback.clinic.practising.moments import tried, view
from tests.host.session.practising.bench import CHEEK, CHEEK_LEFT, EYE, EYE_LEFT, MONTAGE

_WORKOUT = re.compile(
    r"exercise|train|rep\b|harder|more|faster|score|point|fail|wrong|well done|great|!",
    re.IGNORECASE,
)


def words(shown: PracticeView, sound: str = "") -> str:
    said = said_to_patient(shown, MONTAGE, sound=sound)
    return f"{said.prompt}. {said.hint}"


@pytest.mark.parametrize("mode", FeedbackMode)
@pytest.mark.parametrize("phase", BoutPhase)
def test_p2_no_words_of_effort_speed_number_or_failure(
    phase: BoutPhase, mode: FeedbackMode
) -> None:
    said = words(view(phase, mode, attempts=(tried(),)))
    assert not _WORKOUT.search(said), said
    assert len(said_to_patient(view(phase, mode), MONTAGE).prompt.split()) <= 5


@pytest.mark.parametrize("phase", BoutPhase)
def test_p10_no_seconds_race(phase: BoutPhase) -> None:
    if phase is not BoutPhase.REVEAL:
        assert not re.search(r"\d", words(view(phase)))


def test_p12_the_gate_names_what_is_still_to_let_go_of() -> None:
    waits = view(BoutPhase.WAIT, working=(CHEEK,))
    assert "Let the cheek come to rest" in words(waits)
    both = view(BoutPhase.WAIT, working=(CHEEK, CHEEK_LEFT))
    assert "Let the cheek come to rest" in words(both)
    many = view(BoutPhase.WAIT, working=(CHEEK, EYE))
    assert "cheek and eye" in words(many)


def test_p12_while_nothing_that_is_known_works_the_patient_just_rests() -> None:
    assert words(view(BoutPhase.WAIT, settling=(EYE, CHEEK))) == "Rest. "
    assert words(view(BoutPhase.WAIT)) == "Rest. "
    assert "let go" in words(view(BoutPhase.WAIT, settling=(CHEEK,), working=(EYE,))).lower()


def test_unknown_is_never_quiet_the_gate_says_that_an_electrode_is_looked_after() -> None:
    waits = view(BoutPhase.WAIT, working=(CHEEK,), unknown=(EYE_LEFT,))
    assert "electrode" in words(waits)


def test_p7_after_the_bout_a_rest_is_offered_and_nothing_pressed() -> None:
    assert "as long as you like" in words(view(BoutPhase.OVER))


def test_p6_before_a_bout_with_sound_eyes_may_close_and_silence_is_rest() -> None:
    said = words(view(BoutPhase.SETTLE, FeedbackMode.SOUND))
    assert "eyes" in said
    assert "silence is rest" in said


def test_p6_without_a_loudspeaker_silence_is_not_called_rest() -> None:
    said = words(view(BoutPhase.REST, FeedbackMode.SOUND), sound="No sound: none found.")
    assert "silence" not in said
    assert "no sound" in said


def test_p6_a_probe_of_a_faded_bout_says_that_it_has_no_bars() -> None:
    assert "without bars" in words(view(BoutPhase.RISE, FeedbackMode.FADED, bars=False))
    assert "without bars" not in words(view(BoutPhase.RISE, FeedbackMode.FADED))


def test_p6_felt_beside_measured_is_told_as_agreement() -> None:
    told = Agreement(
        muscles=(
            FeltMuscle(muscle="OOC", felt=True, measured=False),
            FeltMuscle(muscle="ZYG", felt=True, measured=True),
        )
    )
    shown = view(BoutPhase.REVEAL, attempts=(tried(agreement=told),))
    assert "agree in 1 of 2" in words(shown)
    skipped = view(BoutPhase.REVEAL, attempts=(tried(),))
    assert "measured" in words(skipped)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (TroubleKind.LINK, "It goes on by itself"),
        (TroubleKind.CONNECTING, "getting ready"),
        (TroubleKind.ENDED, "Nothing is measured any more"),
    ],
)
def test_a_link_that_fails_is_told_calmly(kind: TroubleKind, said: str) -> None:
    wrong = Trouble(kind=kind, sentence="Technical.", advice="Do something.")
    shown = words(view(BoutPhase.WAIT, troubles=(wrong,)))
    assert said in shown
    assert "Technical" not in shown


def test_a_full_disk_is_not_the_patients_business() -> None:
    wrong = Trouble(kind=TroubleKind.RECORDING, sentence="The disk is full.", advice="")
    assert words(view(troubles=(wrong,))) == words(view())
