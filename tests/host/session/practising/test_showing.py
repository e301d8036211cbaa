"""What both screens show at each moment of a bout."""

import pytest

from host.acquisition.source import Link, LinkState
from host.chain.quality import Quality
from host.clinic.plan import FeedbackMode
from host.detection.cues import Phase
from host.recording.state import RecordingState
from host.session.bout import BoutPhase, PracticeView, TroubleKind
from host.session.practising.showing import hushed, shown
from host.session.practising.troubles import with_edges
from tests.host.session.practising.bench import CHEEK, EYE, EYE_LEFT, RATE_HZ, Bench, terms

GOOD = LinkState(link=Link.STREAMING)
RECORDING = RecordingState(light=True)


def view(bench: Bench) -> PracticeView:
    return shown(bench.bout.standing, (), asked=None, sample=bench.at, rate_hz=RATE_HZ)


def test_before_the_first_bout_nothing_is_asked() -> None:
    found = shown(None, (), asked=None, sample=0, rate_hz=RATE_HZ)
    assert (found.phase, found.bars, found.sound, found.pace) == (
        BoutPhase.READY,
        False,
        False,
        0.0,
    )


def test_p10_the_slow_shape_rises_stands_and_falls() -> None:
    bench = Bench(terms())
    bench.until(Phase.RISE)
    paces = [view(bench).pace]
    for seconds in (1.0, 1.0, 4.9, 1.1, 1.0):
        bench.run(seconds)
        paces.append(view(bench).pace)
    assert paces == pytest.approx([0.0, 0.5, 1.0, 1.0, 0.5, 0.0])


def test_the_seconds_left_are_those_of_the_phase_and_of_the_bout() -> None:
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    bench.run(1.0)
    found = view(bench)
    assert (found.phase_s, found.left_s) == pytest.approx((1.0, 4.0))
    assert found.bout_left_s == pytest.approx(60.0 - bench.at / RATE_HZ)


@pytest.mark.parametrize(
    ("mode", "bars", "sound"),
    [
        (FeedbackMode.BARS, True, False),
        (FeedbackMode.SOUND, False, True),
        (FeedbackMode.FEEL_FIRST, False, False),
        (FeedbackMode.FADED, True, False),
    ],
)
def test_p6_what_the_patient_has_in_an_attempt_is_the_mode_s(
    mode: FeedbackMode, *, bars: bool, sound: bool
) -> None:
    bench = Bench(terms(mode))
    bench.until(Phase.HOLD)
    assert (view(bench).bars, view(bench).sound) == (bars, sound)


def test_p6_feel_first_shows_bars_only_after_the_answer() -> None:
    bench = Bench(terms(FeedbackMode.FEEL_FIRST))
    bench.until(Phase.RELEASE)
    bench.run(2.5)
    assert (view(bench).phase, view(bench).bars) == (BoutPhase.ASK, False)
    bench.do(bench.bout.felt(()))
    assert (view(bench).phase, view(bench).bars) == (BoutPhase.REVEAL, True)


def test_p6_a_probe_hides_the_bars_from_the_cue_to_the_end_of_the_attempt() -> None:
    bench = Bench(terms(FeedbackMode.FADED))
    bench.until(Phase.RELEASE)
    bench.until(Phase.REST)
    bench.until(Phase.RISE)
    assert not view(bench).bars
    bench.run(9.1)
    assert (view(bench).phase, view(bench).bars) == (BoutPhase.REST, True)


def test_quiet_hides_everything() -> None:
    bench = Bench(terms(FeedbackMode.SOUND))
    bench.until(Phase.HOLD)
    found = hushed(view(bench))
    assert (found.phase, found.bars, found.sound, found.pace) == (
        BoutPhase.QUIET,
        False,
        False,
        0.0,
    )


def test_p7_after_a_bout_a_rest_is_offered_and_the_rest_runs_down() -> None:
    bench = Bench(terms(bout_s=30.0))
    bench.run(60.0)
    found = view(bench)
    assert (found.phase, found.over_why) == (BoutPhase.OVER, "The time of the bout is over.")
    assert 0.0 < found.pause_left_s < 60.0
    assert (found.bars, found.sound) == (False, False)


def test_p12_the_wait_says_who_still_works_and_who_is_not_known() -> None:
    bench = Bench(terms())
    bench.run(4.0, tense=[EYE])
    assert view(bench).waiting == "Still letting go: Eye, right."
    bench.run(0.2, unknown=[EYE])
    found = view(bench)
    assert found.waiting == "No signal from Eye, right yet."
    assert (found.unknown, found.working, found.may_go_on) == ((EYE,), (), False)
    bench.run(0.2, tense=[EYE])
    found = view(bench)
    assert found.waiting == "Not known for long enough yet."
    assert (found.settling, found.working, found.may_go_on) == ((EYE,), (), False)
    bench.run(0.5, tense=[EYE, CHEEK, EYE_LEFT])
    assert view(bench).waiting == "Still letting go: Eye, left; Eye, right and Cheek, right."


def test_a_loose_electrode_says_what_to_do_and_is_no_trouble_while_the_chain_settles() -> None:
    bench = Bench(terms())
    bench.run(4.0, unknown=[EYE], quality=Quality.SETTLING)
    assert not view(bench).troubles
    bench.run(2.0, unknown=[EYE], quality=Quality.LOOSE)
    (trouble,) = view(bench).troubles
    assert (trouble.kind, trouble.sentence) == (
        TroubleKind.CHANNEL,
        "Eye, right has a loose electrode.",
    )
    assert trouble.advice.endswith("Practice goes on by itself once it is back.")


def test_while_the_board_is_silent_nothing_is_asked_and_it_says_so() -> None:
    bench = Bench(terms(FeedbackMode.SOUND))
    bench.until(Phase.HOLD)
    silent = LinkState(link=Link.SILENT, message="No signal: nothing comes from the board.")
    found = with_edges(view(bench), silent, RECORDING)
    assert (found.phase, found.pace, found.sound) == (BoutPhase.WAIT, 0.0, False)
    assert found.waiting == "No signal: nothing comes from the board."
    assert [one.kind for one in found.troubles] == [TroubleKind.LINK]


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        (Link.CONNECTING, TroubleKind.CONNECTING),
        (Link.RECONNECTING, TroubleKind.LINK),
        (Link.ENDED, TroubleKind.ENDED),
    ],
)
def test_every_state_of_the_link_has_a_sentence(link: Link, kind: TroubleKind) -> None:
    (trouble,) = with_edges(PracticeView(), LinkState(link=link), RECORDING).troubles
    assert trouble.kind is kind
    assert trouble.sentence


def test_a_full_disk_stops_nothing_but_is_said() -> None:
    bench = Bench(terms())
    bench.until(Phase.HOLD)
    full = RecordingState(message="Not recorded: the disk is full.")
    found = with_edges(view(bench), GOOD, full)
    assert found.phase is BoutPhase.HOLD
    (trouble,) = found.troubles
    assert (trouble.kind, trouble.sentence) == (TroubleKind.RECORDING, full.message)


def test_a_pause_stays_a_pause_though_the_board_is_silent() -> None:
    bench = Bench(terms())
    bench.do(bench.bout.pause())
    found = with_edges(view(bench), LinkState(link=Link.SILENT), RECORDING)
    assert found.phase is BoutPhase.PAUSED


def test_a_wait_for_a_muscle_without_a_reference_says_so_and_what_to_do() -> None:
    bench = Bench(terms())
    bench.run(15.0, nameless=[EYE])
    found = view(bench)
    assert found.phase is BoutPhase.WAIT
    assert (found.unknown, found.uncalibrated) == ((EYE,), (EYE,))
    assert found.waiting == (
        "Not calibrated: “Eye, right”. Repeat its step of the calibration, or leave the channel "
        "out by name."
    )
    (trouble,) = found.troubles
    assert (trouble.kind, trouble.sentence) == (
        TroubleKind.CHANNEL,
        "Eye, right is not calibrated.",
    )
    assert "leave the channel out by name" in trouble.advice
