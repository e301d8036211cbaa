"""A bout: what it asks for, what it waits for, and how it ends."""

import pytest

from host.clinic.plan import FeedbackMode
from host.detection.cues import Phase
from host.recording.bout_events import AttemptLeftOut, BoutEnded, FeedbackSet, Felt
from host.recording.events import Marker
from host.session.bout import AttemptResult, BoutPhase, BoutTerms
from host.session.practising.fading import has_feedback
from tests.host.session.practising.bench import CHEEK, CHEEK_LEFT, EYE, SMILE, Bench, terms


def results(bench: Bench) -> list[AttemptResult]:
    return [tried.result for tried in bench.bout.attempts]


def test_p10_an_attempt_is_rest_slow_rise_hold_release_and_rest() -> None:
    bench = Bench(terms())
    bench.run(23.0)
    assert bench.cues == [
        (0.0, "rest"),
        (3.0, "rise"),
        (5.0, "hold"),
        (10.0, "release"),
        (12.0, "rest"),
        (22.0, "rise"),
    ]


def test_p10_no_rise_is_asked_for_in_less_than_a_second() -> None:
    with pytest.raises(ValueError, match="rise_s must be 1 to 10"):
        BoutTerms(pattern=SMILE, rise_s=0.5)


def test_p12_rest_between_two_attempts_takes_ten_seconds_and_cannot_be_skipped() -> None:
    with pytest.raises(ValueError, match="rest_s must be 10"):
        BoutTerms(pattern=SMILE, rest_s=5.0)
    bench = Bench(terms())
    bench.run(13.0)
    assert bench.phase() is BoutPhase.REST
    assert bench.bout.next() == ()


def test_p12_the_next_attempt_waits_for_release_and_begins_with_it() -> None:
    bench = Bench(terms())
    bench.until(Phase.RELEASE)
    bench.run(20.0, tense=[EYE])
    assert bench.phase() is BoutPhase.WAIT
    assert bench.bout.standing.watch.working == (EYE,)
    bench.run(0.1)
    assert bench.phase() is BoutPhase.RISE


def test_p12_unknown_is_never_released_however_long_it_takes() -> None:
    bench = Bench(terms())
    bench.run(290.0, unknown=[EYE])
    assert bench.phase() is BoutPhase.WAIT
    assert bench.bout.standing.watch.unknown == (EYE,)
    assert not bench.bout.attempts


def test_p12_after_a_long_wait_the_therapist_may_go_on_and_it_is_noted() -> None:
    bench = Bench(terms())
    bench.run(22.0, tense=[EYE])
    assert bench.bout.next() == ()
    bench.run(2.0, tense=[EYE])
    assert bench.bout.standing.may_overrule
    bench.do(bench.bout.next())
    assert bench.phase() is BoutPhase.RISE
    (noted,) = [event for event in bench.events if isinstance(event, Marker)]
    assert noted.text == "Went on without the release of Eye, right"


def test_an_attempt_that_began_without_a_signal_is_not_scored_rather_than_broken_off() -> None:
    bench = Bench(terms())
    bench.run(24.0, unknown=[EYE])
    bench.do(bench.bout.next())
    bench.run(10.0, unknown=[EYE])
    assert results(bench) == [AttemptResult.NOT_SCORED]


def test_p7_a_bout_ends_by_itself_and_finishes_the_attempt_under_way() -> None:
    bench = Bench(terms(bout_s=45.0))
    bench.run(46.0)
    assert bench.phase() is BoutPhase.HOLD
    bench.run(6.0)
    assert bench.bout.over
    assert len(bench.bout.attempts) == 3
    assert [event.why for event in bench.events if isinstance(event, BoutEnded)] == [
        "The time of the bout is over."
    ]
    assert bench.cue.pattern == "rest and release"


def test_p7_time_stands_still_while_it_is_paused() -> None:
    bench = Bench(terms())
    bench.run(13.0)
    bench.do(bench.bout.pause())
    left = bench.bout.standing.until - bench.at
    bench.run(100.0)
    assert bench.phase() is BoutPhase.PAUSED
    assert bench.bout.standing.until - bench.at == left
    bench.do(bench.bout.resume())
    bench.run(4.0)
    assert bench.phase() is BoutPhase.RISE


def test_an_attempt_that_is_paused_is_left_out_and_says_why() -> None:
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    bench.do(bench.bout.pause())
    bench.run(1.0)
    (tried,) = bench.bout.attempts
    assert (tried.result, tried.success) == (AttemptResult.LEFT_OUT, None)
    assert tried.reason == "It was paused, so it is left out."


def test_a_pause_can_become_quiet_and_not_the_other_way_round() -> None:
    bench = Bench(terms())
    bench.do(bench.bout.pause())
    bench.do(bench.bout.pause(quiet=True))
    assert bench.phase() is BoutPhase.QUIET
    assert bench.bout.pause() == ()
    assert bench.bout.pause(quiet=True) == ()


def test_skipping_an_attempt_leaves_it_out_and_rests_in_full() -> None:
    bench = Bench(terms())
    bench.until(Phase.RISE)
    begun = bench.at
    bench.do(bench.bout.next())
    bench.run(9.9)
    assert bench.phase() is BoutPhase.REST
    bench.until(Phase.RISE)
    assert bench.at - begun == 2500
    assert results(bench) == [AttemptResult.LEFT_OUT]


def test_a_muscle_that_is_lost_in_the_middle_ends_the_attempt_and_it_goes_on_by_itself() -> None:
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    bench.run(0.9, unknown=[EYE])
    assert bench.asked() is Phase.HOLD
    bench.run(0.3, unknown=[EYE])
    assert bench.asked() is Phase.REST
    bench.run(14.0, unknown=[EYE])
    assert bench.phase() is BoutPhase.WAIT
    bench.run(0.1)
    assert bench.phase() is BoutPhase.RISE
    (tried,) = bench.bout.attempts
    assert tried.reason == "No signal from Eye, right, so it is left out."


def test_an_attempt_that_lost_every_electrode_says_so_without_naming_each() -> None:
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    bench.run(1.2, unknown=range(len(bench.bout.standing.face.montage.sites)))
    (tried,) = bench.bout.attempts
    assert tried.reason == "No signal from any electrode, so it is left out."


def test_p5_a_finger_on_a_muscle_does_not_end_the_attempt() -> None:
    bench = Bench(terms())
    bench.until(Phase.RISE)
    bench.run(9.2, touched=[EYE])
    (tried,) = bench.bout.attempts
    assert tried.result is AttemptResult.NOT_SCORED
    assert tried.reason == "Not scored: touched, or not measured: Eye."


def test_a_silent_board_ends_the_attempt_and_costs_no_time_of_the_bout() -> None:
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    left = bench.bout.standing.until - bench.at
    bench.silence(30.0)
    bench.run(0.1)
    assert bench.asked() is Phase.REST
    assert bench.bout.standing.until - bench.at == left - 25
    bench.run(1.0)
    assert bench.bout.attempts[0].reason == "Nothing came from the board, so it is left out."


def test_a_short_gap_only_makes_the_next_cue_late() -> None:
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    bench.silence(0.5)
    bench.run(9.0)
    assert results(bench) == [AttemptResult.QUIET]
    assert bench.bout.attempts[0].left_out > 0.0


def test_p6_feel_first_hides_asks_and_then_reveals() -> None:
    bench = Bench(terms(FeedbackMode.FEEL_FIRST))
    bench.until(Phase.RISE)
    assert not bench.bout.standing.shown
    bench.until(Phase.RELEASE, active=[EYE])
    bench.run(2.3)
    assert bench.phase() is BoutPhase.ASK
    bench.do(bench.bout.felt(("ZYG",)))
    assert bench.phase() is BoutPhase.REVEAL
    (tried,) = bench.bout.attempts
    assert tried.agreement is not None
    found = [(one.muscle, one.felt, one.measured) for one in tried.agreement.muscles]
    assert found == [("OOC", False, True), ("ZYG", True, True)]
    assert (tried.agreement.agreed, tried.agreement.compared) == (1, 2)
    bench.run(6.0)
    assert bench.phase() is BoutPhase.REST


def test_p6_a_question_that_nobody_answers_is_skipped_and_nothing_is_compared() -> None:
    bench = Bench(terms(FeedbackMode.FEEL_FIRST, bout_s=120.0))
    bench.until(Phase.RELEASE)
    bench.run(32.0)
    (felt,) = [event for event in bench.events if isinstance(event, Felt)]
    assert felt.skipped
    assert bench.bout.attempts[0].agreement is None


def test_p6_the_next_attempt_waits_for_the_answer() -> None:
    bench = Bench(terms(FeedbackMode.FEEL_FIRST))
    bench.until(Phase.RELEASE)
    bench.run(20.0)
    assert bench.phase() is BoutPhase.ASK
    bench.do(bench.bout.next())
    bench.run(6.1)
    assert bench.phase() is BoutPhase.RISE


def test_an_attempt_that_is_left_out_is_not_asked_about() -> None:
    bench = Bench(terms(FeedbackMode.FEEL_FIRST))
    bench.until(Phase.HOLD)
    bench.do(bench.bout.next())
    assert bench.phase() is BoutPhase.REST
    assert bench.bout.felt(("ZYG",)) == ()


def test_p6_faded_feedback_follows_the_rule_of_its_share() -> None:
    bench = Bench(terms(FeedbackMode.FADED, bout_s=120.0))
    bench.run(121.0)
    shown = [event.shown for event in bench.events if isinstance(event, FeedbackSet)]
    assert shown == [has_feedback(index, 0.5) for index in range(1, len(shown) + 1)]
    assert [tried.feedback for tried in bench.bout.attempts] == shown[: len(bench.bout.attempts)]


def test_p14_nothing_counts_effort_speed_or_number() -> None:
    gentle, strong = Bench(terms()), Bench(terms())
    gentle.run(13.0)
    strong.run(13.0, level=0.2)
    assert results(gentle) == results(strong) == [AttemptResult.QUIET]


def test_a_bout_that_is_ended_asks_for_nothing_any_more() -> None:
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    bench.do(bench.bout.stop())
    bench.run(30.0)
    assert bench.bout.over
    assert bench.cues[-1][1] == "rest"
    assert results(bench) == [AttemptResult.LEFT_OUT]
    commands = (bench.bout.stop(), bench.bout.pause(), bench.bout.resume(), bench.bout.next())
    assert commands == ((), (), (), ())
    assert [event.attempt for event in bench.events if isinstance(event, AttemptLeftOut)] == [1]


def test_p3_the_other_side_is_waited_for_and_never_judged() -> None:
    bench = Bench(terms())
    bench.until(Phase.RELEASE, active=[CHEEK_LEFT])
    bench.run(14.0, tense=[CHEEK_LEFT])
    assert results(bench) == [AttemptResult.QUIET]
    assert bench.bout.standing.watch.working == (CHEEK_LEFT,)
    assert CHEEK not in bench.bout.standing.watch.working
