"""What the therapist does: keys, digits, drags and choices become commands and editions."""

from dataclasses import replace

import pytest

from host.acquisition.source import Link
from host.clinic.plan import FeedbackMode, Plan
from host.errors import SettingsError
from host.feedback.clinic.keys import Act
from host.feedback.clinic.practise_state import Wish
from host.feedback.clinic.practising.steering import Steering
from host.session.plan_edits import Edit
from host.session.practising.view import BoutPhase, PracticeView
from host.session.worker import View
from tests.host.feedback.clinic.practising.moments import (
    PLAN,
    Pretended,
    moment,
    running,
    tried,
    view,
)
from tests.host.session.practising.bench import SMILE


class Room:
    """A therapist before pretended practice."""

    def __init__(self, practice: PracticeView) -> None:
        self.running, self.worker = running(moment(practice))
        self.kept: list[Edit] = []
        self.said: list[str] = []
        self.plan: Plan | None = PLAN
        self.steering = Steering(
            self.running, (SMILE, "pucker"), lambda: self.plan, self.kept.append, self.said.append
        )


def room(practice: PracticeView | None = None) -> Room:
    return Room(practice or view())


def asked(worker: Pretended) -> list[object]:
    return worker.asked


def test_p16_the_first_pattern_of_the_plan_is_offered_and_begun_in_its_mode() -> None:
    now = room(PracticeView())
    now.steering.wish(Act.START_STOP)
    assert now.worker.asked == [("begin", SMILE, None)]


def test_p16_a_bout_that_is_refused_is_told_in_a_sentence() -> None:
    now = room(PracticeView())
    now.worker.refused = SettingsError("'pucker' may not be practised by P01 today")
    now.steering.begin()
    assert now.said == ["'pucker' may not be practised by P01 today."]


def test_p6_sound_that_nobody_would_hear_is_not_begun_and_bars_are_chosen() -> None:
    now = room(PracticeView())
    now.steering.memory = replace(
        now.steering.memory, mode=FeedbackMode.SOUND, sound="No sound: none found."
    )
    now.steering.wish(Act.START_STOP)
    assert now.worker.asked == []
    assert "Bars are chosen instead" in now.said[0]
    now.steering.wish(Act.START_STOP)
    assert now.worker.asked == [("begin", SMILE, FeedbackMode.BARS)]
    assert now.said[-1] == "", "in the bout Space ends it"


@pytest.mark.parametrize(
    ("phase", "act", "told"),
    [
        (BoutPhase.HOLD, Act.START_STOP, "stop"),
        (BoutPhase.HOLD, Act.PAUSE, "pause"),
        (BoutPhase.HOLD, Act.SKIP, "next"),
        (BoutPhase.PAUSED, Act.START_STOP, "resume"),
        (BoutPhase.QUIET, Act.PAUSE, "resume"),
    ],
)
def test_keys_reach_the_session(phase: BoutPhase, act: Act, told: str) -> None:
    now = room(view(phase))
    now.steering.wish(act)
    assert now.worker.asked == [told]


def test_p6_digits_name_what_was_felt_and_enter_takes_it() -> None:
    now = room(view(BoutPhase.ASK))
    now.steering.look()
    for number in (1, 2, 1, 9):
        now.steering.number(number)
    assert now.steering.wish(Act.ACCEPT) is Wish.ANSWER
    assert now.worker.asked == [("felt", ("ZYG",))]


def test_p6_the_next_question_begins_without_an_answer() -> None:
    now = room(view(BoutPhase.ASK))
    now.steering.look()
    now.steering.name_felt("OOC")
    now.steering.look()
    assert now.steering.memory.felt == {"OOC"}
    now.worker.moment = moment(view(BoutPhase.ASK, attempt=2))
    now.steering.look()
    assert now.steering.memory.felt == frozenset()


def test_p7_after_a_bout_the_next_pattern_is_chosen_and_not_begun() -> None:
    now = room(view(BoutPhase.OVER, attempts=(tried(),)))
    now.steering.look()
    assert now.steering.memory.chosen == "pucker"
    now.steering.choose(0)
    now.steering.look()
    assert now.steering.memory.chosen == SMILE
    assert now.worker.asked == []


def test_hiding_bars_is_on_record_and_counts_from_the_next_attempt_on() -> None:
    now = room()
    now.steering.hide()
    now.steering.hide()
    assert now.worker.asked == [
        ("hide", True),
        ("note", "Bars hidden"),
        ("hide", False),
        ("note", "Bars shown"),
    ]


def test_p5_a_touch_is_marked_with_one_key() -> None:
    now = room()
    now.steering.touch()
    assert now.worker.asked == [("touch", None)]
    assert now.running.happenings.lines[0].endswith("Touch begins")


def test_a_line_is_moved_by_keys_and_comes_into_force_as_one_edit() -> None:
    now = room()
    now.steering.select_code("OOC")
    now.steering.step(-1)
    now.steering.step(-1)
    assert now.worker.edits == []
    made = Edit(plan=PLAN, adjustment=None, why="smile: line of OOC")  # type: ignore[arg-type]
    now.worker.made = made
    now.steering.commit()
    now.steering.commit()
    (changed,) = now.worker.edits
    line = changed.line_of("OOC")
    assert line is not None
    assert line < PLAN.planned(SMILE).line * 1.5
    assert now.kept == [made]
    assert now.running.happenings.lines[0].endswith("smile: line of OOC")


def test_p8_of_the_target_it_is_the_ceiling_that_is_dragged() -> None:
    now = room()
    now.steering.drag("ZYG", 0.9)
    draft = now.steering.memory.draft
    assert draft is not None
    assert draft.ceiling == pytest.approx(0.9)
    assert not draft.lines


def test_a_line_goes_back_to_that_of_all() -> None:
    now = room()
    now.steering.drag("OOC", 0.3)
    now.steering.as_all()
    assert now.steering.memory.draft == PLAN.planned(SMILE)


def test_terms_that_cannot_be_judged_by_are_told_and_nothing_is_saved() -> None:
    now = room()
    now.worker.refused = ValueError("the line is below the noise")
    now.steering.drag("OOC", 0.01)
    now.steering.commit()
    assert now.said == ["The line is below the noise."]
    assert now.kept == []
    assert now.steering.memory.draft is None


def test_only_muscles_with_a_line_can_be_chosen() -> None:
    now = room()
    now.steering.select_code("FRO")
    chosen = []
    for _ in range(4):
        now.steering.select(1)
        chosen.append(now.steering.memory.selected)
    assert "" in chosen
    assert "OOC" in chosen


def test_without_a_board_keys_move_nothing() -> None:
    now = room()
    now.worker.moment = replace(now.worker.moment, view=View())
    now.steering.step(1)
    now.steering.number(1)
    now.steering.select(1)
    assert now.steering.memory.draft is None
    assert now.worker.moment.view.link.link is Link.CONNECTING
