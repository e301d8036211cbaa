"""What the electrodes page hands on in an appointment, and in which order to the check."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from calibration.montage import montages
from calibration.profile import Electrodes
from host.acquisition.settings import BoardSettings
from host.errors import SettingsError
from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.electrodes_handing import (
    accepted,
    contact_build,
    with_electrodes,
    with_exclusion,
    without_exclusion,
)
from host.feedback.clinic.reach import Reach
from tests.host.feedback.clinic.contacts import without
from tests.host.feedback.clinic.rooms import DAY, FACE, appointment, clinic, profile_of


@pytest.fixture
def now(tmp_path: Path) -> Appointment:
    lying = Electrodes(id="this morning", date=DAY.isoformat())
    made = appointment(clinic(tmp_path))
    return replace(made, electrodes=lying, profile=profile_of("P01"), exclusions=(without(4),))


def test_exclusions_stand_in_order_and_each_wants_a_new_acceptance(now: Appointment) -> None:
    more = with_exclusion(now, without(1))
    assert [one.channel for one in more.exclusions] == [1, 4]
    assert not more.contact_checked
    again = replace(without(4), reason="plaster")
    assert with_exclusion(more, again).exclusions == (without(1), again)
    assert without_exclusion(more, 4).exclusions == (without(1),)
    assert not without_exclusion(now, 4).contact_checked


def test_other_electrodes_carry_nothing_over(now: Appointment) -> None:
    other = with_electrodes(now, montages()["face-4"])
    assert (other.electrodes, other.profile, other.exclusions) == (None, None, ())
    assert not other.contact_checked


def test_electrodes_that_nobody_touched_keep_their_id(now: Appointment) -> None:
    assert accepted(now).electrodes == now.electrodes
    fresh = accepted(replace(now, electrodes=None)).electrodes
    assert fresh is not None
    assert fresh.id
    assert fresh.date == DAY.isoformat()


def test_the_check_is_told_what_is_left_out_and_records_nothing(
    now: Appointment, tmp_path: Path
) -> None:
    counted: list[int | None] = []
    direct = replace(now, reach=Reach(through_board=False))
    with ExitStack() as stack:
        stage = contact_build(direct, tmp_path / "sessions", counted.append)(stack)
        assert stage.session.view.exclusions == (without(4),)
        assert stage.montage.sites == FACE.sites
    assert counted == [None]
    assert not (tmp_path / "sessions").exists()


def test_a_board_says_how_many_channels_it_has_before_too_many_are_asked_of_it(
    now: Appointment, tmp_path: Path
) -> None:
    counted: list[int | None] = []
    board = BoardSettings(board="cyton", port="nowhere")
    large = replace(now, montage=montages()["face-16"], reach=Reach(board=board))
    with ExitStack() as stack, pytest.raises(SettingsError, match="16 channels"):
        contact_build(large, tmp_path, counted.append)(stack)
    assert counted == [8]
