"""What the electrodes page shows: every verdict of now, none of before, and who left what out."""

from dataclasses import replace

import pytest

from calibration.montage import montages
from host.acquisition.source import Link, LinkState
from host.feedback.clinic.electrodes_moment import ContactMoment
from host.feedback.clinic.electrodes_state import (
    ElectrodesState,
    Offer,
    electrodes_state,
    fitting,
    reason_for,
)
from host.report.face.status import SIGNS, Status
from host.session.contacting.verdicts import ADVICE, Verdict
from host.session.contacting.view import ContactPhase
from tests.host.feedback.clinic.contacts import (
    LOST,
    asked,
    asking,
    heard,
    moment,
    ohms,
    with_channel,
    without,
)
from tests.host.feedback.clinic.rooms import FACE

SILENT = LinkState(link=Link.SILENT, message="No signal: nothing comes from the board.")


def state(now: ContactMoment, chosen: int | None = None) -> ElectrodesState:
    return electrodes_state(now, chosen, None)


def with_verdict(channel: int, verdict: Verdict) -> ContactMoment:
    changed = with_channel(heard(), channel, verdict=verdict, advice=ADVICE[verdict])
    return moment(changed)


def statuses(shown: ElectrodesState) -> list[Status]:
    return [row.status for row in shown.rows]


def test_a_good_contact_is_said_of_every_channel_and_may_go_on() -> None:
    shown = state(moment(heard()))
    assert statuses(shown) == [Status.GOOD] * 8
    assert [row.cable for row in shown.rows] == [str(number) for number in range(1, 9)]
    assert {row.rest for row in shown.rows} == {"0.8 µV"}
    assert shown.on.possible
    assert shown.banner.status is Status.GOOD
    assert shown.chosen is None
    assert not shown.spoilt


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.LOOSE, Verdict.RAILED])
def test_a_channel_that_cannot_be_used_blocks_until_it_is_left_out_by_name(
    verdict: Verdict,
) -> None:
    now = with_verdict(4, verdict)
    shown = state(now)
    assert not shown.on.possible
    assert "Eye, right" in shown.on.why
    assert verdict.value in shown.banner.headline
    assert shown.chosen == 4
    without_it = state(replace(now, exclusions=(without(4),)))
    assert without_it.on.possible
    row = without_it.rows[4]
    assert row.status is Status.EXCLUDED
    assert row.word == "left out"
    assert all(word in row.advice for word in ("T07", "2026-11-26", "sore"))
    assert "Eye, right" in without_it.banner.headline


@pytest.mark.parametrize("verdict", [Verdict.NOISY, Verdict.MAINS])
def test_a_channel_that_could_be_better_says_what_to_do_and_may_go_on(verdict: Verdict) -> None:
    shown = state(with_verdict(2, verdict))
    assert shown.on.possible
    assert shown.rows[2].advice == ADVICE[verdict]
    assert shown.banner.status is Status(verdict.value)


def test_p17_swapped_sides_stop_with_clear_words_and_cannot_be_left_out() -> None:
    view = asked(heard(), swapped=True)
    for channel in range(8):
        view = with_channel(view, channel, verdict=Verdict.SWAPPED, advice=ADVICE[Verdict.SWAPPED])
    shown = state(moment(view, exclusions=(without(4),)))
    assert not shown.on.possible
    assert "swapped" in shown.banner.headline
    assert "Exchange the left and right cables" in shown.banner.detail
    assert shown.spoilt


def test_what_would_be_said_of_all_channels_is_said_once() -> None:
    view = heard()
    for channel in range(8):
        view = with_channel(view, channel, verdict=Verdict.MAINS, advice=ADVICE[Verdict.MAINS])
    shown = state(moment(view))
    assert {row.advice for row in shown.rows} == {""}
    assert ADVICE[Verdict.MAINS] in shown.banner.detail


@pytest.mark.parametrize(
    "now",
    [
        moment(heard(), heard=False),
        moment(heard(link=SILENT)),
        moment(heard(link=LOST)),
        moment(heard(), error="The board does not answer.", retried=True),
        moment(heard(phase=ContactPhase.IMPEDANCE)),
        moment(heard(phase=ContactPhase.CONNECTING, link=LinkState(link=Link.CONNECTING))),
        moment(None),
    ],
    ids=["nobody at work", "silent", "lost", "error", "test current", "connecting", "closed"],
)
def test_no_verdict_and_no_number_is_ever_shown_from_before(now: ContactMoment) -> None:
    shown = state(now)
    assert not {Status.GOOD, Status.NOISY, Status.MAINS} & set(statuses(shown))
    assert not set(dict(shown.face.status).values()) & {Status.GOOD, Status.NOISY, Status.MAINS}
    assert {row.rest for row in shown.rows} == {"–"}
    assert not shown.on.possible
    assert shown.on.why
    assert shown.banner.status is not Status.GOOD
    assert not shown.spoilt


def test_a_lost_board_says_why_and_that_it_goes_on_by_itself() -> None:
    shown = state(moment(heard(link=LOST)))
    assert "The port has gone." in shown.banner.detail
    assert "by itself" in shown.banner.detail
    assert statuses(shown) == [Status.UNKNOWN] * 8
    assert {row.advice for row in shown.rows} == {""}


def test_an_error_is_told_without_what_can_only_be_typed() -> None:
    error = "There is no port COM9. Choose one of these with --port:\nnone"
    tried = state(moment(None, error=error, retried=True))
    assert "There is no port COM9." in tried.banner.detail
    assert "--" not in tried.banner.detail
    assert "by itself" in tried.banner.detail
    assert "R tries again" in state(moment(None, error="It is no board.")).banner.detail


def test_picture_and_rows_say_the_same_in_shapes_that_differ() -> None:
    view = heard()
    for channel, verdict in enumerate(Verdict):
        view = with_channel(view, channel, verdict=verdict)
    shown = state(moment(view, exclusions=(without(7),)))
    assert dict(shown.face.status) == {row.channel: row.status for row in shown.rows}
    drawn = [(SIGNS[one].outline, SIGNS[one].strokes) for one in statuses(shown)]
    assert len(set(map(str, drawn))) == 8
    assert all(row.word for row in shown.rows)


def test_impedance_is_shown_with_its_doubt_and_its_time() -> None:
    doubtful = replace(ohms(12.0), low_ohm=6e3, high_ohm=18e3)
    view = with_channel(heard(), 0, positive=ohms(44.0), negative=doubtful)
    view = with_channel(view, 1, negative=ohms(6.0))
    shown = state(moment(view, measured="10:32"))
    assert [row.impedance for row in shown.rows[:3]] == ["44 / 12 ± 6 kΩ", "– / 6 kΩ", ""]
    assert "10:32" in shown.note
    assert shown.measure.possible


def test_a_board_that_cannot_measure_impedance_says_so() -> None:
    words = "Impedance cannot be measured on this board."
    shown = state(moment(heard(can_measure=False, impedance=words)))
    assert shown.note == words
    assert not shown.measure.possible
    assert shown.measure.why == words


def test_while_one_thing_is_done_no_other_can_be_asked_for() -> None:
    measuring = state(moment(heard(phase=ContactPhase.IMPEDANCE, progress=0.3)))
    assert not any(one.possible for one in (measuring.sides, measuring.measure, measuring.on))
    assert measuring.banner.progress == 0.3
    sides = state(moment(asking(heard())))
    assert sides.checking_sides
    assert sides.sides.possible
    assert not any(one.possible for one in (sides.measure, sides.on))


def test_p17_the_patient_is_asked_in_large_words_and_the_therapist_reads_the_same() -> None:
    shown = state(moment(asking(heard())))
    assert shown.patient.prompt == "Raise your brow"
    assert shown.patient.detail == "right side only"
    assert shown.patient.seconds == "3 s"
    assert shown.banner.headline == "Raise your brow, right side only"


def test_nothing_is_asked_of_the_patient_while_the_board_is_lost() -> None:
    shown = state(moment(asking(heard(link=LOST))))
    assert "nothing to do" in shown.patient.detail
    assert not shown.checking_sides or not shown.on.possible


def test_p17_each_channel_says_when_it_answered() -> None:
    shown = state(moment(asked(heard())))
    assert "right side" in shown.rows[5].advice
    assert "left side" in shown.rows[1].advice
    assert shown.rows[0].advice == ""
    assert "Left and right are as they should be" in shown.banner.detail


def test_the_first_seconds_are_a_calm_wait() -> None:
    view = heard()
    for channel in range(8):
        view = with_channel(
            view, channel, verdict=Verdict.UNKNOWN, advice=ADVICE[Verdict.UNKNOWN], steady=False
        )
    shown = state(moment(view))
    assert "Listening" in shown.banner.headline
    assert shown.chosen is None
    assert not shown.on.possible
    assert not shown.spoilt


def test_whoever_chose_a_channel_keeps_it_and_can_leave_it_out_by_name() -> None:
    shown = state(with_verdict(4, Verdict.LOOSE), chosen=1)
    assert shown.chosen == 1
    assert shown.leave_out.words == "Leave out Cheek, left"
    back = state(moment(heard(), exclusions=(without(1),)), chosen=1)
    assert back.leave_out.words == "Take Cheek, left back"
    assert not state(moment(heard())).leave_out.possible


def test_the_reason_that_is_proposed_follows_what_was_found() -> None:
    loose = state(with_verdict(4, Verdict.LOOSE)).rows[4]
    assert "does not hold" in reason_for(loose)
    assert reason_for(state(moment(heard())).rows[4]) == ""


def test_p11_a_resting_level_stays_until_it_is_a_whole_step_away() -> None:
    first = electrodes_state(moment(heard(0.8)), None, None)
    near = electrodes_state(moment(heard(0.86)), None, first)
    assert near.rows[0].rest == first.rows[0].rest
    far = electrodes_state(moment(heard(1.4)), None, near)
    assert far.rows[0].rest != first.rows[0].rest


def test_only_montages_that_the_board_has_channels_for_are_offered() -> None:
    names = {one.name for one in fitting(montages(), 8, FACE)}
    assert {"face-4", "face-8", "face-8-brow"} <= names
    assert "face-16" not in names
    assert len(fitting(montages(), None, FACE)) == len(montages())
    too_large = montages()["face-16"]
    assert too_large in fitting(montages(), 8, too_large)


def test_every_row_can_be_read_aloud() -> None:
    row = state(with_verdict(4, Verdict.LOOSE)).rows[4]
    assert row.spoken.startswith("5, Eye, right: loose")
    assert ADVICE[Verdict.LOOSE] in row.spoken
    assert "not known yet" in state(moment(None)).rows[0].spoken


def test_a_closed_door_has_a_reason() -> None:
    with pytest.raises(ValueError, match="why"):
        Offer(words="Go on", possible=False)
