"""What stands above the board: what goes on, what to say, what is wrong."""

from dataclasses import replace

from host.clinic.plan import FeedbackMode
from host.feedback.clinic.practising.head_state import HeadState, head_state
from host.feedback.clinic.practising.memory import Memory
from host.session.practising.view import BoutPhase, PracticeView, Trouble, TroubleKind
from tests.host.feedback.clinic.practising.moments import tried, view


def head(shown: PracticeView, memory: Memory | None = None) -> HeadState:
    return head_state(shown, memory or Memory(), 120.0)


def test_it_names_pattern_bout_feedback_and_whole_seconds() -> None:
    shown = head(view(BoutPhase.HOLD, phase_s=2.8, left_s=2.2))
    assert shown.title == "Gentle closed smile · bout 1 · bars"
    assert shown.phase == "Hold · 3 s"
    assert shown.left == "1:30 of the bout left"
    assert shown.progress == 0.25


def test_hidden_bars_are_told_however_little_room_there_is() -> None:
    shown = head(view(), Memory(hidden=True))
    assert shown.title.endswith("bars hidden")
    assert shown.shorter == (
        "Gentle closed smile · bout 1 · bars hidden",
        "Gentle closed smile · bars hidden",
    )


def test_p7_after_a_bout_a_rest_is_offered_and_the_next_bout_only_if_both_wish() -> None:
    over = view(BoutPhase.OVER, over_why="The time of the bout is over.", attempts=(tried(),))
    resting = head(replace(over, pause_left_s=41.2)).advice
    assert resting == (
        "The time of the bout is over. 1 of 1 stayed quiet. A rest is offered: 42 s more."
    )
    assert "if you both wish" in head(over).advice


def test_p12_a_wait_says_what_for_and_later_that_one_may_go_on() -> None:
    waits = view(BoutPhase.WAIT, waiting="Still letting go: Cheek, right.")
    assert head(waits).advice == "Still letting go: Cheek, right."
    assert "N goes on" in head(replace(waits, may_overrule=True)).advice


def test_p6_for_closed_eyes_the_therapist_is_told_what_to_say() -> None:
    said = head(view(BoutPhase.RISE, FeedbackMode.SOUND)).advice
    assert said == "Say: “Smile gently, lips closed”"
    assert head(view(BoutPhase.RISE)).advice == ""


def test_p6_where_sound_is_all_there_is_its_absence_is_told() -> None:
    memory = Memory(sound="No sound: no loudspeaker.")
    assert head(view(mode=FeedbackMode.SOUND), memory).notice == "No sound: no loudspeaker."
    assert head(view(mode=FeedbackMode.BARS), memory).notice == ""


def test_a_board_that_is_being_reached_is_no_trouble_and_no_bout_is_offered_yet() -> None:
    reached = Trouble(
        kind=TroubleKind.CONNECTING, sentence="The board is being reached.", advice=""
    )
    shown = head(PracticeView(troubles=(reached,)))
    assert shown.advice == "The board is being reached."
    assert shown.troubles == ()


def test_what_is_wrong_is_told_once() -> None:
    wrong = Trouble(kind=TroubleKind.LINK, sentence="Nothing comes.", advice="Look at the cable.")
    shown = head(view(BoutPhase.WAIT, waiting="Nothing comes.", troubles=(wrong,)))
    assert shown.troubles == (wrong,)
    assert shown.advice == ""


def test_a_session_that_ended_says_how_to_go_on() -> None:
    wrong = Trouble(kind=TroubleKind.ENDED, sentence="The session has ended.", advice="")
    assert "Space reaches the board again" in head(view(troubles=(wrong,))).advice
