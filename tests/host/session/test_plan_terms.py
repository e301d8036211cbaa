"""What a plan makes of the patterns, the lines and the ceiling that a session judges by."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import Pattern, Role, patterns
from host.chain.stream import Stream, channel_names
from host.clinic.plan import MuscleLine, MuscleRole, PlannedPattern
from host.detection.cocontraction import Thresholds
from host.detection.cues import Cue, Phase
from host.detection.guards import Effort
from host.detection.judge import Judge
from host.detection.terms import Terms
from host.detection.watch import Watch
from host.session.plan_terms import asked_in, known_patterns, terms_of, watch_of
from tests.host.clinic.people import SURE, plan

FACE_8 = montages()["face-8"]
WATCH = Watch(montage=FACE_8)
KNOWN = known_patterns()
SMILE = PlannedPattern(name="gentle closed smile", enabled=SURE)


def lines(planned: PlannedPattern, watch: Watch = WATCH) -> dict[str, float]:
    """Return the line of every judged muscle of the right side, as detection has it."""
    terms = Terms.of(watch).changed(terms_of(planned, KNOWN, watch))
    asked = terms.changed(Cue(start=0, pattern=planned.name, phase=Phase.HOLD))
    stream = Stream(rate_hz=1000.0, channels=channel_names(8), range_uv=187_500.0)
    judge = Judge(watch, asked, 10, stream.rate_hz)
    columns = {
        site.muscle: column for column, site in enumerate(FACE_8.sites) if site.side is Side.RIGHT
    }
    found = {code: float(judge.threshold[column]) for code, column in columns.items()}
    return {code: line for code, line in found.items() if not np.isnan(line)}


def test_t2_what_a_therapist_did_not_change_stays_as_in_the_table() -> None:
    assert asked_in(SMILE, KNOWN) == patterns()[SMILE.name]
    assert lines(SMILE) == pytest.approx({"OOC": 0.375, "OOR": 0.25, "PLA": 0.25})


def test_one_line_counts_for_all_quiet_muscles() -> None:
    at_20 = replace(SMILE, line=0.2)
    assert lines(at_20) == pytest.approx({"OOC": 0.3, "OOR": 0.2, "PLA": 0.2})


def test_a_muscle_with_a_line_of_its_own_has_exactly_that_one() -> None:
    own = (MuscleLine(muscle="OOC", line=0.22), MuscleLine(muscle="PLA", line=0.1))
    assert lines(replace(SMILE, line=0.2, lines=own)) == pytest.approx(
        {"OOC": 0.22, "OOR": 0.2, "PLA": 0.1}
    )


def test_no_line_lies_below_what_the_noise_allows() -> None:
    floors = replace(WATCH, floors=(0.15,) * 8)
    own = (MuscleLine(muscle="PLA", line=0.1),)
    assert lines(replace(SMILE, line=0.2, lines=own), floors)["PLA"] == 0.15


def test_another_role_changes_who_is_judged() -> None:
    freed = replace(SMILE, roles=(MuscleRole(muscle="OOR", role=Role.TOLERATED),))
    assert set(lines(freed)) == {"OOC", "PLA"}
    own = replace(freed, lines=(MuscleLine(muscle="OOR", line=0.1),))
    assert set(lines(own)) == {"OOC", "PLA"}


def test_p5_a_plan_may_name_other_muscles_to_touch() -> None:
    assert asked_in(SMILE, KNOWN).touch == ("OOC", "PLA")
    assert asked_in(replace(SMILE, touch=("PLA",)), KNOWN).touch == ("PLA",)
    assert asked_in(replace(SMILE, touch=()), KNOWN).touch == ()


def test_the_hysteresis_keeps_its_share() -> None:
    change = terms_of(replace(SMILE, line=0.1), KNOWN, WATCH)
    assert change.thresholds is not None
    assert change.thresholds.enter == 0.1
    assert change.thresholds.leave == pytest.approx(0.072)


def test_p8_without_a_ceiling_that_of_the_calibration_counts() -> None:
    calibrated = replace(WATCH, effort=Effort(ceiling=1.7))
    assert terms_of(SMILE, KNOWN, calibrated).effort == Effort(ceiling=1.7)


def test_p8_a_planned_ceiling_takes_its_place_and_keeps_a_corridor() -> None:
    assert terms_of(replace(SMILE, ceiling=1.2), KNOWN, WATCH).effort == Effort(ceiling=1.2)
    low = terms_of(replace(SMILE, ceiling=0.4), KNOWN, WATCH).effort
    assert low == Effort(low=0.2, ceiling=0.4)


def test_every_pattern_brings_all_of_its_own_terms() -> None:
    """A bout of one pattern leaves nothing behind in that of the next."""
    first = replace(SMILE, line=0.1, ceiling=1.1)
    terms = Terms.of(WATCH).changed(terms_of(first, KNOWN, WATCH))
    after = terms.changed(terms_of(PlannedPattern(name="pucker"), KNOWN, WATCH))
    assert after.thresholds == Thresholds()
    assert after.effort == Effort()


def test_a_session_begins_with_the_terms_of_its_first_pattern() -> None:
    freed = MuscleRole(muscle="OOR", role=Role.TOLERATED)
    changed = replace(SMILE, line=0.2, ceiling=1.2, roles=(freed,))
    pucker = PlannedPattern(name="pucker", enabled=SURE, touch=("ZYG",))
    both = replace(plan(), patterns=(pucker, changed))
    watch = watch_of(both, changed, KNOWN, WATCH)
    assert watch.thresholds.enter == 0.2
    assert watch.effort.ceiling == 1.2
    known = {one.name: one for one in watch.patterns}
    assert known["gentle closed smile"].role("OOR") is Role.TOLERATED
    assert known["pucker"].touch == ("ZYG",)


def test_patterns_of_the_therapists_own_can_be_planned() -> None:
    mine = Pattern(name="half a smile", prompt="Half a smile", target=("ZYG",), quiet=("OOC",))
    known = known_patterns((mine,))
    assert asked_in(PlannedPattern(name=mine.name), known) == mine
    assert set(known) == {*patterns(), mine.name}


def test_a_pattern_that_cannot_be_asked_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody knows the pattern 'half a smile'"):
        asked_in(PlannedPattern(name="half a smile"), KNOWN)
    idle = replace(SMILE, roles=(MuscleRole(muscle="ZYG", role=Role.QUIET),))
    with pytest.raises(ValueError, match="no muscle leads any more"):
        asked_in(idle, KNOWN)
