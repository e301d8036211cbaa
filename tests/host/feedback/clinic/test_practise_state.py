"""What the keys of practice mean at each moment, and what a session is asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from calibration.profile import Electrodes
from host.feedback.clinic.keys import Act
from host.feedback.clinic.practise_state import (
    Wish,
    appointed,
    meant,
    offers,
    practice_asked,
    told_troubles,
)
from host.feedback.clinic.reach import Reach
from host.session.practising.view import BoutPhase, PracticeView, Trouble, TroubleKind
from tests.host.feedback.clinic.practising.moments import view
from tests.host.feedback.clinic.rooms import DAY, appointment, clinic


def wrong(kind: TroubleKind, sentence: str = "Something.") -> Trouble:
    return Trouble(kind=kind, sentence=sentence, advice="")


@pytest.mark.parametrize(
    ("phase", "act", "wish"),
    [
        (BoutPhase.READY, Act.START_STOP, Wish.BEGIN),
        (BoutPhase.OVER, Act.START_STOP, Wish.BEGIN),
        (BoutPhase.OVER, Act.NEXT, Wish.CHOOSE),
        (BoutPhase.REST, Act.START_STOP, Wish.STOP),
        (BoutPhase.PAUSED, Act.START_STOP, Wish.RESUME),
        (BoutPhase.PAUSED, Act.SKIP, Wish.NONE),
        (BoutPhase.HOLD, Act.SKIP, Wish.SKIP),
        (BoutPhase.HOLD, Act.NEXT, Wish.NONE),
        (BoutPhase.ASK, Act.SKIP, Wish.SKIP),
        (BoutPhase.ASK, Act.NEXT, Wish.ANSWER),
        (BoutPhase.ASK, Act.ACCEPT, Wish.ANSWER),
        (BoutPhase.HOLD, Act.ACCEPT, Wish.NONE),
    ],
)
def test_a_key_means_what_fits_the_moment(phase: BoutPhase, act: Act, wish: Wish) -> None:
    assert meant(act, view(phase)) is wish


def test_p12_rest_cannot_be_skipped_and_a_wait_only_after_long() -> None:
    assert meant(Act.SKIP, view(BoutPhase.REST)) is Wish.NONE
    assert meant(Act.NEXT, view(BoutPhase.WAIT)) is Wish.NONE
    assert meant(Act.NEXT, view(BoutPhase.WAIT, may_overrule=True)) is Wish.SKIP


def test_before_the_board_is_reached_nothing_begins() -> None:
    waits = PracticeView(troubles=(wrong(TroubleKind.CONNECTING),))
    assert meant(Act.START_STOP, waits) is Wish.NONE
    shown = offers(waits, hidden=False, touched=False, raw=False)
    assert not shown[Act.START_STOP].possible
    assert not shown[Act.TOUCH].possible


def test_a_session_that_ended_is_begun_anew() -> None:
    over = view(troubles=(wrong(TroubleKind.ENDED),))
    assert meant(Act.START_STOP, over) is Wish.RETRY
    assert meant(Act.PAUSE, over) is Wish.NONE


def test_p7_the_next_bout_is_not_advised_while_a_rest_is_offered() -> None:
    resting, rested = (
        offers(view(BoutPhase.OVER, pause_left_s=left_s), hidden=False, touched=False, raw=False)
        for left_s in (30.0, 0.0)
    )
    assert resting[Act.START_STOP].possible
    assert not resting[Act.START_STOP].advised
    assert rested[Act.START_STOP].advised


def test_buttons_say_what_they_would_do() -> None:
    shown = offers(view(), hidden=True, touched=True, raw=True)
    words = {act: offer.words for act, offer in shown.items()}
    assert words[Act.START_STOP] == "End the bout"
    assert words[Act.HIDE_BARS] == "Show bars"
    assert words[Act.TOUCH] == "Touch ends"
    assert words[Act.RAW] == "Levels"


def test_a_silent_board_is_told_once_however_its_words_go_on() -> None:
    first = view(troubles=(wrong(TroubleKind.LINK, "Nothing comes."),))
    later = view(troubles=(wrong(TroubleKind.LINK, "Looking again."),))
    assert told_troubles(first).keys() == told_troubles(later).keys()
    two = (
        wrong(TroubleKind.CHANNEL, "Eye is loose."),
        wrong(TroubleKind.CHANNEL, "Neck is loose."),
    )
    assert len(told_troubles(view(troubles=two))) == 2


def test_a_disk_that_fills_is_told_once_and_that_nothing_is_recorded_is_told_anew() -> None:
    sentences = ("Room for 2 minutes.", "Room for 1 minutes.", "Not recorded.")
    keys = [
        told_troubles(view(troubles=(wrong(TroubleKind.RECORDING, one),))).keys()
        for one in sentences
    ]
    assert keys[0] == keys[1]
    assert keys[1] != keys[2]


def test_a_session_is_asked_for_with_todays_calibration_and_electrodes(tmp_path: Path) -> None:
    now = appointment(clinic(tmp_path))
    electrodes = Electrodes(id="this morning", date=DAY.isoformat())
    path = tmp_path / "profile.json"
    now = replace(now, electrodes=electrodes, profile_path=path, reach=Reach(seed=4))
    asked = practice_asked(now, tmp_path / "sessions")
    assert (asked.profile, asked.electrodes, asked.seed) == (path, "this morning", 4)
    assert (asked.name, asked.record_to) == ("practice", tmp_path / "sessions")


def test_p16_who_practises_by_which_plan_is_what_the_gate_asks_for(tmp_path: Path) -> None:
    now = appointment(clinic(tmp_path))
    gate = appointed(now)
    assert (gate.patient, gate.plan, gate.today) == (now.patient, now.plan, now.day)
    with pytest.raises(ValueError, match="without a plan"):
        appointed(replace(now, plan=None))
