"""What two people read when they look back: decided without Qt."""

from dataclasses import replace
from pathlib import Path

import pytest

from calibration.measured import Measured, unknown
from host.clinic.patient import Botulinum
from host.feedback.clinic.look_back_bout_state import BoutRow, BoutState, spoken
from host.feedback.clinic.look_back_cells import (
    OPEN_SIGN,
    Sign,
    change_cell,
    let_go_of,
    open_words,
)
from host.feedback.clinic.look_back_choice import (
    Choice,
    Look,
    bout_at,
    chosen_attempt,
    step_attempt,
)
from host.feedback.clinic.look_back_found import Findings
from host.feedback.clinic.look_back_grid_state import ActCell, GridState, TrendCell
from host.feedback.clinic.look_back_state import Kind, LookBackState, look_back_state
from host.report.bout_practised import Practised
from host.report.trends_line import Verdict
from host.session.practising.tried import AttemptResult
from tests.host.feedback.clinic.looked_back import found, measures, over_sessions, session
from tests.host.feedback.clinic.rooms import DAY
from tests.host.report.bout_drawn import answered, practised
from tests.host.report.measured_drawn import EYE_RIGHT

FORBIDDEN = ("exercise", "workout", "repetition", "score ", "points", "well done", "must", "fail")


def shown(findings: Findings, **choice: object) -> LookBackState:
    return look_back_state(findings, Choice(**choice))  # type: ignore[arg-type]


def bout(state: LookBackState) -> BoutState:
    assert state.bout is not None
    return state.bout


def row(state: LookBackState, name: str) -> BoutRow:
    return next(one for one in bout(state).rows if one.name == name)


def card(state: LookBackState, title: str) -> str:
    return " ".join(next(one for one in bout(state).cards if one.title == title).lines)


def of(made: Practised, root: Path) -> Findings:
    return Findings(sessions=(session(made, root),))


def with_attempts(made: Practised, **changes: object) -> Practised:
    tried = tuple(replace(one, **changes) for one in made.tried)  # type: ignore[arg-type]
    return replace(made, tried=tried)


def test_p14_it_says_first_who_stayed_quiet_and_who_came_along(tmp_path: Path) -> None:
    assert bout(shown(found(tmp_path, (0.1, 0.1)))).head == ("Eye stayed quiet.",)
    state = shown(found(tmp_path, (0.1, 0.5, 0.6)))
    assert bout(state).head == ("Eye came along.",)
    assert (row(state, "Eye").sign, row(state, "Eye").said) == (Sign.ALONG, "came along, 2 of 3")
    assert row(state, "Cheek").sign is Sign.LEADS


def test_p13_a_strip_shows_when_and_how_far_it_came_along(tmp_path: Path) -> None:
    strip = row(shown(found(tmp_path, (0.5, 0.5))), "Eye").strip
    assert strip is not None
    known = [height for height in strip.own if height is not None]
    assert max(known) > 0.4
    assert strip.line == pytest.approx(0.4)
    assert len(strip.other) == len(strip.own)


def test_unknown_is_never_quiet_in_a_row_or_in_words(tmp_path: Path) -> None:
    made = practised((0.1,))
    lost = tuple(
        replace(one, known=0.1, moved=None) if one.channel == EYE_RIGHT else one
        for one in made.tried[0].muscles
    )
    lost_all = with_attempts(
        made, muscles=lost, result=AttemptResult.NOT_SCORED, reason="The eye was not known."
    )
    state = shown(of(lost_all, tmp_path))
    assert row(state, "Eye").sign is Sign.UNKNOWN
    assert "quiet" not in row(state, "Eye").said
    assert bout(state).head == (
        "Too little of this bout could be measured to say who stayed quiet.",
    )
    assert "1 attempt. The eye was not known." in card(state, "Left out")
    assert row(state, "Eye").strip is None


def test_p12_each_side_lets_go_in_its_own_time(tmp_path: Path) -> None:
    eye = row(shown(found(tmp_path, (0.4, 0.4))), "Eye")
    right, left = eye.let_go
    assert (right.side, left.side) == ("right", "left")
    assert right.seconds is not None
    # The left eye stayed at rest: it had nothing to let go of.
    assert (left.seconds, left.said) == (None, "at rest")


@pytest.mark.parametrize("ends", [(-9.0, 5.2, 19.4), (-7.0, 4.6, 17.0)])
def test_p11_p12_a_time_that_may_be_anything_is_not_known(
    tmp_path: Path, ends: tuple[float, float, float]
) -> None:
    (judged,) = found(tmp_path, (0.4, 0.4)).sessions[0].judged
    low, value, high = ends
    release = Measured(value=value, low=low, high=high, unit="s", n=7)
    eye = replace(judged.report.muscles[EYE_RIGHT], release=release)
    told = let_go_of(eye)
    assert (told.seconds, told.sure, told.said) == (None, None, "at rest")
    nothing = unknown("s", "release was watched for less than 11 s")
    assert let_go_of(replace(eye, remaining=nothing)).said == "not known"
    late = let_go_of(replace(eye, release=replace(release, low=9.0, value=12.0, high=15.0)))
    assert (late.seconds, late.said) == (10.0, "10 s +")


def test_p4_resting_tone_is_told_reassuringly(tmp_path: Path) -> None:
    said = card(shown(found(tmp_path, (0.4, 0.4))), "At rest again")
    assert "it does not drop" in said
    assert "is at rest" in said


def test_p17_left_and_right_are_compared(tmp_path: Path) -> None:
    said = card(shown(found(tmp_path, (0.4, 0.4))), "Left and right")
    assert said.startswith("Cheek: ")
    assert "as alike as in most healthy faces" in said


def test_p6_felt_is_set_beside_measured_without_praise(tmp_path: Path) -> None:
    made = practised((0.5, 0.5), felt=[answered(eye_felt=False), answered(eye_felt=True)])
    state = shown(of(made, tmp_path))
    assert card(state, "Felt and measured") == "The same 3 of 4 times. Eye: moved unfelt 1 ×."
    asked = shown(found(tmp_path, (0.5,)))
    assert card(asked, "Felt and measured") == "Nobody was asked in this bout what moved."


def test_it_says_how_much_was_left_out_and_why(tmp_path: Path) -> None:
    assert card(shown(found(tmp_path, (0.1,))), "Left out") == "Nothing."
    made = with_attempts(practised((0.1, 0.1)), left_out=0.25)
    assert card(shown(of(made, tmp_path)), "Left out") == "25 % of the time had no signal."


def test_p11_p15_a_change_is_less_involved_with_its_interval(tmp_path: Path) -> None:
    state = shown(found(tmp_path, (0.6, 0.62, 0.58), (0.3, 0.31, 0.29)))
    cell = row(state, "Eye").first
    assert (cell.verdict, cell.said) == (Verdict.FALLS, "less involved")
    assert cell.numbers.startswith("−5")
    assert " … " in cell.numbers
    assert bout(state).first_title == "Since bout 1"
    # Who leads is not asked to be less involved.
    assert row(state, "Cheek").first.said == ""


def test_p11_what_cannot_be_told_yet_says_so(tmp_path: Path) -> None:
    state = shown(found(tmp_path, (0.3, 0.6, 0.45), (0.5, 0.3, 0.6)))
    assert row(state, "Eye").first.said == "cannot be told yet"
    assert row(state, "Eye").first.numbers


def test_p11_what_cannot_be_told_is_a_sign_in_its_cell_and_said_once_below(tmp_path: Path) -> None:
    state = shown(found(tmp_path, (0.3, 0.6, 0.45), (0.5, 0.3, 0.6)))
    cell = row(state, "Eye").first
    assert cell.lines == (f"{OPEN_SIGN} {cell.numbers}",)
    assert bout(state).note == open_words()
    clear = shown(found(tmp_path, (0.6, 0.62, 0.58), (0.3, 0.31, 0.29)))
    assert row(clear, "Eye").first.lines == ("less involved", row(clear, "Eye").first.numbers)
    assert bout(shown(found(tmp_path, (0.6,)))).note == ""


def test_without_an_earlier_session_nothing_is_compared(tmp_path: Path) -> None:
    state = shown(found(tmp_path, (0.3, 0.3)))
    assert not bout(state).compares_first
    assert not bout(state).compares_last
    assert row(state, "Eye").last.said == "nothing earlier"
    reading = replace(found(tmp_path, (0.3, 0.3)), doing="Reading …")
    assert row(shown(reading), "Eye").last.said == "still reading …"
    assert change_cell(None, "x").said == ""


def test_since_last_time_is_against_the_newest_session_before(tmp_path: Path) -> None:
    now = session(practised((0.3, 0.31, 0.29)), tmp_path, measures(0.6, 0.62, 0.58))
    state = shown(Findings(sessions=(now,)))
    assert row(state, "Eye").last.verdict is Verdict.FALLS
    assert bout(state).compares_last


def test_attempts_can_be_chosen_before_anything_is_judged(tmp_path: Path) -> None:
    judged = found(tmp_path, (0.1, 0.5))
    raw = replace(judged.sessions[0], judged=())
    state = shown(Findings(sessions=(raw,), doing="Judging …"), attempt=1)
    assert [chip.kind for chip in state.chips] == [Kind.OPEN, Kind.OPEN]
    assert state.chip_at == 1
    assert state.bout is None
    assert "being judged" in state.notice


def test_signs_of_attempts_and_what_is_said_of_the_chosen_one(tmp_path: Path) -> None:
    state = shown(found(tmp_path, (0.1, 0.5)), attempt=1)
    assert [chip.kind for chip in state.chips] == [Kind.QUIET, Kind.ALONG]
    assert state.chosen == ("Attempt 2", "Eye came along.")


def test_steps_go_on_across_bouts_and_stop_at_the_ends(tmp_path: Path) -> None:
    findings = found(tmp_path, (0.1, 0.5), (0.2,))
    places = []
    choice = Choice(bout=0)
    for _ in range(4):
        choice = step_attempt(findings, choice, 1)
        places.append((choice.bout, choice.attempt))
    assert places == [(0, 0), (0, 1), (1, 0), (1, 0)]
    assert step_attempt(findings, Choice(bout=0, attempt=0), -1) == Choice(bout=0, attempt=0)
    assert step_attempt(findings, Choice(), -1).attempt == 0


def test_nothing_is_chosen_where_there_is_nothing() -> None:
    nothing = Findings()
    assert bout_at(nothing, Choice(bout=3)) is None
    assert chosen_attempt(nothing, Choice(attempt=1)) is None
    assert step_attempt(nothing, Choice(), 1) == Choice()
    assert "No bout was recorded yet" in shown(nothing).notice
    assert shown(Findings(doing="Opening …")).notice == "One moment."
    assert shown(nothing, look=Look.SESSIONS).notice == "There is no session to compare."


def test_the_three_looks_follow_each_other() -> None:
    assert [look.next for look in Look] == [Look.SESSIONS, Look.MAP, Look.BOUT]


def test_p11_over_sessions_each_picture_has_its_verdict(tmp_path: Path) -> None:
    levels = (0.8, 0.55, 0.38, 0.26, 0.18)
    course = [measures(eye, 1.02 * eye, 0.98 * eye, name=str(eye)) for eye in levels]
    state = shown(over_sessions(found(tmp_path, (0.2,)), *course), look=Look.SESSIONS)
    assert state.sessions is not None
    assert state.sessions.head.startswith("Unwanted muscles are less involved")
    cell = state.sessions.grid.cells[0][1]
    assert isinstance(cell, TrendCell)
    assert (cell.verdict, cell.said) == (Verdict.FALLS, "less involved")
    heights = [point.height for point in cell.points]
    assert heights == sorted(heights, reverse=True)
    assert all(point.sure is not None for point in cell.points)


def test_p11_from_one_session_nothing_can_be_told(tmp_path: Path) -> None:
    one = over_sessions(found(tmp_path, (0.2,)), measures(0.4, 0.41))
    state = shown(one, look=Look.SESSIONS)
    assert state.sessions is not None
    assert "cannot be told yet" in state.sessions.head
    assert "from three sessions on" in state.sessions.detail
    assert state.sessions.notes.count(open_words()) == 1


def test_botulinum_toxin_is_told_beside_trends(tmp_path: Path) -> None:
    one = over_sessions(found(tmp_path, (0.2,)), measures(0.4, 0.41))
    side = one.sessions[0].judged[0].report.affected
    given = Botulinum(day=DAY, side=side, muscles=("ZYG",))
    state = look_back_state(one, Choice(look=Look.SESSIONS), (given,))
    assert state.sessions is not None
    assert any("Botulinum toxin" in note for note in state.sessions.notes)


def test_p13_the_map_says_who_acts_when(tmp_path: Path) -> None:
    one = over_sessions(found(tmp_path, (0.2,)), measures(0.5, 0.5, 0.5))
    state = shown(one, look=Look.MAP)
    assert state.sessions is not None
    grid = state.sessions.grid
    assert grid.columns == ("Eye", "Cheek")
    eye = grid.cells[0][0]
    assert isinstance(eye, ActCell)
    assert eye.onset is not None
    assert eye.said.startswith("in 3 of 3, from ")


def test_a_grid_with_holes_is_refused() -> None:
    with pytest.raises(ValueError, match="cell for each column"):
        GridState(columns=("Eye",), rows=("smile",), cells=((),))


def test_p2_p8_no_word_of_workouts_praise_or_blame(tmp_path: Path) -> None:
    made = practised((0.5, 0.1), (0.3,), felt=[answered(eye_felt=False)])
    findings = over_sessions(of(made, tmp_path), measures(0.5, 0.5))
    said = []
    for look in Look:
        state = look_back_state(findings, Choice(look=look, bout=0, attempt=0))
        said += [state.title, state.when, state.notice, *state.chosen]
        if state.bout is not None:
            said += [spoken(state.bout), *(x for one in state.bout.cards for x in one.lines)]
        if state.sessions is not None:
            said += [state.sessions.head, state.sessions.detail, *state.sessions.notes]
    text = " ".join(said).lower()
    assert [word for word in FORBIDDEN if word in text] == []


def test_screen_readers_hear_a_whole_bout(tmp_path: Path) -> None:
    said = spoken(bout(shown(found(tmp_path, (0.6, 0.62, 0.58), (0.3, 0.31, 0.29)))))
    assert "Eye, right: came along, 3 of 3" in said
    assert "since the first bout: less involved −5" in said
