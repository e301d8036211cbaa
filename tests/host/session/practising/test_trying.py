"""An attempt is judged by what stayed quiet, on what could be measured."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from host.chain.quality import Quality
from host.detection.cocontraction import Episode
from host.detection.cues import Cue, Phase
from host.detection.states import Finding
from host.session.practising.tried import AttemptResult, Tried
from host.session.practising.trying import Face, Trying
from tests.host.session.practising.bench import (
    BEAT,
    CHEEK,
    EYE,
    EYE_LEFT,
    FACE,
    MONTAGE,
    RATE_HZ,
    SMILE,
    frame,
)

PHASES = ((Phase.RISE, 0, 500), (Phase.HOLD, 500, 1750), (Phase.RELEASE, 1750, 2250))

WITH_BLINK = Episode(channel=EYE, start=800, stop=950, peak=0.5, pattern=SMILE, with_blink=True)


def tried(
    *,
    face: Face = FACE,
    asked: str = SMILE,
    active: Sequence[int] = (),
    unknown: Sequence[int] = (),
    unknown_from: int = 0,
    nameless: Sequence[int] = (),
    findings: tuple[Finding, ...] = (),
    after: tuple[Finding, ...] = (),
    led: bool = True,
    level: float = 0.0,
) -> Tried:
    """Return an attempt in which muscles did so; `after` is found when it is over."""
    trying = Trying(face, BEAT, RATE_HZ, bout=1, index=1, start=0, pattern=asked, feedback=True)
    for phase, start, stop in PHASES:
        if phase is not Phase.RISE:
            trying.turn(phase, start)
        for sample in range(start + BEAT, stop + 1, BEAT):
            dark = unknown if sample > unknown_from else ()
            cue = Cue(start=start, pattern=asked, phase=phase)
            trying.push(
                frame(
                    sample, cue, active=active, unknown=dark, findings=findings, led=led,
                    quality=Quality.LOOSE,
                    nameless=nameless,
                    level=level,
                )
            )  # fmt: skip
    going = trying.tried
    assert going is None
    trying.turn(Phase.REST, 2250)
    rest = Cue(start=2250, pattern=asked, phase=Phase.REST)
    trying.push(frame(2275, rest, findings=(*findings, *after)))
    found = trying.tried
    assert found is not None
    return found


def test_p14_success_is_that_all_quiet_muscles_stayed_quiet() -> None:
    found = tried()
    assert (found.result, found.success, found.reason) == (AttemptResult.QUIET, True, "")
    assert found.left_out == pytest.approx(0.0)


def test_p14_a_muscle_that_came_along_is_named_in_plain_words() -> None:
    found = tried(active=[EYE])
    assert (found.result, found.success) == (AttemptResult.ALONG, False)
    assert (found.reason, found.along) == ("Eye came along.", ("OOC",))


def test_p15_a_quiet_muscle_may_work_a_little_below_its_line() -> None:
    assert tried(level=0.2).success


def test_p3_the_other_side_is_measured_and_not_judged() -> None:
    found = tried(active=[EYE_LEFT])
    assert found.success
    (other,) = [one for one in found.muscles if one.channel == EYE_LEFT]
    assert not other.judged
    assert other.along_s == pytest.approx(9.0)


def test_p8_too_much_effort_is_no_success_and_the_only_word_is_softer() -> None:
    found = tried(findings=(Finding.TOO_STRONG,))
    assert (found.result, found.success) == (AttemptResult.TOO_STRONG, False)
    assert found.reason == "All stayed quiet. Softer would do."


def test_p10_a_fast_rise_is_named_after_the_attempt() -> None:
    found = tried(after=(Finding.TOO_FAST,))
    assert (found.result, found.reason) == (
        AttemptResult.TOO_FAST,
        "All stayed quiet. Slower would do.",
    )


def test_a_movement_that_never_leads_is_no_success() -> None:
    assert tried(led=False).result is AttemptResult.NO_HOLD


def test_unknown_is_never_quiet() -> None:
    found = tried(unknown=[EYE])
    assert (found.result, found.success) == (AttemptResult.NOT_SCORED, None)
    assert found.reason == "Not scored: only 0 % of the hold could be measured at Eye."
    assert found.left_out == pytest.approx(1.0)


def test_little_that_is_unknown_is_left_out_and_said() -> None:
    found = tried(unknown=[EYE], unknown_from=1500)
    assert found.success
    assert found.left_out == pytest.approx(750 / 2250, abs=0.02)
    (eye,) = [one for one in found.muscles if one.channel == EYE]
    assert eye.known == pytest.approx(0.8)


def test_a_muscle_that_was_seen_to_come_along_counts_though_another_is_unknown() -> None:
    face = Face(montage=MONTAGE, affected=FACE.affected)
    found = tried(face=face, active=[EYE], unknown=[EYE_LEFT])
    assert found.result is AttemptResult.ALONG


def test_a_channel_that_the_therapist_goes_without_judges_nothing() -> None:
    found = tried(face=Face(montage=MONTAGE, affected=FACE.affected, excluded=(EYE,)))
    assert (found.result, found.left_out) == (AttemptResult.NOT_SCORED, 1.0)
    assert found.reason == "No muscle was asked to be quiet."


def test_p6_what_moved_is_a_leading_target_and_whoever_came_along() -> None:
    moved = {one.channel: one.moved for one in tried(active=[EYE]).muscles}
    assert moved[CHEEK] is True
    assert moved[EYE] is True
    assert moved[EYE_LEFT] is False
    assert {one.channel: one.moved for one in tried(unknown=[EYE]).muscles}[EYE] is None


@pytest.mark.parametrize("told_at", [1000, 2300])
def test_t2_what_came_along_with_a_blink_is_taken_back_once_that_is_known(told_at: int) -> None:
    trying = Trying(FACE, BEAT, RATE_HZ, bout=1, index=1, start=0, pattern=SMILE, feedback=True)
    results = []
    for phase, start, stop in (*PHASES, (Phase.REST, 2250, 2750)):
        if phase is not Phase.RISE:
            trying.turn(phase, start)
        for sample in range(start + BEAT, stop + 1, BEAT):
            going = told_at - 150 < sample < told_at
            now = frame(sample, Cue(start=start, pattern=SMILE, phase=phase), active=[EYE] * going)
            if sample == told_at:
                now = replace(now, ended=(replace(WITH_BLINK, start=told_at - 200),))
                assert trying.push(now)
            else:
                trying.push(now)
            results.append(trying.tried)
    over = [one for one in results if one is not None]
    assert over[-1].result is AttemptResult.QUIET
    # One that goes on beyond the end counts until it is known to have been a blink's.
    assert (over[0].result is AttemptResult.ALONG) is (told_at > 2250)


def test_a_muscle_that_is_not_calibrated_is_named_and_never_scored_as_quiet() -> None:
    found = tried(nameless=[EYE])
    assert (found.result, found.success) == (AttemptResult.NOT_SCORED, None)
    assert found.reason == "Not scored: not calibrated: Eye."


REST = "rest and release"


def test_t2_where_rest_is_the_pattern_nothing_has_to_lead() -> None:
    found = tried(asked=REST, led=False)
    assert (found.result, found.success, found.reason) == (AttemptResult.QUIET, True, "")
    assert {one.muscle for one in found.muscles if one.judged} == {"OOC", "ZYG"}


def test_t2_a_muscle_that_works_while_rest_is_the_pattern_is_named_so() -> None:
    found = tried(asked=REST, led=False, active=[EYE, CHEEK])
    assert (found.result, found.reason) == (AttemptResult.ALONG, "Not at rest: Eye and Cheek.")


def test_unknown_is_never_at_rest() -> None:
    found = tried(asked=REST, led=False, unknown=[EYE])
    assert found.result is AttemptResult.NOT_SCORED
