"""The way to the board: a form, and what is built from it."""

from contextlib import ExitStack

import pytest
from pytestqt.qtbot import QtBot

from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.faults import Faults
from host.errors import SettingsError
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.reach_form import ReachForm
from host.session.asked import Asked


def test_faults_are_for_the_simulated_patient() -> None:
    with pytest.raises(ValueError, match="simulated"):
        Reach(board=BoardSettings(board="synthetic"), faults=Faults(loss=0.01))


def test_the_form_speaks_a_way_to_a_board(qtbot: QtBot) -> None:
    form = ReachForm()
    qtbot.addWidget(form)
    for settings in (
        BoardSettings(board="cyton", port="COM3"),
        BoardSettings(board="cyton-wifi", address="192.168.4.1"),
        BoardSettings(board="ganglion", mac="00:11"),
    ):
        form.setValue(Reach(board=settings))
        assert form.value() == Reach(board=settings)


def test_what_is_missing_is_said_in_a_sentence(qtbot: QtBot) -> None:
    form = ReachForm()
    qtbot.addWidget(form)
    for name, word in (("cyton", "port"), ("cyton-wifi", "address")):
        form.show_board(name, "")
        with pytest.raises(SettingsError, match=word):
            form.value()
    form.show_board("synthetic", "")
    assert form.value().board == BoardSettings(board="synthetic")


def test_the_first_likely_port_is_offered_and_what_was_written_stays(qtbot: QtBot) -> None:
    form = ReachForm()
    qtbot.addWidget(form)
    form.show_board("cyton", "")
    form.offer_ports(("/dev/ttyUSB0", "/dev/ttyUSB1"))
    assert form.where.text() == "/dev/ttyUSB0"
    form.where.setText("COM7")
    form.offer_ports(("/dev/ttyUSB0",))
    assert form.where.text() == "COM7"


def test_a_session_is_built_the_way_that_was_chosen() -> None:
    asked = Asked(through_board=False, watched=False, recorded=False, seconds=0.1)
    with ExitStack() as stack:
        stage = Reach(through_board=False).session(asked)(stack)
        assert "simulated patient" in stage.words
