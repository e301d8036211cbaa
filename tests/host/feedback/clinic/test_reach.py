"""The way to the board: a form, and what is built from it."""

from contextlib import ExitStack

import pytest
from pytestqt.qtbot import QtBot

from host.acquisition.front_end import find_front_end
from host.acquisition.quietface_mode import Wish
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.faults import Faults
from host.errors import SettingsError
from host.feedback.clinic.arduino_form import ArduinoForm
from host.feedback.clinic.front_end_form import FrontEndForm
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.reach_form import ReachForm
from host.feedback.clinic.remembered import Remembered, remember, remembered
from host.session.asked import Asked

PUBLISHED = find_front_end("myoware-2-raw")
MEASURED = find_front_end("bioamp-exg-pill", 640.0)
TOLD = find_front_end("gain", 990.0)


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
        BoardSettings(board="arduino", port="COM4"),
        BoardSettings(board="arduino", port="COM4", wish=Wish(front_end=PUBLISHED)),
        BoardSettings(board="arduino", port="COM4", wish=Wish(front_end=MEASURED)),
        BoardSettings(board="arduino", port="COM4", wish=Wish(front_end=TOLD)),
        BoardSettings(board="arduino", port="COM4", wish=Wish(reference_v=4.93)),
        BoardSettings(board="cyton", port="COM3", gain=8),
        BoardSettings(board="cyton-wifi", address="192.168.4.1", gain=1),
    ):
        form.setValue(Reach(board=settings))
        assert form.value() == Reach(board=settings)


def test_a_front_end_is_asked_for_at_the_arduino_board_only(qtbot: QtBot) -> None:
    form = ReachForm()
    qtbot.addWidget(form)
    form.show()
    form.arduino.setValue(Wish(front_end=MEASURED, reference_v=3.3))
    form.show_board("cyton", "COM3")
    assert not form.arduino.isVisible()
    assert form.value().board == BoardSettings(board="cyton", port="COM3")
    form.show_board("arduino", "COM3")
    assert form.arduino.isVisible()


def test_a_gain_is_asked_for_at_a_cyton_only(qtbot: QtBot) -> None:
    form = ReachForm()
    qtbot.addWidget(form)
    form.show()
    form.setValue(Reach(board=BoardSettings(board="cyton", port="COM3", gain=6)))
    assert form.gain.isVisible()
    form.show_board("ganglion", "")
    assert not form.gain.isVisible()
    assert form.value().board == BoardSettings(board="ganglion")
    form.show_gain("7")
    form.show_board("cyton", "COM3")
    assert form.value().board == BoardSettings(board="cyton", port="COM3")


@pytest.mark.parametrize(("written", "volts"), [("4,93", 4.93), ("3.3 V", 3.3), ("", None)])
def test_a_reference_is_understood_as_it_is_written(
    qtbot: QtBot, written: str, volts: float | None
) -> None:
    form = ArduinoForm()
    qtbot.addWidget(form)
    form.reference.setText(written)
    assert form.value() == Wish(reference_v=volts)


@pytest.mark.parametrize(
    ("written", "word"), [("five", "number of volts"), ("4930", "1 to 5.5 V"), ("nan", "1 to 5.5")]
)
def test_a_reference_that_means_nothing_is_said_in_a_sentence(
    qtbot: QtBot, written: str, word: str
) -> None:
    form = ArduinoForm()
    qtbot.addWidget(form)
    form.reference.setText(written)
    with pytest.raises(SettingsError, match=word):
        form.value()


def test_the_board_is_remembered_as_it_was_written(qtbot: QtBot) -> None:
    form, again = ReachForm(), ReachForm()
    qtbot.addWidget(form)
    qtbot.addWidget(again)
    for settings in (
        BoardSettings(board="cyton", port="COM3", gain=12),
        BoardSettings(
            board="arduino", port="COM4", wish=Wish(front_end=MEASURED, reference_v=4.87)
        ),
    ):
        form.setValue(Reach(board=settings))
        remember(form.remembered(Remembered(therapist="T07")))
        assert remembered().therapist == "T07"
        again.recall(remembered())
        assert again.value() == Reach(board=settings)


def test_what_the_board_has_kept_is_used_unless_somebody_says_otherwise(qtbot: QtBot) -> None:
    form = FrontEndForm()
    qtbot.addWidget(form)
    assert form.value() is None
    assert not form.gain.isVisibleTo(form)
    form.show_front_end("there is none of this name", "7")
    assert form.value() is None


@pytest.mark.parametrize(
    ("name", "gain", "word"),
    [
        ("bioamp-exg-pill", "", "not published"),
        ("gain", "", "What is the gain"),
        ("gain", "a lot", "is a number"),
        ("myoware-2-raw", "0.1", "from 1 to 50000"),
    ],
)
def test_a_gain_that_is_missing_or_means_nothing_is_said_in_a_sentence(
    qtbot: QtBot, name: str, gain: str, word: str
) -> None:
    form = FrontEndForm()
    qtbot.addWidget(form)
    form.show_front_end(name, gain)
    with pytest.raises(SettingsError, match=word):
        form.value()


def test_a_decimal_comma_is_understood(qtbot: QtBot) -> None:
    form = FrontEndForm()
    qtbot.addWidget(form)
    form.show_front_end("ad8232-emg", "812,5")
    found = form.value()
    assert found is not None
    assert found.gain == 812.5


def test_filters_that_leave_no_emg_are_told(qtbot: QtBot) -> None:
    form = FrontEndForm()
    qtbot.addWidget(form)
    form.show_front_end("ad8232", "")
    assert "hardly any facial EMG" in form.remark.text()


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
