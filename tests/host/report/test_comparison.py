"""What changes under other terms, and why, in calm sentences."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from calibration.patterns import Role, pattern
from host.detection.cocontraction import Thresholds
from host.detection.guards import Effort
from host.report.comparison import AttemptChange, Comparison, compare
from host.report.outcomes import Verdict
from host.report.results import Results, judged
from host.session.judging import WhatIf
from host.session.opened import Opened
from host.session.terms import with_role
from tests.host.report.test_attempt_words import WORKOUT
from tests.host.session.recordings import REFERENCE, SMILE, opened, plain

Suppose = Callable[[WhatIf], Comparison]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return opened(tmp_path_factory.mktemp("compared"))


@pytest.fixture(scope="module")
def before(made: Opened) -> Results:
    return judged(made)


@pytest.fixture
def suppose(made: Opened, before: Results) -> Suppose:
    return lambda terms: compare(before, judged(terms.applied(made)))


def why(comparison: Comparison, attempt: int) -> str:
    (sentence,) = comparison.attempts[attempt].why
    return sentence


def test_the_same_terms_change_nothing(suppose: Suppose) -> None:
    found = suppose(WhatIf())
    assert not any(one.changed or one.why for one in found.attempts)
    assert found.sentence == (
        "0 of 4 attempts change; 2 stay quiet instead of 2; 1 episode instead of 1."
    )


def test_a_higher_line(suppose: Suppose) -> None:
    found = suppose(WhatIf(thresholds=Thresholds(enter=0.6, leave=0.5)))
    assert [one.changed for one in found.attempts] == [True, False, False, False]
    assert found.attempts[0].after.verdict is Verdict.QUIET
    assert re.fullmatch(
        r"Eye, right: came along, now stayed quiet, "
        r"the line is at 0\.90 instead of 0\.38, and it reached 0\.\d\d\.",
        why(found, 0),
    )
    assert found.sentence == (
        "1 of 4 attempts changes; 3 stay quiet instead of 2; 0 episodes instead of 1."
    )


def test_a_lower_line(made: Opened, before: Results) -> None:
    higher = WhatIf(thresholds=Thresholds(enter=0.6, leave=0.5))
    found = compare(judged(higher.applied(made)), before)
    assert found.attempts[0].after.verdict is Verdict.ALONG
    assert re.fullmatch(
        r"Eye, right: stayed quiet, now came along, "
        r"the line is at 0\.38 instead of 0\.90, and it reached 0\.\d\d\.",
        why(found, 0),
    )


def test_a_peak_above_the_line_that_was_too_brief_says_so(suppose: Suppose) -> None:
    found = suppose(WhatIf(thresholds=Thresholds(enter=0.35, leave=0.3, enter_s=2.0)))
    assert re.search(r"and it reached 0\.\d\d, too briefly to count\.$", why(found, 0))


def test_another_dwell(suppose: Suppose) -> None:
    found = suppose(WhatIf(thresholds=Thresholds(enter_s=2.0)))
    assert why(found, 0) == (
        "Eye, right: came along, now stayed quiet, "
        "it must last for another time, or fall to another level, to count."
    )


def test_a_role_that_is_judged_no_longer(suppose: Suppose) -> None:
    found = suppose(WhatIf(patterns=(with_role(pattern(SMILE), "OOC", Role.TOLERATED),)))
    first = found.attempts[0]
    assert first.after.verdict is Verdict.UNJUDGED
    assert first.why[1] == ("Eye, right: no longer judged, its role is tolerated instead of quiet.")
    assert found.attempts[1].why == ()


def test_a_role_that_is_judged_now(made: Opened) -> None:
    tolerated = with_role(pattern(SMILE), "OOC", Role.TOLERATED)
    before = judged(replace(made, watch=replace(made.watch, patterns=(tolerated,))))
    after = judged(WhatIf(patterns=(pattern(SMILE),)).applied(made))
    found = compare(before, after)
    assert found.attempts[0].why[1] == (
        "Eye, right: now judged, came along, its role is quiet instead of tolerated."
    )
    assert found.attempts[2].why[1] == (
        "Eye, right: now judged, stayed quiet, its role is quiet instead of tolerated."
    )


def test_a_role_that_was_not_judged_and_is_not_now(suppose: Suppose) -> None:
    leads = with_role(pattern(SMILE), "ZYG", Role.TOLERATED)
    found = suppose(WhatIf(patterns=(leads,)))
    assert "Cheek, right: not judged, as before, its role is tolerated instead of target." in (
        found.attempts[0].why
    )


def test_another_reference(suppose: Suppose) -> None:
    found = suppose(WhatIf(gentle_uv=60.0))
    assert re.fullmatch(
        r"Eye, right: came along, now stayed quiet, by the other reference "
        r"it reached 0\.2\d instead of 0\.6\d, with the line at 0\.38\.",
        why(found, 0),
    )


def test_a_reference_that_knows_less_makes_nothing_quiet(suppose: Suppose) -> None:
    unknown = REFERENCE.gentle_uv.copy()
    unknown[3] = np.nan
    found = suppose(WhatIf(reference=replace(REFERENCE, gentle_uv=unknown)))
    assert found.attempts[1].after.verdict is Verdict.UNKNOWN
    assert re.fullmatch(
        r"Cheek, right: stayed quiet, now not known for long enough, by the other reference "
        r"it reached an unknown level instead of 0\.\d\d, with the line at 0\.25\.",
        why(found, 1),
    )


def test_p8_another_ceiling(suppose: Suppose) -> None:
    found = suppose(WhatIf(effort=Effort(ceiling=0.4)))
    assert [one.before.verdict is one.after.verdict for one in found.attempts] == [True] * 4
    assert re.fullmatch(
        r"Above the ceiling for \d\.\d s instead of 0\.0 s: "
        r"the ceiling is at 0\.40 instead of 1\.50\.",
        why(found, 1),
    )
    assert found.attempts[1].changed


def test_too_much_effort_by_another_reference(suppose: Suppose) -> None:
    found = suppose(WhatIf(gentle_uv=6.0))
    assert any("another muscle leads" in sentence for sentence in found.attempts[1].why)


def test_how_often_a_muscle_came_along(suppose: Suppose) -> None:
    found = suppose(WhatIf())
    (first, *_) = found.attempts
    eye = first.after.muscles[2]
    twice = replace(first.after, muscles=(*first.after.muscles[:2], replace(eye, episodes=2)))
    was = replace(first.before, muscles=first.before.muscles[:3])
    one = replace(found.before, attempts=(was,))
    other = replace(found.after, attempts=(twice,))
    assert (
        compare(one, other)
        .attempts[0]
        .why[0]
        .startswith("Eye, right: came along 2 × instead of 1 ×, ")
    )


def test_a_recording_without_attempts_is_compared_by_its_episodes(tmp_path: Path) -> None:
    made = plain(tmp_path)
    after = judged(WhatIf(thresholds=Thresholds(enter=9.0, leave=8.0)).applied(made))
    assert compare(judged(made), after).sentence == "0 episodes instead of 1."


def test_p2_every_sentence_is_calm(suppose: Suppose) -> None:
    terms = (
        WhatIf(thresholds=Thresholds(enter=0.6, leave=0.5)),
        WhatIf(gentle_uv=60.0),
        WhatIf(gentle_uv=6.0),
        WhatIf(effort=Effort(ceiling=0.4)),
    )
    changes: list[AttemptChange] = [one for term in terms for one in suppose(term).attempts]
    sentences = [sentence for change in changes for sentence in change.why]
    assert len(sentences) > 5
    for sentence in sentences:
        assert not WORKOUT.search(sentence), sentence
        assert re.match(r"[A-Z].*\.$", sentence)
