"""Other terms for a recording, from the few numbers that a person changes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.patterns import Pattern, Role, pattern
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.guards import Effort
from host.session.terms import ceiling_at, line_at, patterns_in, roles_changed, with_role
from tests.host.session.recordings import CLOSURE, CUES, SMILE, opened


def test_the_line_takes_its_hysteresis_along() -> None:
    moved = line_at(Thresholds(enter=0.2, leave=0.1, enter_s=0.3), 0.5)
    assert moved == Thresholds(enter=0.5, leave=0.25, enter_s=0.3)
    assert line_at(Thresholds(), None) is None


@given(
    st.floats(0.01, 3.0),
    st.floats(0.01, 1.0),
    st.floats(0.01, 3.0),
)
def test_every_line_can_be_moved_to_every_other(enter: float, share: float, to: float) -> None:
    moved = line_at(Thresholds(enter=enter, leave=enter * share), to)
    assert moved is not None
    assert moved.enter == to


def test_a_line_without_hysteresis_is_not_refused_for_its_rounding() -> None:
    moved = line_at(Thresholds(enter=0.35, leave=0.35), 0.3)
    assert moved == Thresholds(enter=0.3, leave=0.3)


def test_p8_the_ceiling_moves_and_the_corridor_keeps_some_width() -> None:
    assert ceiling_at(Effort(), None) is None
    assert ceiling_at(Effort(low=0.3, ceiling=1.5), 1.0) == Effort(low=0.3, ceiling=1.0)
    assert ceiling_at(Effort(low=0.3, ceiling=1.5), 0.4) == Effort(low=0.2, ceiling=0.4)


def test_t2_one_muscle_gets_another_role() -> None:
    asked = pattern(SMILE)
    assert asked.role("OOC") is Role.QUIET
    assert "OOC" in asked.slight
    tolerated = with_role(asked, "OOC", Role.TOLERATED)
    assert tolerated.role("OOC") is Role.TOLERATED
    assert "OOC" not in tolerated.slight
    assert tolerated.role("PLA") is Role.QUIET
    assert with_role(asked, "PLA", Role.TARGET).target == (*asked.target, "PLA")
    with pytest.raises(ValueError, match="XXX"):
        with_role(asked, "XXX", Role.QUIET)


def test_the_patterns_of_a_recording_have_the_roles_of_its_beginning(tmp_path: Path) -> None:
    made = opened(tmp_path)
    assert patterns_in(made) == {SMILE: pattern(SMILE), CLOSURE: pattern(CLOSURE)}
    own = with_role(pattern(SMILE), "OOC", Role.TOLERATED)
    later = with_role(pattern(SMILE), "ZYG", Role.QUIET)
    new = Pattern(name="of her own", prompt="As we said", target=("ZYG",))
    change = Adjustment(start=99, patterns=(later, new))
    made = replace(
        made,
        watch=replace(made.watch, patterns=(own,)),
        adjustments=(change,),
        cues=(*CUES, replace(CUES[-1], start=7900, pattern="of her own")),
    )
    assert patterns_in(made) == {SMILE: own, CLOSURE: pattern(CLOSURE), "of her own": new}


def test_roles_change_in_all_patterns_but_a_target_stays_the_target(tmp_path: Path) -> None:
    changed = roles_changed(opened(tmp_path), quiet=(), tolerated=("ZYG", "OOC"))
    by_name = {one.name: one for one in changed}
    assert by_name[SMILE].role("OOC") is Role.TOLERATED
    assert by_name[SMILE].role("ZYG") is Role.TARGET
    assert by_name[CLOSURE].role("ZYG") is Role.TOLERATED
    assert by_name[CLOSURE].role("OOC") is Role.TARGET
    assert roles_changed(opened(tmp_path), quiet=("PLA",), tolerated=()) == ()
