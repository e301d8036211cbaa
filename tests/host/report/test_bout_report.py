"""After a bout: who stayed quiet, who came along, and what was left out (P12, P14, P17)."""

from dataclasses import replace

import pytest

from host.report.bout_practised import Practised
from host.report.bout_report import BoutMuscle, BoutReport, Stayed, bout_report, bout_reports
from host.session.practising.tried import AttemptResult
from tests.host.report.bout_drawn import practised
from tests.host.report.measured_drawn import CHEEK_RIGHT, EYE_LEFT, EYE_RIGHT


def muscle(report: BoutReport, channel: int) -> BoutMuscle:
    return next(one for one in report.muscles if one.channel == channel)


def with_attempt(made: Practised, place: int, **changes: object) -> Practised:
    tried = list(made.tried)
    tried[place] = replace(tried[place], **changes)  # type: ignore[arg-type]
    return replace(made, tried=tuple(tried))


def test_p14_a_muscle_came_along_in_so_many_of_the_attempts_that_are_known() -> None:
    report = bout_report(practised((0.1, 0.4, 0.5)), 1)
    eye = muscle(report, EYE_RIGHT)
    assert (eye.stayed, eye.along, eye.known) == (Stayed.ALONG, 2, 3)
    assert eye.share.low < 2 / 3 < eye.share.high
    assert report.judged(Stayed.ALONG) == (eye,)
    assert report.judged(Stayed.QUIET) == ()


def test_p14_one_that_never_came_along_stayed_quiet() -> None:
    report = bout_report(practised((0.1, 0.1)), 1)
    assert [one.muscle for one in report.judged(Stayed.QUIET)] == ["OOC"]


def test_unknown_is_never_quiet() -> None:
    made = practised((0.1,))
    lost = tuple(
        replace(one, known=0.1, moved=None) if one.channel == EYE_RIGHT else one
        for one in made.tried[0].muscles
    )
    report = bout_report(
        with_attempt(made, 0, muscles=lost, result=AttemptResult.NOT_SCORED, reason="Lost."), 1
    )
    assert muscle(report, EYE_RIGHT).stayed is Stayed.UNKNOWN
    assert not muscle(report, EYE_RIGHT).share.known
    assert (report.scored, report.left_out.not_scored, report.left_out.why) == (0, 1, ("Lost.",))


def test_p15_ratio_and_level_are_pooled_with_their_intervals() -> None:
    eye = muscle(bout_report(practised((0.2, 0.3, 0.4)), 1), EYE_RIGHT)
    assert eye.ratio.value == pytest.approx(0.3 / 0.8, rel=0.02)
    assert eye.ratio.low < eye.ratio.value < eye.ratio.high
    assert eye.acts is not None
    assert eye.acts.level.value == pytest.approx(0.3, abs=0.02)


def test_p12_release_and_what_remains_are_measured_on_each_side() -> None:
    report = bout_report(practised((0.3, 0.3)), 1)
    right, left = muscle(report, EYE_RIGHT), muscle(report, EYE_LEFT)
    assert right.release.known
    assert right.remaining.value == pytest.approx(0.0, abs=0.01)
    # The other eye stayed at rest, so it had nothing to let go of.
    assert not left.release.known
    assert "stayed at rest" in left.release.reason
    assert left.remaining.known


def test_p12_the_interval_of_a_release_never_begins_before_its_cue() -> None:
    release = muscle(bout_report(practised((0.4, 0.7)), 1), EYE_RIGHT).release
    assert (release.n, release.low) == (2, 0.0)
    assert 0.0 < release.value < release.high


def test_p17_left_is_compared_with_right() -> None:
    report = bout_report(practised((0.3, 0.3)), 1)
    cheek = next(one for one in report.sides if one.muscle == "ZYG")
    # 0.9 against 0.8 of a gentle 20 uV on both sides.
    assert cheek.level.value == pytest.approx(0.1 / 1.7, abs=0.01)
    assert cheek.beyond is False


def test_an_attempt_that_was_broken_off_is_left_out_of_everything() -> None:
    made = with_attempt(
        practised((0.2, 0.9)), 1, result=AttemptResult.LEFT_OUT, reason="It was paused."
    )
    report = bout_report(made, 1)
    eye = muscle(report, EYE_RIGHT)
    assert eye.ratio.value == pytest.approx(0.25, rel=0.02)
    assert (eye.along, eye.known, len(report.attempts), report.scored) == (0, 1, 2, 1)
    assert (report.left_out.broken_off, report.left_out.why) == (1, ("It was paused.",))


def test_a_report_says_how_much_of_the_time_it_leaves_out() -> None:
    made = with_attempt(practised((0.2, 0.2)), 0, left_out=0.3)
    assert bout_report(made, 1).left_out.share == pytest.approx(0.15)


def test_every_bout_has_its_report() -> None:
    made = practised((0.1,), (0.4, 0.4))
    assert [one.number for one in bout_reports(made)] == [1, 2]
    assert muscle(bout_reports(made)[1], CHEEK_RIGHT).role.value == "target"
    with pytest.raises(ValueError, match="bout 3"):
        bout_report(made, 3)
