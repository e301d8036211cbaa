"""A change in a running session is a new version of the plan, and a dated event beside it."""

from dataclasses import replace
from pathlib import Path

import pytest

from calibration.montage import montages
from calibration.patterns import Role
from host.clinic.plan import LINES, FeedbackMode, MuscleLine, MuscleRole, PlannedPattern
from host.clinic.repository import Clinic
from host.detection.watch import Watch
from host.recording.events import Adjusted, decode_event, encode_event
from host.session.plan_edits import edit, with_line
from host.session.plan_terms import known_patterns, terms_of
from tests.host.clinic.people import SURE, patient, plan

KNOWN = known_patterns()
WATCH = Watch(montage=montages()["face-8"])
PUCKER = PlannedPattern(name="pucker", enabled=SURE)


def test_an_edit_is_a_new_version_and_what_the_session_is_told(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path)
    clinic.add(patient(), by="T07")
    first = clinic.save_plan(plan("pucker"), by="T07")
    lower = with_line(first.planned("pucker"), 0.23)
    made = edit(first, lower, KNOWN, WATCH)
    assert made is not None
    second = clinic.save_plan(made.plan, by="T08", why=made.why)
    assert second.version == 2
    assert second.planned("pucker").line == 0.23
    assert (second.edition.by, second.edition.why) == ("T08", "pucker: line 25 % → 23 %")
    assert made.adjustment == terms_of(lower, KNOWN, WATCH)


def test_the_event_of_an_edit_is_replayed_as_it_was() -> None:
    own = replace(PUCKER, lines=(MuscleLine(muscle="ZYG", line=0.1),), ceiling=1.2)
    made = edit(plan("pucker"), own, KNOWN, WATCH)
    assert made is not None
    event = Adjusted(sample=17, change=replace(made.adjustment, start=17))
    assert decode_event(encode_event(event)) == event


def test_what_changes_nothing_is_no_edit() -> None:
    assert edit(plan("pucker"), PUCKER, KNOWN, WATCH) is None


def test_what_is_not_planned_cannot_be_edited() -> None:
    with pytest.raises(ValueError, match="not in the plan"):
        edit(plan("pucker"), PlannedPattern(name="snarl"), KNOWN, WATCH)


def test_what_could_not_be_judged_is_not_saved() -> None:
    idle = replace(PUCKER, roles=(MuscleRole(muscle="OOR", role=Role.QUIET),))
    with pytest.raises(ValueError, match="no muscle leads"):
        edit(plan("pucker"), idle, KNOWN, WATCH)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (replace(PUCKER, line=0.2325), "line 25 % → 23.2 %"),
        (replace(PUCKER, ceiling=1.2), "ceiling as calibrated → 120 %"),
        (
            replace(PUCKER, lines=(MuscleLine(muscle="ZYG", line=0.1),)),
            "line of ZYG as all → 10 %",
        ),
        (
            replace(PUCKER, roles=(MuscleRole(muscle="FRO", role=Role.TOLERATED),)),
            "roles FRO tolerated",
        ),
        (replace(PUCKER, touch=("ZYG", "OOC")), "touch ZYG OOC"),
        (replace(PUCKER, touch=()), "touch none"),
        (replace(PUCKER, mode=FeedbackMode.FEEL_FIRST), "feedback bars → feel first"),
        (replace(PUCKER, faded_share=0.25), "feedback in 50 % → 25 % of attempts"),
        (replace(PUCKER, enabled=None), "not practised"),
        (replace(PUCKER, line=0.2, ceiling=1.2), "line 25 % → 20 %; ceiling as calibrated → 120 %"),
    ],
)
def test_a_version_says_what_was_changed(changed: PlannedPattern, words: str) -> None:
    made = edit(plan("pucker"), changed, KNOWN, WATCH)
    assert made is not None
    assert made.why == f"pucker: {words}"


def test_taking_a_change_back_says_so_too() -> None:
    freed = MuscleRole(muscle="FRO", role=Role.TOLERATED)
    own = MuscleLine(muscle="ZYG", line=0.1)
    odd = replace(PUCKER, enabled=None, roles=(freed,), touch=(), lines=(own,), ceiling=1.2)
    made = edit(replace(plan(), patterns=(odd,)), PUCKER, KNOWN, WATCH)
    assert made is not None
    assert made.why == (
        "pucker: line of ZYG 10 % → as all; ceiling 120 % → as calibrated; roles as in the table; "
        "touch as in the table; enabled by T07, 2026-11-20"
    )


def test_a_lower_line_takes_the_muscles_own_lines_along() -> None:
    own = replace(PUCKER, lines=(MuscleLine(muscle="ZYG", line=0.1),))
    lower = with_line(own, 0.2)
    assert lower.line == 0.2
    assert lower.line_of("ZYG") == pytest.approx(0.08)
    assert with_line(own, 0.02).line_of("ZYG") == LINES[0]
