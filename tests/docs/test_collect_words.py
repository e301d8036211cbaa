"""Every word that two people read can be collected for translation (decision 0016)."""

import gettext
from collections.abc import Iterator

import pytest

from calibration.findings import Fault, Finding
from calibration.montage import montages
from calibration.muscles import Side
from calibration.saying import Saying
from docs.collect_words import template
from host.detection.cues import Phase
from host.detection.states import Finding as Found
from host.session.calibrating.finding_words import finding_advice, finding_sentence
from host.session.calibrating.protocol import whole_protocol
from host.session.practising import whys
from host.session.practising.whys import why_words
from host.translation import speak
from tests.host.bracketed import COLLECTED, Bracketed, untold
from tests.host.session.calibrating.courses import Bedside, contact, rest, smile
from tests.host.session.practising.bench import EYE, Bench, terms
from tests.host.session.practising.test_showing import view
from tests.host.session.practising.test_trying import tried


@pytest.fixture(autouse=True)
def _bracketed() -> Iterator[None]:
    speak(Bracketed())
    yield
    speak(gettext.NullTranslations())


def is_told(words: str) -> bool:
    """Tell whether words can be translated, all of them."""
    return "⟦" in words and not untold(words)


def test_the_template_has_every_word_once() -> None:
    text = template(COLLECTED)
    assert text.count('\nmsgid "Let go"\n') == 1
    assert '\nmsgid "Say a soft \\"ee\\""\n' in text


@pytest.mark.parametrize("name", montages())
def test_every_step_of_a_calibration_is_said_in_the_readers_language(name: str) -> None:
    for step in whole_protocol(montages()[name], Side.RIGHT, ramps=True):
        for said in (step.title, step.prompt, step.therapist):
            assert is_told(said), said


def test_what_is_on_record_of_a_step_is_english() -> None:
    steps = whole_protocol(montages()["face-4"], Side.RIGHT)
    assert not [one.recorded for one in steps if "⟦" in one.recorded]


def test_a_calibration_speaks_the_readers_language() -> None:
    bedside = Bedside((contact(), rest(), smile()))
    course = bedside.course
    for _ in range(30):
        now = course.view
        assert not now.therapist or is_told(now.therapist) or now.therapist in {"Wait.", "Gently."}
        assert all(is_told(one.quality) for one in now.channels)
        # The steps of this course are drawn, in English.
        drawn = {step.prompt.lower() for step in course.steps}
        assert now.prompt.lower() in drawn or "⟦" in now.prompt
        bedside.go(0.5)


def test_a_finding_is_told_in_the_readers_language() -> None:
    found = Finding(
        fault=Fault.WEAK,
        channel=1,
        where=Saying("{}, {}", "Cheek, left", "reference"),
        detail=Saying("{:.1f} times its level at rest", 1.12),
        start=5,
    )
    assert finding_sentence(found).count("⟦") == 8
    assert is_told(finding_sentence(found))
    assert is_told(finding_advice(found))
    assert found.sentence == "Cheek, left, reference: too weak (1.1 times its level at rest)."


def test_practice_says_what_it_waits_for_in_the_readers_language() -> None:
    for does in ({"nameless": [EYE]}, {"unknown": [EYE]}, {"tense": [EYE]}):
        bench = Bench(terms())
        bench.run(15.0, **does)
        now = view(bench)
        assert is_told(now.waiting), now.waiting
        for trouble in now.troubles:
            assert is_told(trouble.sentence), trouble
            assert is_told(trouble.advice), trouble


def test_why_an_attempt_was_no_success_is_said_in_the_readers_language() -> None:
    found = [
        tried(active=[EYE]),
        tried(unknown=[EYE]),
        tried(nameless=[EYE]),
        tried(led=False),
        tried(findings=(Found.TOO_STRONG,)),
        tried(after=(Found.TOO_FAST,)),
    ]
    for one in found:
        assert is_told(one.reason), one.reason


def test_why_a_bout_ended_or_an_attempt_was_left_out_is_on_record_in_english_and_told_in_any() -> (
    None
):
    known = [
        value for name, value in vars(whys).items() if name.isupper() and isinstance(value, str)
    ]
    assert len(known) >= 8
    for why in (
        *known,
        whys.lost("Eye, right"),
        whys.lost("Eye, right, Cheek, left and Channel 3"),
    ):
        assert "⟦" not in why
        assert is_told(why_words(why)), why
    assert why_words("Somebody rang.") == "Somebody rang."
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    bench.do(bench.bout.pause())
    assert view(bench).attempts[-1].reason == why_words(whys.PAUSED)
