"""The next bout is offered, never pressed; the strip and the lines of what happened."""

from dataclasses import replace

from host.acquisition.source import Link, LinkState
from host.chain.quality import Quality
from host.clinic.plan import FeedbackMode
from host.detection.cocontraction import Episode
from host.feedback.clinic.practising.happenings import MOST, Happenings, clock
from host.feedback.clinic.practising.memory import Memory
from host.feedback.clinic.practising.offer_state import chosen_next, mode_of, offer_state
from host.feedback.clinic.practising.strip_state import strip_state
from host.recording.state import RecordingState
from host.session.practising.view import BoutPhase
from tests.host.feedback.clinic.practising.moments import PLAN, moment, tried, view
from tests.host.session.practising.bench import EYE, MONTAGE, SMILE

BOTH = (SMILE, "pucker")


def test_patterns_are_offered_in_the_plans_order_with_the_bouts_that_were() -> None:
    over = view(BoutPhase.OVER, attempts=(tried(),))
    shown = offer_state(BOTH, PLAN, over, Memory(chosen="pucker"))
    assert shown.patterns == ("Gentle closed smile · 1 ×", "Pucker")
    assert shown.chosen == 1


def test_p16_without_a_plan_nothing_is_offered() -> None:
    assert offer_state(BOTH, None, view(), Memory()).patterns == ()
    assert offer_state((), PLAN, view(), Memory()).patterns == ()


def test_the_next_pattern_comes_in_its_planned_feedback() -> None:
    planned = replace(PLAN.planned("pucker"), mode=FeedbackMode.FADED)
    plan = PLAN.with_pattern(planned)
    memory = Memory(chosen=SMILE, mode=FeedbackMode.SOUND)
    assert mode_of(plan, memory) is FeedbackMode.SOUND
    following = chosen_next(memory, BOTH)
    assert (following.chosen, mode_of(plan, following)) == ("pucker", FeedbackMode.FADED)
    assert chosen_next(following, BOTH).chosen == SMILE


def test_p6_sound_that_nobody_hears_is_offered_with_bars_instead() -> None:
    memory = Memory(chosen=SMILE, mode=FeedbackMode.SOUND, sound="No sound: none found.")
    assert "Bars can be had" in offer_state(BOTH, PLAN, view(), memory).notice
    assert offer_state(BOTH, PLAN, view(), replace(memory, mode=None)).notice == ""


def test_the_strip_tells_every_channel() -> None:
    cells = strip_state(moment(unknown=(EYE,), quality=Quality.LOOSE).view).cells
    assert [(cell.code, cell.side, cell.said) for cell in cells] == [
        ("OOC", "L", "good"),
        ("ZYG", "L", "good"),
        ("OOC", "R", "loose"),
        ("ZYG", "R", "good"),
    ]
    assert [cell.good for cell in cells] == [True, True, False, True]


def test_unknown_is_never_quiet_in_the_strip_of_a_silent_board() -> None:
    shown = strip_state(moment(link=Link.SILENT).view)
    assert not any(cell.good for cell in shown.cells)
    assert shown.link == "No samples now"


def test_loss_and_rate_are_told() -> None:
    lossy = LinkState(link=Link.STREAMING, lost=25, reconnects=1, rate_hz=249.9)
    shown = strip_state(replace(moment().view, link=lossy))
    assert shown.link == "1.0 % lost · reached again 1× · 250 Hz"


def test_the_recording_light_is_off_where_the_recording_is_not_sure() -> None:
    well = strip_state(moment(recording=RecordingState(light=True, marks=2, touched=True)).view)
    assert (well.light.on, well.light.words) == (True, "Recording · 2 marks · touch")
    once = strip_state(moment(recording=RecordingState(light=True, marks=1)).view)
    assert once.light.words == "Recording · 1 mark"
    full = strip_state(moment(recording=RecordingState(message="The disk is full.")).view)
    assert (full.light.on, full.light.wrong) == (False, True)


def test_episodes_are_told_as_they_end_and_none_is_lost() -> None:
    happened = Happenings()
    happened.montage = MONTAGE
    frame = moment().view.frame
    assert frame is not None
    one = Episode(channel=EYE, start=2000, stop=2250, peak=0.41, pattern=SMILE, cut=True)
    happened.push(replace(frame, ended=(one,)))
    happened.say("Touch begins")
    assert happened.lines == (
        "0:10  Touch begins",
        "0:10  Eye, right came along for 1.0 s, up to 41 % or more",
    )


def test_only_the_newest_lines_are_kept() -> None:
    happened = Happenings()
    for number in range(MOST + 5):
        happened.say(str(number))
    assert len(happened.lines) == MOST
    assert happened.lines[0].endswith(str(MOST + 4))
    assert clock(125.9) == "2:05"
