"""What the picture of the electrodes shows of a contact check."""

from dataclasses import replace

import pytest

from calibration.montage import montages
from host.feedback.faces.electrode_state import (
    BY_VERDICT,
    ElectrodeFaceState,
    electrode_face_state,
    ordered,
    spoken_row,
)
from host.report.face.sites import sites_of
from host.report.face.status import Status
from host.session.contacting.exclusion import Exclusion
from host.session.contacting.verdicts import Verdict
from host.session.contacting.view import ChannelContact, ContactView

FACE = montages()["face-8"]


def contact(verdict: Verdict = Verdict.GOOD) -> ContactView:
    channels = tuple(
        ChannelContact(channel=column, name=FACE.named(column), verdict=verdict)
        for column in range(8)
    )
    return ContactView(channels=channels)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_of_the_check_has_its_state_in_the_same_word(verdict: Verdict) -> None:
    state = electrode_face_state(FACE, contact(verdict))
    assert dict(state.status) == dict.fromkeys(range(8), BY_VERDICT[verdict])
    assert BY_VERDICT[verdict].value == verdict.value


def test_before_a_check_electrodes_are_only_placed() -> None:
    assert electrode_face_state(FACE).status == ()


def test_unknown_is_never_good_a_check_that_says_nothing_of_a_channel() -> None:
    some = contact()
    state = electrode_face_state(FACE, replace(some, channels=some.channels[:3]))
    told = dict(state.status)
    assert told[2] is Status.GOOD
    assert {told[channel] for channel in range(3, 8)} == {Status.UNKNOWN}


def test_a_channel_that_the_therapist_leaves_out_says_so_in_place_of_its_verdict() -> None:
    some = contact(Verdict.LOOSE)
    exclusion = Exclusion.of(
        FACE, "Eye, right", by="T01", reason="skin", utc="2026-11-26T10:00:00+00:00"
    )
    out = replace(some.channels[4], excluded=exclusion)
    state = electrode_face_state(FACE, replace(some, channels=(*some.channels[:4], out)))
    assert dict(state.status)[4] is Status.EXCLUDED


def test_rows_are_said_by_channel_and_shared_electrodes_last() -> None:
    state = electrode_face_state(FACE, contact(Verdict.LOOSE))
    said = [spoken_row(row, state.told(row)) for row in ordered(state.sites.rows)]
    assert said[0] == "1, Eye, left: loose"
    assert said[4] == "5, Eye, right: loose"
    assert said[-1] == "BIAS, ground, forehead, middle"


def test_two_states_of_one_channel_are_refused() -> None:
    with pytest.raises(ValueError, match="one state"):
        ElectrodeFaceState(sites=sites_of(FACE), status=((0, Status.GOOD), (0, Status.LOOSE)))
